#include "services/financing/payments/bank_csv.h"

#include "gtest/gtest.h"

namespace kkr::financing {
namespace {

using platform::LocalDate;
using platform::Money;

constexpr std::string_view kHeading = "Bogført dato;Tekst;Beløb;Saldo\r\n";

BankStatement read(const std::string& bytes, std::string_view account = "") {
  auto read = read_bank_csv(bytes, account);
  if (const auto* faults = std::get_if<std::vector<StatementFault>>(&read)) {
    for (const auto& fault : *faults) {
      ADD_FAILURE() << fault.line << " " << fault.place << ": " << fault.reason;
    }
    return {};
  }
  return std::get<BankStatement>(std::move(read));
}

std::string with_heading(std::string_view rows) {
  return std::string(kHeading) + std::string(rows);
}

TEST(ReadBankCsv, ReadsWhatADanishBankWrites) {
  const auto statement = read(
      with_heading("01-03-2013;\"Andel 2013; faktura 165-2013-7\";\"24.097,33\";1.024.097,33\r\n"
                   "04-03-2013;Gebyr;-12,50;1.024.084,83\r\n"));
  ASSERT_EQ(statement.movements.size(), 2U);
  const BankMovement& share = statement.movements[0];
  EXPECT_EQ(share.booked_on, LocalDate(2013, 3, 1));
  EXPECT_EQ(share.amount, Money{2'409'733});
  EXPECT_EQ(share.text, "Andel 2013; faktura 165-2013-7");
  EXPECT_EQ(share.line, 2U);
  EXPECT_EQ(share.identity.size(), 32U);
  EXPECT_EQ(statement.movements[1].amount, Money{-1'250});
}

TEST(ReadBankCsv, KnowsColumnsByNameInAnyOrder) {
  const auto statement = read(
      "Saldo;BELØB;Navn;Reference;Kontonummer;Besked;Dato;Arkivreference;Valuta;Tekst\n"
      "1,00;+1,00;Ishøj Kommune;165-2013-9;3000 12345;til KKR;2013-03-01;D77;DKK;Overførsel\n");
  ASSERT_EQ(statement.movements.size(), 1U);
  const BankMovement& one = statement.movements[0];
  EXPECT_EQ(one.amount, Money{100});
  EXPECT_EQ(one.payer, "Ishøj Kommune");
  EXPECT_EQ(one.reference, "165-2013-9");
  EXPECT_EQ(one.account, "30000000012345");
  EXPECT_EQ(one.bank_reference, "D77");
  EXPECT_EQ(one.text, "til KKR; Overførsel");
}

TEST(ReadBankCsv, ReadsThreeEncodings) {
  const std::string utf8 = "Dato;Tekst;Beløb\n01.03.2013;Brøndby;1,00\n";
  const auto plain = read(utf8);
  ASSERT_EQ(plain.movements.size(), 1U);
  for (const std::string& bytes :
       {"\xEF\xBB\xBF" + utf8, std::string("Dato;Tekst;Bel\xF8"
                                           "b\n01.03.2013;Br\xF8ndby;1,00\n")}) {
    const auto same = read(bytes);
    ASSERT_EQ(same.movements.size(), 1U);
    EXPECT_EQ(same.movements[0].text, "Brøndby");
    EXPECT_EQ(same.movements[0].identity, plain.movements[0].identity);
  }
}

TEST(ReadBankCsv, PassesOverWhatIsNotBookedAndWhatMovesNothing) {
  const auto statement = read(
      "Dato;Tekst;Beløb;Status\n"
      "01-03-2013;a;1,00;Venter\n"
      "01-03-2013;b;0,00;Udført\n"
      "01-03-2013;c;1,00;Udført\n");
  ASSERT_EQ(statement.movements.size(), 1U);
  EXPECT_EQ(statement.movements[0].text, "c");
  EXPECT_EQ(statement.passed_over, 2U);
}

TEST(ReadBankCsv, TakesTheAccountOfTheCallerWhereTheFileNamesNone) {
  const auto statement = read(with_heading("01-03-2013;a;1,00;1,00\n"), "DK5030001234567890");
  ASSERT_EQ(statement.movements.size(), 1U);
  EXPECT_EQ(statement.movements[0].account, "30001234567890");
}

TEST(ReadBankCsv, ReadsFilesThatOverlapAsTheSameMovements) {
  const auto first = read(with_heading("01-03-2013;a;1,00;1,00\n02-03-2013;a;1,00;2,00\n"));
  const auto second = read(
      with_heading("03-03-2013;a;1,00;4,00\n02-03-2013;a;1,00;3,00\n02-03-2013;a;1,00;2,00\n"));
  EXPECT_EQ(first.movements[1].identity, second.movements[1].identity);
  EXPECT_NE(first.movements[1].identity, second.movements[2].identity);
}

TEST(ReadBankCsv, NamesEveryFault) {
  const auto read = read_bank_csv(with_heading("31-02-2013;a;1,00;1,00\n"
                                               "01-03-2013;b;1.00;1,00\n"
                                               "01-03-2013;c;1,00;1,00\n"
                                               "03/01/2013;d;1,2;1,00\n"),
                                  "");
  const auto& faults = std::get<std::vector<StatementFault>>(read);
  ASSERT_EQ(faults.size(), 4U);
  const struct {
    std::size_t line;
    std::string place, reason;
  } expected[] = {{2, "Bogført dato", "this is no date dd-mm-yyyy"},
                  {3, "Beløb", "this is no amount such as 1.234,50"},
                  {5, "Bogført dato", "this is no date dd-mm-yyyy"},
                  {5, "Beløb", "this is no amount such as 1.234,50"}};
  for (std::size_t i = 0; i < faults.size(); ++i) {
    EXPECT_EQ(faults[i].line, expected[i].line);
    EXPECT_EQ(faults[i].place, expected[i].place);
    EXPECT_EQ(faults[i].reason, expected[i].reason);
  }
}

TEST(ReadBankCsv, RefusesTheWholeFileForOneFault) {
  const struct {
    std::string bytes;
    std::size_t line;
    std::string place, reason;
  } rows[] = {
      {"", 1, "", "the file has no heading"},
      {"Dato;Tekst\n01-03-2013;a\n", 1, "Beløb", "the file lacks this column"},
      {"Beløb;Tekst\n1,00;a\n", 1, "Dato", "the file lacks this column"},
      {"Beløb;Dato\n1,00;01-03-2013\n", 1, "Tekst", "the file lacks this column"},
      {"Dato,Tekst,Beløb\n01-03-2013,a,1\n", 1, "Dato", "the file lacks this column"},
      {"Dato;Tekst;Beløb;Valuta\n01-03-2013;a;1,00;EUR\n", 2, "Valuta", "only kroner are read"},
      {"Dato;Tekst;Beløb;Status\n01-03-2013;a;1,00;Slettet\n", 2, "Status",
       "this is neither booked nor waiting"},
      {"Dato;Tekst;Beløb\n01-03-2013;a;+-1,00\n", 2, "Beløb", "this is no amount such as 1.234,50"},
      {"Dato;Tekst;Beløb\n01-03-2013;a;9.999.999.999.999.999,00\n", 2, "Beløb",
       "this is no amount such as 1.234,50"},
      {"Dato;Tekst;Beløb\n01-03-2013;a\n", 2, "", "it has 2 cells, the heading has 3"},
      {"Dato;Tekst;Bel\x81", 1, "", "the file is neither UTF-8 nor Windows-1252"},
      {std::string(kStatementBytesMax + 1, 'x'), 1, "", "the file is larger than 5 MiB"},
  };
  for (const auto& row : rows) {
    const auto read = read_bank_csv(row.bytes, "");
    const auto* faults = std::get_if<std::vector<StatementFault>>(&read);
    ASSERT_NE(faults, nullptr) << row.reason;
    EXPECT_EQ(faults->front().line, row.line) << row.reason;
    EXPECT_EQ(faults->front().place, row.place);
    EXPECT_EQ(faults->front().reason, row.reason);
  }
}

}  // namespace
}  // namespace kkr::financing
