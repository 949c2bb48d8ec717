// What every attachment store must do. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(File, AttachmentStoreContract, testing::Values(file_rig));
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "services/platform/attachments/attachment_store.h"

namespace kkr::platform {

// A fresh, empty store of its own for one test.
class AttachmentStoreRig {
 public:
  virtual ~AttachmentStoreRig() = default;
  virtual AttachmentStore& store() = 0;
};
using MakeAttachmentStoreRig = std::unique_ptr<AttachmentStoreRig> (*)();

class AttachmentStoreContract : public testing::TestWithParam<MakeAttachmentStoreRig> {
 protected:
  AttachmentStore& store() { return rig_->store(); }

 private:
  const std::unique_ptr<AttachmentStoreRig> rig_ = GetParam()();
};

}  // namespace kkr::platform
