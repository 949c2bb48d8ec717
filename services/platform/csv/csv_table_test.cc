#include "services/platform/csv/csv_table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;

CsvTable read(std::string_view bytes) {
  auto table = CsvTable::read(bytes);
  if (const auto* fault = std::get_if<CsvFault>(&table)) {
    ADD_FAILURE() << fault->line << " " << fault->column << ": " << fault->reason;
    return {};
  }
  return std::get<CsvTable>(std::move(table));
}

TEST(CsvTable, ReadsQuotedCells) {
  const CsvTable table = read("code,name\r\n165,\"Albertslund, \"\"A\"\"\"\r\n101,Ø\r\n");
  EXPECT_THAT(table.columns(), ElementsAre("code", "name"));
  ASSERT_EQ(table.rows().size(), 2U);
  EXPECT_EQ(table.cell(table.rows()[0], "name"), "Albertslund, \"A\"");
  EXPECT_EQ(table.cell(table.rows()[1], "name"), "Ø");
  EXPECT_EQ(table.cell(table.rows()[1], "ean"), "");
}

TEST(CsvTable, PassesOverAByteOrderMarkAndEmptyLines) {
  const CsvTable table = read(
      "\xEF\xBB\xBF"
      "code\n\n165");
  EXPECT_THAT(table.columns(), ElementsAre("code"));
  ASSERT_EQ(table.rows().size(), 1U);
  EXPECT_EQ(table.rows()[0].line, 3U);
}

TEST(CsvTable, CountsTheLinesWithinCells) {
  const CsvTable table = read("a,b\n\"1\n2\n3\",4\n5,6\n");
  ASSERT_EQ(table.rows().size(), 2U);
  EXPECT_EQ(table.rows()[0].line, 2U);
  EXPECT_EQ(table.rows()[0].cells[0], "1\n2\n3");
  EXPECT_EQ(table.rows()[1].line, 5U);
}

TEST(CsvTable, ReadsWhatSemicolonsSeparate) {
  const auto read = CsvTable::read("Tekst;Beløb\n\"Andel; 2013\";1,50\n", ';');
  const CsvTable& table = std::get<CsvTable>(read);
  ASSERT_EQ(table.rows().size(), 1U);
  EXPECT_THAT(table.rows()[0].cells, ElementsAre("Andel; 2013", "1,50"));
}

TEST(CsvTable, NamesTheFirstFault) {
  const struct {
    std::string_view bytes;
    std::size_t line;
    std::string column;
    std::string reason;
  } rows[] = {
      {"", 1, "", "the file has no heading"},
      {"a,b,a\n", 1, "a", "two columns have this name"},
      {"a,,c\n", 1, "", "a column has no name"},
      {"a,b\n1,2\n1\n", 3, "", "it has 1 cells, the heading has 2"},
      {"a,b\n1,2\n1,2,3\n", 3, "", "it has 3 cells, the heading has 2"},
      {"a,b\n1,\xC3(\n", 2, "", "this is not UTF-8"},
      {"a,b\n1,\xED\xA0\x80\n", 2, "", "this is not UTF-8"},
      {"a,b\n1,\xC0\xAF\n", 2, "", "this is not UTF-8"},
      {"a,b\n1,\xF0\x9F\x98", 2, "", "this is not UTF-8"},
      {"a,b\n1,2\n\"1\"x,2\n", 3, "",
       "a quotation mark stands where none may stand, or one is missing"},
      {"a,b\n1,\"2\n", 2, "", "a quotation mark stands where none may stand, or one is missing"},
  };
  for (const auto& row : rows) {
    const auto read = CsvTable::read(row.bytes);
    const auto* fault = std::get_if<CsvFault>(&read);
    ASSERT_NE(fault, nullptr) << row.bytes;
    EXPECT_EQ(fault->line, row.line) << row.bytes;
    EXPECT_EQ(fault->column, row.column) << row.bytes;
    EXPECT_EQ(fault->reason, row.reason) << row.bytes;
  }
}

}  // namespace
}  // namespace kkr::platform
