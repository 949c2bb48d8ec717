// The invoice that Copenhagen got in 2013, and the credit note for it, as they were issued.
#pragma once

#include "kkr/financing/v1/charge_events.pb.h"

namespace kkr::financing::story {

inline v1::InvoiceIssued issued_to_copenhagen() {
  v1::InvoiceIssued issued;
  issued.set_invoice("regions/hovedstaden/invoices/165-2013-7");
  issued.set_kind(v1::Invoice::KIND_INVOICE);
  issued.set_agreement("regions/hovedstaden/agreements/sekretariat");
  issued.set_charged_year(2013);
  issued.mutable_seller()->set_code("165");
  issued.mutable_seller()->set_official_name("Albertslund Kommune");
  issued.mutable_seller()->set_cvr("66137112");
  issued.mutable_buyer()->set_code("101");
  issued.mutable_buyer()->set_official_name("Københavns Kommune");
  issued.mutable_buyer()->set_cvr("64942212");
  issued.mutable_endpoint()->set_scheme(v1::Endpoint::SCHEME_CVR);
  issued.mutable_endpoint()->set_id("64942212");
  issued.mutable_buyer_reference()->set_key("recipient/101");
  issued.mutable_account()->set_registration_number("4183");
  issued.mutable_account()->set_account_number("12345678");
  issued.mutable_vat()->set_category(v1::VAT_CATEGORY_OUT_OF_SCOPE);
  issued.mutable_vat()->set_reason("Uden for momslovens anvendelsesområde");
  v1::IssuedLine& line = *issued.add_lines();
  line.set_title("Andel af budgettet 2013");
  line.set_amount_oere(48'451'018);
  issued.set_net_oere(48'451'018);
  issued.set_payable_oere(48'451'018);
  issued.set_issue_date("2013-02-06");
  issued.set_due_date("2013-03-08");
  issued.set_payment_term_days(30);
  return issued;
}

inline v1::InvoiceIssued credit_note() {
  v1::InvoiceIssued note = issued_to_copenhagen();
  note.set_invoice("regions/hovedstaden/invoices/165-2013-30");
  note.set_kind(v1::Invoice::KIND_CREDIT_NOTE);
  note.set_credits("regions/hovedstaden/invoices/165-2013-7");
  return note;
}

}  // namespace kkr::financing::story
