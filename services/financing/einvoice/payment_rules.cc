// How and when to pay: what Danish sellers may ask for.
#include <algorithm>
#include <array>
#include <string_view>

#include "services/financing/einvoice/rules.h"

namespace kkr::financing::einvoice {
namespace {

constexpr std::array<std::string_view, 11> kDanishCodes = {"1",  "10", "31", "42", "48", "49",
                                                           "50", "58", "59", "93", "97"};

bool are_digits(std::string_view text, std::size_t min, std::size_t max) {
  return text.size() >= min && text.size() <= max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// ISO 13616: the country and check digits moved to the end, letters as 10 to 35, modulo 97 is 1.
bool is_iban(std::string_view text) {
  if (text.size() < 15 || text.size() > 34) return false;
  int remainder = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[(i + 4) % text.size()];
    if (c >= '0' && c <= '9') {
      remainder = (remainder * 10 + (c - '0')) % 97;
    } else if (c >= 'A' && c <= 'Z') {
      remainder = (remainder * 100 + (c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return remainder == 1;
}

void check_account(const Payment& payment, Findings& findings) {
  if (payment.code != "31" && payment.code != "42") return;
  const bool given = !payment.account.empty() && !payment.institution.empty();
  findings.require(given, "DK-R-006",
                   "Payment into an account (means {}) needs the registration number of the bank "
                   "(BT-86) and the account number (BT-84).",
                   payment.code);
  if (!given || payment.code != "42") return;
  findings.require(are_digits(payment.institution, 4, 4) && are_digits(payment.account, 1, 10),
                   "KKR-ACCOUNT",
                   "The account is '{}' '{}'; a Danish registration number has 4 digits and an "
                   "account number at most 10.",
                   payment.institution, payment.account);
}

// `71#` and a reference of 15 digits, `75#` and one of 16, or `73#` alone, to a creditor.
void check_slip(const Payment& payment, Findings& findings) {
  if (payment.code != "93") return;
  const std::string_view reference = payment.reference;
  const std::string_view kind = reference.substr(0, 3);
  findings.require(
      (kind == "71#" || kind == "73#" || kind == "75#") && are_digits(payment.account, 8, 8),
      "DK-R-010",
      "A payment slip (means 93) has a reference that begins with 71#, 73# or 75# and "
      "a creditor of 8 digits; they are '{}' and '{}'.",
      payment.reference, payment.account);
  const std::size_t digits = kind == "71#" ? 15 : 16;
  findings.require(
      (kind != "71#" && kind != "75#") || are_digits(reference.substr(3), digits, digits),
      "DK-R-011", "The payment reference is '{}'; after {} come {} digits.", payment.reference,
      kind, digits);
}

void check_giro(const Payment& payment, Findings& findings) {
  if (payment.code != "50") return;
  const std::string_view reference = payment.reference;
  const std::string_view kind = reference.substr(0, 3);
  findings.require(
      (kind == "01#" || kind == "04#" || kind == "15#") && are_digits(payment.account, 7, 7),
      "DK-R-008",
      "A giro payment (means 50) has a reference that begins with 01#, 04# or 15# and "
      "an account of 7 digits; they are '{}' and '{}'.",
      payment.reference, payment.account);
  findings.require((kind != "04#" && kind != "15#") || are_digits(reference.substr(3), 16, 16),
                   "DK-R-009", "The payment reference is '{}'; after {} come 16 digits.",
                   payment.reference, kind);
}

void check_means(const Payment& payment, Findings& findings) {
  findings.require(!payment.code.empty() || payment == Payment{}, "BR-49",
                   "The invoice says how to pay but not by which means (BT-81).");
  const bool allowed =
      std::find(kDanishCodes.begin(), kDanishCodes.end(), payment.code) != kDanishCodes.end();
  findings.require(payment.code.empty() || allowed, "DK-R-005",
                   "The means of payment (BT-81) is '{}'; Danish sellers use 1, 10, 31, 42, 48, "
                   "49, 50, 58, 59, 93 or 97.",
                   payment.code);
  findings.require(payment.code != "49" && payment.code != "59", "PEPPOL-EN16931-R061",
                   "Direct debit (means {}) needs the reference of a mandate, which an invoice "
                   "here cannot carry.",
                   payment.code);
  check_account(payment, findings);
  check_slip(payment, findings);
  check_giro(payment, findings);
  const bool has_part = !payment.account_name.empty() || !payment.institution.empty();
  findings.require(
      payment.code == "42" || payment.code == "31" || !has_part || !payment.account.empty(),
      "BR-50", "A bank account is described without its number (BT-84).");
  findings.require(payment.code != "58" || !payment.account.empty(), "BR-61",
                   "A SEPA transfer (means 58) needs an IBAN (BT-84).");
  findings.require(payment.code != "58" || payment.account.empty() || is_iban(payment.account),
                   "KKR-IBAN", "The account '{}' is not an IBAN.", payment.account);
}

}  // namespace

void check_payment(const Invoice& invoice, Findings& findings) {
  check_means(invoice.payment, findings);
  const bool asks_for_money =
      invoice.kind == Kind::kInvoice && invoice.totals.payable > platform::Money{};
  findings.require(!asks_for_money || invoice.payment != Payment{}, "KKR-PAYMENT",
                   "The invoice does not say how to pay it (BG-16).");
  findings.require(!asks_for_money || !invoice.due_date.empty(), "BR-CO-25",
                   "The invoice does not say when to pay it (BT-9).");
  findings.require(invoice.due_date.empty() || invoice.due_date >= invoice.issue_date,
                   "KKR-DUE-DATE", "The due date {} (BT-9) is before the issue date {} (BT-2).",
                   invoice.due_date, invoice.issue_date);
}

}  // namespace kkr::financing::einvoice
