#include "services/financing/domain/agreement_commands.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/terms_rules.h"
#include "services/platform/field/field_behavior.h"

namespace kkr::financing {
namespace {

using platform::PrivateWrite;

// Takes the contact out of terms and says where it is kept instead.
void put_contact_aside(v1::Terms& terms, v1::ErasableText& place, const AgreementId& id,
                       const Context& context, std::vector<PrivateWrite>& writes) {
  if (!terms.has_contact()) return;
  place.set_key("agreement/" + id.text + "/contact/" + context.new_id);
  writes.push_back({place.key(), terms.contact().SerializeAsString()});
  terms.clear_contact();
}

std::optional<Refusal> fault_in(const v1::CreateAgreementRequest& command) {
  const v1::Agreement& agreement = command.agreement();
  Arguments arguments;
  arguments.must(parse_region_name(command.parent()).has_value(), "parent", "regions/{region}");
  arguments.must(command.agreement_id().empty() || is_wishable_id(command.agreement_id()),
                 "agreement_id", "[a-z][a-z0-9-]{0,62}");
  arguments.text("agreement.title", agreement.title(), 1, 200);
  arguments.text("agreement.case_number", agreement.case_number(), 0, 100);
  const LocalDate from = arguments.date("agreement.from_date", agreement.from_date());
  const auto to = arguments.optional_date("agreement.to_date", agreement.to_date());
  arguments.must(!to || *to >= from, "agreement.to_date", "not before the first day");
  arguments.must(agreement.versions_size() == 1, "agreement.versions", "exactly one");
  if (arguments.fault()) return arguments.fault();
  const v1::Terms& terms = agreement.versions(0);
  arguments.must(terms.from_date().empty() || terms.from_date() == agreement.from_date(),
                 "agreement.versions.from_date", "the agreement's first day");
  check_terms(arguments, "agreement.versions", terms);
  return arguments.fault();
}

template <class Change>
void change_agreement(Financing& state, const std::string& name, const Recorded& recorded,
                      Change&& apply) {
  const auto parsed = parse_agreement_name(name);
  if (!parsed) return;
  state.agreements.update(parsed->id, [&](Agreement& agreement) {
    std::forward<Change>(apply)(agreement);
    agreement.etag = etag_of(recorded);
  });
}

void put_version(Agreement& agreement, const v1::Terms& terms, const std::string& contact_key) {
  const LocalDate from = *platform::parse_date(terms.from_date());
  const auto at =
      std::find_if(agreement.versions.begin(), agreement.versions.end(),
                   [from](const TermsVersion& version) { return version.from >= from; });
  TermsVersion version{terms, contact_key, from};
  if (at != agreement.versions.end() && at->from == from) {
    *at = std::move(version);
  } else {
    agreement.versions.insert(at, std::move(version));
  }
}

// A charge of a later year, or one issued on or after the day, has taken the terms of that day for
// granted.
std::optional<Refusal> fault_in_charged(const Agreement& agreement, LocalDate from) {
  const bool charged = agreement.charged_year > from.year() ||
                       (agreement.charged_on && *agreement.charged_on >= from);
  if (!charged) return std::nullopt;
  return refusal(Rejection::kYearCharged, {{"year", std::to_string(agreement.charged_year)}});
}

bool is_erasable(const Agreement& agreement, const std::string& contact_key) {
  return !contact_key.empty() && agreement.issued_contact_keys.count(contact_key) == 0;
}

}  // namespace

std::shared_ptr<const Agreement> find_agreement(const Financing& state, std::string_view name) {
  const auto parsed = parse_agreement_name(name);
  return parsed ? state.agreements.find(parsed->id) : nullptr;
}

Decision decide(const Financing& state, const v1::CreateAgreementRequest& command,
                const Context& context) {
  const AgreementId id{command.agreement_id().empty() ? context.new_id : command.agreement_id()};
  if (state.agreements.contains(id)) return refusal(Rejection::kAgreementExists);
  if (auto fault = fault_in(command)) return *std::move(fault);
  Effects effects;
  v1::Event event;
  v1::AgreementCreated& fact = *event.mutable_agreement_created();
  *fact.mutable_agreement() = command.agreement();
  platform::clear_output_only(*fact.mutable_agreement());
  fact.mutable_agreement()->set_name(agreement_name(region_of(command.parent()), id));
  v1::Terms& terms = *fact.mutable_agreement()->mutable_versions(0);
  terms.set_from_date(command.agreement().from_date());
  put_contact_aside(terms, *fact.mutable_contact(), id, context, effects.private_writes);
  effects.facts.push_back({stream_of(id), std::move(event)});
  return effects;
}

Decision decide(const Financing& state, const v1::AmendAgreementRequest& command,
                const Context& context) {
  const auto agreement = find_agreement(state, command.name());
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  if (is_stale(command.etag(), agreement->etag)) return refusal(Rejection::kEtagStale);
  Arguments arguments;
  const LocalDate from = arguments.date("terms.from_date", command.terms().from_date());
  check_terms(arguments, "terms", command.terms());
  if (arguments.fault()) return *arguments.fault();
  if (from < agreement->from || (agreement->to && from > *agreement->to)) {
    return refusal(Rejection::kOutsideAgreement);
  }
  if (auto fault = fault_in_charged(*agreement, from)) return *std::move(fault);
  const AgreementId id = parse_agreement_name(command.name())->id;
  Effects effects;
  v1::Event event;
  v1::AgreementAmended& fact = *event.mutable_agreement_amended();
  fact.set_agreement(command.name());
  *fact.mutable_terms() = command.terms();
  fact.mutable_terms()->DiscardUnknownFields();
  put_contact_aside(*fact.mutable_terms(), *fact.mutable_contact(), id, context,
                    effects.private_writes);
  // Terms that are replaced whole take their contact with them.
  const TermsVersion& present = terms_on(*agreement, from);
  if (present.from == from && is_erasable(*agreement, present.contact_key)) {
    effects.private_writes.push_back({present.contact_key, std::nullopt});
  }
  effects.facts.push_back({stream_of(id), std::move(event)});
  return effects;
}

Decision decide(const Financing& state, const v1::EndAgreementRequest& command, const Context&) {
  const auto agreement = find_agreement(state, command.name());
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  if (is_stale(command.etag(), agreement->etag)) return refusal(Rejection::kEtagStale);
  Arguments arguments;
  const LocalDate to = arguments.date("to_date", command.to_date());
  if (arguments.fault()) return *arguments.fault();
  if (to < agreement->from) return refusal(Rejection::kOutsideAgreement);
  if (agreement->to == to) return Effects{};
  if (agreement->charged_year > to.year()) {
    return refusal(Rejection::kYearCharged, {{"year", std::to_string(agreement->charged_year)}});
  }
  v1::Event event;
  event.mutable_agreement_ended()->set_agreement(command.name());
  event.mutable_agreement_ended()->set_to_date(command.to_date());
  return Effects{{{stream_of(parse_agreement_name(command.name())->id), std::move(event)}}, {}};
}

Decision decide(const Financing& state, const v1::EraseContactsRequest& command, const Context&) {
  const auto agreement = find_agreement(state, command.name());
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  Effects effects;
  for (const TermsVersion& version : agreement->versions) {
    if (!is_erasable(*agreement, version.contact_key)) continue;
    effects.private_writes.push_back({version.contact_key, std::nullopt});
  }
  if (effects.private_writes.empty()) return Effects{};
  v1::Event event;
  event.mutable_contacts_erased()->set_agreement(command.name());
  effects.facts.push_back({stream_of(parse_agreement_name(command.name())->id), std::move(event)});
  return effects;
}

void create(Financing& state, const v1::AgreementCreated& fact, const Recorded& recorded) {
  change_agreement(state, fact.agreement().name(), recorded, [&](Agreement& agreement) {
    agreement.content = fact.agreement();
    agreement.content.clear_versions();
    agreement.from = *platform::parse_date(fact.agreement().from_date());
    agreement.to = platform::parse_date(fact.agreement().to_date());
    put_version(agreement, fact.agreement().versions(0), fact.contact().key());
    agreement.created_at = recorded.at.recorded_at;
  });
}

void amend(Financing& state, const v1::AgreementAmended& fact, const Recorded& recorded) {
  change_agreement(state, fact.agreement(), recorded, [&](Agreement& agreement) {
    put_version(agreement, fact.terms(), fact.contact().key());
  });
}

void end(Financing& state, const v1::AgreementEnded& fact, const Recorded& recorded) {
  change_agreement(state, fact.agreement(), recorded, [&](Agreement& agreement) {
    agreement.to = platform::parse_date(fact.to_date());
    agreement.content.set_to_date(fact.to_date());
  });
}

void erase(Financing& state, const v1::ContactsErased& fact, const Recorded& recorded) {
  change_agreement(state, fact.agreement(), recorded, [](Agreement& agreement) {
    for (TermsVersion& version : agreement.versions) {
      if (is_erasable(agreement, version.contact_key)) version.contact_key.clear();
    }
  });
}

}  // namespace kkr::financing
