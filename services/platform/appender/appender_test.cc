#include "services/platform/appender/appender.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/appender_fixture.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::AppenderTest;
using notebook::carry_out;
using notebook::Committed;
using notebook::expect_committed;
using notebook::expect_failure;
using notebook::Outcome;
using notebook::submit;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using NoteRefusal = Refusal<notebook::Rejection>;

TEST_F(AppenderTest, GivesPositionsInOrderAndShowsTheStateBeforeItAnswers) {
  expect_committed(carry_out(appender(), a_command("r1", notebook::write("a", "x"))), 1, 1);
  const auto both = carry_out(appender(), a_command("r2", notebook::write_both("b", "c")));
  expect_committed(both, 2, 3);
  EXPECT_EQ(std::get<Committed>(both).state->state.notes.find("c")->text, "second");
  EXPECT_EQ(note("b").written_position, 2u);
  EXPECT_EQ(note("c").written_position, 3u);
  EXPECT_EQ(appender().state()->head, store_.head());
  EXPECT_EQ(appender().tail().head(), store_.head());
}

TEST_F(AppenderTest, RecordsWhereAnEventCameFrom) {
  auto command = a_command("r1", notebook::write("a", "x"), "said");
  command.traceparent = "00-trace";
  command.cause = "registry/danmark/g/7";
  carry_out(appender(), std::move(command));
  const auto event = log().at(0);
  EXPECT_EQ(event.type, "note_written");
  EXPECT_EQ(event.stream, "note-a");
  EXPECT_EQ(event.recorded_at, notebook::start_of_hearing());
  notebook::v1::Event fact;
  ASSERT_TRUE(fact.ParseFromString(event.payload));
  EXPECT_EQ(fact.note_written().text(), "x");
  v1::EventMetadata metadata;
  ASSERT_TRUE(metadata.ParseFromString(event.metadata));
  EXPECT_EQ(metadata.actor(), "secretariat");
  EXPECT_EQ(metadata.request_id(), "r1");
  EXPECT_EQ(metadata.command_digest(), as_bytes(sha256_of("said")));
  EXPECT_EQ(metadata.traceparent(), "00-trace");
  EXPECT_EQ(metadata.cause(), "registry/danmark/g/7");
  EXPECT_EQ(note("a").written_by, "secretariat");
}

TEST_F(AppenderTest, RepeatsTheFirstOutcomeOfARequestForEver) {
  carry_out(appender(), a_command("r1", notebook::write_both("a", "b")));
  expect_committed(carry_out(appender(), a_command("r2", notebook::nothing())), 3, 2);
  carry_out(appender(), a_command("r3", notebook::write("a", "later")));
  for (int life = 0; life < 2; ++life) {
    expect_committed(carry_out(appender(), a_command("r1", notebook::write_both("a", "b"))), 1, 2,
                     true);
    expect_committed(carry_out(appender(), a_command("r2", notebook::nothing())), 3, 2, true);
    restart();
  }
  EXPECT_THAT(log(), SizeIs(3));
  EXPECT_EQ(note("a").text, "later");
}

TEST_F(AppenderTest, RefusesAnotherCommandUnderTheSameRequestBeforeAnyRule) {
  carry_out(appender(), a_command("r1", notebook::create("a", "x"), "create a"));
  expect_failure(carry_out(appender(), a_command("r1", notebook::create("a", "x"), "other")),
                 CommandFailure::kRequestIdReused);
  close_gate();
  auto first = submit(appender(), a_command("r2", notebook::create("b", "x"), "create b"));
  auto second = submit(appender(), a_command("r2", notebook::create("b", "x"), "other"));
  open_gate();
  expect_committed(first.get(), 2, 2);
  expect_failure(second.get(), CommandFailure::kRequestIdReused);
  EXPECT_THAT(log(), SizeIs(2));
}

TEST_F(AppenderTest, TakesTwinsInOneBatchForOne) {
  close_gate();
  auto first = submit(appender(), a_command("r1", notebook::count_up("a")));
  auto second = submit(appender(), a_command("r1", notebook::count_up("a")));
  auto other = submit(appender(), a_command("r2", notebook::count_up("a")));
  open_gate();
  expect_committed(first.get(), 1, 1);
  expect_committed(second.get(), 1, 1, true);
  expect_committed(other.get(), 2, 2);
  EXPECT_EQ(note("a").text, "2");
}

