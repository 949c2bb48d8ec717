#include "services/registry/domain/region.h"

#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/registry/domain/checks.h"
#include "services/registry/domain/memberships.h"
#include "services/registry/domain/region_end.h"
#include "services/registry/domain/update_mask.h"

namespace kkr::registry {
namespace {

// A region's id becomes part of its log's file name.
bool is_region_id(std::string_view id) {
  return platform::is_resource_id(id) && id.front() >= 'a' && id.front() <= 'z';
}

// Whether `municipality` belongs to another region than `own` during `period`, and to which.
std::optional<Refusal> check_no_other_region(const State& state, const RegionName& own,
                                             const MunicipalityName& municipality,
                                             const Period& period) {
  std::optional<Refusal> refusal;
  state.regions.for_each([&](const RegionName& name, const Region& region) {
    if (refusal || name == own) return;
    if (const Membership* other = overlapping(region.members, municipality, period)) {
      auto details = period_details(other->period);
      details["region"] = name.text;
      refusal = refuse(Rejection::kMemberOfAnotherRegion, std::move(details));
    }
  });
  return refusal;
}

std::optional<Refusal> check_names(const v1::Region& region) {
  if (auto refusal = check_text("display_name", region.display_name())) return refusal;
  return check_text("official_name", region.official_name());
}

}  // namespace

Decision decide(const State& state, const v1::CreateRegionRequest& command, const Context&) {
  if (!is_region_id(command.region_id())) {
    return refuse(Rejection::kIdInvalid, {{"field", "region_id"}});
  }
  const auto name = child<RegionName>("", "regions", command.region_id());
  if (state.regions.contains(name)) return refuse(Rejection::kAlreadyExists, {{"name", name.text}});
  const v1::Region& region = command.region();
  if (auto refusal = check_names(region)) return *refusal;
  const auto period = read_period(region.from_date(), region.to_date());
  if (const auto* refusal = std::get_if<Refusal>(&period)) return *refusal;

  v1::Event event;
  v1::RegionCreated& created = *event.mutable_region_created();
  created.set_region(name.text);
  created.set_display_name(region.display_name());
  created.set_official_name(region.official_name());
  write_period(std::get<Period>(period), created);
  return record(stream_of(name), std::move(event));
}

Decision decide(const State& state, const v1::UpdateRegionRequest& command, const Context&) {
  static const std::vector<std::string_view> fields = {"display_name", "official_name"};
  const auto name = RegionName::parse(command.region().name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "region.name"}});
  const auto present = state.regions.find(*name);
  if (present == nullptr) return refuse(Rejection::kRegionUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.region().etag(), present->position)) return *refusal;
  if (auto refusal = check_mask(command.update_mask(), fields)) return *refusal;
  v1::Region next;
  next.set_display_name(present->display_name);
  next.set_official_name(present->official_name);
  apply_mask(command.update_mask(), fields, command.region(), next);
  if (auto refusal = check_names(next)) return *refusal;
  if (next.display_name() == present->display_name &&
      next.official_name() == present->official_name) {
    return Effects{};
  }

  v1::Event event;
  v1::RegionUpdated& updated = *event.mutable_region_updated();
  updated.set_region(name->text);
  updated.set_display_name(next.display_name());
  updated.set_official_name(next.official_name());
  return record(stream_of(*name), std::move(event));
}

Decision decide(const State& state, const v1::EndRegionRequest& command, const Context&) {
  const auto name = RegionName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto region = state.regions.find(*name);
  if (region == nullptr) return refuse(Rejection::kRegionUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), region->position)) return *refusal;
  const auto date = read_date(command.to_date(), "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  const LocalDate to = std::get<LocalDate>(date);
  if (to < region->period.from) {
    return refuse(Rejection::kPeriodReversed, period_details({region->period.from, to}));
  }
  if (region->period.to == to) return Effects{};
  return end_region(state, *name, to);
}

