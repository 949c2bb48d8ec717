#include "services/platform/field/organisation_number.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(Cvr, HasACheckDigitModulusEleven) {
  for (const char* cvr : {"66137112", "64942212", "29188327"}) EXPECT_TRUE(is_cvr(cvr)) << cvr;
  for (const char* cvr :
       {"66137113", "00000000", "01000004", "66137121", "6613711", "661371120", "6613711a", ""}) {
    EXPECT_FALSE(is_cvr(cvr)) << cvr;
  }
}

TEST(Ean, HasACheckDigitModulusTen) {
  EXPECT_TRUE(is_ean("5798009811578"));
  for (const char* ean : {"5798009811579", "5798009811587", "579800981157", "579800981157x"}) {
    EXPECT_FALSE(is_ean(ean)) << ean;
  }
}

}  // namespace
}  // namespace kkr::platform
