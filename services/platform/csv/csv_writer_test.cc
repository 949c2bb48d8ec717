#include "services/platform/csv/csv_writer.h"

#include <gtest/gtest.h>

#include "services/platform/csv/csv_table.h"

namespace kkr::platform {
namespace {

std::string written(const std::string& cell) {
  CsvWriter csv;
  csv.line({cell});
  return csv.text();
}

TEST(CsvWriter, QuotesEveryCell) {
  CsvWriter csv(';');
  csv.line({"kode", "navn"});
  csv.line({"101", "a \"b\"; c"});
  EXPECT_EQ(csv.text(), "\xEF\xBB\xBF\"kode\";\"navn\"\r\n\"101\";\"a \"\"b\"\"; c\"\r\n");
}

TEST(CsvWriter, IsReadBack) {
  CsvWriter csv(';');
  csv.line({"kode", "navn"});
  csv.line({"101", "to\nlinjer; \"citat\""});
  const auto table = std::get<CsvTable>(CsvTable::read(csv.text(), ';'));
  EXPECT_EQ(table.cell(table.rows().at(0), "navn"), "to\nlinjer; \"citat\"");
}

TEST(CsvWriter, DefusesFormulasAndLeavesNumbersAlone) {
  for (const char* formula : {"=1+1", "+1", "-A1", "@A1", "\tx", "-", "-1,5", "-1.", "-1.5.2"}) {
    EXPECT_EQ(written(formula), "\xEF\xBB\xBF\"'" + std::string(formula) + "\"\r\n");
  }
  for (const char* plain : {"-1", "-12.50", "12.50", "", "København"}) {
    EXPECT_EQ(written(plain), "\xEF\xBB\xBF\"" + std::string(plain) + "\"\r\n");
  }
}

}  // namespace
}  // namespace kkr::platform
