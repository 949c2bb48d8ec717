#include "services/financing/payments/camt053.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kkr::financing {
namespace {

using platform::LocalDate;
using platform::Money;
using testing::HasSubstr;

std::string document(const std::string& entries, const std::string& version = "02") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." +
         version +
         "\"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>"
         "<Acct><Id><IBAN>DK5030001234567890</IBAN></Id></Acct>\n" +
         entries + "</Stmt></BkToCstmrStmt></Document>\n";
}

std::string entry(const std::string& amount, const std::string& way, const std::string& rest) {
  return "<Ntry><Amt Ccy=\"DKK\">" + amount + "</Amt><CdtDbtInd>" + way +
         "</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2013-03-01</Dt></BookgDt>" + rest + "</Ntry>\n";
}

std::string part(const std::string& amount, const std::string& id, const std::string& text) {
  return "<TxDtls><Refs><EndToEndId>" + id +
         "</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy=\"DKK\">" + amount +
         "</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>" + text + "</Ustrd></RmtInf></TxDtls>";
}

BankStatement read(const std::string& bytes) {
  auto read = read_camt053(bytes);
  if (const auto* faults = std::get_if<std::vector<StatementFault>>(&read)) {
    for (const auto& fault : *faults) {
      ADD_FAILURE() << fault.line << " " << fault.place << ": " << fault.reason;
    }
    return {};
  }
  return std::get<BankStatement>(std::move(read));
}

StatementFault fault_of(const std::string& bytes) {
  const auto read = read_camt053(bytes);
  const auto* faults = std::get_if<std::vector<StatementFault>>(&read);
  if (faults == nullptr) ADD_FAILURE() << "no fault in " << bytes;
  return faults == nullptr ? StatementFault{} : faults->front();
}

TEST(ReadCamt053, ReadsOneTransactionOfAnEntry) {
  const auto statement = read(document(entry(
      "24097.33", "CRDT",
      "<AcctSvcrRef>D1</AcctSvcrRef><NtryDtls><TxDtls>"
      "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
      "<RltdPties><Dbtr><Nm>Albertslund Kommune</Nm></Dbtr><Cdtr><Nm>KKR</Nm></Cdtr></RltdPties>"
      "<RmtInf><Ustrd>Andel</Ustrd><Ustrd>2013</Ustrd>"
      "<Strd><RfrdDocInf><Nb>165-2013-7</Nb></RfrdDocInf></Strd></RmtInf>"
      "</TxDtls></NtryDtls><AddtlNtryInf>Overførsel</AddtlNtryInf>")));
  ASSERT_EQ(statement.movements.size(), 1U);
  const BankMovement& one = statement.movements[0];
  EXPECT_EQ(one.booked_on, LocalDate(2013, 3, 1));
  EXPECT_EQ(one.amount, Money{2'409'733});
  EXPECT_EQ(one.account, "30001234567890");
  EXPECT_EQ(one.bank_reference, "D1");
  EXPECT_EQ(one.reference, "165-2013-7");
  EXPECT_EQ(one.text, "Overførsel; Andel; 2013");
  EXPECT_EQ(one.payer, "Albertslund Kommune");
  EXPECT_FALSE(one.is_reversal);
  EXPECT_EQ(one.line, 3U);
}

TEST(ReadCamt053, ReadsVersion08) {
  const auto statement = read(
      document("<Ntry><Amt Ccy=\"DKK\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
               "<BookgDt><DtTm>2013-03-01T09:30:00+01:00</DtTm></BookgDt><NtryDtls>"
               "<TxDtls><Refs><EndToEndId>e1</EndToEndId></Refs><Amt Ccy=\"DKK\">3.5</Amt>"
               "<CdtDbtInd>CRDT</CdtDbtInd>"
               "<RltdPties><Dbtr><Pty><Nm>Ishøj</Nm></Pty></Dbtr></RltdPties></TxDtls>"
               "<TxDtls><Refs><EndToEndId>e2</EndToEndId></Refs><Amt Ccy=\"DKK\">2.5000</Amt>"
               "<CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls></Ntry>",
               "08"));
  ASSERT_EQ(statement.movements.size(), 2U);
  EXPECT_EQ(statement.movements[0].amount, Money{350});
  EXPECT_EQ(statement.movements[0].payer, "Ishøj");
  EXPECT_EQ(statement.movements[0].reference, "e1");
  EXPECT_EQ(statement.movements[1].amount, Money{-250});
}

TEST(ReadCamt053, TakesTheSignFromTheDirectionNotFromTheReversal) {
  const auto statement = read(document(entry("5", "DBIT", "<RvslInd>true</RvslInd>") +
                                       entry("6", "CRDT", "<RvslInd>1</RvslInd>") +
                                       entry("7", "DBIT", "<RvslInd>false</RvslInd>")));
  ASSERT_EQ(statement.movements.size(), 3U);
  EXPECT_EQ(statement.movements[0].amount, Money{-500});
  EXPECT_TRUE(statement.movements[0].is_reversal);
  EXPECT_EQ(statement.movements[1].amount, Money{600});
  EXPECT_TRUE(statement.movements[1].is_reversal);
  EXPECT_FALSE(statement.movements[2].is_reversal);
}

