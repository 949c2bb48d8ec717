// What an appender answers, and what it then holds, when its store fails.
#include <gmock/gmock.h>

#include "services/platform/appender/appender.h"
#include "tests/notebook/appender_fixture.h"
#include "tests/notebook/forwarding_store.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::AppenderTest;
using notebook::carry_out;
using notebook::expect_committed;
using notebook::expect_failure;
using notebook::submit;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using AppenderFailure = AppenderTest;

TEST_F(AppenderFailure, AFullDiskFailsTheBatchAndLeavesNoTrace) {
  carry_out(appender(), a_command("r0", notebook::write("a", "before")));
  const auto before = appender().state();
  close_gate();
  auto first = submit(appender(), a_command("r1", notebook::write("a", "lost")));
  auto second = submit(appender(), a_command("r2", notebook::create("b", "lost")));
  store_.fail_next_append(StoreFailure::kStorageFull);
  open_gate();
  expect_failure(first.get(), CommandFailure::kStorageFull);
  expect_failure(second.get(), CommandFailure::kStorageFull);
  EXPECT_EQ(appender().state(), before);
  EXPECT_FALSE(appender().health().read_only);

  expect_committed(carry_out(appender(), a_command("r2", notebook::create("b", "kept"))), 2, 2);
  EXPECT_EQ(note("b").text, "kept");
  EXPECT_EQ(note("a").text, "before");
}

TEST_F(AppenderFailure, ARefusalOnTheGroundOfAFailedCommandFailsWithIt) {
  close_gate();
  auto known = submit(appender(), a_command("r1", notebook::create("", "x")));
  auto creates = submit(appender(), a_command("r2", notebook::create("a", "x")));
  auto refused = submit(appender(), a_command("r3", notebook::create("a", "y")));
  auto twin = submit(appender(), a_command("r2", notebook::create("a", "x")));
  store_.fail_next_append(StoreFailure::kUnavailable);
  open_gate();
  EXPECT_EQ(std::get<Refusal<notebook::Rejection>>(known.get()).rejection,
            notebook::Rejection::kKeyMissing)
      << "it rests on nothing that failed";
  expect_failure(creates.get(), CommandFailure::kStoreUnavailable);
  expect_failure(refused.get(), CommandFailure::kStoreUnavailable);
  expect_failure(twin.get(), CommandFailure::kStoreUnavailable);
}

TEST_F(AppenderFailure, ARetriedRequestIsAnsweredThoughTheBatchFails) {
  carry_out(appender(), a_command("r1", notebook::write("a", "x")));
  close_gate();
  auto retried = submit(appender(), a_command("r1", notebook::write("a", "x")));
  auto failed = submit(appender(), a_command("r2", notebook::write("b", "x")));
  store_.fail_next_append(StoreFailure::kStorageFull);
  open_gate();
  expect_committed(retried.get(), 1, 1, true);
  expect_failure(failed.get(), CommandFailure::kStorageFull);
}

TEST_F(AppenderFailure, AnUnknownOutcomeIsFoundOutBeforeItIsAnswered) {
  for (const bool was_committed : {true, false}) {
    const std::string id = was_committed ? "yes" : "no";
    close_gate();
    auto events = submit(appender(), a_command(id + "1", notebook::write_both("a", "b")));
    auto none = submit(appender(), a_command(id + "2", notebook::nothing()));
    const std::uint64_t next = store_.head().position + 1;
    store_.fail_next_append(StoreFailure::kOutcomeUnknown, was_committed);
    open_gate();
    if (was_committed) {
      expect_committed(events.get(), next, next + 1);
      expect_committed(none.get(), next + 2, next + 1);
      EXPECT_EQ(note("b").written_position, next + 1);
    } else {
      expect_failure(events.get(), CommandFailure::kStoreUnavailable);
      expect_failure(none.get(), CommandFailure::kStoreUnavailable);
    }
    EXPECT_EQ(appender().state()->head, store_.head());
    EXPECT_EQ(appender().tail().head(), store_.head());
  }
  expect_committed(carry_out(appender(), a_command("after", notebook::write("c", "x"))), 3, 3);
}

