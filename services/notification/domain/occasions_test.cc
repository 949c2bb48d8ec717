#include "services/notification/domain/occasions.h"

#include <gtest/gtest.h>

namespace kkr::notification {
namespace {

TEST(OccasionWord, IsReadBackAsTheOccasion) {
  EXPECT_EQ(occasion_word(v1::OCCASION_REMINDER), "REMINDER");
  for (int number = v1::Occasion_MIN; number <= v1::Occasion_MAX; ++number) {
    const auto occasion = static_cast<v1::Occasion>(number);
    EXPECT_EQ(occasion_of(occasion_word(occasion)), occasion);
  }
  EXPECT_EQ(occasion_of("BIRTHDAY"), v1::OCCASION_UNSPECIFIED);
}

TEST(IsAboutMoney, HoldsForInvoicesAndDunningOnly) {
  EXPECT_TRUE(is_about_money(v1::OCCASION_INVOICE_ISSUED));
  EXPECT_TRUE(is_about_money(v1::OCCASION_DUNNING));
  EXPECT_FALSE(is_about_money(v1::OCCASION_REMINDER));
}

TEST(LanguageTag, IsDanishUnlessEnglishIsNamed) {
  EXPECT_EQ(language_tag(v1::LANGUAGE_ENGLISH), "en");
  EXPECT_EQ(language_tag(v1::LANGUAGE_UNSPECIFIED), "da");
  EXPECT_EQ(language_of_tag("en"), v1::LANGUAGE_ENGLISH);
  EXPECT_EQ(language_of_tag("de"), v1::LANGUAGE_DANISH);
}

}  // namespace
}  // namespace kkr::notification
