// The ids of this service and the resource names they are part of. Parsing refuses whatever is not
// exactly such a name; what an id stands for may still be unknown.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/field/resource_name.h"

namespace kkr::financing {

using platform::region_of;

struct AgreementId {
  std::string text;
  auto operator<=>(const AgreementId&) const = default;
};

// Such as `165`.
struct MunicipalityCode {
  std::string text;
  auto operator<=>(const MunicipalityCode&) const = default;
};

struct PaymentId {
  std::string text;
  auto operator<=>(const PaymentId&) const = default;
};

// How one municipality wants its invoices under an agreement.
struct RecipientKey {
  AgreementId agreement;
  MunicipalityCode municipality;
  auto operator<=>(const RecipientKey&) const = default;
};

// A year of an agreement: its budget, its charge and its end.
struct YearKey {
  AgreementId agreement;
  int year = 0;
  auto operator<=>(const YearKey&) const = default;
};

// What numbers invoices: a host and the year of issue.
struct SeriesKey {
  MunicipalityCode host;
  int year = 0;
  auto operator<=>(const SeriesKey&) const = default;
};

// `{host code}-{year}-{number}`.
struct InvoiceId {
  SeriesKey series;
  int number = 0;
  auto operator<=>(const InvoiceId&) const = default;
};

// A resource name taken apart: the region and what it names there.
template <class Id>
struct Named {
  std::string region;
  Id id;
};
// The same with the number of a split, true-up or dunning step.
template <class Id>
struct Numbered {
  std::string region;
  Id id;
  int number = 0;
};

// nullopt for anything but a name of the kind.
std::optional<std::string> parse_region_name(std::string_view name);
std::optional<Named<AgreementId>> parse_agreement_name(std::string_view name);
std::optional<Named<RecipientKey>> parse_recipient_name(std::string_view name);
std::optional<Named<YearKey>> parse_budget_name(std::string_view name);
std::optional<Named<YearKey>> parse_charge_name(std::string_view name);
std::optional<Named<YearKey>> parse_year_end_name(std::string_view name);
std::optional<Numbered<YearKey>> parse_split_name(std::string_view name);
std::optional<Numbered<YearKey>> parse_true_up_name(std::string_view name);
std::optional<Named<InvoiceId>> parse_invoice_name(std::string_view name);
std::optional<Numbered<InvoiceId>> parse_dunning_name(std::string_view name);
std::optional<Named<PaymentId>> parse_payment_name(std::string_view name);
// `municipalities/{code}`; the code has three digits.
std::optional<MunicipalityCode> parse_municipality_name(std::string_view name);
// `regions/{region}/bodies/{body}`.
bool is_body_name(std::string_view name);

std::string agreement_name(std::string_view region, const AgreementId& agreement);
std::string budget_name(std::string_view region, const YearKey& year);
std::string charge_name(std::string_view region, const YearKey& year);
std::string split_name(std::string_view region, const YearKey& year, int number);
std::string true_up_name(std::string_view region, const YearKey& year, int number);
std::string invoice_name(std::string_view region, const InvoiceId& invoice);
std::string payment_name(std::string_view region, const PaymentId& payment);
std::string municipality_name(const MunicipalityCode& code);

// As it is printed and referred to in payments: the number filled up to four digits.
std::string printed_number(const InvoiceId& invoice);
// Such an id, printed or not: `165-2013-7` or `165-2013-0007`.
std::optional<InvoiceId> parse_invoice_id(std::string_view text);

// The stream an aggregate's events stand in.
std::string stream_of(const AgreementId& agreement);
std::string stream_of(const InvoiceId& invoice);
std::string stream_of(const PaymentId& payment);

// Three digits.
bool is_municipality_code(std::string_view text);
// An id a client may wish for: `[a-z][a-z0-9-]{0,62}`.
bool is_wishable_id(std::string_view id);

}  // namespace kkr::financing

namespace kkr::financing::ids_detail {
inline std::size_t mixed(std::size_t seed, std::size_t next) { return seed * 31 + next; }
}  // namespace kkr::financing::ids_detail

template <>
struct std::hash<kkr::financing::AgreementId> {
  std::size_t operator()(const kkr::financing::AgreementId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::financing::PaymentId> {
  std::size_t operator()(const kkr::financing::PaymentId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::financing::RecipientKey> {
  std::size_t operator()(const kkr::financing::RecipientKey& key) const noexcept {
    return kkr::financing::ids_detail::mixed(std::hash<std::string>{}(key.agreement.text),
                                             std::hash<std::string>{}(key.municipality.text));
  }
};
template <>
struct std::hash<kkr::financing::YearKey> {
  std::size_t operator()(const kkr::financing::YearKey& key) const noexcept {
    return kkr::financing::ids_detail::mixed(std::hash<std::string>{}(key.agreement.text),
                                             static_cast<std::size_t>(key.year));
  }
};
template <>
struct std::hash<kkr::financing::SeriesKey> {
  std::size_t operator()(const kkr::financing::SeriesKey& key) const noexcept {
    return kkr::financing::ids_detail::mixed(std::hash<std::string>{}(key.host.text),
                                             static_cast<std::size_t>(key.year));
  }
};
template <>
struct std::hash<kkr::financing::InvoiceId> {
  std::size_t operator()(const kkr::financing::InvoiceId& id) const noexcept {
    return kkr::financing::ids_detail::mixed(std::hash<kkr::financing::SeriesKey>{}(id.series),
                                             static_cast<std::size_t>(id.number));
  }
};
