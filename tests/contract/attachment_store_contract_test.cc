// Every adapter of the attachment store, by one line each at the end.
#include "tests/contract/attachment_store_contract.h"

#include "services/platform/attachments/file_attachment_store.h"
#include "services/platform/attachments/memory_attachment_store.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

class MemoryRig final : public AttachmentStoreRig {
 public:
  AttachmentStore& store() override { return store_; }

 private:
  MemoryAttachmentStore store_;
};

class FileRig final : public AttachmentStoreRig {
 public:
  AttachmentStore& store() override { return store_; }

 private:
  const TemporaryFolder folder_;
  FileAttachmentStore store_{folder_.path("attachments")};
};

template <class Rig>
std::unique_ptr<AttachmentStoreRig> make() {
  return std::make_unique<Rig>();
}

INSTANTIATE_TEST_SUITE_P(Memory, AttachmentStoreContract, testing::Values(make<MemoryRig>));
INSTANTIATE_TEST_SUITE_P(File, AttachmentStoreContract, testing::Values(make<FileRig>));

}  // namespace
}  // namespace kkr::platform
