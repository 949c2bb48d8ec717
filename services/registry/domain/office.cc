#include "services/registry/domain/office.h"

#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/registry/domain/checks.h"

namespace kkr::registry {
namespace {

// kNameInvalid or the kind of parent that is unknown; nothing when it is there.
std::optional<Refusal> check_parent(const State& state, const std::string& parent) {
  if (const auto municipality = MunicipalityName::parse(parent)) {
    if (state.municipalities.contains(*municipality)) return std::nullopt;
    return refuse(Rejection::kMunicipalityUnknown, {{"name", parent}});
  }
  if (const auto body = BodyName::parse(parent)) {
    if (state.bodies.contains(*body)) return std::nullopt;
    return refuse(Rejection::kBodyUnknown, {{"name", parent}});
  }
  return refuse(Rejection::kNameInvalid, {{"field", "parent"}});
}

v1::Event tenure_ended(const OfficeName& name, LocalDate from, LocalDate to) {
  v1::Event event;
  event.mutable_tenure_ended()->set_office(name.text);
  write_period({from, to}, *event.mutable_tenure_ended());
  return event;
}

}  // namespace

Decision decide(const State& state, const v1::CreateOfficeRequest& command, const Context&) {
  const auto parent_refusal = check_parent(state, command.parent());
  if (parent_refusal && parent_refusal->rejection == Rejection::kNameInvalid) {
    return *parent_refusal;
  }
  if (!platform::is_resource_id(command.office_id()))
    return refuse(Rejection::kIdInvalid, {{"field", "office_id"}});
  if (parent_refusal) return *parent_refusal;
  const auto name = child<OfficeName>(command.parent(), "offices", command.office_id());
  if (state.offices.contains(name)) return refuse(Rejection::kAlreadyExists, {{"name", name.text}});
  const v1::Office& office = command.office();
  if (auto refusal = check_text("title", office.title())) return *refusal;
  const auto period = read_period(office.from_date(), office.to_date());
  if (const auto* refusal = std::get_if<Refusal>(&period)) return *refusal;

  v1::Event event;
  event.mutable_office_created()->set_office(name.text);
  event.mutable_office_created()->set_title(office.title());
  write_period(std::get<Period>(period), *event.mutable_office_created());
  return record(stream_of(name), std::move(event));
}

Decision decide(const State& state, const v1::EndOfficeRequest& command, const Context&) {
  const auto name = OfficeName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto office = state.offices.find(*name);
  if (office == nullptr) return refuse(Rejection::kOfficeUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), office->position)) return *refusal;
  const auto date = read_date(command.to_date(), "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  const LocalDate to = std::get<LocalDate>(date);
  if (to < office->period.from) {
    return refuse(Rejection::kPeriodReversed, period_details({office->period.from, to}));
  }
  for (const Tenure& tenure : office->tenures) {
    if (tenure.period.from > to) {
      return refuse(Rejection::kTenureStartsLater,
                    {{"from_date", platform::format_date(tenure.period.from)}});
    }
  }
  if (office->period.to == to) return Effects{};

  v1::Event event;
  event.mutable_office_ended()->set_office(name->text);
  event.mutable_office_ended()->set_to_date(platform::format_date(to));
  Effects effects = record(stream_of(*name), std::move(event));
  for (const Tenure& tenure : office->tenures) {
    if (!tenure.period.outlasts(to)) continue;
    effects.facts.push_back({stream_of(*name), tenure_ended(*name, tenure.period.from, to)});
  }
  return effects;
}

Decision decide(const State& state, const v1::AppointHolderRequest& command, const Context&) {
  const auto name = OfficeName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto person_name = PersonName::parse(command.person());
  if (!person_name) return refuse(Rejection::kNameInvalid, {{"field", "person"}});
  const auto office = state.offices.find(*name);
  if (office == nullptr) return refuse(Rejection::kOfficeUnknown, {{"name", name->text}});
  const auto person = state.persons.find(*person_name);
  if (person == nullptr) return refuse(Rejection::kPersonUnknown, {{"name", person_name->text}});
  if (auto refusal = check_etag(command.etag(), office->position)) return *refusal;
  auto read = read_period(command.from_date(), command.to_date());
  if (const auto* refusal = std::get_if<Refusal>(&read)) return *refusal;
  Period& period = std::get<Period>(read);
  if (!period.to) period.to = office->period.to;
  if (person->erased) return refuse(Rejection::kPersonErased, {{"name", person_name->text}});
  if (!office->period.contains(period)) {
    return refuse(Rejection::kOutsidePeriod, period_details(office->period));
  }
  for (const Tenure& other : office->tenures) {
    if (other.period.overlaps(period)) {
      return refuse(Rejection::kTenureOverlaps, period_details(other.period));
    }
  }

  v1::Event event;
  v1::HolderAppointed& appointed = *event.mutable_holder_appointed();
  appointed.set_office(name->text);
  appointed.set_person(person_name->text);
  write_period(period, appointed);
  return record(stream_of(*name), std::move(event));
}

Decision decide(const State& state, const v1::EndTenureRequest& command, const Context&) {
  const auto name = OfficeName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto office = state.offices.find(*name);
  if (office == nullptr) return refuse(Rejection::kOfficeUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), office->position)) return *refusal;
  const auto date = read_date(command.to_date(), "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  const LocalDate to = std::get<LocalDate>(date);
  const Tenure* tenure = in_force(office->tenures, to);
  if (tenure == nullptr) {
    return refuse(Rejection::kTenureUnknown, {{"to_date", platform::format_date(to)}});
  }
  if (tenure->period.to == to) return Effects{};
  return record(stream_of(*name), tenure_ended(*name, tenure->period.from, to));
}

void evolve(State& state, const v1::OfficeCreated& fact, const Place& at) {
  state.offices.set(
      OfficeName{fact.office()},
      Office{fact.title(), stored_period(fact.from_date(), fact.to_date()), {}, at.position});
}

void evolve(State& state, const v1::OfficeEnded& fact, const Place& at) {
  state.offices.update(OfficeName{fact.office()}, [&](Office& office) {
    office.period.to = platform::parse_date(fact.to_date());
    office.position = at.position;
  });
}

void evolve(State& state, const v1::HolderAppointed& fact, const Place& at) {
  Tenure tenure{PersonName{fact.person()}, stored_period(fact.from_date(), fact.to_date())};
  state.offices.update(OfficeName{fact.office()}, [&](Office& office) {
    const auto place = std::upper_bound(
        office.tenures.begin(), office.tenures.end(), tenure,
        [](const Tenure& a, const Tenure& b) { return a.period.from < b.period.from; });
    office.tenures.insert(place, std::move(tenure));
    office.position = at.position;
  });
}

void evolve(State& state, const v1::TenureEnded& fact, const Place& at) {
  const Period period = stored_period(fact.from_date(), fact.to_date());
  state.offices.update(OfficeName{fact.office()}, [&](Office& office) {
    for (Tenure& tenure : office.tenures) {
      if (tenure.period.from == period.from) tenure.period.to = period.to;
    }
    office.position = at.position;
  });
}

}  // namespace kkr::registry
