#include "services/notification/domain/plan.h"

#include <gmock/gmock.h>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::at;
using story::Scene;
using testing::ElementsAre;
using testing::IsEmpty;

Scene opened() {
  Scene scene;
  scene.open();
  return scene;
}

// 17 March 2013 was a Sunday.
TEST(Plan, RemindsSoManyDaysBeforeOnTheWorkingDayOnOrBefore) {
  EXPECT_THAT(opened().plan(), ElementsAre("03-05 09 2013-03-19-14: 101 147 165",
                                           "03-12 09 2013-03-19-7: 101 147 165",
                                           "03-15 09 2013-03-19-2: 101 147 165"));
}

// Easter 2013: Maundy Thursday was 28 March, Easter Monday 1 April. Summer time began on 31 March.
TEST(Plan, GoesAroundEasterAndKeepsTheLocalHour) {
  Scene scene;
  scene.open("2013-04-02");
  EXPECT_THAT(scene.plan(), ElementsAre("03-19 09 2013-04-02-14: 101 147 165",
                                        "03-26 09 2013-04-02-7: 101 147 165",
                                        "03-27 09 2013-04-02-2: 101 147 165"));
}

TEST(Plan, LeavesOutWhoeverHasAnswered) {
  Scene scene = opened();
  scene.answer("147");
  EXPECT_THAT(scene.remind(at(3, 5)), ElementsAre("2013-03-19-14: 101 165"));
}

TEST(Plan, FollowsAnExtensionAndForgetsTheOldDeadline) {
  Scene scene = opened();
  scene.now = at(3, 1);
  scene.extend("165", "2013-04-02");
  EXPECT_THAT(scene.plan(),
              ElementsAre("03-05 09 2013-03-19-14: 101 147", "03-12 09 2013-03-19-7: 101 147",
                          "03-15 09 2013-03-19-2: 101 147", "03-19 09 2013-04-02-14: 165",
                          "03-26 09 2013-04-02-7: 165", "03-27 09 2013-04-02-2: 165"));
}

TEST(Plan, GoesBackToTheRoundsDeadlineWhenAnExtensionIsWithdrawn) {
  Scene scene = opened();
  scene.now = at(3, 1);
  scene.extend("165", "2013-04-02");
  scene.now = at(3, 4);
  scene.extend("165", "");
  EXPECT_EQ(scene.plan(), opened().plan());
}

TEST(Plan, IsEmptyWhileARoundIsNotOpen) {
  Scene scene = opened();
  scene.now = at(3, 1);
  scene.enter(v1::RoundPhaseFollowed::PHASE_CLOSED);
  EXPECT_THAT(scene.plan(), IsEmpty());
  EXPECT_EQ(next_due(scene.state), std::nullopt);
  scene.enter(v1::RoundPhaseFollowed::PHASE_OPEN);
  EXPECT_EQ(next_due(scene.state), at(3, 5));
  scene.enter(v1::RoundPhaseFollowed::PHASE_CANCELLED);
  EXPECT_EQ(next_due(scene.state), std::nullopt);
}

TEST(Remind, TellsTheNextInstantAndRecordsEachReminderOnce) {
  Scene scene = opened();
  EXPECT_EQ(next_due(scene.state), at(3, 5));
  EXPECT_THAT(scene.remind(at(3, 5, 8)), IsEmpty());
  EXPECT_THAT(scene.remind(at(3, 5)), ElementsAre("2013-03-19-14: 101 147 165"));
  EXPECT_THAT(scene.remind(at(3, 5)), IsEmpty());
  EXPECT_EQ(next_due(scene.state), at(3, 12));
}

TEST(Remind, AfterDowntimeSendsTheNewestAndSupersedesTheOthers) {
  Scene scene = opened();
  EXPECT_THAT(scene.remind(at(3, 18)),
              ElementsAre("2013-03-19-14: 101=SUPERSEDED 147=SUPERSEDED 165=SUPERSEDED",
                          "2013-03-19-7: 101=SUPERSEDED 147=SUPERSEDED 165=SUPERSEDED",
                          "2013-03-19-2: 101 147 165"));
  EXPECT_EQ(next_due(scene.state), std::nullopt);
}

