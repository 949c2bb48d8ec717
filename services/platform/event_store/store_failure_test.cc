// What the store does when the file system fails under it.
#include <gtest/gtest.h>

#include "services/platform/event_store/sqlite_event_store.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/faulty_files.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

class StoreFailureTest : public testing::Test {
 protected:
  StoreResult<std::vector<RecordedEvent>> append(const std::string& id) {
    return store_->append(BatchBuilder(*store_)
                              .command(id, {an_event("round-1")}, {{"answer/" + id, "ja", ""}})
                              .checkpoint({"registry/danmark", "g", 1, {}})
                              .build());
  }
  bool recorded(const std::string& id) {
    return value_of(store_->find_requests({id})).front().has_value();
  }
  void expect_sound() {
    while (store_->scrub_slice()) {
    }
    EXPECT_EQ(store_->damage(), std::nullopt);
  }

  FaultyFiles files_;
  const TemporaryFolder folder_;
  std::unique_ptr<SqliteEventStore> store_ = std::move(std::get<0>(SqliteEventStore::open(
      {.path = folder_.path("log.db"), .log = "a/x", .vfs = files_.name()})));
};

TEST_F(StoreFailureTest, AFailedFlushLeavesTheOutcomeOpenUntilItIsRecovered) {
  value_of(append("r1"));
  files_.fail_next_flush(SQLITE_IOERR_FSYNC);
  const int flushes = files_.flushes();
  EXPECT_EQ(failure_of(append("r2")), StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(files_.flushes(), flushes + 1);
  EXPECT_EQ(failure_of(append("r3")), StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(failure_of(store_->save_snapshot({})), StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(files_.flushes(), flushes + 1) << "a flush that failed is never tried again";

  const LogHead head = value_of(store_->recover());
  EXPECT_EQ(head, store_->head());
  EXPECT_EQ(recorded("r2"), head.position == 2) << "whole or not at all";
  EXPECT_EQ(value_of(store_->document("answer/r2")).has_value(), head.position == 2);
  EXPECT_FALSE(recorded("r3"));
  EXPECT_EQ(value_of(append("r3")).front().version, head.position + 1);
  expect_sound();
}

TEST_F(StoreFailureTest, AWriteThatFailsInCommitLeavesTheOutcomeOpenToo) {
  value_of(append("r1"));
  files_.fail_next_write(SQLITE_IOERR_WRITE);
  EXPECT_EQ(failure_of(append("r2")), StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(value_of(store_->recover()).position, 1u) << "here nothing had reached the file";
  EXPECT_FALSE(recorded("r2"));
  EXPECT_EQ(value_of(store_->document("answer/r2")), std::nullopt);
  EXPECT_EQ(value_of(append("r2")).front().position, 2u);
  expect_sound();
}

TEST_F(StoreFailureTest, AFailedFlushOfASnapshotStopsAppendsUntilItIsRecovered) {
  value_of(append("r1"));
  files_.fail_next_flush(SQLITE_IOERR_FSYNC);
  EXPECT_EQ(failure_of(store_->save_snapshot({1, "g", 1, {}, "state"})),
            StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(failure_of(append("r2")), StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(value_of(store_->recover()).position, 1u);
  value_of(append("r2"));
  expect_sound();
}

TEST_F(StoreFailureTest, AFullDiskIsNoUnknownOutcome) {
  value_of(append("r1"));
  files_.fail_next_write(SQLITE_FULL);
  EXPECT_EQ(failure_of(append("r2")), StoreFailure::kStorageFull);
  EXPECT_FALSE(recorded("r2"));
  EXPECT_EQ(value_of(append("r2")).front().position, 2u);
  expect_sound();
}

TEST_F(StoreFailureTest, RecoveryThatFailsCanBeTriedAgain) {
  value_of(append("r1"));
  files_.fail_next_flush(SQLITE_IOERR_FSYNC);
  EXPECT_EQ(failure_of(append("r2")), StoreFailure::kOutcomeUnknown);
  files_.fail_next_open(SQLITE_CANTOPEN);
  EXPECT_EQ(failure_of(store_->recover()), StoreFailure::kUnavailable);
  EXPECT_EQ(failure_of(append("r3")), StoreFailure::kOutcomeUnknown);
  EXPECT_EQ(failure_of(store_->read(1, 1)), StoreFailure::kUnavailable);
  EXPECT_EQ(store_->damage(), std::nullopt);
  const auto head = value_of(store_->recover());
  EXPECT_EQ(value_of(append("r3")).front().position, head.position + 1);
  expect_sound();
}

}  // namespace
}  // namespace kkr::platform
