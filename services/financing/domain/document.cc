#include "services/financing/domain/document.h"

#include "services/financing/domain/ids.h"
#include "services/financing/einvoice/issue.h"
#include "services/financing/einvoice/totals.h"

namespace kkr::financing {
namespace {

constexpr char kStandIn[] = "-";  // For a text that decide() knows to be there but not to say.

std::string number_of(const std::string& invoice_name) {
  const auto name = parse_invoice_name(invoice_name);
  return name ? printed_number(name->id) : "";
}

einvoice::VatCategory category_of(v1::VatCategory category) {
  if (category == v1::VAT_CATEGORY_STANDARD) return einvoice::VatCategory::kStandardRate;
  if (category == v1::VAT_CATEGORY_EXEMPT) return einvoice::VatCategory::kExempt;
  if (category == v1::VAT_CATEGORY_OUT_OF_SCOPE) return einvoice::VatCategory::kOutsideScope;
  return einvoice::VatCategory::kUnknown;
}

std::optional<einvoice::Decimal> rate_of(const v1::InvoiceIssued& issued) {
  if (issued.vat().category() == v1::VAT_CATEGORY_OUT_OF_SCOPE) return std::nullopt;
  const std::int64_t hundredths = issued.vat_rate_basis_points();
  if (hundredths % 100 == 0) return einvoice::Decimal{hundredths / 100, 0};
  return einvoice::Decimal{hundredths, 2};
}

einvoice::Party party_of(const v1::Party& known) {
  einvoice::Party party;
  party.name = known.official_name();
  if (!known.cvr().empty()) party.legal_entity = {einvoice::kCvrScheme, known.cvr()};
  party.address.street = known.address().street();
  party.address.post_code = known.address().postal_code();
  party.address.city = known.address().city();
  party.address.country = "DK";
  return party;
}

einvoice::Party seller_of(const v1::InvoiceIssued& issued, const v1::Contact& contact) {
  const v1::Party& host = issued.seller();
  einvoice::Party seller = party_of(host);
  seller.endpoint = host.ean().empty() ? seller.legal_entity
                                       : einvoice::Identifier{einvoice::kGlnScheme, host.ean()};
  if (issued.vat().category() != v1::VAT_CATEGORY_OUT_OF_SCOPE && !host.cvr().empty()) {
    seller.vat_number = "DK" + host.cvr();
  }
  seller.contact = {contact.display_name(), contact.telephone(), contact.email()};
  return seller;
}

einvoice::Party buyer_of(const v1::InvoiceIssued& issued) {
  einvoice::Party buyer = party_of(issued.buyer());
  const v1::Endpoint& endpoint = issued.endpoint();
  const bool ean = endpoint.scheme() == v1::Endpoint::SCHEME_EAN;
  if (!endpoint.id().empty()) {
    buyer.endpoint = {ean ? einvoice::kGlnScheme : einvoice::kCvrScheme, endpoint.id()};
  }
  return buyer;
}

void say_how_to_pay(const v1::InvoiceIssued& issued, einvoice::Invoice& document) {
  if (document.kind == einvoice::Kind::kCreditNote) {
    document.payment_terms = "Krediterer faktura " + number_of(issued.credits()) + " i sin helhed.";
    return;
  }
  document.due_date = issued.due_date();
  document.payment = {"42", document.number, issued.account().account_number(),
                      issued.seller().official_name(), issued.account().registration_number()};
  document.payment_terms =
      "Betales senest " + std::to_string(issued.payment_term_days()) + " dage efter fakturadatoen.";
}

void say_what_for(const v1::InvoiceIssued& issued, einvoice::Invoice& document) {
  for (const v1::IssuedLine& given : issued.lines()) {
    einvoice::Line& line =
        document.lines.emplace_back(einvoice::line_of(platform::Money{given.amount_oere()}));
    line.id = std::to_string(document.lines.size());
    line.name = given.title();
    line.vat_category = category_of(issued.vat().category());
    line.vat_rate = rate_of(issued);
  }
  const bool outside = issued.vat().category() == v1::VAT_CATEGORY_OUT_OF_SCOPE;
  const std::string& code = issued.vat().exemption_code();
  einvoice::set_totals(document, {outside && code.empty() ? einvoice::kOutsideVatCode : code,
                                  issued.vat().reason()});
  // What was issued is what stands in the ledger; the rules find it out when it does not add up.
  document.totals.without_vat = platform::Money{issued.net_oere()};
  document.totals.vat = platform::Money{issued.vat_oere()};
  document.totals.payable = platform::Money{issued.payable_oere()};
}

}  // namespace

einvoice::Invoice document_of(const v1::InvoiceIssued& issued, const DocumentTexts& texts,
                              const v1::InvoiceIssued* preceding) {
  einvoice::Invoice document;
  if (issued.kind() == v1::Invoice::KIND_CREDIT_NOTE) document.kind = einvoice::Kind::kCreditNote;
  document.number = number_of(issued.invoice());
  document.issue_date = issued.issue_date();
  document.accounting_cost = issued.accounting_cost();
  document.buyer_reference = texts.buyer_reference;
  const std::string year = std::to_string(issued.charged_year());
  document.period = {year + "-01-01", year + "-12-31"};
  document.order_reference = issued.order_reference();
  if (preceding != nullptr) {
    document.preceding = {{number_of(preceding->invoice()), preceding->issue_date()}};
  }
  const auto agreement = parse_agreement_name(issued.agreement());
  if (agreement) document.contract_reference = agreement->id.text;
  if (!issued.case_number().empty()) {
    document.case_number = {einvoice::kCaseNumberScheme, issued.case_number()};
  }
  document.seller = seller_of(issued, texts.contact);
  document.buyer = buyer_of(issued);
  say_how_to_pay(issued, document);
  say_what_for(issued, document);
  return document;
}

std::optional<Refusal> fault_in_document(const v1::InvoiceIssued& issued,
                                         const v1::InvoiceIssued* preceding) {
  if (issued.internal()) return std::nullopt;
  DocumentTexts texts;
  if (!issued.buyer_reference().key().empty()) texts.buyer_reference = kStandIn;
  const einvoice::Invoice document = document_of(issued, texts, preceding);
  const auto checked = einvoice::to_checked_ubl(document);
  const auto* findings = std::get_if<std::vector<einvoice::Finding>>(&checked);
  if (findings == nullptr) return std::nullopt;
  return refusal(Rejection::kDocumentInvalid, details_of(document.number, *findings));
}

std::map<std::string, std::string> details_of(const std::string& number,
                                              const std::vector<einvoice::Finding>& findings) {
  std::map<std::string, std::string> details;
  for (const einvoice::Finding& finding : findings) {
    std::string& sentences = details[number + " " + finding.rule];
    sentences += (sentences.empty() ? "" : " ") + finding.sentence;
  }
  return details;
}

}  // namespace kkr::financing
