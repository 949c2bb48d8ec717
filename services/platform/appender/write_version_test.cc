// Facts that are new in this version of the notebook, in logs that other processes may have to
// read.
#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <thread>

#include "tests/notebook/appender_fixture.h"
#include "tests/notebook/forwarding_store.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::AppenderTest;
using notebook::carry_out;
using notebook::expect_committed;
using notebook::expect_failure;
using notebook::pin;
using notebook::submit;
using testing::HasSubstr;
using namespace std::chrono_literals;

class WriteVersion : public AppenderTest {
 protected:
  // Several processes have the log, and this one leads it.
  notebook::Appender& leading() {
    options_.leased = true;
    EXPECT_TRUE(appender().lead(5s));
    return appender();
  }
  // False when it does not take effect in good time.
  bool becomes(std::uint64_t version) {
    for (int i = 0; i < 1'000 && store_.write_version() != version; ++i) {
      std::this_thread::sleep_for(5ms);
    }
    return store_.write_version() == version;
  }
};

TEST_F(WriteVersion, IsWhatTheProgramReadsWhereNoOtherHasTheLog) {
  expect_committed(carry_out(appender(), a_command("r1", notebook::write("a", "1"))), 1, 1);
  expect_committed(carry_out(appender(), a_command("r2", pin("a"))), 2, 2);
  EXPECT_TRUE(note("a").pinned);
  EXPECT_EQ(store_.write_version(), 2u);
  restart();
  EXPECT_TRUE(note("a").pinned);
}

TEST_F(WriteVersion, KeepsNewerFactsOutAndLeavesTheRestOfTheBatch) {
  leading();
  carry_out(appender(), a_command("r1", notebook::write("a", "1")));
  close_gate();
  auto before = submit(appender(), a_command("r2", notebook::write("b", "2")));
  auto newer = submit(appender(), a_command("r3", pin("a")));
  auto behind = submit(appender(), a_command("r4", notebook::write("c", "3")));
  open_gate();
  expect_committed(before.get(), 2, 2);
  expect_failure(newer.get(), CommandFailure::kFactTooNew);
  expect_committed(behind.get(), 3, 3);
  EXPECT_FALSE(note("a").pinned);
  EXPECT_EQ(store_.write_version(), 1u);
}

TEST_F(WriteVersion, IsRaisedWithoutAStopAndTheSameRequestSucceeds) {
  leading();
  carry_out(appender(), a_command("r1", notebook::write("a", "1")));
  expect_failure(carry_out(appender(), a_command("r2", pin("a"))), CommandFailure::kFactTooNew);
  appender().may_write(2);
  ASSERT_TRUE(becomes(2));
  expect_committed(carry_out(appender(), a_command("r2", pin("a"))), 2, 2);
}

TEST_F(WriteVersion, IsRaisedByWhoeverTakesOver) {
  options_.leased = true;
  appender().may_write(2);
  appender().store_grew();
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(store_.write_version(), 1u) << "who follows raises nothing";
  leading();
  EXPECT_TRUE(becomes(2));
}

TEST_F(WriteVersion, IsRaisedNoFurtherThanTheProgramReads) {
  leading().may_write(7);
  ASSERT_TRUE(becomes(2));
  carry_out(appender(), a_command("r1", notebook::write("a", "1")));
  EXPECT_EQ(store_.write_version(), 2u);
}

TEST_F(WriteVersion, IsRaisedWithALaterBatchWhenTheStoreFails) {
  class Failing final : public notebook::ForwardingStore {
   public:
    using ForwardingStore::ForwardingStore;
    Result<std::monostate> raise_write_version(std::uint64_t version) override {
      if (failures-- > 0) return StoreFailure::kStorageFull;
      return ForwardingStore::raise_write_version(version);
    }
    int failures = 2;
  } store(store_);
  const auto appender = bench_.appender(store, options_);
  int tries = 0;
  while (store_.write_version() == 1 && ++tries < 10) {
    carry_out(*appender, a_command("", notebook::write("a", "1")));
  }
  EXPECT_EQ(store_.write_version(), 2u);
  EXPECT_FALSE(appender->health().read_only);
}

TEST_F(WriteVersion, OfALaterProgramMakesTheLogReadOnlyAndSaysWhatToDo) {
  carry_out(appender(), a_command("r1", notebook::write("a", "1")));
  store_.raise_write_version(3);
  restart();
  EXPECT_TRUE(appender().health().read_only);
  EXPECT_THAT(appender().health().sentence, HasSubstr("facts of version 3, while this program "
                                                      "reads up to version 2"));
  EXPECT_THAT(appender().health().sentence, HasSubstr("or a later one"));
  expect_failure(carry_out(appender(), a_command("r2", notebook::write("a", "2"))),
                 CommandFailure::kRegionDamaged);
}

TEST_F(WriteVersion, OfALaterProgramKeepsAProcessThatFollowsFromLeading) {
  options_.leased = true;
  ASSERT_FALSE(appender().health().read_only);
  store_.raise_write_version(3);
  appender().store_grew();
  for (int i = 0; i < 1'000 && !appender().health().read_only; ++i) {
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_THAT(appender().health().sentence, HasSubstr("version 3"));
  EXPECT_FALSE(appender().lead(5s));
}

}  // namespace
}  // namespace kkr::platform
