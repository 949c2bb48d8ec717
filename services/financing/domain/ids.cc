#include "services/financing/domain/ids.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>
#include <vector>

#include "services/platform/field/resource_name.h"

namespace kkr::financing {
namespace {

constexpr std::size_t kIdCharactersMax = 63;
constexpr std::string_view kAnnual = "-annual";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text.append(part);
  return text;
}

// A number of digits alone, without leading zeros unless they are allowed.
std::optional<int> parse_number(std::string_view text, bool leading_zeros = false) {
  constexpr std::size_t kDigitsMax = 9;
  if (text.empty() || text.size() > kDigitsMax) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  if (!leading_zeros && text.size() > 1 && text.front() == '0') return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<int> parse_year(std::string_view text) {
  constexpr int kYearMin = 1900;
  const auto year = text.size() == 4 ? parse_number(text) : std::nullopt;
  return year && *year >= kYearMin ? year : std::nullopt;
}

// A name of a year of an agreement: the last variable of the pattern is `year_text`.
std::optional<Named<YearKey>> parse_year_name(std::string_view pattern, std::string_view name,
                                              std::string_view suffix) {
  const auto ids = platform::match_name(pattern, name);
  if (!ids) return std::nullopt;
  std::string_view last = ids->at(2);
  if (!last.ends_with(suffix)) return std::nullopt;
  last.remove_suffix(suffix.size());
  const auto year = parse_year(last);
  if (!year) return std::nullopt;
  return Named<YearKey>{ids->at(0), {AgreementId{ids->at(1)}, *year}};
}

std::optional<Numbered<YearKey>> parse_numbered_name(std::string_view pattern,
                                                     std::string_view name) {
  const auto ids = platform::match_name(pattern, name);
  if (!ids) return std::nullopt;
  const auto year = parse_year(ids->at(2));
  const auto number = parse_number(ids->at(3));
  if (!year || !number) return std::nullopt;
  return Numbered<YearKey>{ids->at(0), {AgreementId{ids->at(1)}, *year}, *number};
}

}  // namespace

std::optional<std::string> parse_region_name(std::string_view name) {
  auto ids = platform::match_name("regions/{region}", name);
  if (!ids) return std::nullopt;
  return std::move(ids->at(0));
}

std::optional<Named<AgreementId>> parse_agreement_name(std::string_view name) {
  const auto ids = platform::match_name("regions/{region}/agreements/{agreement}", name);
  if (!ids) return std::nullopt;
  return Named<AgreementId>{ids->at(0), AgreementId{ids->at(1)}};
}

std::optional<Named<RecipientKey>> parse_recipient_name(std::string_view name) {
  const auto ids = platform::match_name(
      "regions/{region}/agreements/{agreement}/recipients/{municipality}", name);
  if (!ids || !is_municipality_code(ids->at(2))) return std::nullopt;
  return Named<RecipientKey>{ids->at(0), {AgreementId{ids->at(1)}, MunicipalityCode{ids->at(2)}}};
}

std::optional<Named<YearKey>> parse_budget_name(std::string_view name) {
  return parse_year_name("regions/{region}/agreements/{agreement}/budgets/{year}", name, "");
}

std::optional<Named<YearKey>> parse_charge_name(std::string_view name) {
  return parse_year_name("regions/{region}/agreements/{agreement}/charges/{charge}", name, kAnnual);
}

std::optional<Named<YearKey>> parse_year_end_name(std::string_view name) {
  return parse_year_name("regions/{region}/agreements/{agreement}/yearEnds/{year}", name, "");
}

std::optional<Numbered<YearKey>> parse_split_name(std::string_view name) {
  return parse_numbered_name(
      "regions/{region}/agreements/{agreement}/budgets/{year}/splits/{number}", name);
}

std::optional<Numbered<YearKey>> parse_true_up_name(std::string_view name) {
  return parse_numbered_name(
      "regions/{region}/agreements/{agreement}/budgets/{year}/trueUps/{number}", name);
}

std::optional<Named<InvoiceId>> parse_invoice_name(std::string_view name) {
  const auto ids = platform::match_name("regions/{region}/invoices/{invoice}", name);
  if (!ids) return std::nullopt;
  const auto invoice = parse_invoice_id(ids->at(1));
  if (!invoice || invoice_name(ids->at(0), *invoice) != name) return std::nullopt;
  return Named<InvoiceId>{ids->at(0), *invoice};
}

std::optional<Numbered<InvoiceId>> parse_dunning_name(std::string_view name) {
  const auto ids =
      platform::match_name("regions/{region}/invoices/{invoice}/dunnings/{step}", name);
  if (!ids) return std::nullopt;
  const auto invoice = parse_invoice_id(ids->at(1));
  const auto step = parse_number(ids->at(2));
  if (!invoice || !step) return std::nullopt;
  return Numbered<InvoiceId>{ids->at(0), *invoice, *step};
}

std::optional<Named<PaymentId>> parse_payment_name(std::string_view name) {
  const auto ids = platform::match_name("regions/{region}/payments/{payment}", name);
  if (!ids) return std::nullopt;
  return Named<PaymentId>{ids->at(0), PaymentId{ids->at(1)}};
}

std::optional<MunicipalityCode> parse_municipality_name(std::string_view name) {
  const auto ids = platform::match_name("municipalities/{code}", name);
  if (!ids || !is_municipality_code(ids->at(0))) return std::nullopt;
  return MunicipalityCode{ids->at(0)};
}

bool is_body_name(std::string_view name) {
  return platform::match_name("regions/{region}/bodies/{body}", name).has_value();
}

std::string agreement_name(std::string_view region, const AgreementId& agreement) {
  return joined({"regions/", region, "/agreements/", agreement.text});
}

std::string budget_name(std::string_view region, const YearKey& year) {
  return agreement_name(region, year.agreement) + "/budgets/" + std::to_string(year.year);
}

std::string charge_name(std::string_view region, const YearKey& year) {
  return joined(
      {agreement_name(region, year.agreement), "/charges/", std::to_string(year.year), kAnnual});
}

std::string split_name(std::string_view region, const YearKey& year, int number) {
  return budget_name(region, year) + "/splits/" + std::to_string(number);
}

std::string true_up_name(std::string_view region, const YearKey& year, int number) {
  return budget_name(region, year) + "/trueUps/" + std::to_string(number);
}

std::string invoice_name(std::string_view region, const InvoiceId& invoice) {
  return joined({"regions/", region, "/invoices/", invoice.series.host.text, "-",
                 std::to_string(invoice.series.year), "-", std::to_string(invoice.number)});
}

std::string payment_name(std::string_view region, const PaymentId& payment) {
  return joined({"regions/", region, "/payments/", payment.text});
}

std::string municipality_name(const MunicipalityCode& code) {
  return "municipalities/" + code.text;
}

std::string printed_number(const InvoiceId& invoice) {
  constexpr std::size_t kDigitsMin = 4;
  std::string number = std::to_string(invoice.number);
  if (number.size() < kDigitsMin) number.insert(0, kDigitsMin - number.size(), '0');
  return joined({invoice.series.host.text, "-", std::to_string(invoice.series.year), "-", number});
}

std::optional<InvoiceId> parse_invoice_id(std::string_view text) {
  constexpr std::size_t kNumberAt = 9;  // After `165-2013-`.
  if (text.size() <= kNumberAt || text[3] != '-' || text[8] != '-') return std::nullopt;
  const std::string_view host = text.substr(0, 3);
  const auto year = parse_year(text.substr(4, 4));
  const auto number = parse_number(text.substr(kNumberAt), /*leading_zeros=*/true);
  if (!is_municipality_code(host) || !year || !number || *number == 0) return std::nullopt;
  return InvoiceId{{MunicipalityCode{std::string(host)}, *year}, *number};
}

std::string stream_of(const AgreementId& agreement) { return "agreement-" + agreement.text; }
std::string stream_of(const InvoiceId& invoice) {
  return joined({"invoice-", invoice.series.host.text, "-", std::to_string(invoice.series.year),
                 "-", std::to_string(invoice.number)});
}
std::string stream_of(const PaymentId& payment) { return "payment-" + payment.text; }

bool is_municipality_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_wishable_id(std::string_view id) {
  return !id.empty() && id.size() <= kIdCharactersMax && is_lower(id.front()) &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

}  // namespace kkr::financing