TEST(Remind, SendsNothingWhenTheDeadlineIsOver) {
  Scene scene = opened();
  scene.remind(at(3, 12));
  EXPECT_THAT(scene.remind(at(3, 20, 0)),
              ElementsAre("2013-03-19-2: 101=DEADLINE_OVER 147=DEADLINE_OVER 165=DEADLINE_OVER"));
}

TEST(Remind, DropsWhatLiesBeforeTheRoundOpened) {
  Scene scene;
  scene.now = at(3, 11, 12);
  scene.open();
  EXPECT_THAT(scene.remind(at(3, 11, 12)),
              ElementsAre("2013-03-19-14: 101=BEFORE_PLAN 147=BEFORE_PLAN 165=BEFORE_PLAN"));
  EXPECT_THAT(scene.remind(at(3, 12)), ElementsAre("2013-03-19-7: 101 147 165"));
}

TEST(Remind, DropsWhatLiesBeforeAnAnswerWasWithdrawn) {
  Scene scene = opened();
  scene.answer("165");
  scene.remind(at(3, 12));
  scene.now = at(3, 13);
  scene.withdraw("165");
  EXPECT_THAT(scene.remind(at(3, 13)),
              ElementsAre("2013-03-19-14: 165=BEFORE_PLAN", "2013-03-19-7: 165=BEFORE_PLAN"));
  EXPECT_THAT(scene.remind(at(3, 15)), ElementsAre("2013-03-19-2: 101 147 165"));
}

TEST(Remind, DropsWhatLiesBeforeAnExtensionWasGranted) {
  Scene scene = opened();
  scene.remind(at(3, 15));
  scene.now = at(3, 18);
  scene.extend("165", "2013-03-22");
  EXPECT_THAT(scene.remind(at(3, 18)),
              ElementsAre("2013-03-22-14: 165=BEFORE_PLAN", "2013-03-22-7: 165=BEFORE_PLAN"));
  EXPECT_THAT(scene.remind(at(3, 20)), ElementsAre("2013-03-22-2: 165"));
}

TEST(Remind, DropsDaysThatHadPassedWhenTheyWereAdded) {
  Scene scene = opened();
  scene.remind(at(3, 5));
  scene.now = at(3, 6);
  v1::UpdateSettingsRequest command;
  command.mutable_settings()->set_name("regions/hovedstaden/notificationSettings");
  for (const int days : {14, 21, 7}) command.mutable_settings()->add_reminder_days(days);
  scene.tell(command);
  EXPECT_THAT(scene.remind(at(3, 6)),
              ElementsAre("2013-03-19-21: 101=BEFORE_PLAN 147=BEFORE_PLAN 165=BEFORE_PLAN"));
  EXPECT_EQ(next_due(scene.state), at(3, 12));
}

TEST(Remind, GivesAnOfficeDaysOfItsOwn) {
  Scene scene = opened();
  v1::UpdateReminderPlanRequest command;
  command.mutable_plan()->set_name(std::string(story::kRound) + "/reminderPlan");
  v1::OfficeDays& mayor = *command.mutable_plan()->add_offices();
  mayor.set_office("borgmester");
  mayor.add_days(2);
  scene.tell(command);
  EXPECT_THAT(scene.remind(at(3, 5)), ElementsAre("2013-03-19-14: 101 147 165"));
  EXPECT_THAT(scene.remind(at(3, 12)), ElementsAre("2013-03-19-7: 101 147 165"));
  EXPECT_THAT(scene.remind(at(3, 15)), ElementsAre("2013-03-19-2: 101 101 147 147 165 165"));
}

}  // namespace
}  // namespace kkr::notification