TEST(ReadCamt053, TakesEveryTransactionOfABatch) {
  const std::string batch =
      document(entry("30.00", "CRDT",
                     "<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch>" +
                         part("10.00", "x", "165-2013-1") + part("10.00", "y", "165-2013-2") +
                         part("10.00", "y", "165-2013-2") + "</NtryDtls>"));
  const auto statement = read(batch);
  ASSERT_EQ(statement.movements.size(), 3U);
  EXPECT_EQ(statement.movements[0].bank_reference, "B1/x");
  EXPECT_EQ(statement.movements[1].text, "165-2013-2");
  EXPECT_NE(statement.movements[1].identity, statement.movements[2].identity);
  EXPECT_EQ(statement.movements[2].identity, read(batch).movements[2].identity);
}

TEST(ReadCamt053, PassesOverWhatIsNotBooked) {
  std::string pending = entry("1", "CRDT", "");
  pending.replace(pending.find("BOOK"), 4, "PDNG");
  const auto statement = read(document(pending + entry("0", "CRDT", "")));
  EXPECT_TRUE(statement.movements.empty());
  EXPECT_EQ(statement.passed_over, 2U);
}

TEST(ReadCamt053, RefusesTheWholeFileForOneFault) {
  const std::string good = entry("1", "CRDT", "");
  const auto with = [&](std::string_view old_text, std::string_view new_text) {
    std::string bad = good;
    bad.replace(bad.find(old_text), old_text.size(), new_text);
    return document(good + bad);
  };
  const struct {
    std::string bytes;
    std::size_t line;
    std::string place, reason;
  } rows[] = {
      {with("DKK", "EUR"), 4, "Amt", "only kroner are read"},
      {with("\">1<", "\">1.005<"), 4, "Amt", "this is no amount of kroner and øre"},
      {with("\">1<", "\">-1<"), 4, "Amt", "this is no amount of kroner and øre"},
      {with("<Amt Ccy=\"DKK\">1</Amt>", ""), 4, "Amt", "the element is missing"},
      {with("<CdtDbtInd>CRDT</CdtDbtInd>", ""), 4, "CdtDbtInd", "the element is missing"},
      {with("CRDT", "DEBIT"), 4, "CdtDbtInd", "this is neither CRDT nor DBIT"},
      {with("BOOK", "DONE"), 4, "Sts", "an entry is BOOK, PDNG, FUTR or INFO"},
      {with("2013-03-01", "2013-02-30"), 4, "BookgDt", "this is no date yyyy-mm-dd"},
      {with("<BookgDt><Dt>2013-03-01</Dt></BookgDt>", ""), 4, "BookgDt",
       "this is no date yyyy-mm-dd"},
      {document(entry("5", "CRDT",
                      "<NtryDtls>" + part("2", "x", "") + part("2", "y", "") + "</NtryDtls>")),
       3, "Amt", "the transactions come to 4,00, the entry to 5,00"},
      {document(entry("5", "CRDT", "<NtryDtls><TxDtls/><TxDtls/></NtryDtls>")), 3, "TxAmt",
       "a transaction of several has no amount of its own"},
      {document("", "04"), 2, "Document", "this is neither camt.053.001.02 nor camt.053.001.08"},
      {"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>", 1, "Stmt",
       "the file holds no statement"},
      {"<!DOCTYPE Document [<!ENTITY a 'b'>]><Document/>", 1, "column 1",
       "it has a document type declaration, which is not read"},
  };
  for (const auto& row : rows) {
    const StatementFault fault = fault_of(row.bytes);
    EXPECT_EQ(fault.line, row.line) << row.reason;
    EXPECT_EQ(fault.place, row.place) << row.reason;
    EXPECT_EQ(fault.reason, row.reason);
  }
  EXPECT_THAT(fault_of("<Document>").reason, HasSubstr("not well-formed"));
  EXPECT_THAT(fault_of("").reason, HasSubstr("not well-formed"));
}

TEST(ReadCamt053, NamesEveryFaultUpToAHundred) {
  std::string bad;
  for (int i = 0; i < 150; ++i) bad += entry("x", "CRDT", "");
  const auto read = read_camt053(document(bad));
  EXPECT_EQ(std::get<std::vector<StatementFault>>(read).size(), kStatementFaultsMax);
}

// Whatever bytes are damaged, the reader comes back with a statement or with faults.
TEST(ReadCamt053, SurvivesDamage) {
  const std::string whole = document(entry(
      "30.00", "CRDT", "<NtryDtls>" + part("10", "x", "a") + part("20", "y", "b") + "</NtryDtls>"));
  constexpr std::string_view kBytes = "<>/&;\"'\0\xFFx0";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const char byte : kBytes) {
      std::string damaged = whole;
      damaged[i] = byte;
      const auto read = read_camt053(damaged);
      if (const auto* faults = std::get_if<std::vector<StatementFault>>(&read)) {
        EXPECT_FALSE(faults->empty());
      }
    }
    read_camt053(whole.substr(0, i));
  }
}

}  // namespace
}  // namespace kkr::financing
