// Files that were changed after they were written, and what may not be written at all.
#include "services/financing/einvoice/issue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/financing/einvoice/testing/sample_invoices.h"
#include "services/financing/einvoice/ubl_reader.h"
#include "services/financing/einvoice/ubl_writer.h"

namespace kkr::financing::einvoice {
namespace {

using testing::outside_vat;
using testing::taxable;

std::string file_of(const Invoice& invoice) {
  const auto result = to_checked_ubl(invoice);
  EXPECT_TRUE(std::holds_alternative<std::string>(result));
  return std::get<std::string>(result);
}

std::string with(std::string file, std::string_view old, std::string_view instead) {
  const std::size_t at = file.find(old);
  EXPECT_NE(at, file.npos) << old;
  return file.replace(at, old.size(), instead);
}

std::vector<std::string> rules_of(const std::string& file) {
  std::vector<std::string> rules;
  for (const Finding& finding : check_ubl(file)) rules.push_back(finding.rule);
  return rules;
}

TEST(CheckUbl, NamesTheRuleThatTheFileBreaks) {
  const struct {
    const char* what;
    const char* old;
    const char* instead;
    const char* then;
  } rows[] = {
      {"empty element",
       "<cbc:Note>Andel af det fælles budget efter indbyggertal pr. 1. januar "
       "2013.</cbc:Note>",
       "<cbc:Note> </cbc:Note>", "PEPPOL-EN16931-R008"},
      {"empty number", ">484510.18</cbc:PayableAmount>", "></cbc:PayableAmount>",
       "PEPPOL-EN16931-R008"},
      {"no type", "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", "", "BR-04"},
      {"another type", ">380<", ">384<", "PEPPOL-EN16931-P0100"},
      {"no total of lines",
       "<cbc:LineExtensionAmount currencyID=\"DKK\">484510.18"
       "</cbc:LineExtensionAmount>",
       "", "BR-12"},
      {"no total without VAT",
       "<cbc:TaxExclusiveAmount currencyID=\"DKK\">484510.18"
       "</cbc:TaxExclusiveAmount>",
       "", "BR-13"},
      {"no total with VAT",
       "<cbc:TaxInclusiveAmount currencyID=\"DKK\">484510.18"
       "</cbc:TaxInclusiveAmount>",
       "", "BR-14"},
      {"nothing to pay", "<cbc:PayableAmount currencyID=\"DKK\">484510.18</cbc:PayableAmount>", "",
       "BR-15"},
      {"no quantity", "<cbc:InvoicedQuantity unitCode=\"C62\">1</cbc:InvoicedQuantity>", "",
       "BR-22"},
      {"no amount on a line",
       "<cbc:LineExtensionAmount currencyID=\"DKK\">421513.86"
       "</cbc:LineExtensionAmount>",
       "", "BR-24"},
      {"no price", "<cbc:PriceAmount currencyID=\"DKK\">421513.86</cbc:PriceAmount>",
       "<cbc:BaseQuantity>1</cbc:BaseQuantity>", "BR-26"},
      {"three decimals", ">484510.18</cbc:PayableAmount>", ">484510.180</cbc:PayableAmount>",
       "BR-DEC-18"},
      {"a comma", ">484510.18</cbc:PayableAmount>", ">484510,18</cbc:PayableAmount>", "BR-DEC-18"},
      {"an amount in euros", "<cbc:PayableAmount currencyID=\"DKK\">",
       "<cbc:PayableAmount currencyID=\"EUR\">", "PEPPOL-EN16931-R051"},
      {"an unknown VAT category", "<cbc:ID>O</cbc:ID>", "<cbc:ID>Z</cbc:ID>", "BR-CL-17"},
      {"an element of no use", "<cbc:BuyerReference>",
       "<cbc:LineCountNumeric>2</cbc:LineCountNumeric><cbc:BuyerReference>", "KKR-XML"},
      {"two notes", "<cbc:Note>", "<cbc:Note>Se bilag.</cbc:Note><cbc:Note>", "KKR-XML"},
      {"an attribute of no use", "<cbc:Note>", "<cbc:Note languageID=\"da\">", "KKR-XML"},
      {"text between elements", "<cac:Price>", "<cac:Price>1", "KKR-XML"},
      {"a document type", "<Invoice", "<!DOCTYPE Invoice [<!ENTITY a \"b\">]><Invoice", "KKR-XML"},
      {"cut off", "</Invoice>", "", "KKR-XML"},
      {"another document", "xsd:Invoice-2", "xsd:Order-2", "KKR-XML"},
  };
  const std::string file = file_of(outside_vat());
  for (const auto& row : rows) {
    EXPECT_EQ(rules_of(with(file, row.old, row.instead)), std::vector<std::string>{row.then})
        << row.what;
  }
}

TEST(CheckUbl, NoticesAnOreInEveryAmountOfTheFile) {
  const std::string file = file_of(taxable());
  const std::string_view mark = "currencyID=\"DKK\">";
  int amounts = 0;
  for (std::size_t at = file.find(mark); at != file.npos; at = file.find(mark, at + 1)) {
    std::string changed = file;
    char& ore = changed[file.find('<', at) - 1];
    ore = ore == '9' ? '8' : static_cast<char>(ore + 1);
    // An øre on a price for a hundred is lost in the rounding, so that such a price is right too.
    if (changed.find("379.74") == changed.npos) {
      EXPECT_FALSE(rules_of(changed).empty()) << changed.substr(at, 60);
    }
    ++amounts;
  }
  EXPECT_EQ(amounts, 11);
}

// Whatever happened to a file on the way, it is refused or says, written anew, the same again.
RC_GTEST_PROP(CheckUbl, IsNotMisledByAChangedByte, ()) {
  std::string file = file_of(taxable());
  const auto at = *rc::gen::inRange<std::size_t>(0, file.size());
  file[at] = static_cast<char>(*rc::gen::inRange(0, 256));
  if (*rc::gen::arbitrary<bool>()) file.erase(at, *rc::gen::inRange<std::size_t>(0, 40));
  if (!check_ubl(file).empty()) return;
  const Invoice said = read_ubl(file).invoice;
  RC_ASSERT(file_of(said) == write_ubl(said));
  RC_ASSERT(said.totals == taxable().totals);
}

TEST(ToCheckedUbl, WritesNoCharacterThatXmlDoesNotHave) {
  Invoice invoice = outside_vat();
  invoice.note = "Bilag \x01";
  const auto result = to_checked_ubl(invoice);
  ASSERT_TRUE(std::holds_alternative<std::vector<Finding>>(result));
  EXPECT_EQ(std::get<std::vector<Finding>>(result).front().rule, "KKR-XML");
}

TEST(ToCheckedUbl, LosesNothingThatTheInvoiceSays) {
  Invoice invoice = outside_vat();
  invoice.case_number.value.clear();  // Its scheme has no place of its own.
  const auto result = to_checked_ubl(invoice);
  ASSERT_TRUE(std::holds_alternative<std::vector<Finding>>(result));
  EXPECT_EQ(std::get<std::vector<Finding>>(result).front().rule, "KKR-READ-BACK");
}

TEST(FileName, HoldsTheNumber) {
  EXPECT_EQ(file_name(outside_vat(), "xml"), "faktura-165-2013-1.xml");
  EXPECT_EQ(file_name(testing::credit_note(), "html"), "kreditnota-165-2013-4.html");
  Invoice invoice = outside_vat();
  invoice.number = "../a b/7";
  EXPECT_EQ(file_name(invoice, "xml"), "faktura-ab7.xml");
}

}  // namespace
}  // namespace kkr::financing::einvoice
