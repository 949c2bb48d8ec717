#include "services/consultation/domain/deadline_watch.h"

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.

std::vector<std::string> due_at(const Story& story, absl::Time now) {
  std::vector<std::string> facts;
  for (const auto& fact : record_due(story.state, Context{now, "consultation", ""}).facts) {
    facts.push_back(fact.event.has_deadline_passed()
                        ? fact.event.deadline_passed().deadline_date()
                        : fact.event.extended_deadline_passed().extension());
  }
  return facts;
}

const absl::Time kMidnight = platform::end_of(*platform::parse_date("2013-03-19"));
using Facts = std::vector<std::string>;

TEST(DeadlineWatch, IsDueAtTheLocalMidnightAfterTheDeadline) {
  const Story story = opened();
  EXPECT_EQ(next_due(story.state), kMidnight);
  EXPECT_EQ(absl::FormatTime("%FT%TZ", kMidnight, absl::UTCTimeZone()), "2013-03-19T23:00:00Z");
  EXPECT_EQ(due_at(story, kMidnight - absl::Microseconds(1)), Facts{});
  EXPECT_EQ(due_at(story, kMidnight), Facts{"2013-03-19"});
}

TEST(DeadlineWatch, WatchesOpenRoundsOnly) {
  EXPECT_EQ(next_due(drafted().state), std::nullopt);
  EXPECT_EQ(next_due(closed().state), std::nullopt);
  EXPECT_EQ(due_at(closed(), kMidnight), Facts{});
}

TEST(DeadlineWatch, RecordsEachDeadlineOnce) {
  Story story = opened();
  story.now = kMidnight + absl::Hours(24 * 365);
  EXPECT_EQ(effects_of(story.record(record_due(story.state, story.context()))).facts.size(), 1U);
  EXPECT_TRUE(story.round().deadline_passed);
  EXPECT_EQ(next_due(story.state), std::nullopt);
  EXPECT_TRUE(record_due(story.state, story.context()).facts.empty());
}

TEST(DeadlineWatch, RecordsALaterDeadlineOfItsOwn) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  EXPECT_EQ(next_due(story.state), kMidnight);
  story.now = kMidnight;
  story.record(record_due(story.state, story.context()));
  const absl::Time later = platform::end_of(*platform::parse_date("2013-04-02"));
  EXPECT_EQ(next_due(story.state), later);
  EXPECT_EQ(due_at(story, later), Facts{extension_name("165")});
  story.now = later;
  story.record(record_due(story.state, story.context()));
  EXPECT_TRUE(story.extension("165").passed);
  EXPECT_EQ(next_due(story.state), std::nullopt);
}

TEST(DeadlineWatch, WatchesAnExtensionGrantedAfterOneThatPassed) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  story.now = noon("2013-04-03");
  story.record(record_due(story.state, story.context()));
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-09", "igen"));
  const absl::Time later = platform::end_of(*platform::parse_date("2013-04-09"));
  EXPECT_EQ(next_due(story.state), later);
  EXPECT_EQ(due_at(story, later), Facts{extension_name("165")});
}

TEST(DeadlineWatch, ForgetsAnExtensionThatWasWithdrawn) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  story.when(because<v1::WithdrawExtensionRequest>(extension_name("165"), "nej"));
  EXPECT_EQ(due_at(story, kMidnight + absl::Hours(24 * 60)), Facts{"2013-03-19"});
}

TEST(DeadlineWatch, AfterDowntimeRecordsAllThatPassedMeanwhile) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  EXPECT_EQ(due_at(story, kMidnight + absl::Hours(24 * 60)),
            (Facts{"2013-03-19", extension_name("165")}));
}

}  // namespace
}  // namespace kkr::consultation