TEST_F(AppenderTest, DecidesOnWhatTheBatchHasDoneSoFar) {
  close_gate();
  auto first = submit(appender(), a_command("r1", notebook::create("a", "first")));
  auto second = submit(appender(), a_command("r2", notebook::create("a", "second")));
  open_gate();
  expect_committed(first.get(), 1, 1);
  const auto refused = second.get();
  ASSERT_TRUE(std::holds_alternative<NoteRefusal>(refused));
  EXPECT_EQ(std::get<NoteRefusal>(refused).rejection, notebook::Rejection::kNoteExists);
  EXPECT_EQ(std::get<NoteRefusal>(refused).details.at("key"), "a");
  EXPECT_EQ(note("a").text, "first");
}

TEST_F(AppenderTest, TakesWhatWaitsInAsManyBatchesAsItNeeds) {
  options_.batch_commands_max = 4;
  close_gate();
  std::vector<std::future<Outcome>> outcomes;
  for (int i = 0; i < 50; ++i) {
    outcomes.push_back(submit(
        appender(), a_command("r" + std::to_string(i), notebook::write("a", std::to_string(i)))));
  }
  open_gate();
  for (std::uint64_t i = 0; i < 50; ++i) expect_committed(outcomes[i].get(), i + 1, i + 1);
  EXPECT_EQ(note("a").text, "49");
}

TEST_F(AppenderTest, HasTheStateReadyWhenAnEventIsSeen) {
  std::atomic<int> woken = 0, too_early = 0;
  const auto listener = appender().tail().listen([&] {
    ++woken;
    if (appender().state()->head != appender().tail().head()) ++too_early;
  });
  for (int i = 0; i < 20; ++i) carry_out(appender(), a_command("", notebook::count_up("a")));
  EXPECT_EQ(woken, 20);
  EXPECT_EQ(too_early, 0);
}

TEST_F(AppenderTest, ForgetsARefusalSoThatARetryMaySucceed) {
  carry_out(appender(), a_command("r1", notebook::create("a", "x")));
  const auto refused = carry_out(appender(), a_command("r2", notebook::create("a", "y")));
  EXPECT_TRUE(std::holds_alternative<NoteRefusal>(refused));
  carry_out(appender(), a_command("r3", notebook::remove("a")));
  expect_committed(carry_out(appender(), a_command("r2", notebook::create("a", "y"))), 3, 3);
}

TEST_F(AppenderTest, DropsWhatNobodyWaitsForBeforeDecidingIt) {
  bool decided = false;
  const auto noticing = [&decided](const notebook::Notes&, const Context&) {
    decided = true;
    return notebook::Decision(Effects<notebook::v1::Event>{});
  };
  auto expired = a_command("r1", noticing);
  expired.deadline = std::chrono::steady_clock::now();
  expect_failure(carry_out(appender(), std::move(expired)), CommandFailure::kExpired);
  auto cancelled = a_command("r2", noticing);
  cancelled.cancelled = [] { return true; };
  expect_failure(carry_out(appender(), std::move(cancelled)), CommandFailure::kCancelled);
  EXPECT_FALSE(decided);
  EXPECT_EQ(std::get<0>(store_.find_requests({"r1", "r2"})).at(0), std::nullopt);
}

TEST_F(AppenderTest, RefusesTheFirstByteOverTheLimitAndLeavesTheRestOfTheBatch) {
  // The note's key, its tags and lengths take the other bytes.
  const std::string largest(options_.event_bytes_max - 11, 'x');
  close_gate();
  auto fits = submit(appender(), a_command("r1", notebook::write("a", largest)));
  auto too_large = submit(appender(), a_command("r2", notebook::write("b", largest + "x")));
  auto other = submit(appender(), a_command("r3", notebook::write("c", "x")));
  open_gate();
  expect_committed(fits.get(), 1, 1);
  expect_failure(too_large.get(), CommandFailure::kEventTooLarge);
  expect_committed(other.get(), 2, 2);
  EXPECT_EQ(log().at(0).payload.size(), options_.event_bytes_max);
  EXPECT_FALSE(appender().state()->state.notes.contains("b"));
}

