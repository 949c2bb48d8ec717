#include "services/notification/sending/pacing.h"

#include <gtest/gtest.h>

namespace kkr::notification {
namespace {

using v1::Preferences;

absl::Time at(const char* text) {
  absl::Time time;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) << text;
  return time;
}

TEST(WaitAfter, DoublesUpToTheLongestAndGivesUpInTheEnd) {
  const BackOff back_off{absl::Minutes(1), absl::Minutes(5), absl::Minutes(18)};
  const struct {
    int attempts;
    std::optional<absl::Duration> wait;
  } rows[] = {{1, absl::Minutes(1)}, {2, absl::Minutes(2)}, {3, absl::Minutes(4)},
              {4, absl::Minutes(5)}, {5, absl::Minutes(5)}, {6, std::nullopt},
              {100, std::nullopt}};
  for (const auto& row : rows) EXPECT_EQ(wait_after(row.attempts, back_off), row.wait);
}

TEST(WaitAfter, TriesForFiveDaysUnlessToldOtherwise) {
  absl::Duration total;
  int attempts = 1;
  for (auto wait = wait_after(attempts, {}); wait; wait = wait_after(++attempts, {}))
    total += *wait;
  EXPECT_GT(total, absl::Hours(4 * 24));
  EXPECT_LE(total, absl::Hours(5 * 24));
}

TEST(DomainPace, LetsABurstGoAndThenOneAtATimeToEachDomain) {
  DomainPace pace(/*per_minute=*/60, /*burst=*/2);
  const absl::Time now = at("2013-03-05T08:00:00Z");
  EXPECT_EQ(pace.slot_for("1", "a.example", now), now);
  EXPECT_EQ(pace.slot_for("2", "a.example", now), now);
  EXPECT_EQ(pace.slot_for("3", "a.example", now), now + absl::Seconds(1));
  EXPECT_EQ(pace.slot_for("4", "a.example", now), now + absl::Seconds(2));
  EXPECT_EQ(pace.slot_for("5", "b.example", now), now);
}

TEST(DomainPace, KeepsTheInstantItPromised) {
  DomainPace pace(/*per_minute=*/60, /*burst=*/1);
  const absl::Time now = at("2013-03-05T08:00:00Z");
  pace.slot_for("1", "a.example", now);
  const absl::Time slot = pace.slot_for("2", "a.example", now);
  EXPECT_EQ(pace.slot_for("2", "a.example", now), slot) << "asked too early";
  for (const char* later : {"3", "4"}) pace.slot_for(later, "a.example", slot);
  EXPECT_EQ(pace.slot_for("2", "a.example", slot), slot);
  EXPECT_GT(pace.slot_for("2", "a.example", slot), slot) << "it was used up";
}

TEST(DomainPace, SavesUpNoMoreThanABurst) {
  DomainPace pace(/*per_minute=*/60, /*burst=*/2);
  absl::Time now = at("2013-03-05T08:00:00Z");
  pace.slot_for("1", "a.example", now);
  now += absl::Hours(1);
  EXPECT_EQ(pace.slot_for("2", "a.example", now), now);
  EXPECT_EQ(pace.slot_for("3", "a.example", now), now);
  EXPECT_GT(pace.slot_for("4", "a.example", now), now);
}

TEST(DomainPace, WithoutALimitEverythingGoes) {
  DomainPace pace(0, 0);
  const absl::Time now = at("2013-03-05T08:00:00Z");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(pace.slot_for(std::to_string(i), "a.example", now), now);
}

TEST(DigestAt, IsTheSendHourOfTheNextWorkingDayOrOfTheFirstOfAWeek) {
  const struct {
    Preferences::Digest digest;
    const char* now;
    const char* then;
  } rows[] = {
      {Preferences::DIGEST_DAILY, "2013-03-05T07:59:59Z", "2013-03-05T08:00:00Z"},
      {Preferences::DIGEST_DAILY, "2013-03-05T08:00:00Z", "2013-03-06T08:00:00Z"},
      {Preferences::DIGEST_DAILY, "2013-03-22T12:00:00Z", "2013-03-25T08:00:00Z"},  // A weekend.
      // Easter, and summer time.
      {Preferences::DIGEST_DAILY, "2013-03-27T12:00:00Z", "2013-04-02T07:00:00Z"},
      {Preferences::DIGEST_WEEKLY, "2013-03-27T12:00:00Z", "2013-04-02T07:00:00Z"},
      {Preferences::DIGEST_WEEKLY, "2013-03-04T07:00:00Z", "2013-03-04T08:00:00Z"},
      {Preferences::DIGEST_WEEKLY, "2013-03-04T08:00:00Z", "2013-03-11T08:00:00Z"},
      {Preferences::DIGEST_WEEKLY, "2013-03-10T23:30:00Z", "2013-03-11T08:00:00Z"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(digest_at(row.digest, 9, at(row.now)), at(row.then)) << row.now;
  EXPECT_EQ(digest_at(Preferences::DIGEST_AT_ONCE, 9, at("2013-03-04T08:00:00Z")), std::nullopt);
  EXPECT_EQ(digest_at(Preferences::DIGEST_UNSPECIFIED, 9, at("2013-03-04T08:00:00Z")),
            std::nullopt);
}

}  // namespace
}  // namespace kkr::notification
