#include "services/platform/backup/backup_site.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "services/platform/attachments/attachment_samples.h"
#include "services/platform/backup/restore_site.h"
#include "services/platform/event_store/verify_log.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/populated_store.h"
#include "tests/contract/small_disk.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Store = std::unique_ptr<SqliteEventStore>;

Store open(const std::string& path, const std::string& log) {
  return std::move(std::get<Store>(SqliteEventStore::open({.path = path, .log = log})));
}

Manifest backed_up(const std::vector<BackupSource>& sources, const std::string& folder) {
  const auto result = backup_site(sources, folder);
  if (const auto* error = std::get_if<BackupError>(&result)) {
    ADD_FAILURE() << error->sentence;
    return {};
  }
  return std::get<Manifest>(result);
}

VerifyReport verified(const std::string& path, const std::string& log) {
  return std::get<VerifyReport>(verify_log({path, log}));
}

// Two logs, one of which follows the other as fast as it can.
class TwoLogs {
 public:
  ~TwoLogs() { stop(); }
  void start() {
    writer_ = std::thread([this] {
      for (std::uint64_t i = 1; !stop_; ++i) {
        const auto id = "r" + std::to_string(i);
        const auto event = value_of(
            source->append(BatchBuilder(*source)
                               .command(id, {an_event("round-1", std::string(2000, 'p'))},
                                        {{"answer/" + std::to_string(i % 50), "tekst " + id, ""}})
                               .build()));
        value_of(follower->append(
            BatchBuilder(*follower)
                .command(id, {an_event("board-1")})
                .checkpoint({source->log(), event[0].generation, event[0].position, event[0].hash})
                .build()));
        written = i;
      }
    });
  }
  void stop() {
    stop_ = true;
    if (writer_.joinable()) writer_.join();
  }

  const TemporaryFolder folder;
  const Store source = open(folder.path("source.db"), "consultation/hovedstaden");
  const Store follower = open(folder.path("follower.db"), "goals/hovedstaden");
  std::atomic<std::uint64_t> written = 0;

 private:
  std::atomic<bool> stop_ = false;
  std::thread writer_;
};

TEST(BackupSite, CopiesLogsThatAreWrittenMeanwhileWithNoCheckpointAheadOfItsSource) {
  TwoLogs logs;
  logs.start();
  while (logs.written < 300) std::this_thread::yield();
  for (int round = 0; round < 5; ++round) {
    const std::uint64_t before = logs.written;
    const auto folder = logs.folder.path("backup-" + std::to_string(round));
    const auto manifest = backed_up({{.store = logs.follower.get(), .file = "follower.db"},
                                     {.store = logs.source.get(), .file = "source.db"}},
                                    folder);
    ASSERT_EQ(manifest.logs.size(), 2u);
    const auto& follower = manifest.logs[0];
    const auto& source = manifest.logs[1];
    EXPECT_GE(follower.head.position, before);
    ASSERT_EQ(follower.checkpoints.size(), 1u);
    EXPECT_LE(follower.checkpoints[0].position, source.head.position);
    for (const auto& log : manifest.logs) {
      const auto report = verified(folder + "/" + log.file, log.log);
      EXPECT_EQ(report.damage, std::nullopt) << sentence_for(report);
      EXPECT_EQ(report.head, log.head);
      EXPECT_EQ(report.requests, log.request_sequence);
    }
    EXPECT_EQ(std::get<Manifest>(read_manifest(folder)), manifest);
  }
  logs.stop();
  EXPECT_EQ(logs.source->damage(), std::nullopt);
  EXPECT_EQ(logs.source->head().position, logs.written);
}

TEST(BackupSite, CopiesTheAttachments) {
  const TemporaryFolder folder;
  const Store store = open(folder.path("log.db"), "a/x");
  FileAttachmentStore attachments(folder.path("files"));
  const auto kept = std::get<StoredAttachment>(attachments.put(sample_pdf(), ""));
  const auto erased = std::get<StoredAttachment>(attachments.put("erased", ""));
  attachments.erase(erased.sha256);
  const auto manifest =
      backed_up({{store.get(), "a/x.db", &attachments, "a/x.attachments"}}, folder.path("backup"));
  EXPECT_THAT(manifest.logs[0].attachments, ElementsAre(kept));
  FileAttachmentStore copies(folder.path("backup/a/x.attachments"));
  EXPECT_EQ(std::get<std::string>(copies.get(kept.sha256)), sample_pdf());
}

TEST(BackupSite, SkipsADamagedLogAndSaysSo) {
  const PopulatedStore damaged;
  damaged.change("UPDATE events SET type = 'x' WHERE position = 70");
  const TemporaryFolder folder;
  const Store bad = damaged.open();
  const Store good = open(folder.path("log.db"), "a/x");
  const auto manifest =
      backed_up({{.store = bad.get(), .file = "bad.db"}, {.store = good.get(), .file = "good.db"}},
                folder.path("backup"));
  ASSERT_EQ(manifest.skipped.size(), 1u);
  EXPECT_EQ(manifest.skipped[0].log, damaged.log());
  EXPECT_THAT(manifest.skipped[0].reason, HasSubstr("event 70 does not match its hash"));
  ASSERT_EQ(manifest.logs.size(), 1u);
  EXPECT_EQ(manifest.logs[0].log, "a/x");
}

TEST(BackupSite, RefusesAFolderThatIsNotEmpty) {
  const TemporaryFolder folder;
  const Store store = open(folder.path("log.db"), "a/x");
  const auto result = backup_site({{.store = store.get(), .file = "x.db"}}, folder.path());
  EXPECT_EQ(std::get<BackupError>(result).sentence,
            "the folder " + folder.path() + " is not empty");
}

TEST(BackupSite, LeavesTheStoreServingWhenTheBackupDiskIsFull) {
  const SmallDisk disk("400k");
  if (!disk.mounted()) GTEST_SKIP() << kNoSmallDisk;
  TwoLogs logs;
  logs.start();
  while (logs.written < 300) std::this_thread::yield();
  const auto result =
      backup_site({{.store = logs.source.get(), .file = "source.db"}}, disk.path("backup"));
  EXPECT_THAT(std::get<BackupError>(result).sentence, HasSubstr("cannot be written"));
  EXPECT_FALSE(std::filesystem::exists(disk.path("backup/manifest.json")));
  const std::uint64_t then = logs.written;
  while (logs.written < then + 20) std::this_thread::yield();
  logs.stop();
  EXPECT_EQ(logs.source->damage(), std::nullopt);
}

}  // namespace
}  // namespace kkr::platform