TEST_F(AppenderTest, RefusesMoreThanTheQueueHolds) {
  options_.queue_commands_max = 3;
  options_.queue_bytes_max = 1'000;
  close_gate();
  auto large = a_command("r1", notebook::write("a", "x"));
  large.size_bytes = 850;
  auto first = submit(appender(), std::move(large));
  auto second = submit(appender(), a_command("r2", notebook::write("b", "x")));
  expect_failure(carry_out(appender(), a_command("r3", notebook::write("c", "x"))),
                 CommandFailure::kQueueFull);
  auto small = a_command("r4", notebook::write("d", "x"));
  small.size_bytes = 1;
  auto third = submit(appender(), small);
  expect_failure(carry_out(appender(), std::move(small)), CommandFailure::kQueueFull);
  EXPECT_EQ(appender().queued(), 3u);
  open_gate();
  expect_committed(first.get(), 1, 1);
  expect_committed(second.get(), 2, 2);
  expect_committed(third.get(), 3, 3);
}

TEST_F(AppenderTest, KeepsPrivateTextOutOfTheLogAndSealsIt) {
  carry_out(appender(), a_command("r1", notebook::write_privately("a", "Jens Hansen")));
  EXPECT_EQ(std::get<0>(store_.document("note/a")), "Jens Hansen");
  const auto event = log().at(0);
  EXPECT_THAT(event.payload + event.metadata, Not(HasSubstr("Jens")));
  v1::EventMetadata metadata;
  ASSERT_TRUE(metadata.ParseFromString(event.metadata));
  ASSERT_THAT(metadata.documents(), SizeIs(1));
  EXPECT_EQ(metadata.documents(0).key(), "note/a");
  const auto kept = std::get<0>(store_.documents("note/", "", 1)).at(0);
  EXPECT_EQ(metadata.documents(0).digest(),
            as_bytes(document_digest(kept.salt, "note/a", "Jens Hansen")));
}

TEST_F(AppenderTest, DrainFinishesWhatIsQueuedAndRefusesTheRest) {
  close_gate();
  auto queued = submit(appender(), a_command("r1", notebook::write("a", "x")));
  std::thread draining([this] { appender().drain(); });
  // What comes before the drain has begun waits behind the gate; the first answer is a refusal.
  std::vector<std::future<Outcome>> late;
  do {
    late.push_back(submit(appender(), a_command("", notebook::nothing())));
  } while (late.back().wait_for(std::chrono::milliseconds(20)) != std::future_status::ready);
  open_gate();
  draining.join();
  expect_committed(queued.get(), 1, 1);
  expect_failure(late.back().get(), CommandFailure::kShuttingDown);
}

// A follower's command about facts that change nothing here.
notebook::Command passing_facts(std::uint64_t from, std::uint64_t to) {
  auto command = a_command("", notebook::nothing());
  command.checkpoint = CheckpointMove{{"registry/danmark", "g", to, Hash{}}, from};
  return command;
}

TEST_F(AppenderTest, CommitsACheckpointThatMovedAloneWithTheNextEvent) {
  const auto stored = [this] { return std::get<0>(store_.checkpoints()).at(0).position; };
  const auto shown = [this] { return appender().checkpoint("registry/danmark")->position; };
  carry_out(appender(), passing_facts(0, 1));
  EXPECT_EQ(stored(), 1u) << "the first one, so that a source is known to be followed";
  carry_out(appender(), passing_facts(1, 2));
  EXPECT_EQ(shown(), 2u);
  EXPECT_EQ(stored(), 1u);
  carry_out(appender(), a_command("r1", notebook::write("a", "x")));
  EXPECT_EQ(stored(), 2u) << "what is decided about a fact again is decided on the same state";
  carry_out(appender(), passing_facts(2, 1'001));
  EXPECT_EQ(stored(), 2u);
  carry_out(appender(), passing_facts(1'001, 1'002));
  EXPECT_EQ(stored(), 1'002u) << "not more than 1,000 facts are taken in again after a kill";
  carry_out(appender(), passing_facts(1'002, 1'003));
  restart();
  EXPECT_EQ(stored(), 1'003u) << "an end in good order leaves none";
  EXPECT_EQ(shown(), 1'003u);
}

}  // namespace
}  // namespace kkr::platform