Decision decide(const State& state, const v1::AddRegionMemberRequest& command, const Context&) {
  const auto name = RegionName::parse(command.region());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "region"}});
  const auto municipality = MunicipalityName::parse(command.municipality());
  if (!municipality) return refuse(Rejection::kNameInvalid, {{"field", "municipality"}});
  const auto region = state.regions.find(*name);
  if (region == nullptr) return refuse(Rejection::kRegionUnknown, {{"name", name->text}});
  if (!state.municipalities.contains(*municipality)) {
    return refuse(Rejection::kMunicipalityUnknown, {{"name", municipality->text}});
  }
  if (auto refusal = check_etag(command.etag(), region->position)) return *refusal;
  auto read = read_period(command.from_date(), command.to_date());
  if (const auto* refusal = std::get_if<Refusal>(&read)) return *refusal;
  Period& period = std::get<Period>(read);
  if (!period.to) period.to = region->period.to;
  if (!region->period.contains(period)) {
    return refuse(Rejection::kOutsidePeriod, period_details(region->period));
  }
  if (const Membership* other = overlapping(region->members, *municipality, period)) {
    return refuse(Rejection::kMembershipOverlaps, period_details(other->period));
  }
  if (auto refusal = check_no_other_region(state, *name, *municipality, period)) return *refusal;

  v1::Event event;
  v1::RegionMemberAdded& added = *event.mutable_region_member_added();
  added.set_region(name->text);
  added.set_municipality(municipality->text);
  write_period(period, added);
  return record(stream_of(*name), std::move(event));
}

Decision decide(const State& state, const v1::EndRegionMemberRequest& command, const Context&) {
  const auto name = RegionName::parse(command.region());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "region"}});
  const auto municipality = MunicipalityName::parse(command.municipality());
  if (!municipality) return refuse(Rejection::kNameInvalid, {{"field", "municipality"}});
  const auto region = state.regions.find(*name);
  if (region == nullptr) return refuse(Rejection::kRegionUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), region->position)) return *refusal;
  const auto date = read_date(command.to_date(), "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  const LocalDate to = std::get<LocalDate>(date);
  const Membership* member = in_force(region->members, *municipality, to);
  if (member == nullptr) {
    return refuse(Rejection::kMembershipUnknown,
                  {{"municipality", municipality->text}, {"to_date", platform::format_date(to)}});
  }
  if (member->period.to == to) return Effects{};
  return end_region_member(state, *name, *member, to);
}

void evolve(State& state, const v1::RegionCreated& fact, const Place& at) {
  state.regions.set(RegionName{fact.region()},
                    Region{fact.display_name(),
                           fact.official_name(),
                           stored_period(fact.from_date(), fact.to_date()),
                           {},
                           at.position});
}

void evolve(State& state, const v1::RegionUpdated& fact, const Place& at) {
  state.regions.update(RegionName{fact.region()}, [&](Region& region) {
    region.display_name = fact.display_name();
    region.official_name = fact.official_name();
    region.position = at.position;
  });
}

void evolve(State& state, const v1::RegionEnded& fact, const Place& at) {
  state.regions.update(RegionName{fact.region()}, [&](Region& region) {
    region.period.to = platform::parse_date(fact.to_date());
    region.position = at.position;
  });
}

void evolve(State& state, const v1::RegionMemberAdded& fact, const Place& at) {
  state.regions.update(RegionName{fact.region()}, [&](Region& region) {
    add(region.members,
        {MunicipalityName{fact.municipality()}, stored_period(fact.from_date(), fact.to_date())});
    region.position = at.position;
  });
}

void evolve(State& state, const v1::RegionMemberEnded& fact, const Place& at) {
  const Period period = stored_period(fact.from_date(), fact.to_date());
  state.regions.update(RegionName{fact.region()}, [&](Region& region) {
    end(region.members, MunicipalityName{fact.municipality()}, period.from, *period.to);
    region.position = at.position;
  });
}

}  // namespace kkr::registry
