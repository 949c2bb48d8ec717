#include "services/notification/letters/letter_variables.h"

#include <gtest/gtest.h>

#include "services/notification/letters/letter_story.h"

namespace kkr::notification {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'362'470'400);  // 5 March 2013, 09:00 local.

Variables made(const Circumstances& about, const Addressee& addressee = karen()) {
  return variables_of(addressee, about, "https://kkr.example", kNow);
}

TEST(LetterVariables, GiveTheMunicipalitysOwnDeadline) {
  const Variables variables = made(hearing(v1::OCCASION_REMINDER));
  EXPECT_EQ(variables.at("deadline"), "tirsdag den 2. april 2013");
  EXPECT_EQ(variables.at("deadline_date"), "2. april 2013");
  EXPECT_EQ(variables.at("deadline_in"), "om 28 dage");
  EXPECT_EQ(variables.at("former_deadline"), "tirsdag den 19. marts 2013");
  EXPECT_EQ(variables.at("council"), "KKR Hovedstaden");
  EXPECT_EQ(variables.at("place"), "høringens side hos KKR Hovedstaden (linket nedenfor)");
  EXPECT_EQ(variables.at("meeting_date"), "16. april 2013");
  EXPECT_EQ(variables.at("action_url"), "https://kkr.example/v1/regions/hovedstaden/rounds/r");
}

TEST(LetterVariables, NameAnOfficeOnlyWhenAPersonHoldsIt) {
  EXPECT_EQ(made(hearing(v1::OCCASION_REMINDER)).at("office"), "Sundhedsdirektør");
  Addressee mailbox = karen();
  mailbox.person.clear();
  EXPECT_EQ(made(hearing(v1::OCCASION_REMINDER), mailbox).at("office"), "");
}

TEST(LetterVariables, TellWhenAnAnswerCameAndWhetherLate) {
  Circumstances about = hearing(v1::OCCASION_ANSWER_RECEIVED);
  about.notice.set_subject("regions/hovedstaden/rounds/r/answers/165");
  about.notice.set_step("2");
  about.invitee->mutable_submit_time()->set_seconds(1'362'470'400);
  about.invitee->set_late(true);
  const Variables variables = made(about);
  EXPECT_EQ(variables.at("received_date"), "5. marts 2013");
  EXPECT_EQ(variables.at("answer_version"), "2");
  EXPECT_FALSE(variables.at("late").empty());
  EXPECT_EQ(variables.at("action_url"),
            "https://kkr.example/v1/regions/hovedstaden/rounds/r/answers/165");
}

TEST(LetterVariables, TellWhatIsToBePaidWhereAndWhen) {
  const Variables variables = made(charge(v1::OCCASION_INVOICE_ISSUED));
  EXPECT_EQ(variables.at("amount"), "24.150,37");
  EXPECT_EQ(variables.at("due_date"), "8. marts 2013");
  EXPECT_EQ(variables.at("place"), "reg.nr. 1234, kontonr. 0000567890, Albertslund Kommune");
  EXPECT_EQ(variables.at("action_url"),
            "https://kkr.example/v1/regions/hovedstaden/invoices/165-2013-1"
            ":document?format=FORMAT_HTML");
}

TEST(LetterVariables, TellOfADunningWhatIsStillOwedAndTheNewDate) {
  Circumstances about = charge(v1::OCCASION_DUNNING);
  about.dunning = parsed<financing::v1::Dunning>(
      R"(name: "regions/hovedstaden/invoices/165-2013-1/dunnings/1" outstanding: "150.37"
         passed_date: "2013-03-08" due_date: "2013-03-22")");
  const Variables variables = made(about);
  EXPECT_EQ(variables.at("amount"), "150,37");
  EXPECT_EQ(variables.at("former_due_date"), "8. marts 2013");
  EXPECT_EQ(variables.at("due_date"), "22. marts 2013");
  EXPECT_EQ(variables.at("dunning_step"), "1");
}

TEST(LetterVariables, AreAllThatATemplateOfTheOccasionMayMention) {
  for (int i = v1::Occasion_MIN + 1; i <= v1::Occasion_MAX; ++i) {
    const auto occasion = static_cast<v1::Occasion>(i);
    const bool money = occasion == v1::OCCASION_INVOICE_ISSUED || occasion == v1::OCCASION_DUNNING;
    Circumstances about = money ? charge(occasion) : hearing(occasion);
    about.dunning = financing::v1::Dunning();
    const Variables variables = made(about);
    for (const v1::TemplateVariable& known : variables_of(occasion)) {
      EXPECT_TRUE(variables.contains(known.name()))
          << v1::Occasion_Name(occasion) << " " << known.name();
    }
  }
}

}  // namespace
}  // namespace kkr::notification
