// Requests and ends of streams are found whether they are held in memory, swept or being swept, and
// the tables that are swept into are checked like the rest.
#include "services/platform/event_store/log_index.h"

#include <gtest/gtest.h>

#include "services/platform/event_store/sqlite_event_store.h"
#include "services/platform/event_store/verify_log.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

class LogIndexTest : public testing::Test {
 protected:
  using Store = std::unique_ptr<SqliteEventStore>;

  Store open(std::uint64_t sweep_every) {
    auto opened = SqliteEventStore::open(
        {.path = path_, .log = "consultation/hovedstaden", .sweep_every = sweep_every});
    if (const auto* error = std::get_if<SqliteError>(&opened)) ADD_FAILURE() << error->sentence;
    return std::move(std::get<Store>(opened));
  }

  // What another program would do to the file of a closed store.
  void change_file(const std::string& sql) {
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &file), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(file);
    sqlite3_close(file);
  }

  static StoreResult<std::vector<RecordedEvent>> append(EventStore& store, const std::string& id) {
    return store.append(BatchBuilder(store).command(id, {an_event("round-1")}).build());
  }

  // `r1` to `r{requests}` in one batch, each with an event in a stream of its own.
  static void append_many(EventStore& store, int requests) {
    BatchBuilder batch(store);
    for (int number = 1; number <= requests; ++number) {
      batch.command("r" + std::to_string(number), {an_event("round-" + std::to_string(number))});
    }
    value_of(store.append(batch.build()));
  }

  // Where each event stands at the position of its request's number.
  static void expect_found(SqliteEventStore& store, const std::vector<std::uint64_t>& numbers) {
    for (const std::uint64_t number : numbers) {
      const auto found = value_of(store.find_requests({"r" + std::to_string(number)}));
      ASSERT_TRUE(found.front()) << number;
      EXPECT_EQ(found.front()->first_position, number);
    }
  }

  void expect_sound(std::uint64_t requests) const {
    const auto verified = verify_log({.path = path_, .log = "consultation/hovedstaden"});
    EXPECT_EQ(std::get<VerifyReport>(verified).damage, std::nullopt);
    EXPECT_EQ(std::get<VerifyReport>(verified).requests, requests);
  }

 private:
  const TemporaryFolder folder_;
  const std::string path_ = folder_.path("log.db");
};

TEST_F(LogIndexTest, FindsRequestsAndStreamEndsOnEitherSideOfASweep) {
  auto store = open(4);
  for (std::uint64_t number = 1; number <= 11; ++number) {
    const auto recorded = value_of(append(*store, "r" + std::to_string(number)));
    EXPECT_EQ(recorded.front().version, number);
    if (number % 3 == 0) {
      store.reset();
      store = open(4);
    }
    for (std::uint64_t earlier = 1; earlier <= number; ++earlier) expect_found(*store, {earlier});
    EXPECT_EQ(failure_of(append(*store, "r1")), StoreFailure::kConflict);
  }
  EXPECT_GE(store->stored_head().indexed_sequence, 8u);
  EXPECT_EQ(store->stored_head().indexed_sequence, store->stored_head().indexed_position);
}

TEST_F(LogIndexTest, KnowsARequestAsSoonAsItIsAppended) {
  const auto store = open(100);
  EXPECT_FALSE(value_of(store->find_requests({"r1"})).front());
  value_of(append(*store, "r1"));
  EXPECT_EQ(failure_of(append(*store, "r1")), StoreFailure::kConflict);
}

// A batch that waited for the whole sweep would wait long.
TEST_F(LogIndexTest, IsSweptASliceWithEveryBatchAndSoundInTheMidstOfIt) {
  {
    const auto store = open(100);
    append_many(*store, 100);
    value_of(append(*store, "one slice"));
    EXPECT_EQ(store->stored_head().indexed_sequence, 0u);
    expect_found(*store, {1, 50, 100});
    EXPECT_EQ(failure_of(append(*store, "r50")), StoreFailure::kConflict);
  }
  expect_sound(101);
  {
    const auto store = open(100);
    expect_found(*store, {1, 50, 100});
    for (int slice = 1; slice <= 4; ++slice) {
      value_of(append(*store, "slice " + std::to_string(slice)));
    }
    EXPECT_GE(store->stored_head().indexed_sequence, 100u);
    EXPECT_GE(store->stored_head().indexed_position, 100u);
    expect_found(*store, {1, 50, 100});
  }
  expect_sound(105);
}

TEST_F(LogIndexTest, IsDamagedWhereAnIdLeadsToWhatIsNotItsRequest) {
  constexpr int kBeyondTheTailThatIsCheckedAtTheStart = 1100;
  {
    const auto store = open(1);
    append_many(*store, kBeyondTheTailThatIsCheckedAtTheStart);
    for (int slice = 1; store->stored_head().indexed_sequence == 0; ++slice) {
      value_of(append(*store, "slice " + std::to_string(slice)));
    }
  }
  change_file("UPDATE requests SET request_id = 'another' WHERE request_id = 'r1'");
  const auto store = open(1);
  EXPECT_EQ(store->damage(), std::nullopt);
  EXPECT_EQ(failure_of(store->find_requests({"r1"})), StoreFailure::kDamaged);
}

// Format 1 found requests by their ids.
TEST_F(LogIndexTest, TakesOverAStoreOfTheFormatBefore) {
  {
    const auto store = open(4);
    for (const char* id : {"r1", "r2", "r3", "r4", "r5"}) value_of(append(*store, id));
    EXPECT_EQ(store->stored_head().indexed_sequence, 4u);
  }
  change_file(
      "CREATE TABLE request_ids (request_id TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT,"
      " WITHOUT ROWID;"
      "INSERT INTO request_ids SELECT request_id, sequence FROM requests WHERE sequence <= 4;"
      "DROP TABLE request_fingerprints;"
      "PRAGMA user_version = 1");
  {
    const auto store = open(4);
    EXPECT_EQ(store->damage(), std::nullopt);
    expect_found(*store, {1, 4, 5});
    EXPECT_EQ(failure_of(append(*store, "r1")), StoreFailure::kConflict);
  }
  expect_sound(5);
}

}  // namespace
}  // namespace kkr::platform
