#include "services/financing/domain/payment_matching.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace kkr::financing {
namespace {

using platform::Money;

constexpr std::size_t kHostDigits = 3;
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kGroupsMax = 3;  // Host, year and number, each a group of its own.
constexpr std::size_t kNumberDigitsMax = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A run of digits, and whether only spaces and hyphens part it from the one before.
struct DigitGroup {
  std::string digits;
  bool continues = false;
};

std::vector<DigitGroup> digit_groups(std::string_view text) {
  std::vector<DigitGroup> groups;
  bool continues = false;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      continues = continues && (text[i] == ' ' || text[i] == '-');
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    groups.push_back({std::string(text.substr(i, end - i)), continues});
    continues = true;
    i = end;
  }
  return groups;
}

// `16520130007` as number 7 of host 165 in 2013; nullopt when too few or too many digits follow
// host and year.
std::optional<InvoiceId> invoice_id(std::string_view digits) {
  constexpr std::size_t kPrefix = kHostDigits + kYearDigits;
  if (digits.size() <= kPrefix || digits.size() > kPrefix + kNumberDigitsMax) return std::nullopt;
  return parse_invoice_id(std::string(digits.substr(0, kHostDigits)) + "-" +
                          std::string(digits.substr(kHostDigits, kYearDigits)) + "-" +
                          std::string(digits.substr(kPrefix)));
}

std::vector<InvoiceId> invoices_of(Money amount, const OutstandingByInvoice& outstanding) {
  std::vector<InvoiceId> fitting;
  for (const auto& [invoice, open] : outstanding) {
    if (open == amount) fitting.push_back(invoice);
  }
  return fitting;
}

Match match_one(Money amount, const InvoiceId& invoice, Money outstanding) {
  if (outstanding.ore <= 0) return {Finding::kDouble, {}, amount, {invoice}};
  const Money paid = std::min(amount, outstanding);
  const Finding finding = amount == outstanding  ? Finding::kMatched
                          : amount < outstanding ? Finding::kPart
                                                 : Finding::kOver;
  return {finding, {{invoice, paid}}, amount - paid, {}};
}

// Several are paid only together and in full: who would say which of them a part is for?
Match match_several(Money amount, const std::vector<InvoiceId>& named,
                    const OutstandingByInvoice& outstanding) {
  Money sum;
  std::vector<Allocated> allocations;
  for (const InvoiceId& invoice : named) {
    const Money open = outstanding.at(invoice);
    if (open.ore <= 0) continue;
    sum += open;
    allocations.push_back({invoice, open});
  }
  if (allocations.empty()) return {Finding::kDouble, {}, amount, named};
  if (sum != amount) return {Finding::kAmbiguous, {}, amount, named};
  return {Finding::kMatched, allocations, Money{}, {}};
}

}  // namespace

std::vector<InvoiceId> named_invoices(std::string_view text,
                                      const OutstandingByInvoice& outstanding) {
  const std::vector<DigitGroup> groups = digit_groups(text);
  std::set<InvoiceId> named;
  for (std::size_t first = 0; first < groups.size(); ++first) {
    std::string digits;
    const std::size_t end = std::min(first + kGroupsMax, groups.size());
    for (std::size_t i = first; i < end && (i == first || groups[i].continues); ++i) {
      digits += groups[i].digits;
      const auto invoice = invoice_id(digits);
      if (invoice && outstanding.contains(*invoice)) named.insert(*invoice);
    }
  }
  return {named.begin(), named.end()};
}

Match match_payment(Money amount, std::string_view text, const OutstandingByInvoice& outstanding) {
  const std::vector<InvoiceId> named = named_invoices(text, outstanding);
  if (amount.ore <= 0) return {Finding::kWrongWay, {}, amount, named};
  if (named.size() == 1) return match_one(amount, named.front(), outstanding.at(named.front()));
  if (named.size() > 1) return match_several(amount, named, outstanding);
  const std::vector<InvoiceId> fitting = invoices_of(amount, outstanding);
  return {fitting.empty() ? Finding::kUnknown : Finding::kAmbiguous, {}, amount, fitting};
}

}  // namespace kkr::financing
