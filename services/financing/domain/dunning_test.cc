#include "services/financing/domain/dunning.h"

#include <gtest/gtest.h>

namespace kkr::financing {
namespace {

v1::DunningRule rule(int steps, int days_between, int payment_days) {
  v1::DunningRule rule;
  rule.set_steps(steps);
  rule.set_days_between(days_between);
  rule.set_payment_days(payment_days);
  return rule;
}

// Issued on 14 May 2013 with 30 days, delivered the same day.
DunningClock issued() {
  return {.printed_due = LocalDate(2013, 6, 13),
          .payment_term_days = 30,
          .delivered = LocalDate(2013, 5, 14)};
}

TEST(DunningDueDate, IsTheLaterOfThePrintedDateAndDelivery) {
  DunningClock clock = issued();
  EXPECT_EQ(dunning_due_date(clock), LocalDate(2013, 6, 13));
  clock.delivered = LocalDate(2013, 5, 27);
  EXPECT_EQ(dunning_due_date(clock), LocalDate(2013, 6, 26));
}

TEST(DunningDueDate, FallsOnABankingDay) {
  DunningClock clock = issued();
  clock.printed_due = LocalDate(2013, 6, 15);  // A Saturday.
  clock.delivered = LocalDate(2013, 5, 14);
  EXPECT_EQ(dunning_due_date(clock), LocalDate(2013, 6, 17));
}

TEST(DunningDueDate, DoesNotStandBeforeDeliveryOrWhileTheClockStandsStill) {
  DunningClock undelivered = issued();
  undelivered.delivered.reset();
  EXPECT_EQ(dunning_due_date(undelivered), std::nullopt);
  DunningClock disputed = issued();
  disputed.stands_still = true;
  EXPECT_EQ(dunning_due_date(disputed), std::nullopt);
  EXPECT_EQ(next_dunning_day(disputed, rule(2, 10, 10)), std::nullopt);
}

TEST(DunningDueDate, IsLaterByTheDaysOfASettledDispute) {
  DunningClock clock = issued();
  clock.disputed_days = 11;
  EXPECT_EQ(dunning_due_date(clock), LocalDate(2013, 6, 24));
  clock.steps_taken = 1;
  clock.newly_due = LocalDate(2013, 7, 1);
  EXPECT_EQ(dunning_due_date(clock), LocalDate(2013, 7, 12));
}

TEST(NextDunningDay, FollowsTheRuleStepByStep) {
  const v1::DunningRule twice = rule(2, 10, 14);
  DunningClock clock = issued();
  // 23 June is a Sunday.
  EXPECT_EQ(next_dunning_day(clock, twice), LocalDate(2013, 6, 21));
  clock.steps_taken = 1;
  clock.newly_due = due_after_step(LocalDate(2013, 6, 21), twice);
  EXPECT_EQ(clock.newly_due, LocalDate(2013, 7, 5));
  EXPECT_EQ(next_dunning_day(clock, twice), LocalDate(2013, 7, 15));
  clock.steps_taken = 2;
  clock.newly_due = due_after_step(LocalDate(2013, 7, 15), twice);
  EXPECT_EQ(dunning_due_date(clock), LocalDate(2013, 7, 29));
  EXPECT_EQ(next_dunning_day(clock, twice), std::nullopt);
}

TEST(NextDunningDay, IsNeverBeforeTheDueDateHasPassed) {
  DunningClock clock = issued();
  clock.printed_due = LocalDate(2013, 6, 14);  // A Friday.
  EXPECT_EQ(next_dunning_day(clock, rule(1, 1, 10)), LocalDate(2013, 6, 17));
  EXPECT_EQ(next_dunning_day(clock, rule(1, 2, 10)), LocalDate(2013, 6, 17));
  EXPECT_EQ(next_dunning_day(clock, rule(1, 3, 10)), LocalDate(2013, 6, 17));
}

TEST(DueAfterStep, IsABankingDay) {
  // The bank is closed from 24 to 26 December, then comes a Friday.
  EXPECT_EQ(due_after_step(LocalDate(2013, 12, 10), rule(1, 1, 14)), LocalDate(2013, 12, 27));
}

}  // namespace
}  // namespace kkr::financing
