#include "services/notification/domain/reminder_commands.h"

#include <gmock/gmock.h>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::at;
using story::kRound;
using story::Scene;
using testing::ElementsAre;
using testing::IsEmpty;

v1::MoveReminderRequest move(const std::string& step, const std::string& date,
                             const std::string& reason = "Vinterferie",
                             const std::string& round = kRound) {
  v1::MoveReminderRequest command;
  command.set_name(round + "/reminders/" + step);
  command.set_date(date);
  command.set_reason(reason);
  return command;
}

v1::StopReminderRequest stop(const std::string& step, const std::string& reason = "Aftalt") {
  v1::StopReminderRequest command;
  command.set_name(std::string(kRound) + "/reminders/" + step);
  command.set_reason(reason);
  return command;
}

Scene opened() {
  Scene scene;
  scene.open();
  return scene;
}

// Top to bottom, each command repairs one fault of the row above: the order is tested too.
TEST(MoveReminder, NamesTheFirstRuleThatIsBroken) {
  Scene scene = opened();
  scene.remind(at(3, 5));
  auto stale = move("2013-03-19-14", "2013-13-01", "");
  stale.set_etag("1-stale");
  const struct {
    v1::MoveReminderRequest when;
    Rejection then;
  } rows[] = {
      {move("2013-03-19-14", "2013-13-01", "", "regions/hovedstaden/rounds/other"),
       Rejection::kRoundUnknown},
      {move("2013-03-19-13", "2013-13-01", ""), Rejection::kReminderUnknown},
      {stale, Rejection::kEtagStale},
      {move("2013-03-19-14", "2013-13-01", ""), Rejection::kReminderPassed},
      {move("2013-03-19-7", "2013-13-01", ""), Rejection::kReasonMissing},
      {move("2013-03-19-7", "2013-13-01"), Rejection::kArgumentInvalid},
      {move("2013-03-19-7", "2013-03-03"), Rejection::kDateNotInFuture},
      {move("2013-03-19-7", "2013-03-23"), Rejection::kDateNotWorkingDay},
      {move("2013-03-19-7", "2013-03-20"), Rejection::kDateAfterDeadline},
  };
  for (const auto& row : rows) EXPECT_EQ(scene.refused(row.when), row.then);
  scene.tell(move("2013-03-19-7", "2013-03-11"));
}

TEST(MoveReminder, MovesItForEverybodyWithThatDeadline) {
  Scene scene = opened();
  scene.tell(move("2013-03-19-7", "2013-03-08"));
  EXPECT_THAT(scene.plan(), ElementsAre("03-05 09 2013-03-19-14: 101 147 165",
                                        "03-08 09 2013-03-19-7: 101 147 165",
                                        "03-15 09 2013-03-19-2: 101 147 165"));
  EXPECT_EQ(scene.refused([&] {
    scene.enter(v1::RoundPhaseFollowed::PHASE_CLOSED);
    return move("2013-03-19-7", "2013-03-11");
  }()),
            Rejection::kRoundNotOpen);
}

TEST(StopReminder, IsLoggedAsDroppedWhenItsTimeComes) {
  Scene scene = opened();
  EXPECT_EQ(scene.refused(stop("2013-03-19-14", "")), Rejection::kReasonMissing);
  EXPECT_EQ(scene.tell(stop("2013-03-19-14")).size(), 1u);
  EXPECT_THAT(scene.tell(stop("2013-03-19-14")), IsEmpty());
  EXPECT_THAT(scene.remind(at(3, 5)),
              ElementsAre("2013-03-19-14: 101=STOPPED 147=STOPPED 165=STOPPED"));
  EXPECT_EQ(scene.refused(stop("2013-03-19-14")), Rejection::kReminderPassed);
}

TEST(StopReminder, IsTakenBackByAMove) {
  Scene scene = opened();
  scene.tell(stop("2013-03-19-14"));
  scene.tell(move("2013-03-19-14", "2013-03-06"));
  EXPECT_THAT(scene.remind(at(3, 6)), ElementsAre("2013-03-19-14: 101 147 165"));
}

TEST(StopReminder, KeepsTheReasonBesideTheLogAndOnlyTheLast) {
  Scene scene = opened();
  const auto first = std::get<Effects>(decide(scene.state, stop("2013-03-19-14"), scene.context()));
  ASSERT_EQ(first.private_writes.size(), 1u);
  EXPECT_EQ(first.private_writes[0].value, "Aftalt");
  EXPECT_EQ(first.facts[0].event.reminder_stopped().reason().key(), first.private_writes[0].key);
  scene.tell(stop("2013-03-19-14"));
  const auto second =
      std::get<Effects>(decide(scene.state, move("2013-03-19-14", "2013-03-06"), scene.context()));
  ASSERT_EQ(second.private_writes.size(), 2u);
  EXPECT_EQ(second.private_writes[1].key, first.private_writes[0].key);
  EXPECT_EQ(second.private_writes[1].value, std::nullopt);
}

TEST(EraseReminderReason, TakesTheTextAwayAndLeavesTheReminderAsItIs) {
  Scene scene = opened();
  v1::EraseReminderReasonRequest command;
  command.set_name(std::string(kRound) + "/reminders/2013-03-19-14");
  EXPECT_EQ(scene.refused(command), Rejection::kReminderUnknown);
  scene.tell(stop("2013-03-19-14"));
  scene.remind(at(3, 5));
  const auto erased = std::get<Effects>(decide(scene.state, command, scene.context()));
  ASSERT_EQ(erased.private_writes.size(), 1u);
  EXPECT_EQ(erased.private_writes[0].value, std::nullopt);
  EXPECT_EQ(scene.tell(command).size(), 1u);
  EXPECT_THAT(scene.tell(command), IsEmpty());
}

TEST(UpdateReminderPlan, ReplacesTheDaysOfARound) {
  Scene scene = opened();
  v1::UpdateReminderPlanRequest command;
  command.mutable_plan()->set_name(std::string(kRound) + "/reminderPlan");
  command.mutable_plan()->add_days(5);
  command.mutable_plan()->add_days(0);
  EXPECT_EQ(scene.refused(command), Rejection::kArgumentInvalid);
  command.mutable_plan()->set_days(1, 10);
  scene.tell(command);
  EXPECT_THAT(scene.plan(), ElementsAre("03-08 09 2013-03-19-10: 101 147 165",
                                        "03-14 09 2013-03-19-5: 101 147 165"));
  command.mutable_plan()->set_etag("1-stale");
  EXPECT_EQ(scene.refused(command), Rejection::kEtagStale);
}

}  // namespace
}  // namespace kkr::notification
