#include "services/registry/domain/municipality.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/registry/domain/checks.h"
#include "services/registry/domain/update_mask.h"

namespace kkr::registry {
namespace {

std::optional<Refusal> check_fields(const v1::Municipality& municipality) {
  if (auto refusal = check_text("display_name", municipality.display_name())) return refusal;
  if (auto refusal = check_text("official_name", municipality.official_name())) return refusal;
  if (auto refusal = check_cvr(municipality.cvr())) return refusal;
  if (auto refusal = check_optional_ean(municipality.ean())) return refusal;
  return check_optional_email(municipality.mailbox(), "mailbox");
}

template <class Message, class From>
void copy_fields(const From& from, Message& to) {
  to.set_display_name(from.display_name());
  to.set_official_name(from.official_name());
  to.set_cvr(from.cvr());
  to.set_ean(from.ean());
  to.set_mailbox(from.mailbox());
}

template <class FactMessage>
void keep_fields(const FactMessage& fact, const Place& at, Municipality& municipality) {
  municipality.display_name = fact.display_name();
  municipality.official_name = fact.official_name();
  municipality.cvr = fact.cvr();
  municipality.ean = fact.ean();
  municipality.mailbox = fact.mailbox();
  municipality.position = at.position;
}

v1::Municipality updatable_fields(const Municipality& municipality) {
  v1::Municipality fields;
  fields.set_display_name(municipality.display_name);
  fields.set_official_name(municipality.official_name);
  fields.set_cvr(municipality.cvr);
  fields.set_ean(municipality.ean);
  fields.set_mailbox(municipality.mailbox);
  return fields;
}

}  // namespace

Decision decide(const State& state, const v1::CreateMunicipalityRequest& command, const Context&) {
  if (!is_municipality_code(command.municipality_id())) {
    return refuse(Rejection::kIdInvalid, {{"field", "municipality_id"}});
  }
  const auto name = child<MunicipalityName>("", "municipalities", command.municipality_id());
  if (state.municipalities.contains(name)) {
    return refuse(Rejection::kAlreadyExists, {{"name", name.text}});
  }
  if (auto refusal = check_fields(command.municipality())) return *refusal;

  v1::Event event;
  event.mutable_municipality_created()->set_municipality(name.text);
  copy_fields(command.municipality(), *event.mutable_municipality_created());
  return record(stream_of(name), std::move(event));
}

Decision decide(const State& state, const v1::UpdateMunicipalityRequest& command, const Context&) {
  static const std::vector<std::string_view> fields = {"display_name", "official_name", "cvr",
                                                       "ean", "mailbox"};
  const auto name = MunicipalityName::parse(command.municipality().name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "municipality.name"}});
  const auto present = state.municipalities.find(*name);
  if (present == nullptr) return refuse(Rejection::kMunicipalityUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.municipality().etag(), present->position)) return *refusal;
  if (auto refusal = check_mask(command.update_mask(), fields)) return *refusal;
  const v1::Municipality before = updatable_fields(*present);
  v1::Municipality next = before;
  apply_mask(command.update_mask(), fields, command.municipality(), next);
  if (auto refusal = check_fields(next)) return *refusal;
  if (next.SerializeAsString() == before.SerializeAsString()) return Effects{};

  v1::Event event;
  event.mutable_municipality_updated()->set_municipality(name->text);
  copy_fields(next, *event.mutable_municipality_updated());
  return record(stream_of(*name), std::move(event));
}

Decision decide(const State& state, const v1::RecordPopulationRequest& command,
                const Context& context) {
  const auto name = MunicipalityName::parse(command.parent());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "parent"}});
  if (!state.municipalities.contains(*name)) {
    return refuse(Rejection::kMunicipalityUnknown, {{"name", name->text}});
  }
  const v1::Population& figure = command.population();
  if (auto refusal = check_text("source", figure.source())) return *refusal;
  const auto date = read_date(figure.reference_date(), "reference_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  if (std::get<LocalDate>(date) > platform::local_date_of(context.now)) {
    return refuse(Rejection::kReferenceDateInFuture, {{"reference_date", figure.reference_date()}});
  }
  if (figure.count() < 0 || figure.count() > kCountMax) {
    return refuse(Rejection::kCountOutOfRange, {{"count_max", absl::StrCat(kCountMax)}});
  }
  return record_populations(state, *name, {figure});
}

Effects record_populations(const State& state, const MunicipalityName& name,
                           const std::vector<v1::Population>& figures) {
  const auto municipality = state.municipalities.find(name);
  v1::Event event;
  v1::PopulationsRecorded& recorded = *event.mutable_populations_recorded();
  recorded.set_municipality(name.text);
  for (const v1::Population& figure : figures) {
    const LocalDate date = *platform::parse_date(figure.reference_date());
    const PopulationRecord* present = population_on(*municipality, date, figure.source());
    if (present != nullptr && present->count == figure.count()) continue;
    v1::PopulationsRecorded::Figure& added = *recorded.add_figures();
    added.set_reference_date(figure.reference_date());
    added.set_source(figure.source());
    added.set_count(figure.count());
  }
  if (recorded.figures().empty()) return Effects{};
  return record(stream_of(name), std::move(event));
}

const PopulationRecord* population_on(const Municipality& municipality, LocalDate reference_date,
                                      std::string_view source) {
  const auto& records = municipality.populations;
  const auto found = std::find_if(records.rbegin(), records.rend(), [&](const auto& record) {
    return record.reference_date == reference_date && record.source == source;
  });
  return found == records.rend() ? nullptr : &*found;
}

const PopulationRecord* population_as_of(const Municipality& municipality, LocalDate as_of) {
  const PopulationRecord* latest = nullptr;
  for (const PopulationRecord& record : municipality.populations) {
    if (record.reference_date > as_of) continue;
    if (latest == nullptr || record.reference_date >= latest->reference_date) latest = &record;
  }
  return latest;
}

void evolve(State& state, const v1::MunicipalityCreated& fact, const Place& at) {
  Municipality municipality;
  keep_fields(fact, at, municipality);
  state.municipalities.set(MunicipalityName{fact.municipality()}, std::move(municipality));
}

void evolve(State& state, const v1::MunicipalityUpdated& fact, const Place& at) {
  state.municipalities.update(MunicipalityName{fact.municipality()},
                              [&](Municipality& present) { keep_fields(fact, at, present); });
}

void evolve(State& state, const v1::PopulationsRecorded& fact, const Place& at) {
  state.municipalities.update(MunicipalityName{fact.municipality()}, [&](Municipality& present) {
    for (const v1::PopulationsRecorded::Figure& figure : fact.figures()) {
      const LocalDate date = platform::parse_date(figure.reference_date()).value_or(LocalDate());
      present.populations.push_back({date, figure.source(), figure.count(), at.recorded_at});
    }
    present.position = at.position;
  });
}

}  // namespace kkr::registry
