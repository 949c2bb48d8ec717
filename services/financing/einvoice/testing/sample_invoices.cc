#include "services/financing/einvoice/testing/sample_invoices.h"

#include "services/financing/einvoice/totals.h"

namespace kkr::financing::einvoice::testing {
namespace {

const VatReason kOutside{kOutsideVatCode,
                         "Uden for momslovens anvendelsesområde: fælles sekretariat for kommuner"};

Line line(const char* id, const char* name, std::int64_t ore) {
  Line line = line_of(platform::Money{ore});
  line.id = id;
  line.name = name;
  line.vat_category = VatCategory::kOutsideScope;
  return line;
}

Party albertslund() {
  Party seller;
  seller.endpoint = {kCvrScheme, "66137112"};
  seller.name = "Albertslund Kommune";
  seller.legal_entity = {kCvrScheme, "66137112"};
  seller.address = {"Nordmarks Allé 1", "", "Albertslund", "2620", "DK"};
  seller.contact = {"Fælleskommunalt sekretariat", "00 00 00 00", "sekretariat@kkr.example"};
  return seller;
}

Party copenhagen() {
  Party buyer;
  buyer.endpoint = {kCvrScheme, "64942212"};
  buyer.name = "Københavns Kommune";
  buyer.legal_entity = {kCvrScheme, "64942212"};
  buyer.address = {"Rådhuspladsen 1", "", "København V", "1550", "DK"};
  buyer.contact.name = "Økonomiforvaltningen";
  return buyer;
}

Invoice framed(const char* number) {
  Invoice invoice;
  invoice.number = number;
  invoice.issue_date = "2013-02-06";
  invoice.due_date = "2013-03-08";
  invoice.buyer_reference = "Økonomiforvaltningen";
  invoice.period = {"2013-01-01", "2013-12-31"};
  invoice.contract_reference = "2012-17";
  invoice.case_number = {kCaseNumberScheme, "2012-0042311"};
  invoice.seller = albertslund();
  invoice.buyer = copenhagen();
  invoice.payment = {"42", number, "0012345678", "Albertslund Kommune", "4183"};
  invoice.payment_terms = "Betales senest 30 dage efter fakturadatoen.";
  return invoice;
}

void treat_as(Invoice& invoice, VatCategory category, std::int64_t rate) {
  invoice.seller.vat_number = "DK66137112";
  for (Line& line : invoice.lines) {
    line.vat_category = category;
    line.vat_rate = Decimal{rate, 0};
  }
}

}  // namespace

Invoice outside_vat() {
  Invoice invoice = framed("165-2013-1");
  invoice.note = "Andel af det fælles budget efter indbyggertal pr. 1. januar 2013.";
  invoice.accounting_cost = "4510-2013";
  invoice.lines = {line("1", "Løn til sekretariatet", 42'151'386),
                   line("2", "Overhead til værtskommunen", 6'299'632)};
  invoice.lines[0].description = "559.440 af 1.731.976 indbyggere af 1.305.000,00 kr.";
  invoice.lines[0].classification = {"TST", "26.08.01", "80161501"};
  set_totals(invoice, kOutside);
  return invoice;
}

Invoice exempt() {
  Invoice invoice = framed("165-2013-2");
  invoice.buyer.endpoint = {kGlnScheme, "5798000000001"};
  invoice.order_reference = "OP-4711";
  invoice.lines = {line("1", "Fælles akutpleje", 8'836'352)};
  treat_as(invoice, VatCategory::kExempt, 0);
  set_totals(invoice, {"VATEX-EU-132-1G", "Social omsorg, momslovens § 13, stk. 1, nr. 2"});
  return invoice;
}

Invoice taxable() {
  Invoice invoice = framed("165-2013-3");
  invoice.payment = {"93", "71#000000016520133", "87654321", "", ""};
  invoice.lines = {line("1", "Analyse af forløb", 0), line("2", "Kørsel", 0)};
  invoice.lines[0].quantity = {375, 1};
  invoice.lines[0].unit = "HUR";
  invoice.lines[0].price = {64'333, 2};
  invoice.lines[1].quantity = {1234, 0};
  invoice.lines[1].price = {37'973, 2};
  invoice.lines[1].base_quantity = Decimal{100, 0};
  treat_as(invoice, VatCategory::kStandardRate, 25);
  set_totals(invoice, {});
  return invoice;
}

Invoice credit_note() {
  Invoice invoice = outside_vat();
  invoice.kind = Kind::kCreditNote;
  invoice.preceding = {{invoice.number, invoice.issue_date}};
  invoice.number = "165-2013-4";
  invoice.issue_date = "2013-02-20";
  invoice.due_date.clear();
  invoice.payment = {};
  invoice.payment_terms = "Krediterer faktura 165-2013-1 i sin helhed.";
  return invoice;
}

Invoice with_lines(int lines) {
  Invoice invoice = framed("165-2013-5");
  for (int i = 1; i <= lines; ++i) {
    invoice.lines.push_back(line(std::to_string(i).c_str(), "Andel", 100 * i + 1));
  }
  set_totals(invoice, kOutside);
  return invoice;
}

}  // namespace kkr::financing::einvoice::testing
