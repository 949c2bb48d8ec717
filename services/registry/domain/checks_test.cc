#include "services/registry/domain/checks.h"

#include "gtest/gtest.h"

namespace kkr::registry {
namespace {

TEST(Text, IsMeasuredInCharacters) {
  std::string text;
  for (std::size_t i = 0; i < kTextLengthMax; ++i) text += "ø";
  EXPECT_FALSE(check_text("title", text));
  EXPECT_EQ(check_text("title", text + "ø")->rejection, Rejection::kTextTooLong);
  EXPECT_EQ(check_text("title", " \t")->rejection, Rejection::kTextTooShort);
  EXPECT_EQ(check_text("title", "Borg\nmester")->rejection, Rejection::kTextInvalid);
  EXPECT_EQ(check_text("title", "")->details.at("field"), "title");
}

TEST(Email, HasOneAtAndADomainWithADot) {
  for (const char* email : {"", "a@b.example", "a.b+c@d.e.example"}) {
    EXPECT_FALSE(check_optional_email(email)) << email;
  }
  for (const char* email : {"a", "@b.example", "a@b", "a@.example", "a@b.", "a@@b.example",
                            "a b@c.example", "a@b.example\n"}) {
    EXPECT_TRUE(check_optional_email(email)) << email;
  }
}

TEST(Telephone, HoldsDigitsAndSpaces) {
  for (const char* number : {"", "+45 00 00 00 01", "00000001"}) {
    EXPECT_FALSE(check_optional_telephone(number)) << number;
  }
  for (const char* number : {"+", "+45 x", "00-00", "0000 0000 0000 0000 0000 0000 0000 0000"}) {
    EXPECT_TRUE(check_optional_telephone(number)) << number;
  }
}

}  // namespace
}  // namespace kkr::registry
