// The contract suite tests what every store does; here stands what only a file can do.
#include "services/platform/event_store/sqlite_event_store.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/contract/event_store_rows.h"
#include "tests/contract/small_disk.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using Store = std::unique_ptr<SqliteEventStore>;

SqliteStoreOptions options(const std::string& path) {
  return {.path = path, .log = "consultation/hovedstaden"};
}

Store open(const std::string& path) {
  auto opened = SqliteEventStore::open(options(path));
  if (const auto* error = std::get_if<SqliteError>(&opened)) ADD_FAILURE() << error->sentence;
  return std::move(std::get<Store>(opened));
}

std::string refusal(SqliteStoreOptions options) {
  const auto opened = SqliteEventStore::open(std::move(options));
  const auto* error = std::get_if<SqliteError>(&opened);
  return error == nullptr ? "opened" : error->sentence;
}

// What another program would do to the file of a closed store.
void change_behind(const std::string& path, const std::string& sql) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(raw);
  sqlite3_close(raw);
}

StoreResult<std::vector<RecordedEvent>> append_one(EventStore& store, const std::string& id,
                                                   const std::string& payload = "payload") {
  return store.append(BatchBuilder(store).command(id, {an_event("round-1", payload)}).build());
}

std::string bytes_in(const std::string& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

TEST(SqliteEventStore, HoldsItsFileAloneAndFlushesEveryCommit) {
  const TemporaryFolder folder;
  const Store store = open(folder.path("log.db"));
  const auto setting = [&](const std::string& name) {
    return store->when_idle([&](SqliteConnection* connection) {
      auto pragma = connection->prepare(("PRAGMA " + name).c_str());
      auto row = pragma();
      return row.next() ? std::string(row.text(0)) : "none";
    });
  };
  EXPECT_EQ(setting("locking_mode"), "exclusive");
  EXPECT_EQ(setting("journal_mode"), "wal");
  EXPECT_EQ(setting("synchronous"), "2");
  EXPECT_EQ(setting("mmap_size"), "0");
  EXPECT_EQ(setting("secure_delete"), "1");
  EXPECT_EQ(setting("foreign_keys"), "1");
  value_of(append_one(*store, "r1"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("log.db-shm")));
}

TEST(SqliteEventStore, IsNotReadByStrangers) {
  const TemporaryFolder folder;
  const Store store = open(folder.path("log.db"));
  value_of(append_one(*store, "r1"));
  for (const char* name : {"log.db", "log.db-wal"}) {
    const auto allowed = std::filesystem::status(folder.path(name)).permissions();
    EXPECT_EQ(allowed & std::filesystem::perms::others_all, std::filesystem::perms::none) << name;
  }
}

TEST(SqliteEventStore, SaysThatAnotherProcessUsesTheFile) {
  const TemporaryFolder folder;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t holder = ::fork();
  if (holder == 0) {
    const Store store = open(folder.path("log.db"));
    [[maybe_unused]] const auto written = ::write(ready[1], "x", 1);
    ::pause();
  }
  char byte;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(refusal(options(folder.path("log.db"))),
            "another kkr process uses the store " + folder.path("log.db"));
  ::kill(holder, SIGKILL);
  ::waitpid(holder, nullptr, 0);
  EXPECT_EQ(open(folder.path("log.db"))->head().position, 0u) << "free when the holder is gone";
}

TEST(SqliteEventStore, KeepsEveryAcknowledgedBatchThroughKillMinus9) {
  const TemporaryFolder folder;
  int acknowledged[2];
  ASSERT_EQ(::pipe(acknowledged), 0);
  const pid_t writer = ::fork();
  if (writer == 0) {
    const Store store = open(folder.path("log.db"));
    for (int i = 0;; ++i) {
      value_of(append_one(*store, std::to_string(i)));
      const auto position = store->head().position;
      [[maybe_unused]] const auto written = ::write(acknowledged[1], &position, sizeof position);
    }
  }
  ::close(acknowledged[1]);
  std::uint64_t last = 0;
  while (last < 100) ASSERT_EQ(::read(acknowledged[0], &last, sizeof last), sizeof last);
  ::kill(writer, SIGKILL);
  ::waitpid(writer, nullptr, 0);
  while (::read(acknowledged[0], &last, sizeof last) == sizeof last) {
  }
  const Store store = open(folder.path("log.db"));
  EXPECT_EQ(store->damage(), std::nullopt);
  EXPECT_GE(store->head().position, last);
  EXPECT_LE(store->head().position, last + 1);
  EXPECT_TRUE(value_of(store->find_requests({std::to_string(last - 1)})).front());
}

TEST(SqliteEventStore, IsADemoStoreOnlyWhenCreatedAsOne) {
  const TemporaryFolder folder;
  auto demo = options(folder.path("demo.db"));
  demo.demo = true;
  EXPECT_TRUE(std::get<Store>(SqliteEventStore::open(demo))->is_demo());
  EXPECT_TRUE(open(folder.path("demo.db"))->is_demo());
  EXPECT_FALSE(open(folder.path("real.db"))->is_demo());
  auto too_late = options(folder.path("real.db"));
  too_late.demo = true;
  EXPECT_FALSE(std::get<Store>(SqliteEventStore::open(too_late))->is_demo());
}

TEST(SqliteEventStore, RefusesAFileThatIsNotItsOwn) {
  const TemporaryFolder folder;
  open(folder.path("log.db"));
  auto other = options(folder.path("log.db"));
  other.log = "registry/danmark";
  EXPECT_EQ(refusal(other), "the store " + folder.path("log.db") +
                                " holds the log consultation/hovedstaden, not registry/danmark");
  change_behind(folder.path("log.db"), "PRAGMA user_version = 99");
  EXPECT_THAT(refusal(options(folder.path("log.db"))), HasSubstr("written by a newer kkr"));
  auto nowhere = options(folder.path("nowhere/log.db"));
  EXPECT_THAT(refusal(nowhere), HasSubstr("unable to open database file"));
}

TEST(SqliteEventStore, OpensAFileItCannotReadAsADamagedLog) {
  const TemporaryFolder folder;
  std::ofstream(folder.path("log.db")) << std::string(5000, 'x');
  const Store store = open(folder.path("log.db"));
  ASSERT_TRUE(store->damage());
  EXPECT_THAT(*store->damage(), HasSubstr("file is not a database"));
  EXPECT_EQ(store->head().position, 0u);
  EXPECT_EQ(failure_of(append_one(*store, "r1")), StoreFailure::kDamaged);
  EXPECT_EQ(failure_of(store->read(1, 1)), StoreFailure::kDamaged);
  EXPECT_EQ(failure_of(store->document("x")), StoreFailure::kDamaged);
  EXPECT_EQ(failure_of(store->recover()), StoreFailure::kDamaged);
  EXPECT_FALSE(store->scrub_slice());
}

TEST(SqliteEventStore, LeavesNothingOfAnErasedDocumentOnDisk) {
  const TemporaryFolder folder;
  const Store store = open(folder.path("log.db"));
  const std::string name = "Gunhild Testperson";
  value_of(store->append(BatchBuilder(*store)
                             .command("r1", {an_event("person-1")},
                                      {{"person/1", name + std::string(9000, '.') + name, ""}})
                             .build()));
  ASSERT_THAT(bytes_in(folder.path()), HasSubstr(name));
  value_of(
      store->append(BatchBuilder(*store)
                        .command("r2", {an_event("person-1")}, {{"person/1", std::nullopt, ""}})
                        .build()));
  EXPECT_THAT(bytes_in(folder.path()), testing::Not(HasSubstr(name)));
}

TEST(SqliteEventStore, IsReadOnlyOnceDamagedAndSaysWhatToDo) {
  const TemporaryFolder folder;
  const auto path = folder.path("log.db");
  for (int i = 0; i < 5; ++i) value_of(append_one(*open(path), std::to_string(i)));
  change_behind(path, "UPDATE events SET payload = x'00' WHERE position = 4");

  std::vector<std::string> reported;
  auto watched = options(path);
  watched.on_damage = [&](const std::string& sentence) { reported.push_back(sentence); };
  const Store store = std::move(std::get<Store>(SqliteEventStore::open(watched)));
  ASSERT_THAT(reported, SizeIs(1));
  EXPECT_EQ(store->damage(), reported.front());
  EXPECT_THAT(reported.front(),
              HasSubstr("The log consultation/hovedstaden is read-only: event 4 does not match"));
  EXPECT_THAT(reported.front(), HasSubstr("restore it from the newest backup"));

  EXPECT_EQ(failure_of(append_one(*store, "more")), StoreFailure::kDamaged);
  EXPECT_THAT(value_of(store->read(1, kSliceMax)), SizeIs(3)) << "what is intact is still served";
  EXPECT_EQ(failure_of(store->read(4, 1)), StoreFailure::kDamaged);
  EXPECT_THAT(value_of(store->read(5, 1)), SizeIs(1));
}

TEST(SqliteEventStore, FindsDamageBehindTheTailByScrubbingWhileItServes) {
  const TemporaryFolder folder;
  const auto path = folder.path("log.db");
  {
    const Store store = open(path);
    std::vector<NewEvent> events(3000, an_event("round-1"));
    value_of(store->append(BatchBuilder(*store).command("r1", events).build()));
    int slices = 0;
    while (store->scrub_slice()) ++slices;
    EXPECT_GE(slices, 3000 / static_cast<int>(kSliceMax));
    EXPECT_EQ(store->damage(), std::nullopt);
  }
  change_behind(path, "UPDATE events SET type = 'round_closed' WHERE position = 700");
  const Store store = open(path);
  EXPECT_EQ(store->damage(), std::nullopt) << "only the tail is checked before ready";
  value_of(append_one(*store, "before the scrub gets there"));
  while (store->scrub_slice()) {
  }
  ASSERT_TRUE(store->damage());
  EXPECT_THAT(*store->damage(), HasSubstr("event 700 does not match its hash"));
  EXPECT_EQ(failure_of(append_one(*store, "after")), StoreFailure::kDamaged);
}

TEST(SqliteEventStore, IgnoresASnapshotThatDoesNotMatchItsChecksum) {
  const TemporaryFolder folder;
  const auto path = folder.path("log.db");
  {
    const Store store = open(path);
    value_of(store->save_snapshot({1, store->head().generation, 0, {}, "state"}));
    EXPECT_TRUE(value_of(store->snapshot()));
  }
  change_behind(path, "UPDATE snapshot SET state = x'00'");
  const Store store = open(path);
  EXPECT_EQ(value_of(store->snapshot()), std::nullopt);
  EXPECT_EQ(store->damage(), std::nullopt);
}

TEST(SqliteEventStore, TakesAFullDiskAndGoesOnWhenSpaceReturns) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << kNoSmallDisk;
  const Store store = open(disk.path("log.db"));
  value_of(append_one(*store, "r0"));
  disk.fill();
  std::uint64_t written = 1;
  std::optional<StoreFailure> failure;
  const std::string payload(100'000, 'p');
  while (!(failure = failure_of(append_one(*store, "r" + std::to_string(written), payload))))
    ++written;
  EXPECT_EQ(*failure, StoreFailure::kStorageFull);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(failure_of(append_one(*store, "again", payload)), StoreFailure::kStorageFull);
  EXPECT_EQ(store->head().position, written);
  EXPECT_THAT(value_of(store->read(1, kSliceMax)), SizeIs(written)) << "reads go on";
  EXPECT_EQ(value_of(store->find_requests({"again"})).front(), std::nullopt);
  EXPECT_EQ(store->damage(), std::nullopt);

  disk.make_room();
  EXPECT_EQ(value_of(append_one(*store, "again", payload)).front().position, written + 1);
  while (store->scrub_slice()) {
  }
  EXPECT_EQ(store->damage(), std::nullopt);
}

TEST(SqliteEventStore, OpensAndIsReadOnAFullDiskAfterAKill) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << kNoSmallDisk;
  const pid_t writer = ::fork();
  if (writer == 0) {
    const Store store = open(disk.path("log.db"));
    for (int i = 0; i < 10; ++i)
      value_of(append_one(*store, std::to_string(i), std::string(20'000, 'p')));
    ::_exit(0);  // Leaves the write-ahead log behind, like a kill.
  }
  ::waitpid(writer, nullptr, 0);
  disk.fill();
  {
    const Store store = open(disk.path("log.db"));
    EXPECT_EQ(store->damage(), std::nullopt);
    EXPECT_THAT(value_of(store->read(1, kSliceMax)), SizeIs(10));
    EXPECT_EQ(failure_of(append_one(*store, "more", std::string(200'000, 'p'))),
              StoreFailure::kStorageFull);
  }
  disk.make_room();
  const Store store = open(disk.path("log.db"));
  EXPECT_EQ(value_of(append_one(*store, "more")).front().position, 11u);
}

}  // namespace
}  // namespace kkr::platform