TEST_F(AppenderFailure, AnUnknownOutcomeWithoutEventsIsFoundOutByItsRequest) {
  for (const bool was_committed : {true, false}) {
    const std::string id = was_committed ? "yes" : "no";
    store_.fail_next_append(StoreFailure::kOutcomeUnknown, was_committed);
    const auto outcome = carry_out(appender(), a_command(id, notebook::nothing()));
    if (was_committed) {
      expect_committed(outcome, 1, 0);
    } else {
      expect_failure(outcome, CommandFailure::kStoreUnavailable);
    }
  }
}

TEST_F(AppenderFailure, AnUnknownOutcomeOfABareMoveIsFoundOutByItsCheckpoint) {
  std::uint64_t position = 0;
  for (const bool was_committed : {true, false}) {
    auto command = a_command("", notebook::nothing());
    const Checkpoint to{"registry/danmark", "g", position + 1'000, Hash{1}};
    command.checkpoint = CheckpointMove{to, position};
    store_.fail_next_append(StoreFailure::kOutcomeUnknown, was_committed);
    const auto outcome = carry_out(appender(), std::move(command));
    if (was_committed) {
      expect_committed(outcome, 1, 0);
      position = 1'000;
    } else {
      expect_failure(outcome, CommandFailure::kStoreUnavailable);
    }
    EXPECT_EQ(appender().checkpoint("registry/danmark")->position, 1'000u);
  }
}

// Cannot be reached for some attempts to recover.
class FarStore final : public notebook::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  int attempts_in_vain = 0;

  StoreResult<LogHead> recover() override {
    if (attempts_in_vain-- > 0) return StoreFailure::kUnavailable;
    return ForwardingStore::recover();
  }
};

TEST_F(AppenderFailure, AnOutcomeThatStaysUnknownIsFoundOutByTheNextCommands) {
  for (const bool was_committed : {true, false}) {
    FarStore far(store_);
    const auto appender = bench_.appender(far);
    const std::uint64_t next = store_.head().position + 1;
    const std::string id = was_committed ? "yes" : "no";
    far.attempts_in_vain = 6;  // One more than the batch itself tries.
    store_.fail_next_append(StoreFailure::kOutcomeUnknown, was_committed);
    const auto lost = [&] { return a_command(id, notebook::write("a", id)); };
    expect_failure(carry_out(*appender, lost()), CommandFailure::kStoreUnavailable);
    expect_failure(carry_out(*appender, lost()), CommandFailure::kStoreUnavailable);
    expect_committed(carry_out(*appender, a_command(id + "-other", notebook::write("b", id))),
                     was_committed ? next + 1 : next, was_committed ? next + 1 : next);
    EXPECT_EQ(appender->state()->state.notes.contains("a"), was_committed || next > 2);
    const auto retried = carry_out(*appender, lost());
    EXPECT_EQ(std::get<notebook::Committed>(retried).retried, was_committed);
    EXPECT_EQ(appender->state()->head, store_.head());
  }
}

TEST_F(AppenderFailure, DamageMakesTheLogReadOnlyAndSaysWhatToDo) {
  carry_out(appender(), a_command("r1", notebook::write("a", "x")));
  store_.fail_next_append(StoreFailure::kDamaged);
  for (const auto id : {"r2", "r3"}) {
    expect_failure(carry_out(appender(), a_command(id, notebook::write("a", "y"))),
                   CommandFailure::kRegionDamaged);
  }
  EXPECT_TRUE(appender().health().read_only);
  EXPECT_THAT(appender().health().sentence, HasSubstr("notebook/hovedstaden"));
  EXPECT_THAT(appender().health().sentence, HasSubstr("restore the log from its last backup"));
  EXPECT_EQ(note("a").text, "x");
}

TEST_F(AppenderFailure, DamageTheStoreFindsByItselfShowsAtOnceInItsOwnWords) {
  carry_out(appender(), a_command("r1", notebook::write("a", "x")));
  EXPECT_FALSE(appender().health().read_only);
  store_.mark_damaged("event 1 does not match its hash");
  EXPECT_TRUE(appender().health().read_only);
  EXPECT_EQ(appender().health().sentence, "event 1 does not match its hash");
  expect_failure(carry_out(appender(), a_command("r2", notebook::write("a", "y"))),
                 CommandFailure::kRegionDamaged);
  EXPECT_EQ(note("a").text, "x");
}

TEST_F(AppenderFailure, AnotherWriterOfTheLogMakesItReadOnly) {
  appender();
  Batch foreign;
  foreign.expected = store_.head();
  foreign.requests = {{"foreign", {}, 1, 0}};
  foreign.events = {{"note-a", "note_written", "", "", absl::UnixEpoch()}};
  ASSERT_TRUE(std::holds_alternative<std::vector<RecordedEvent>>(store_.append(foreign)));
  expect_failure(carry_out(appender(), a_command("r1", notebook::write("a", "y"))),
                 CommandFailure::kRegionDamaged);
  EXPECT_THAT(appender().health().sentence, HasSubstr("another process"));
}

TEST_F(AppenderFailure, AFactUnknownToThisProgramMakesTheLogReadOnly) {
  carry_out(appender(), a_command("r1", notebook::write("a", "x")));
  Batch newer;
  newer.expected = store_.head();
  notebook::v1::Event from_the_future;
  from_the_future.GetReflection()->MutableUnknownFields(&from_the_future)->AddVarint(99, 1);
  newer.events = {
      {"note-a", "note_sung", from_the_future.SerializeAsString(), "", absl::UnixEpoch()}};
  ASSERT_TRUE(std::holds_alternative<std::vector<RecordedEvent>>(store_.append(newer)));
  restart();
  EXPECT_TRUE(appender().health().read_only);
  EXPECT_THAT(appender().health().sentence, HasSubstr("at position 2"));
  EXPECT_EQ(note("a").text, "x");
  EXPECT_EQ(appender().state()->head.position, 1u);
  expect_failure(carry_out(appender(), a_command("r2", notebook::write("a", "y"))),
                 CommandFailure::kRegionDamaged);
}

TEST_F(AppenderFailure, ACheckpointMovesOnlyFromWhereItStands) {
  const auto moving = [](std::uint64_t from, std::uint64_t to, const std::string& generation) {
    auto command = a_command("", notebook::count_up("a"));
    command.checkpoint = CheckpointMove{{"registry/danmark", generation, to, Hash{}}, from};
    return command;
  };
  expect_committed(carry_out(appender(), moving(0, 5, "g")), 1, 1);
  expect_committed(carry_out(appender(), moving(0, 5, "g")), 2, 1, true);
  expect_committed(carry_out(appender(), moving(2, 3, "g")), 2, 1, true);
  expect_failure(carry_out(appender(), moving(7, 8, "g")), CommandFailure::kOutOfOrder);
  expect_failure(carry_out(appender(), moving(2, 3, "other")), CommandFailure::kOutOfOrder);
  expect_committed(carry_out(appender(), moving(5, 6, "other")), 2, 2);

  auto back = a_command("", notebook::count_up("a"));
  back.checkpoint = CheckpointMove{{"registry/danmark", "", 0, Hash{}}, std::nullopt};
  expect_committed(carry_out(appender(), std::move(back)), 3, 3);
  restart();
  EXPECT_EQ(appender().checkpoint("registry/danmark")->position, 0u);
  expect_committed(carry_out(appender(), moving(0, 1, "third")), 4, 4);
}

}  // namespace
}  // namespace kkr::platform
