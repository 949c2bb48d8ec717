// The histories of two logs, one of which follows the other, when one of them is restored from a
// backup to an earlier state. Real stores, real backups.
#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/backup/backup_site.h"
#include "services/platform/backup/restore_site.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/sqlite_event_store.h"
#include "services/platform/region/region_logs.h"
#include "tests/contract/temporary_folder.h"
#include "tests/notebook/workbench.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::Notebook;
using Logs = RegionLogs<Notebook>;
using Texts = std::map<std::string, std::string>;
using namespace std::chrono_literals;

constexpr auto kSource = "national/danmark";
constexpr auto kFollower = "regional/hovedstaden";

// Two services of one process: `national` has the log that `regional` copies.
class Site {
 public:
  explicit Site(std::filesystem::path folder) : folder_(std::move(folder)) {
    national_ = std::make_unique<Logs>(ports("national"), known("danmark"));
    auto options = known("hovedstaden");
    options.opened = [this](RegionLog<Notebook>& log) {
      log.follow(kSource, directory_, notebook::copy_notes());
    };
    regional_ = std::make_unique<Logs>(ports("regional"), options);
    source_ = national_->find("danmark");
    follower_ = regional_->find("hovedstaden");
  }
  ~Site() {
    regional_->stop();
    national_->stop();
  }

  // Writes the notes `prefix`0 to `prefix`399 over and over, and removes one now and then.
  void write(const std::string& prefix, int count) {
    std::vector<std::future<notebook::Outcome>> outcomes;
    for (int i = 0; i < count; ++i) {
      const std::string key = prefix + std::to_string(i % 400);
      const auto decide = i % 7 == 6 ? notebook::remove(prefix + std::to_string((i - 3) % 400))
                                     : notebook::write(key, prefix + std::to_string(i));
      outcomes.push_back(submit(source_->appender(), a_command("", decide)));
    }
    for (auto& outcome : outcomes) outcome.wait();
  }
  // True when the follower has come to stand where the source does.
  bool settles() {
    for (int i = 0; i < 4'000; ++i) {
      const auto position = source_->state()->head.position;
      if (follower_->followers().at(0)->loop().position() == position) return true;
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }
  Texts source_texts() const { return texts(*source_); }
  Texts follower_texts() const { return texts(*follower_); }
  std::uint64_t source_position() const { return source_->state()->head.position; }
  std::uint64_t follower_position() const { return follower_->state()->head.position; }

  void back_up(const std::string& log, const std::filesystem::path& backup) {
    const auto done = backup_site({{.store = stores_.at(log).get(), .file = file_of(log)}}, backup);
    ASSERT_TRUE(std::holds_alternative<Manifest>(done)) << std::get<BackupError>(done).sentence;
  }
  static std::string file_of(const std::string& log) { return log + ".db"; }

 private:
  RegionPorts ports(const std::string& service) {
    return {service,
            [this, service](const std::string& region) { return open(service + "/" + region); },
            bench_.clock,
            bench_.threads(),
            bus_,
            directory_};
  }
  StoreResult<RegionStores> open(const std::string& log) {
    const auto path = folder_ / file_of(log);
    std::filesystem::create_directories(path.parent_path());
    stores_[log] = std::move(std::get<0>(SqliteEventStore::open({path.string(), log})));
    return RegionStores{stores_[log], nullptr};
  }
  static Logs::Options known(const std::string& region) {
    return {[region](std::string_view asked) { return asked == region; }, {}};
  }
  static Texts texts(const RegionLog<Notebook>& log) {
    Texts texts;
    log.state()->state.notes.for_each(
        [&](const std::string& key, const notebook::Note& note) { texts[key] = note.text; });
    return texts;
  }

  const std::filesystem::path folder_;
  std::map<std::string, std::shared_ptr<SqliteEventStore>> stores_;
  notebook::Workbench bench_;
  InProcessBus bus_{bench_.completions};
  LogDirectory directory_;
  std::unique_ptr<Logs> national_;
  std::unique_ptr<Logs> regional_;
  RegionLog<Notebook>* source_ = nullptr;
  RegionLog<Notebook>* follower_ = nullptr;
};

class RestoredLogs : public testing::Test {
 protected:
  // Puts the log's backup in the place of its file. The site must not run.
  void restore(const std::string& log) {
    const auto path = site_path() / Site::file_of(log);
    for (const auto suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
    const auto report = restore_log(backup_path(), log, site_path(), nullptr);
    ASSERT_TRUE(std::holds_alternative<VerifyReport>(report))
        << std::get<BackupError>(report).sentence;
  }
  std::filesystem::path site_path() const { return folder_.path("site"); }
  std::filesystem::path backup_path() const { return folder_.path("backup"); }

 private:
  const TemporaryFolder folder_;
};

TEST_F(RestoredLogs, AFollowerConvergesWhenItsSourceIsRestoredToAThousandEventsEarlier) {
  {
    Site site(site_path());
    site.write("early-", 700);
    ASSERT_TRUE(site.settles());
    site.back_up(kSource, backup_path());
    site.write("late-", 1'200);
    site.write("early-", 200);
    ASSERT_TRUE(site.settles());
    ASSERT_EQ(site.follower_texts(), site.source_texts());
  }
  restore(kSource);
  Site site(site_path());
  EXPECT_EQ(site.source_position(), 700u);
  ASSERT_TRUE(site.settles());
  EXPECT_EQ(site.follower_texts(), site.source_texts()) << "before anything new";
  site.write("new-", 300);
  ASSERT_TRUE(site.settles());
  EXPECT_EQ(site.follower_texts(), site.source_texts());
  EXPECT_TRUE(site.follower_texts().contains("new-1"));
  EXPECT_FALSE(site.follower_texts().contains("late-1"));
}

TEST_F(RestoredLogs, AFollowerConvergesThoughTheSourceHasPassedThePlaceItWasRestoredTo) {
  {
    Site site(site_path());
    site.write("early-", 700);
    site.back_up(kSource, backup_path());
    site.write("late-", 400);
    ASSERT_TRUE(site.settles());
  }
  restore(kSource);
  // Written while the follower is away: its checkpoint stands inside what is new.
  std::filesystem::rename(site_path() / "regional", site_path() / "away");
  { Site(site_path()).write("new-", 1'500); }
  std::filesystem::remove_all(site_path() / "regional");
  std::filesystem::rename(site_path() / "away", site_path() / "regional");
  Site site(site_path());
  ASSERT_TRUE(site.settles());
  EXPECT_EQ(site.follower_texts(), site.source_texts());
}

TEST_F(RestoredLogs, AFollowerRestoredToAThousandEventsEarlierConverges) {
  std::uint64_t position = 0;
  {
    Site site(site_path());
    site.write("early-", 700);
    ASSERT_TRUE(site.settles());
    site.back_up(kFollower, backup_path());
    site.write("late-", 1'200);
    ASSERT_TRUE(site.settles());
    position = site.follower_position();
  }
  restore(kFollower);
  Site site(site_path());
  ASSERT_TRUE(site.settles());
  EXPECT_EQ(site.follower_texts(), site.source_texts());
  EXPECT_EQ(site.follower_position(), position) << "each fact was taken in once";
}

}  // namespace
}  // namespace kkr::platform
