#include "services/platform/field/encoding.h"

#include "gtest/gtest.h"

namespace kkr::platform {
namespace {

TEST(FindBadUtf8, NamesTheFirstByteThatBeginsNoCharacter) {
  EXPECT_EQ(find_bad_utf8(""), std::nullopt);
  EXPECT_EQ(find_bad_utf8("Brøndby, 5 €, 😀"), std::nullopt);
  EXPECT_EQ(find_bad_utf8("a\xC3("), 1U);
  EXPECT_EQ(find_bad_utf8("\xED\xA0\x80"), 0U);
  EXPECT_EQ(find_bad_utf8("ab\xF0\x9F\x98"), 2U);
}

TEST(FromWindows1252, GivesTheSameTextInUtf8) {
  EXPECT_EQ(from_windows_1252("Br\xF8ndby \x80 \x96 \xC6\xD8\xC5"), "Brøndby € – ÆØÅ");
  EXPECT_EQ(from_windows_1252(""), "");
}

TEST(FromWindows1252, KnowsWhatTheCodePageLeavesUndefined) {
  for (const char* byte : {"\x81", "\x8D", "\x8F", "\x90", "\x9D"}) {
    EXPECT_EQ(from_windows_1252(byte), std::nullopt);
  }
}

}  // namespace
}  // namespace kkr::platform
