#include "services/financing/domain/document.h"

#include <gtest/gtest.h>

#include "services/financing/domain/document_story.h"

namespace kkr::financing {
namespace {

using story::credit_note;
using story::issued_to_copenhagen;

std::string broken(const v1::InvoiceIssued& issued, const v1::InvoiceIssued* preceding = nullptr) {
  const auto fault = fault_in_document(issued, preceding);
  if (!fault) return "";
  EXPECT_EQ(fault->rejection, Rejection::kDocumentInvalid);
  std::string rules;
  for (const auto& [rule, sentence] : fault->details) rules += (rules.empty() ? "" : ", ") + rule;
  return rules;
}

TEST(Document, SaysWhatWasIssued) {
  const auto document = document_of(issued_to_copenhagen(), {"Økonomi", {}}, nullptr);
  EXPECT_EQ(document.number, "165-2013-0007");
  EXPECT_EQ(document.buyer_reference, "Økonomi");
  EXPECT_EQ(document.contract_reference, "sekretariat");
  EXPECT_EQ(document.totals.payable, platform::Money{48'451'018});
  EXPECT_EQ(document.vat[0].reason_code, "VATEX-EU-O");
  EXPECT_EQ(document.seller.endpoint, document.seller.legal_entity);
  EXPECT_TRUE(document.seller.vat_number.empty());
}

TEST(Document, MayLeaveInEveryCategory) {
  v1::InvoiceIssued issued = issued_to_copenhagen();
  EXPECT_EQ(broken(issued), "");
  issued.mutable_vat()->set_category(v1::VAT_CATEGORY_EXEMPT);
  EXPECT_EQ(broken(issued), "");
  issued.mutable_vat()->set_category(v1::VAT_CATEGORY_STANDARD);
  issued.mutable_vat()->clear_reason();
  issued.set_vat_rate_basis_points(2'500);
  issued.set_vat_oere(12'112'755);
  issued.set_payable_oere(48'451'018 + 12'112'755);
  EXPECT_EQ(broken(issued), "");
}

TEST(Document, OfACreditNoteNamesTheInvoice) {
  const v1::InvoiceIssued invoice = issued_to_copenhagen();
  EXPECT_EQ(broken(credit_note(), &invoice), "");
  EXPECT_EQ(broken(credit_note()), "165-2013-0030 KKR-CREDITED");
  const auto document = document_of(credit_note(), {}, &invoice);
  EXPECT_EQ(document.preceding[0].number, "165-2013-0007");
  EXPECT_EQ(document.preceding[0].issue_date, "2013-02-06");
}

TEST(Document, IsRefusedByTheRuleItBreaks) {
  v1::InvoiceIssued issued = issued_to_copenhagen();
  issued.clear_buyer_reference();
  EXPECT_EQ(broken(issued), "165-2013-0007 PEPPOL-EN16931-R003");
  issued.set_order_reference("OP-1");
  EXPECT_EQ(broken(issued), "");
  issued.set_payable_oere(issued.payable_oere() + 1);
  EXPECT_EQ(broken(issued), "165-2013-0007 BR-CO-16");
  issued = issued_to_copenhagen();
  issued.set_vat_oere(1);
  EXPECT_EQ(broken(issued), "165-2013-0007 BR-CO-14, 165-2013-0007 BR-CO-15");
  issued = issued_to_copenhagen();
  issued.mutable_endpoint()->set_id("64942213");
  EXPECT_EQ(broken(issued), "165-2013-0007 KKR-CVR");
}

TEST(Document, OfAVoucherIsNotJudged) {
  v1::InvoiceIssued issued = issued_to_copenhagen();
  issued.clear_endpoint();
  issued.set_internal(true);
  EXPECT_EQ(broken(issued), "");
}

}  // namespace
}  // namespace kkr::financing
