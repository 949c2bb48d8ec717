#include "services/notification/letters/template_letter_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/notification/letters/letter_story.h"
#include "services/notification/templates/first_templates.h"
#include "tests/contract/dkim_keys.h"

namespace kkr::notification {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const absl::Time kNow = absl::FromUnixSeconds(1'362'470'400);  // 5 March 2013, 09:00 local.

LetterMaterials materials() {
  LetterMaterials materials;
  materials.sender = {"KKR Hovedstaden", "kkr@kkr.example"};
  materials.public_url = "https://kkr.example";
  materials.template_of = first_template;
  return materials;
}

std::variant<Letter, std::string> written(LetterMaterials with,
                                          const Addressee& addressee = karen()) {
  return TemplateLetterWriter(std::move(with))
      .write(Send(), addressee, hearing(v1::OCCASION_REMINDER), "0f@kkr.example", kNow);
}

TEST(TemplateLetterWriter, WritesAWholeMailInTheReadersLanguage) {
  const auto danish = written(materials());
  ASSERT_TRUE(std::holds_alternative<Letter>(danish));
  const auto& letter = std::get<Letter>(danish);
  EXPECT_THAT(letter.subject, StartsWith("Påmindelse: Albertslund Kommune"));
  EXPECT_THAT(letter.text, HasSubstr("Frist: tirsdag den 2. april 2013\n"));
  EXPECT_THAT(letter.text, HasSubstr("Behandles: KKR, 16. april 2013, Albertslund Rådhus\n"));
  EXPECT_EQ(letter.address, "karen@albertslund.example");
  EXPECT_THAT(letter.message, StartsWith("Date: Tue, 05 Mar 2013 08:00:00 +0000\r\nFrom: \"KKR "));
  EXPECT_THAT(letter.message, HasSubstr("Message-ID: <0f@kkr.example>\r\n"));
  EXPECT_THAT(letter.message, HasSubstr("Content-Type: multipart/alternative;"));

  Addressee english = karen();
  english.language = "en";
  EXPECT_THAT(std::get<Letter>(written(materials(), english)).subject,
              "Reminder: Albertslund Kommune has not answered Kommunernes fælles rolle – deadline "
              "2 April 2013");
}

TEST(TemplateLetterWriter, SignsAndPutsTheDeadlineIntoTheCalendar) {
  const auto signer =
      platform::DkimSigner::create({"kkr.example", "kkr", platform::new_rsa_key(2048)});
  LetterMaterials with = materials();
  with.signer = std::get<std::unique_ptr<platform::DkimSigner>>(signer).get();
  with.calendar_part = [](const Send&, const Addressee&, const Circumstances&) {
    return platform::CalendarPart{"REQUEST", "BEGIN:VCALENDAR\r\n"};
  };
  const auto letter = std::get<Letter>(written(with));
  EXPECT_THAT(letter.message, StartsWith("DKIM-Signature: "));
  EXPECT_THAT(letter.message,
              HasSubstr("Content-Type: text/calendar; charset=utf-8; method=REQUEST"));
}

TEST(TemplateLetterWriter, SaysWhyThereIsNoLetter) {
  Addressee nowhere = karen();
  nowhere.address = "karen";
  EXPECT_THAT(std::get<std::string>(written(materials(), nowhere)), StartsWith("The recipient's"));
  LetterMaterials without = materials();
  without.template_of = [](v1::Occasion, v1::Language) { return std::nullopt; };
  EXPECT_EQ(std::get<std::string>(written(without)), "The template cannot be read.");
}

}  // namespace
}  // namespace kkr::notification
