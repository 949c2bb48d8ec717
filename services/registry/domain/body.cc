#include "services/registry/domain/body.h"

#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/registry/domain/checks.h"
#include "services/registry/domain/update_mask.h"

namespace kkr::registry {
namespace {

std::optional<Refusal> check_fields(const v1::Body& body) {
  if (auto refusal = check_text("display_name", body.display_name())) return refusal;
  if (body.kind() == v1::BODY_KIND_UNSPECIFIED || !v1::BodyKind_IsValid(body.kind())) {
    return refuse(Rejection::kBodyKindMissing, {{"field", "kind"}});
  }
  return std::nullopt;
}

}  // namespace

Decision decide(const State& state, const v1::CreateBodyRequest& command, const Context&) {
  const auto parent = RegionName::parse(command.parent());
  if (!parent) return refuse(Rejection::kNameInvalid, {{"field", "parent"}});
  if (!platform::is_resource_id(command.body_id()))
    return refuse(Rejection::kIdInvalid, {{"field", "body_id"}});
  const auto region = state.regions.find(*parent);
  if (region == nullptr) return refuse(Rejection::kRegionUnknown, {{"name", parent->text}});
  const auto name = child<BodyName>(parent->text, "bodies", command.body_id());
  if (state.bodies.contains(name)) return refuse(Rejection::kAlreadyExists, {{"name", name.text}});
  const v1::Body& body = command.body();
  if (auto refusal = check_fields(body)) return *refusal;
  auto read = read_period(body.from_date(), body.to_date());
  if (const auto* refusal = std::get_if<Refusal>(&read)) return *refusal;
  Period& period = std::get<Period>(read);
  if (!period.to) period.to = region->period.to;
  if (!region->period.contains(period)) {
    return refuse(Rejection::kOutsidePeriod, period_details(region->period));
  }

  v1::Event event;
  v1::BodyCreated& created = *event.mutable_body_created();
  created.set_body(name.text);
  created.set_display_name(body.display_name());
  created.set_kind(body.kind());
  write_period(period, created);
  return record(stream_of(name), std::move(event));
}

Decision decide(const State& state, const v1::UpdateBodyRequest& command, const Context&) {
  static const std::vector<std::string_view> fields = {"display_name", "kind"};
  const auto name = BodyName::parse(command.body().name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "body.name"}});
  const auto present = state.bodies.find(*name);
  if (present == nullptr) return refuse(Rejection::kBodyUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.body().etag(), present->position)) return *refusal;
  if (auto refusal = check_mask(command.update_mask(), fields)) return *refusal;
  v1::Body next;
  next.set_display_name(present->display_name);
  next.set_kind(present->kind);
  apply_mask(command.update_mask(), fields, command.body(), next);
  if (auto refusal = check_fields(next)) return *refusal;
  if (next.display_name() == present->display_name && next.kind() == present->kind) {
    return Effects{};
  }

  v1::Event event;
  v1::BodyUpdated& updated = *event.mutable_body_updated();
  updated.set_body(name->text);
  updated.set_display_name(next.display_name());
  updated.set_kind(next.kind());
  return record(stream_of(*name), std::move(event));
}

Decision decide(const State& state, const v1::EndBodyRequest& command, const Context&) {
  const auto name = BodyName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto body = state.bodies.find(*name);
  if (body == nullptr) return refuse(Rejection::kBodyUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), body->position)) return *refusal;
  const auto date = read_date(command.to_date(), "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  const Period period{body->period.from, std::get<LocalDate>(date)};
  if (*period.to < period.from) return refuse(Rejection::kPeriodReversed, period_details(period));
  const Period within = state.regions.find(region_of(name->text))->period;
  if (!within.contains(period)) return refuse(Rejection::kOutsidePeriod, period_details(within));
  if (body->period == period) return Effects{};

  v1::Event event;
  event.mutable_body_ended()->set_body(name->text);
  event.mutable_body_ended()->set_to_date(platform::format_date(*period.to));
  return record(stream_of(*name), std::move(event));
}

void evolve(State& state, const v1::BodyCreated& fact, const Place& at) {
  state.bodies.set(BodyName{fact.body()},
                   Body{fact.display_name(), fact.kind(),
                        stored_period(fact.from_date(), fact.to_date()), at.position});
}

void evolve(State& state, const v1::BodyUpdated& fact, const Place& at) {
  state.bodies.update(BodyName{fact.body()}, [&](Body& body) {
    body.display_name = fact.display_name();
    body.kind = fact.kind();
    body.position = at.position;
  });
}

void evolve(State& state, const v1::BodyEnded& fact, const Place& at) {
  state.bodies.update(BodyName{fact.body()}, [&](Body& body) {
    body.period.to = platform::parse_date(fact.to_date());
    body.position = at.position;
  });
}

}  // namespace kkr::registry
