#include "services/registry/app/municipality_file.h"

#include "gtest/gtest.h"

namespace kkr::registry {
namespace {

constexpr char kHeading[] =
    "code,name,official_name,region,cluster,cvr,ean,population_2014,population_2013\n";

TEST(MunicipalityFile, ReadsAMailbox) {
  const auto read = [](const std::string& mailbox) {
    return read_municipalities(
        "code,name,official_name,cvr,mailbox\n165,A,AK,66137112," + mailbox + "\n", "DST");
  };
  const auto good = read("kommunen@albertslund.example");
  EXPECT_EQ(std::get<std::vector<MunicipalityLine>>(good).front().municipality.mailbox(),
            "kommunen@albertslund.example");
  const auto bad = read("albertslund");
  EXPECT_EQ(std::get<platform::CsvFault>(bad).column, "mailbox");
}

TEST(MunicipalityFile, ReadsALine) {
  const auto read = read_municipalities(
      std::string(kHeading) +
          "165,Albertslund,Albertslund Kommune,Hovedstaden,Syd,66137112,,27728,27824\n",
      "DST");
  const auto* lines = std::get_if<std::vector<MunicipalityLine>>(&read);
  ASSERT_NE(lines, nullptr);
  ASSERT_EQ(lines->size(), 1U);
  const MunicipalityLine& line = lines->front();
  EXPECT_EQ(line.name.text, "municipalities/165");
  EXPECT_EQ(line.municipality.display_name(), "Albertslund");
  EXPECT_EQ(line.municipality.official_name(), "Albertslund Kommune");
  EXPECT_EQ(line.municipality.cvr(), "66137112");
  EXPECT_EQ(line.municipality.mailbox(), "");
  EXPECT_EQ(line.region, "Hovedstaden");
  EXPECT_EQ(line.cluster, "Syd");
  ASSERT_EQ(line.populations.size(), 2U);
  EXPECT_EQ(line.populations[0].reference_date(), "2013-01-01");
  EXPECT_EQ(line.populations[0].count(), 27824);
  EXPECT_EQ(line.populations[0].source(), "DST");
  EXPECT_EQ(line.populations[1].count(), 27728);
}

// Top to bottom, each line repairs the fault of the one above.
TEST(MunicipalityFile, NamesLineColumnAndReasonOfTheFirstFault) {
  const struct {
    std::string second_line;
    std::string column;
    std::string reason;
  } rows[] = {
      {"16,,,,Syd,66137113,1,x,1", "code", "a municipality code has three digits"},
      {"101,,,,Syd,66137113,1,x,1", "name", "it is empty"},
      {"101,A,,,Syd,66137113,1,x,1", "official_name", "it is empty"},
      {"101,A,AK,,Syd,66137113,1,x,1", "cvr",
       "a CVR number has eight digits, of which the last checks the others"},
      {"101,A,AK,,Syd,66137112,1,x,1", "ean",
       "an EAN has thirteen digits, of which the last checks the others"},
      {"101,A,AK,,Syd,66137112,,x,1", "cluster", "a cluster is named without a region"},
      {"101,A,AK,Fyn,Syd,66137112,,x,1", "code", "the code stands on an earlier line already"},
      {"102,A,AK,Fyn,Syd,66137112,,-1,1", "population_2014",
       "a population is a number from 0 to 10,000,000"},
      {"102,A,AK,Fyn,Syd,66137112,,27.824,1", "population_2014",
       "a population is a number from 0 to 10,000,000"},
  };
  for (const auto& row : rows) {
    const auto read = read_municipalities(
        std::string(kHeading) + "101,K,KK,,,64942212,,1,2\n" + row.second_line + "\n", "DST");
    const auto* fault = std::get_if<platform::CsvFault>(&read);
    ASSERT_NE(fault, nullptr) << row.second_line;
    EXPECT_EQ(fault->line, 3U);
    EXPECT_EQ(fault->column, row.column) << row.second_line;
    EXPECT_EQ(fault->reason, row.reason) << row.second_line;
  }
}

TEST(MunicipalityFile, KnowsItsColumns) {
  const auto lacking = read_municipalities("code,name,cvr\n", "DST");
  EXPECT_EQ(std::get<platform::CsvFault>(lacking).column, "official_name");
  EXPECT_EQ(std::get<platform::CsvFault>(lacking).reason, "the file lacks this column");
  for (const char* column : {"colour", "population_13", "population_"}) {
    const auto strange =
        read_municipalities(std::string("code,name,official_name,cvr,") + column + "\n", "DST");
    EXPECT_EQ(std::get<platform::CsvFault>(strange).column, column);
    EXPECT_EQ(std::get<platform::CsvFault>(strange).reason, "no such column is known");
  }
}

}  // namespace
}  // namespace kkr::registry
