// The contract suite tests what every store does; here stands what only files can do.
#include "services/platform/attachments/file_attachment_store.h"

#include <gmock/gmock.h>

#include <fstream>

#include "services/platform/attachments/attachment_check.h"
#include "services/platform/attachments/attachment_samples.h"
#include "tests/contract/small_disk.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

StoredAttachment put(AttachmentStore& store, const std::string& content) {
  return std::get<StoredAttachment>(store.put(content, "svar"));
}

void flip_a_byte(const std::filesystem::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(3);
  file.put('X');
}

TEST(FileAttachmentStore, FindsAChangedFileAndTakesASoundOneInItsPlace) {
  const TemporaryFolder folder;
  FileAttachmentStore store(folder.path("files"));
  const auto sound = put(store, sample_odt());
  const auto changed = put(store, sample_pdf());
  flip_a_byte(store.path_of(changed.sha256, changed.media_type));

  EXPECT_EQ(std::get<AttachmentFailure>(store.get(changed.sha256)), AttachmentFailure::kDamaged);
  auto report = check_attachments(store);
  EXPECT_EQ(report.checked, 2u);
  EXPECT_TRUE(report.complete);
  EXPECT_THAT(report.unsound, testing::ElementsAre(changed.sha256));
  EXPECT_EQ(complaint(report),
            "1 of 2 attachments cannot be read or do not match their digest, the first " +
                to_hex(changed.sha256));
  EXPECT_EQ(std::get<std::string>(store.get(sound.sha256)), sample_odt());

  EXPECT_EQ(put(store, sample_pdf()), changed);
  EXPECT_EQ(std::get<std::string>(store.get(changed.sha256)), sample_pdf());
  EXPECT_EQ(complaint(check_attachments(store)), std::nullopt);
}

TEST(FileAttachmentStore, KeepsItsFilesThroughAReopeningAndDropsUnfinishedOnes) {
  const TemporaryFolder folder;
  const auto stored = put(*std::make_unique<FileAttachmentStore>(folder.path("files")), "svar\n");
  std::filesystem::create_directories(folder.path("files/unfinished"));
  std::ofstream(folder.path("files/unfinished/x")) << "half";
  FileAttachmentStore store(folder.path("files"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("files/unfinished")));
  EXPECT_EQ(std::get<std::string>(store.get(stored.sha256)), "svar\n");
}

TEST(FileAttachmentStore, TakesAFullDiskAndGoesOnWhenSpaceReturns) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << kNoSmallDisk;
  FileAttachmentStore store(disk.path("files"));
  put(store, "kept\n");
  disk.fill();
  const std::string large = sample_pdf() + std::string(500'000, ' ');
  EXPECT_EQ(std::get<AttachmentFailure>(store.put(large, "x")), AttachmentFailure::kStorageFull);
  EXPECT_EQ(std::get<AttachmentFailure>(store.get(sha256_of(large))), AttachmentFailure::kNotFound);
  EXPECT_EQ(std::get<std::string>(store.get(sha256_of("kept\n"))), "kept\n");
  disk.make_room();
  EXPECT_EQ(put(store, large).size_bytes, large.size());
}

}  // namespace
}  // namespace kkr::platform
