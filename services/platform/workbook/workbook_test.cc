#include "services/platform/workbook/workbook.h"

#include <gmock/gmock.h>

namespace kkr::platform {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string book_with(int sheets) {
  Workbook book("Fordeling", 1'368'500'000);
  for (int i = 0; i < sheets; ++i) {
    Sheet sheet = book.add_sheet("Ark " + std::to_string(i) + std::string(40, 'x'));
    sheet.title("Fordeling");
    sheet.headings({"Kode", "Beløb"});
    sheet.text(0, "=1+1");
    sheet.number(1, "484510.18");
    sheet.next();
  }
  return book.finish();
}

TEST(Workbook, IsAnArchiveMadeInMemory) {
  EXPECT_THAT(book_with(1), StartsWith("PK\x03\x04"));
  EXPECT_THAT(book_with(2), HasSubstr("xl/worksheets/sheet2.xml"));
  EXPECT_THAT(book_with(2), Not(HasSubstr("xl/worksheets/sheet3.xml")));
}

TEST(Workbook, IsTheSameWheneverItIsMade) { EXPECT_EQ(book_with(1), book_with(1)); }

TEST(Workbook, MayBeLeftUnfinished) {
  Workbook book("Fordeling", 0);
  EXPECT_TRUE(book.is_open());
  book.add_sheet("Ark");
}

TEST(Workbook, IsOverOnceFinished) {
  Workbook book("Fordeling", 0);
  book.add_sheet("Ark");
  EXPECT_FALSE(book.finish().empty());
  EXPECT_TRUE(book.finish().empty());
}

}  // namespace
}  // namespace kkr::platform
