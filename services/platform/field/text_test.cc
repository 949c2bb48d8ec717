#include "services/platform/field/text.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(CharactersIn, CountsLettersAndNotBytes) {
  EXPECT_EQ(characters_in(""), 0u);
  EXPECT_EQ(characters_in("høringssvar"), 11u);
  EXPECT_EQ(characters_in("æøå €"), 5u);
}

TEST(HasControlCharacters, AllowsLineBreaksOnlyWhereThereAreLines) {
  EXPECT_FALSE(has_control_characters("one\ntwo\r\n\tthree", Lines::kMany));
  EXPECT_TRUE(has_control_characters("one\ntwo", Lines::kOne));
  EXPECT_FALSE(has_control_characters("Ærø – “ja”\u00a0tak", Lines::kOne));
}

TEST(HasControlCharacters, FindsWhatCannotBeSeen) {
  EXPECT_TRUE(has_control_characters(std::string_view("a\0b", 3), Lines::kMany));
  EXPECT_TRUE(has_control_characters("bell\a", Lines::kMany));
  EXPECT_TRUE(has_control_characters("delete\x7f", Lines::kMany));
  EXPECT_TRUE(has_control_characters("next line\u0085", Lines::kMany));
}

}  // namespace
}  // namespace kkr::platform
