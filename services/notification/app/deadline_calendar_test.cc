#include "services/notification/app/deadline_calendar.h"

#include <gtest/gtest.h>

#include <string>

#include "services/notification/app/notice_calendar.h"
#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::kRound;

const CalendarOrigin kOrigin{{"KKR Hovedstaden", "kkr@hovedstaden.example"}, "https://kkr.example"};
const LocalDate kToday(2013, 2, 6);

class DeadlineCalendarTest : public testing::Test {
 protected:
  void SetUp() override { scene_.open(); }

  void extend(const std::string& date) {
    scene_.now += absl::Hours(24);
    scene_.extend("165", date);
  }
  void come_to(Phase phase) {
    scene_.now += absl::Hours(24);
    scene_.enter(phase);
  }

  std::shared_ptr<const FollowedRound> round() const { return find_round(scene_.state, kRound); }
  platform::CalendarEntry entry(const char* code = "165",
                                v1::Language language = v1::LANGUAGE_DANISH) const {
    const MunicipalityCode municipality{code};
    return deadline_entry(*round(), municipality, *round()->municipalities.find(municipality),
                          language, kOrigin);
  }
  std::string feed(const std::string& municipality, const std::string& office = "",
                   LocalDate today = kToday) const {
    v1::Feed feed;
    feed.set_municipality(municipality);
    feed.set_office(office);
    return calendar_of(scene_.state, feed, today, kOrigin);
  }
  static bool holds(const std::string& calendar, const std::string& text) {
    return calendar.find(text) != calendar.npos;
  }

  story::Scene scene_;
};

TEST_F(DeadlineCalendarTest, ShowsTheWholeOfTheLastDay) {
  EXPECT_EQ(entry().starts_at, platform::start_of(LocalDate(2013, 3, 19)));
  EXPECT_EQ(entry().ends_at, platform::end_of(LocalDate(2013, 3, 19)));
  EXPECT_EQ(entry().sequence, 0);
  EXPECT_EQ(entry().changed_at, scene_.now);
  EXPECT_EQ(entry().summary, "Frist for høringssvar: Sundhed");
  EXPECT_EQ(entry().description,
            "Høringssvaret til »Sundhed« skal være modtaget senest 19. marts 2013.");
  EXPECT_EQ(entry().url, "https://kkr.example/v1/regions/hovedstaden/rounds/sundhed-2013");
  EXPECT_EQ(entry("165", v1::LANGUAGE_ENGLISH).summary, "Answer due: Sundhed");
}

TEST_F(DeadlineCalendarTest, MovesTheSameEntryWhenTheDeadlineMoves) {
  const auto before = entry();
  extend("2013-04-02");
  EXPECT_EQ(entry().uid, before.uid);
  EXPECT_EQ(entry().sequence, before.sequence + 1);
  EXPECT_GT(entry().changed_at, before.changed_at);
  EXPECT_EQ(entry().ends_at, platform::end_of(LocalDate(2013, 4, 2)));
  EXPECT_NE(entry("101").uid, before.uid);
  EXPECT_EQ(entry("101").sequence, 0);
  EXPECT_TRUE(holds(feed("165"), "DTSTART;TZID=Europe/Copenhagen:20130402T000000"));
  EXPECT_FALSE(holds(feed("165"), "20130319T000000"));
  EXPECT_TRUE(holds(feed("101"), "DTSTART;TZID=Europe/Copenhagen:20130319T000000"));
}

TEST_F(DeadlineCalendarTest, CallsTheEntryOffWithTheRound) {
  extend("2013-04-02");
  EXPECT_EQ(method_of(*round()), platform::CalendarMethod::kRequest);
  const auto before = entry();
  come_to(v1::RoundPhaseFollowed::PHASE_CANCELLED);
  EXPECT_EQ(method_of(*round()), platform::CalendarMethod::kCancel);
  EXPECT_EQ(entry().uid, before.uid);
  EXPECT_EQ(entry().sequence, before.sequence + 1);
  EXPECT_FALSE(holds(feed("165"), "VEVENT"));
}

TEST_F(DeadlineCalendarTest, StaysWhenTheRoundIsClosed) {
  come_to(v1::RoundPhaseFollowed::PHASE_CLOSED);
  EXPECT_TRUE(holds(feed("165"), "SEQUENCE:0"));
  EXPECT_TRUE(holds(feed("165", "", LocalDate(2013, 3, 19) + 400), "VEVENT"));
  EXPECT_FALSE(holds(feed("165", "", LocalDate(2013, 3, 19) + 401), "VEVENT"));
}

TEST_F(DeadlineCalendarTest, ShowsAnOfficeWhatItIsInvitedTo) {
  EXPECT_TRUE(holds(feed("165", "sundhedsdirektoer"), "VEVENT"));
  EXPECT_FALSE(holds(feed("165", "borgmester"), "VEVENT"));
  EXPECT_FALSE(holds(feed("201"), "VEVENT"));
}

TEST_F(DeadlineCalendarTest, GoesWithTheMailsThatSpeakOfADeadline) {
  const auto part_of = [this](v1::Occasion occasion, const char* code = "165") {
    v1::NoticeDue notice;
    notice.set_occasion(occasion);
    notice.set_round(kRound);
    return calendar_part_of(scene_.state, notice, code, v1::LANGUAGE_DANISH, kOrigin,
                            {"Direktøren", "direktoer@albertslund.example"});
  };
  for (const auto occasion :
       {v1::OCCASION_INVITATION, v1::OCCASION_REMINDER, v1::OCCASION_EXTENSION_GRANTED}) {
    ASSERT_TRUE(part_of(occasion)) << occasion;
    EXPECT_EQ(part_of(occasion)->method, "REQUEST");
    EXPECT_TRUE(holds(part_of(occasion)->text, "UID:hovedstaden-sundhed-2013-165@kkr"));
    EXPECT_TRUE(holds(part_of(occasion)->text, "mailto:direktoer@albertslund.example"));
  }
  EXPECT_FALSE(part_of(v1::OCCASION_ANSWER_RECEIVED));
  EXPECT_FALSE(part_of(v1::OCCASION_INVOICE_ISSUED));
  EXPECT_FALSE(part_of(v1::OCCASION_INVITATION, "201"));
  come_to(v1::RoundPhaseFollowed::PHASE_CANCELLED);
  EXPECT_EQ(part_of(v1::OCCASION_ROUND_CANCELLED)->method, "CANCEL");
}

}  // namespace
}  // namespace kkr::notification
