#include "services/financing/app/split_export.h"

#include <gmock/gmock.h>

#include "services/platform/csv/csv_table.h"

namespace kkr::financing {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

v1::Split split_of_two() {
  v1::Split split;
  split.set_name("regions/hovedstaden/agreements/sundhed/budgets/2013/splits/1");
  split.set_total("1.00");
  split.set_population_total(3);
  split.set_remainder_oere(1);
  split.set_reference_date("2013-01-01");
  v1::SplitRow& row = *split.add_rows();
  row.set_code("101");
  row.set_display_name("København");
  row.set_population(2);
  row.set_population_source("Danmarks Statistik");
  row.mutable_population_recorded_time()->set_seconds(1'360'594'800);
  row.set_quota_numerator("200");
  row.set_quota_denominator(3);
  row.set_floor("0.66");
  row.set_remainder(2);
  row.set_rank(1);
  row.set_rounded_up(true);
  row.set_share("0.67");
  row.set_share_per_inhabitant("0.3350");
  row.set_change_from_year_before("-0.03");
  split.add_rows()->set_code("147");
  return split;
}

TEST(ExportSplit, NamesFilesAndTypes) {
  const ExportedFile csv = exported(split_of_two(), v1::ExportSplitRequest::FORMAT_UNSPECIFIED);
  EXPECT_EQ(csv.name, "fordeling-2013-1.csv");
  EXPECT_THAT(csv.content_type, StartsWith("text/csv"));
  const ExportedFile xlsx = exported(split_of_two(), v1::ExportSplitRequest::FORMAT_XLSX);
  EXPECT_EQ(xlsx.name, "fordeling-2013-1.xlsx");
  EXPECT_THAT(xlsx.content, StartsWith("PK\x03\x04"));
}

TEST(ExportSplit, HasALineForEachMemberWithAllItsShareFollowsFrom) {
  const ExportedFile csv = exported(split_of_two(), v1::ExportSplitRequest::FORMAT_CSV);
  EXPECT_THAT(csv.content,
              HasSubstr("\"101\";\"København\";\"2\";\"2013-01-01\";\"Danmarks Statistik\";"
                        "\"2013-02-11\";\"1.00\";\"200\";\"3\";\"0.66\";\"2\";\"1\";\"1\";"
                        "\"0.67\";\"0.3350\";\"-0.03\"\r\n"));
  const auto table = std::get<platform::CsvTable>(platform::CsvTable::read(csv.content, ';'));
  EXPECT_EQ(table.rows().size(), 2u);
}

}  // namespace
}  // namespace kkr::financing
