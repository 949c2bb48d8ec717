#include "services/platform/backup/check_log.h"

#include <gmock/gmock.h>

#include <fstream>

#include "services/platform/attachments/attachment_samples.h"
#include "services/platform/backup/file_digest.h"
#include "tests/contract/populated_store.h"

namespace kkr::platform {
namespace {

using testing::HasSubstr;

// A backup of one populated log with an attachment and a companion.
class CheckLog : public testing::Test {
 protected:
  CheckLog() {
    FileAttachmentStore attachments(folder_.path("files"));
    EXPECT_TRUE(std::holds_alternative<StoredAttachment>(attachments.put(sample_pdf(), "")));
    {
      auto opened =
          SqliteConnection::open(folder_.path("sends.db"), SqliteConnection::Purpose::kServe);
      std::get<SqliteConnection>(opened).execute("CREATE TABLE t (x)");
    }
    const auto store = original_.open();
    auto companions = companions_in(folder_.path(), "");
    const auto result = backup_site(
        {{store.get(), "hovedstaden.db", &attachments, "attachments", std::move(companions)}},
        backup_);
    log_ = std::get<Manifest>(result).logs.front();
  }
  std::string found() const {
    const auto checked = check_log(log_, backup_);
    if (const auto* error = std::get_if<BackupError>(&checked)) return error->sentence;
    return sentence_for(std::get<VerifyReport>(checked));
  }
  static void flip_byte(const std::filesystem::path& path, std::streamoff at) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 1));
  }

  const PopulatedStore original_;
  const TemporaryFolder folder_;
  const std::filesystem::path backup_ = folder_.path("backup");
  BackedUpLog log_;
};

TEST_F(CheckLog, VouchesForABackupAsItWasMadeAndLeavesItSo) {
  const auto before = file_digest(backup_ / log_.file);
  EXPECT_THAT(found(), HasSubstr("sound up to position 78 (50 requests"));
  EXPECT_EQ(file_digest(backup_ / log_.file), before);
  EXPECT_THAT(found(), HasSubstr("sound"));
}

TEST_F(CheckLog, NamesTheFirstPositionThatCannotBeVouchedFor) {
  {
    auto opened = SqliteConnection::open(backup_ / log_.file, SqliteConnection::Purpose::kServe);
    std::get<SqliteConnection>(opened).execute("UPDATE events SET type = 'x' WHERE position = 7");
  }
  EXPECT_THAT(found(), HasSubstr("cannot vouch for position 7"));
}

TEST_F(CheckLog, FindsAnyFileThatIsNotTheOneDescribed) {
  const FileAttachmentStore attachments(backup_ / log_.attachments_folder);
  const auto& kept = log_.attachments.front();
  // Where a byte of each can be changed without SQLite's seeing it.
  constexpr std::streamoff kChangeCounter = 27;
  const std::pair<std::filesystem::path, std::streamoff> files[] = {
      {attachments.path_of(kept.sha256, kept.media_type), 0},
      {backup_ / log_.companions.front().file, kChangeCounter},
      {backup_ / log_.file, kChangeCounter}};
  for (const auto& [file, at] : files) {
    flip_byte(file, at);
    EXPECT_EQ(found(), "the file " + file.string() + " is not the one the manifest describes");
    flip_byte(file, at);
    EXPECT_THAT(found(), HasSubstr("sound up to")) << file;
    std::filesystem::rename(file, file.string() + ".away");
    EXPECT_THAT(found(), testing::Not(HasSubstr("sound up to"))) << file;
    std::filesystem::rename(file.string() + ".away", file);
  }
}

TEST_F(CheckLog, FindsALogThatEndsElsewhere) {
  log_.head.position -= 1;
  EXPECT_THAT(found(), HasSubstr("does not end where the manifest says"));
}

}  // namespace
}  // namespace kkr::platform
