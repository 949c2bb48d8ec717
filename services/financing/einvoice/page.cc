#include "services/financing/einvoice/page.h"

#include <algorithm>

#include "services/financing/einvoice/page_style.h"
#include "services/platform/html/html_writer.h"
#include "services/platform/html/page_style.h"
#include "services/platform/time/danish_date.h"

namespace kkr::financing::einvoice {
namespace {

using platform::danish_date;
using platform::format_danish_money;
using platform::HtmlWriter;

// What the page calls the document, and the amount at its foot.
struct Words {
  const char* title;
  const char* date;
  const char* amount;
};

Words words_of(const Invoice& invoice, PageKind kind) {
  if (invoice.kind == Kind::kCreditNote) return {"Kreditnota", "Dato", "Krediteret"};
  if (kind == PageKind::kVoucher) return {"Internt bilag", "Bilagsdato", "Udgiftsføres"};
  return {"Faktura", "Fakturadato", "At betale"};
}

std::string danish_decimal(Decimal number) {
  std::string text = format_decimal(number);
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string price_text(const Line& line) {
  std::string price = line.price.decimals == 2
                          ? format_danish_money(platform::Money{line.price.digits})
                          : danish_decimal(line.price);
  if (!line.base_quantity || equals(*line.base_quantity, 1)) return price;
  return price + " pr. " + danish_decimal(*line.base_quantity);
}

std::string unit_text(const std::string& unit) {
  if (unit == "HUR") return "timer";
  if (unit == "DAY") return "dage";
  if (unit == "MON") return "måneder";
  if (unit == "ANN") return "år";
  return unit == "LS" ? "" : "stk.";
}

std::string scheme_text(const Identifier& identifier) {
  if (identifier.value.empty()) return "";
  return (identifier.scheme == kGlnScheme ? "EAN " : "CVR ") + identifier.value;
}

void write_party(HtmlWriter& html, const char* heading, const Party& party) {
  html.raw("<section>").element("h2", heading).element("p", party.name, "name");
  const Address& address = party.address;
  const std::string city = address.post_code + " " + address.city;
  const std::string vat = party.vat_number.empty() ? "" : "Momsnr. " + party.vat_number;
  const std::string endpoint =
      party.endpoint == party.legal_entity ? "" : scheme_text(party.endpoint);
  const std::string legal_entity = scheme_text(party.legal_entity);
  for (const std::string& text :
       {address.street, address.additional_street, city, legal_entity, vat, endpoint,
        party.contact.name, party.contact.telephone, party.contact.email}) {
    if (text.find_first_not_of(' ') != text.npos) html.element("p", text);
  }
  html.raw("</section>\n");
}

// A name and what it stands for; nothing when that is empty.
void write_fact(HtmlWriter& html, const char* name, const std::string& value) {
  if (value.empty()) return;
  html.raw("<div>").element("dt", name).element("dd", value).raw("</div>\n");
}

std::string period_text(const Period& period) {
  if (period.start.empty() && period.end.empty()) return "";
  std::string start = danish_date(period.start);
  const std::string year = " " + period.end.substr(0, 4);
  if (start.ends_with(year)) start.resize(start.size() - year.size());
  return start + " – " + danish_date(period.end);
}

void write_facts(HtmlWriter& html, const Invoice& invoice, const Words& words, PageKind kind) {
  html.raw("<dl class=\"facts\">\n");
  write_fact(html, words.date, danish_date(invoice.issue_date));
  if (kind == PageKind::kDocument) {
    write_fact(html, "Betales senest", danish_date(invoice.due_date));
  }
  write_fact(html, "Periode", period_text(invoice.period));
  write_fact(html, "Deres reference", invoice.buyer_reference);
  write_fact(html, "Ordre", invoice.order_reference);
  for (const PrecedingInvoice& preceding : invoice.preceding) {
    const std::string date =
        preceding.issue_date.empty() ? "" : " af " + danish_date(preceding.issue_date);
    write_fact(html, invoice.kind == Kind::kInvoice ? "Erstatter" : "Krediterer",
               "faktura " + preceding.number + date);
  }
  write_fact(html, "Aftale", invoice.contract_reference);
  write_fact(html, "Sag", invoice.case_number.value);
  write_fact(html, "Kontering", invoice.accounting_cost);
  html.raw("</dl>\n");
}

void write_line(HtmlWriter& html, const Line& line) {
  html.raw("<tr><td>").text(line.name);
  for (const std::string& more : {line.description, line.note}) {
    if (!more.empty()) html.element("span", more, "more");
  }
  html.raw("</td>").element("td", danish_decimal(line.quantity) + " " + unit_text(line.unit),
                            "number");
  html.element("td", price_text(line), "number price");
  html.element("td", format_danish_money(line.net), "number").raw("</tr>\n");
}

void write_sum(HtmlWriter& html, const char* css, const std::string& name, platform::Money amount) {
  html.raw("<tr class=\"").raw(css).raw("\"><td colspan=\"2\">").text(name).raw("</td>");
  html.element("td", "", "price").element("td", format_danish_money(amount), "number");
  html.raw("</tr>\n");
}

std::string vat_text(const VatBreakdown& vat) {
  if (vat.category == VatCategory::kOutsideScope) return "Moms: uden for momsloven";
  return "Moms " + danish_decimal(vat.rate.value_or(Decimal{})) + " % af " +
         format_danish_money(vat.taxable);
}

void write_lines(HtmlWriter& html, const Invoice& invoice, const Words& words) {
  html.raw(
      "<table><thead><tr><th>Ydelse</th><th class=\"number\">Antal</th>"
      "<th class=\"number price\">Pris</th><th class=\"number\">Beløb</th>"
      "</tr></thead><tbody>\n");
  for (const Line& line : invoice.lines) write_line(html, line);
  write_sum(html, "sum", "I alt uden moms", invoice.totals.without_vat);
  for (const VatBreakdown& vat : invoice.vat) write_sum(html, "sum", vat_text(vat), vat.tax);
  write_sum(html, "due", words.amount + (", " + invoice.currency), invoice.totals.payable);
  html.raw("</tbody></table>\n");
  for (const VatBreakdown& vat : invoice.vat) {
    if (!vat.reason.empty()) html.element("p", vat.reason + ".", "quiet");
  }
}

std::string account_text(const Payment& payment) {
  if (payment.code == "93") {  // As it stands at the foot of a slip: +71<…+…<
    std::string reference = payment.reference;
    std::replace(reference.begin(), reference.end(), '#', '<');
    return "+" + reference + "+" + payment.account + "<";
  }
  return payment.institution.empty() ? payment.account
                                     : payment.institution + " " + payment.account;
}

void write_payment(HtmlWriter& html, const Invoice& invoice) {
  const Payment& payment = invoice.payment;
  if (payment == Payment{} && invoice.payment_terms.empty()) return;
  html.raw("<section class=\"pay\">");
  html.element("h2", invoice.kind == Kind::kInvoice ? "Betaling" : "Afregning");
  html.raw("<dl class=\"facts\">\n");
  write_fact(html, payment.code == "93" ? "Betalingskort" : "Konto", account_text(payment));
  write_fact(html, "Modtager", payment.account_name);
  if (payment.code != "93") write_fact(html, "Anføres", payment.reference);
  html.raw("</dl>\n");
  if (!invoice.payment_terms.empty()) html.element("p", invoice.payment_terms, "text");
  html.raw("</section>\n");
}

}  // namespace

std::string to_html(const Invoice& invoice, PageKind kind) {
  const Words words = words_of(invoice, kind);
  const std::string title = words.title + (" " + invoice.number);
  HtmlWriter html;
  html.raw(
      "<!DOCTYPE html>\n<html lang=\"da\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  html.element("title", title + ": " + invoice.buyer.name);
  html.raw("<style>").raw(platform::kPageStyle).raw(kInvoiceStyle);
  html.raw("</style></head>\n<body><main>\n").element("h1", title);
  html.raw("<div class=\"parties\">\n");
  write_party(html, "Til", invoice.buyer);
  write_party(html, "Fra", invoice.seller);
  html.raw("</div>\n");
  write_facts(html, invoice, words, kind);
  if (!invoice.note.empty()) html.element("p", invoice.note, "text");
  write_lines(html, invoice, words);
  if (kind == PageKind::kDocument) write_payment(html, invoice);
  return html.raw("</main></body></html>\n").take();
}

}  // namespace kkr::financing::einvoice
