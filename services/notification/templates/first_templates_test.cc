#include "services/notification/templates/first_templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/notification/templates/template_text.h"

namespace kkr::notification {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

std::vector<v1::Occasion> occasions() {
  std::vector<v1::Occasion> all;
  for (int i = v1::Occasion_MIN + 1; i <= v1::Occasion_MAX; ++i) {
    all.push_back(static_cast<v1::Occasion>(i));
  }
  return all;
}

// Every variable of the occasion, with its own name in square brackets as its value.
Variables named(v1::Occasion occasion) {
  Variables variables;
  for (const v1::TemplateVariable& variable : variables_of(occasion)) {
    variables[variable.name()] = "[" + variable.name() + "]";
  }
  return variables;
}

class FirstTemplate : public testing::TestWithParam<v1::Language> {};

TEST_P(FirstTemplate, IsThereForEveryOccasionAndHasNoFault) {
  for (const v1::Occasion occasion : occasions()) {
    const auto& content = first_template(occasion, GetParam());
    EXPECT_FALSE(content.html().empty()) << v1::Occasion_Name(occasion);
    const auto fault = fault_in(content, occasion);
    EXPECT_FALSE(fault) << v1::Occasion_Name(occasion) << ": " << fault->field << " "
                        << fault->fault;
  }
}

TEST_P(FirstTemplate, SaysInItsSubjectWhatWhoAndWhen) {
  for (const v1::Occasion occasion : occasions()) {
    const std::string subject =
        render(first_template(occasion, GetParam()), named(occasion)).subject();
    EXPECT_THAT(subject, HasSubstr("[municipality]"));
    EXPECT_THAT(subject, testing::AnyOf(HasSubstr("[round]"), HasSubstr("[invoice_number]")));
    EXPECT_THAT(subject, HasSubstr("date]")) << v1::Occasion_Name(occasion);
  }
}

TEST_P(FirstTemplate, HasOneLinkInEachForm) {
  for (const v1::Occasion occasion : occasions()) {
    const auto letter = render(first_template(occasion, GetParam()), named(occasion));
    for (const std::string& form : {letter.text(), letter.html()}) {
      const auto first = form.find("[action_url]");
      ASSERT_NE(first, std::string::npos);
      EXPECT_EQ(form.find("[action_url]", first + 1), std::string::npos);
    }
    EXPECT_THAT(letter.html(), HasSubstr("<a href=\"[action_url]\""));
  }
}

TEST_P(FirstTemplate, LeavesOutWhatIsNotKnown) {
  for (const v1::Occasion occasion : occasions()) {
    const std::string text = render(first_template(occasion, GetParam()), {}).text();
    EXPECT_THAT(text, Not(HasSubstr("{{")));
    EXPECT_THAT(text, Not(HasSubstr("Sagsnr.")));
    EXPECT_THAT(text, Not(HasSubstr("Behandles")));
  }
}

INSTANTIATE_TEST_SUITE_P(Danish, FirstTemplate, testing::Values(v1::LANGUAGE_DANISH));
INSTANTIATE_TEST_SUITE_P(English, FirstTemplate, testing::Values(v1::LANGUAGE_ENGLISH));

TEST(FirstTemplateText, ReadsLikeALetter) {
  const auto letter = render(first_template(v1::OCCASION_REMINDER, v1::LANGUAGE_DANISH),
                             {{"recipient", "Karen Eksempel"},
                              {"municipality", "Albertslund Kommune"},
                              {"office", "Sundhedsdirektør"},
                              {"council", "KKR Hovedstaden"},
                              {"round", "Kommunernes fælles rolle"},
                              {"deadline", "tirsdag den 19. marts 2013"},
                              {"deadline_date", "19. marts 2013"},
                              {"deadline_in", "om 14 dage"},
                              {"place", "KKR Hovedstadens høringsside"},
                              {"action_url", "https://kkr.example/h"}});
  EXPECT_EQ(letter.subject(),
            "Påmindelse: Albertslund Kommune mangler at svare på Kommunernes fælles rolle – frist "
            "19. marts 2013");
  EXPECT_EQ(letter.text(),
            "Kære Karen Eksempel\n\n"
            "Vi har endnu ikke modtaget et høringssvar fra Albertslund Kommune til »Kommunernes "
            "fælles rolle«. Fristen udløber om 14 dage.\n\n"
            "Frist: tirsdag den 19. marts 2013\n"
            "Sted: KKR Hovedstadens høringsside\n\n"
            "Har kommunen ingen bemærkninger, er det også et svar, som vi beder jer afgive. Kan I "
            "ikke nå det, kan I bede om en ny frist samme sted, inden den nuværende udløber. Er "
            "svaret sendt i mellemtiden, kan I se bort fra denne påmindelse.\n\n"
            "Afgiv svar eller bed om en ny frist:\nhttps://kkr.example/h\n\n"
            "Med venlig hilsen\nKKR Hovedstaden\n\n"
            "-- \nSendt af KKR Hovedstaden til Sundhedsdirektør i Albertslund Kommune. Det er "
            "embedet, der får denne besked, ikke personen: efterfølgeren får den næste.\n");
}

}  // namespace
}  // namespace kkr::notification
