// Numbers, dates and references of the document.
#include "services/financing/einvoice/rules.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing::einvoice {
namespace {

void check_profile(const Invoice& invoice, Findings& findings) {
  const std::string& specification = invoice.specification;
  findings.require(!specification.empty(), "BR-01",
                   "The invoice does not say which specification it follows (BT-24).");
  findings.require(specification.empty() || specification == kSpecification, "PEPPOL-EN16931-R004",
                   "The specification (BT-24) is '{}', not {}.", specification, kSpecification);
  findings.require(!invoice.process.empty(), "PEPPOL-EN16931-R001",
                   "The invoice does not say which process it belongs to (BT-23).");
  findings.require(invoice.process.empty() || invoice.process == kProcess, "PEPPOL-EN16931-R007",
                   "The process (BT-23) is '{}', not {}.", invoice.process, kProcess);
  findings.require(!invoice.currency.empty(), "BR-05", "The invoice has no currency (BT-5).");
  findings.require(invoice.currency.empty() || invoice.currency == "DKK", "KKR-CURRENCY",
                   "The currency (BT-5) is '{}', not DKK.", invoice.currency);
}

void check_date(const std::string& date, const char* what, Findings& findings) {
  findings.require(date.empty() || platform::parse_date(date).has_value(), "PEPPOL-EN16931-F001",
                   "The {} is '{}', not a day written YYYY-MM-DD.", what, date);
}

void check_dates(const Invoice& invoice, Findings& findings) {
  findings.require(!invoice.issue_date.empty(), "BR-03", "The invoice has no issue date (BT-2).");
  check_date(invoice.issue_date, "issue date (BT-2)", findings);
  check_date(invoice.due_date, "due date (BT-9)", findings);
  check_date(invoice.period.start, "first day of the period (BT-73)", findings);
  check_date(invoice.period.end, "last day of the period (BT-74)", findings);
  const Period& period = invoice.period;
  findings.require(period.start.empty() || period.end.empty() || period.start <= period.end,
                   "BR-29", "The period ends on {} (BT-74), before it starts on {} (BT-73).",
                   period.end, period.start);
}

void check_references(const Invoice& invoice, Findings& findings) {
  findings.require(!invoice.buyer_reference.empty() || !invoice.order_reference.empty(),
                   "PEPPOL-EN16931-R003",
                   "The invoice names neither who ordered it (buyer reference, BT-10) nor an "
                   "order (BT-13).");
  findings.require(!invoice.contract_reference.empty(), "KKR-CONTRACT",
                   "The invoice does not name the agreement it follows from (BT-12).");
  findings.require(
      invoice.case_number.value.empty() || invoice.case_number.scheme == kCaseNumberScheme,
      "BR-CL-07", "The scheme of the case number (BT-18) is '{}', not {}.",
      invoice.case_number.scheme, kCaseNumberScheme);
  findings.require(invoice.kind == Kind::kInvoice || !invoice.preceding.empty(), "KKR-CREDITED",
                   "The credit note does not say which invoice it credits (BG-3).");
  for (const PrecedingInvoice& preceding : invoice.preceding) {
    findings.require(!preceding.number.empty(), "BR-55",
                     "A preceding invoice (BG-3) is referred to without its number (BT-25).");
    check_date(preceding.issue_date, "issue date of a preceding invoice (BT-26)", findings);
  }
}

}  // namespace

void check_document(const Invoice& invoice, Findings& findings) {
  check_profile(invoice, findings);
  findings.require(!invoice.number.empty(), "BR-02", "The invoice has no number (BT-1).");
  check_dates(invoice, findings);
  check_references(invoice, findings);
  findings.require(!invoice.lines.empty(), "BR-16", "The invoice has no line (BG-25).");
}

}  // namespace kkr::financing::einvoice
