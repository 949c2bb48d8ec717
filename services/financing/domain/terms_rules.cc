#include "services/financing/domain/terms_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "services/financing/domain/ids.h"

namespace kkr::financing {
namespace {

constexpr char kOutOfScopeCode[] = "VATEX-EU-O";

void check_costs(Arguments& arguments, const std::string& field, const v1::Terms& terms) {
  std::set<int> kinds;
  for (const int kind : terms.cost_kinds()) {
    arguments.must(kind > v1::COST_KIND_UNSPECIFIED && kind <= v1::COST_KIND_OTHER,
                   field + ".cost_kinds", "a kind of cost");
    arguments.must(kinds.insert(kind).second, field + ".cost_kinds", "each kind once");
  }
  arguments.must(!kinds.empty(), field + ".cost_kinds", "given");
  const bool wants_overhead = kinds.count(v1::COST_KIND_OVERHEAD) > 0;
  arguments.must(terms.has_overhead() == wants_overhead, field + ".overhead",
                 "given exactly when overhead is one of the cost kinds");
  if (!terms.has_overhead()) return;
  switch (terms.overhead().rule_case()) {
    case v1::Overhead::kAmount:
      arguments.must(arguments.money(field + ".overhead.amount", terms.overhead().amount()) >
                         platform::Money{},
                     field + ".overhead.amount", "above zero");
      return;
    case v1::Overhead::kShareBasisPoints:
      arguments.between(field + ".overhead.share_basis_points",
                        terms.overhead().share_basis_points(), 1, 10'000);
      return;
    case v1::Overhead::RULE_NOT_SET:
      arguments.must(false, field + ".overhead", "an amount or a share");
  }
}

void check_vat(Arguments& arguments, const std::string& field, const v1::VatTreatment& vat) {
  arguments.text(field + ".reason", vat.reason(), 0, 200);
  arguments.text(field + ".exemption_code", vat.exemption_code(), 0, 30);
  switch (vat.category()) {
    case v1::VAT_CATEGORY_OUT_OF_SCOPE:
      arguments.must(!vat.reason().empty(), field + ".reason", "given");
      arguments.must(vat.exemption_code().empty() || vat.exemption_code() == kOutOfScopeCode,
                     field + ".exemption_code", kOutOfScopeCode);
      return;
    case v1::VAT_CATEGORY_EXEMPT:
      arguments.must(!vat.reason().empty(), field + ".reason", "given");
      return;
    case v1::VAT_CATEGORY_STANDARD:
      arguments.must(vat.reason().empty() && vat.exemption_code().empty(), field + ".reason",
                     "empty when taxed");
      return;
    case v1::VAT_CATEGORY_UNSPECIFIED:
    case v1::VatCategory_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::VatCategory_INT_MAX_SENTINEL_DO_NOT_USE_: break;
  }
  arguments.must(false, field + ".category", "out of scope, exempt or standard");
}

void check_key(Arguments& arguments, const std::string& field, const v1::PopulationKey& key) {
  const auto known = [](v1::ReferenceYear year) {
    return year == v1::REFERENCE_YEAR_SAME || year == v1::REFERENCE_YEAR_BEFORE;
  };
  arguments.must(known(key.regular()), field + ".regular", "given");
  arguments.must(known(key.first_year()), field + ".first_year", "given");
}

void check_dunning(Arguments& arguments, const std::string& field, const v1::DunningRule& rule) {
  arguments.between(field + ".steps", rule.steps(), 1, 5);
  arguments.between(field + ".days_between", rule.days_between(), 1, 90);
  arguments.between(field + ".payment_days", rule.payment_days(), 1, 60);
}

void check_texts(Arguments& arguments, const std::string& field, const v1::Terms& terms) {
  arguments.text(field + ".contact.display_name", terms.contact().display_name(), 0, 100);
  arguments.text(field + ".contact.telephone", terms.contact().telephone(), 0, 30);
  arguments.text(field + ".contact.email", terms.contact().email(), 0, 200);
  check_address(arguments, field + ".address", terms.address());
}

}  // namespace

void check_address(Arguments& arguments, const std::string& field,
                   const v1::PostalAddress& address) {
  arguments.text(field + ".street", address.street(), 0, 150);
  if (!address.postal_code().empty()) {
    arguments.digits(field + ".postal_code", address.postal_code(), 4, 4);
  }
  arguments.text(field + ".city", address.city(), 0, 100);
}

void check_terms(Arguments& arguments, const std::string& field, const v1::Terms& terms) {
  arguments.must(parse_municipality_name(terms.host()).has_value(), field + ".host",
                 "municipalities/{code}");
  arguments.must(parse_region_name(terms.members().of()) || is_body_name(terms.members().of()),
                 field + ".members.of", "regions/{region} or regions/{region}/bodies/{body}");
  arguments.optional_date(field + ".members.as_of_date", terms.members().as_of_date());
  check_costs(arguments, field, terms);
  check_key(arguments, field + ".key", terms.key());
  arguments.between(field + ".charge_month", terms.charge_month(), 1, 12);
  arguments.must(terms.first_year() == v1::FIRST_YEAR_RULE_AT_ONCE ||
                     terms.first_year() == v1::FIRST_YEAR_RULE_IN_CHARGE_MONTH,
                 field + ".first_year", "given");
  arguments.between(field + ".payment_term_days", terms.payment_term_days(), 1, 120);
  check_vat(arguments, field + ".vat", terms.vat());
  arguments.digits(field + ".account.registration_number", terms.account().registration_number(), 4,
                   4);
  arguments.digits(field + ".account.account_number", terms.account().account_number(), 1, 10);
  check_texts(arguments, field, terms);
  if (terms.has_dunning()) check_dunning(arguments, field + ".dunning", terms.dunning());
}

}  // namespace kkr::financing
