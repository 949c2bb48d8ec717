#include "services/consultation/domain/round_content.h"

#include <functional>

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

v1::Round valid() {
  v1::Round content = story::draft().round();
  content.set_name(story::kRoundName);
  return content;
}

std::string field_at_fault(const v1::Round& content) {
  const auto fault = fault_in(content);
  return fault ? fault->details.at("field") : "";
}

TEST(RoundContent, IsFaultlessAsThePaperOf2013) { EXPECT_EQ(field_at_fault(valid()), ""); }

TEST(RoundContent, NamesTheFieldThatHoldsWhatItMayNot) {
  const struct {
    std::string field;
    std::function<void(v1::Round&)> breaks;
  } rows[] = {
      {"round.title", [](v1::Round& round) { round.clear_title(); }},
      {"round.title", [](v1::Round& round) { round.set_title(std::string(301, 'a')); }},
      {"round.title", [](v1::Round& round) { round.set_title("To\nlinjer"); }},
      {"round.paper", [](v1::Round& round) { round.set_paper("papers/1"); }},
      {"round.paper_version", [](v1::Round& round) { round.set_paper(story::kPaperName); }},
      {"round.paper_version", [](v1::Round& round) { round.set_paper_version(1); }},
      {"round.case_number", [](v1::Round& round) { round.set_case_number(std::string(101, '1')); }},
      {"round.document_number",
       [](v1::Round& round) { round.set_document_number(std::string(101, '1')); }},
      {"round.questions[0].id", [](v1::Round& round) { round.mutable_questions(0)->clear_id(); }},
      {"round.invitation.clusters",
       [](v1::Round& round) { round.mutable_invitation()->add_clusters("midt"); }},
      {"round.invitation.as_of_date",
       [](v1::Round& round) { round.mutable_invitation()->set_as_of_date("i dag"); }},
      {"round.opens_date", [](v1::Round& round) { round.set_opens_date("2013-02-30"); }},
      {"round.deadline_date", [](v1::Round& round) { round.set_deadline_date("19. marts"); }},
      {"round.meeting.title",
       [](v1::Round& round) { round.mutable_meeting()->set_title(std::string(301, 'a')); }},
      {"round.meeting.body", [](v1::Round& round) { round.mutable_meeting()->set_body("kkr"); }},
      {"round.meeting.date", [](v1::Round& round) { round.mutable_meeting()->set_date("april"); }},
      {"round.meeting.place",
       [](v1::Round& round) { round.mutable_meeting()->set_place(std::string(301, 'a')); }},
  };
  for (const auto& row : rows) {
    v1::Round content = valid();
    row.breaks(content);
    EXPECT_EQ(field_at_fault(content), row.field) << content.ShortDebugString();
  }
}

TEST(RoundContent, CountsCharactersNotBytes) {
  v1::Round content = valid();
  std::string title;
  for (int i = 0; i < 300; ++i) title += "å";
  content.set_title(title);
  EXPECT_EQ(field_at_fault(content), "");
}

TEST(RoundContent, LeavesOutWhatClientsMayNotSet) {
  v1::Round sent = valid();
  sent.set_state(v1::Round::STATE_CLOSED);
  sent.set_invited_count(29);
  sent.set_etag("1-x");
  sent.add_warnings();
  sent.mutable_create_time()->set_seconds(1);
  const v1::Round content = round_content_of(sent, "regions/h/rounds/r");
  v1::Round expected = valid();
  expected.set_name("regions/h/rounds/r");
  EXPECT_EQ(content.SerializeAsString(), expected.SerializeAsString());
}

v1::Round running(const std::string& opens, const std::string& deadline) {
  v1::Round content = valid();
  content.set_opens_date(opens);
  content.set_deadline_date(deadline);
  return content;
}

const platform::LocalDate kToday = *platform::parse_date("2013-02-06");

TEST(RoundWarnings, AreNoneForTheHearingOf2013) {
  EXPECT_TRUE(warnings_of(running("2013-02-06", "2013-03-19"), kToday).empty());
}

TEST(RoundWarnings, CountDanishWorkingDaysAfterOpeningUpToTheDeadline) {
  // 7 February to 6 March 2013: four weeks, Wednesday to Wednesday.
  EXPECT_TRUE(warnings_of(running("2013-02-06", "2013-03-06"), kToday).empty());
  const auto short_by_one = warnings_of(running("2013-02-06", "2013-03-05"), kToday);
  ASSERT_EQ(short_by_one.size(), 1U);
  EXPECT_EQ(short_by_one[0].kind(), v1::Warning::KIND_SHORT_HEARING);
  EXPECT_EQ(short_by_one[0].working_days(), 19);
  EXPECT_EQ(short_by_one[0].message(), "Only 19 working days lie between opening and deadline.");
}

TEST(RoundWarnings, CountHolidays) {
  // Easter 2013: 28 and 29 March, 1 April. Four weeks and yet only 17 days.
  const auto easter = warnings_of(running("2013-03-13", "2013-04-10"), kToday);
  ASSERT_EQ(easter.size(), 1U);
  EXPECT_EQ(easter[0].working_days(), 17);
}

TEST(RoundWarnings, ReckonFromTodayInADraftWithoutAPlan) {
  EXPECT_TRUE(warnings_of(running("", "2013-03-06"), kToday).empty());
  EXPECT_EQ(warnings_of(running("", "2013-03-06"), kToday + 1).at(0).working_days(), 19);
}

TEST(RoundWarnings, PointOutAMeetingThatIsNotAfterTheDeadline) {
  v1::Round content = running("2013-02-06", "2013-03-19");
  content.mutable_meeting()->set_date("2013-03-19");
  ASSERT_EQ(warnings_of(content, kToday).size(), 1U);
  EXPECT_EQ(warnings_of(content, kToday)[0].kind(), v1::Warning::KIND_MEETING_BEFORE_DEADLINE);
  content.mutable_meeting()->set_date("2013-04-16");
  EXPECT_TRUE(warnings_of(content, kToday).empty());
}

TEST(RoundWarnings, AreNoneWithoutADeadline) {
  EXPECT_TRUE(warnings_of(running("2013-02-06", ""), kToday).empty());
}

}  // namespace
}  // namespace kkr::consultation
