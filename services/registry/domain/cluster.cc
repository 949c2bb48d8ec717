#include "services/registry/domain/cluster.h"

#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/registry/domain/checks.h"
#include "services/registry/domain/memberships.h"

namespace kkr::registry {

Decision decide(const State& state, const v1::CreateClusterRequest& command, const Context&) {
  const auto parent = RegionName::parse(command.parent());
  if (!parent) return refuse(Rejection::kNameInvalid, {{"field", "parent"}});
  if (!platform::is_resource_id(command.cluster_id())) {
    return refuse(Rejection::kIdInvalid, {{"field", "cluster_id"}});
  }
  if (!state.regions.contains(*parent)) {
    return refuse(Rejection::kRegionUnknown, {{"name", parent->text}});
  }
  const auto name = child<ClusterName>(parent->text, "clusters", command.cluster_id());
  if (state.clusters.contains(name)) {
    return refuse(Rejection::kAlreadyExists, {{"name", name.text}});
  }
  const v1::Cluster& cluster = command.cluster();
  if (auto refusal = check_text("display_name", cluster.display_name())) return *refusal;
  if (auto refusal = check_optional_text("note", cluster.note(), kNoteLengthMax)) return *refusal;

  v1::Event event;
  v1::ClusterCreated& created = *event.mutable_cluster_created();
  created.set_cluster(name.text);
  created.set_display_name(cluster.display_name());
  created.set_verified(cluster.verified());
  created.set_note(cluster.note());
  return record(stream_of(name), std::move(event));
}

Decision decide(const State& state, const v1::AddClusterMemberRequest& command, const Context&) {
  const auto name = ClusterName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto municipality = MunicipalityName::parse(command.municipality());
  if (!municipality) return refuse(Rejection::kNameInvalid, {{"field", "municipality"}});
  const auto cluster = state.clusters.find(*name);
  if (cluster == nullptr) return refuse(Rejection::kClusterUnknown, {{"name", name->text}});
  if (!state.municipalities.contains(*municipality)) {
    return refuse(Rejection::kMunicipalityUnknown, {{"name", municipality->text}});
  }
  if (auto refusal = check_etag(command.etag(), cluster->position)) return *refusal;
  auto read = read_period(command.from_date(), command.to_date());
  if (const auto* refusal = std::get_if<Refusal>(&read)) return *refusal;
  Period& period = std::get<Period>(read);
  const auto region = state.regions.find(region_of(name->text));
  const Membership* in_region = in_force(region->members, *municipality, period.from);
  if (in_region == nullptr) return refuse(Rejection::kOutsidePeriod);
  if (!period.to) period.to = in_region->period.to;
  if (!in_region->period.contains(period)) {
    return refuse(Rejection::kOutsidePeriod, period_details(in_region->period));
  }
  if (const Membership* other = overlapping(cluster->members, *municipality, period)) {
    return refuse(Rejection::kMembershipOverlaps, period_details(other->period));
  }

  v1::Event event;
  v1::ClusterMemberAdded& added = *event.mutable_cluster_member_added();
  added.set_cluster(name->text);
  added.set_municipality(municipality->text);
  write_period(period, added);
  added.set_verified(command.verified());
  return record(stream_of(*name), std::move(event));
}

Decision decide(const State& state, const v1::EndClusterMemberRequest& command, const Context&) {
  const auto name = ClusterName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto municipality = MunicipalityName::parse(command.municipality());
  if (!municipality) return refuse(Rejection::kNameInvalid, {{"field", "municipality"}});
  const auto cluster = state.clusters.find(*name);
  if (cluster == nullptr) return refuse(Rejection::kClusterUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), cluster->position)) return *refusal;
  const auto date = read_date(command.to_date(), "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&date)) return *refusal;
  const LocalDate to = std::get<LocalDate>(date);
  const Membership* member = in_force(cluster->members, *municipality, to);
  if (member == nullptr) {
    return refuse(Rejection::kMembershipUnknown,
                  {{"municipality", municipality->text}, {"to_date", platform::format_date(to)}});
  }
  if (member->period.to == to) return Effects{};

  v1::Event event;
  v1::ClusterMemberEnded& ended = *event.mutable_cluster_member_ended();
  ended.set_cluster(name->text);
  ended.set_municipality(municipality->text);
  write_period({member->period.from, to}, ended);
  return record(stream_of(*name), std::move(event));
}

void evolve(State& state, const v1::ClusterCreated& fact, const Place& at) {
  state.clusters.set(ClusterName{fact.cluster()},
                     Cluster{fact.display_name(), fact.verified(), fact.note(), {}, at.position});
}

void evolve(State& state, const v1::ClusterMemberAdded& fact, const Place& at) {
  state.clusters.update(ClusterName{fact.cluster()}, [&](Cluster& cluster) {
    add(cluster.members, {MunicipalityName{fact.municipality()},
                          stored_period(fact.from_date(), fact.to_date()), fact.verified()});
    cluster.position = at.position;
  });
}

void evolve(State& state, const v1::ClusterMemberEnded& fact, const Place& at) {
  const Period period = stored_period(fact.from_date(), fact.to_date());
  state.clusters.update(ClusterName{fact.cluster()}, [&](Cluster& cluster) {
    end(cluster.members, MunicipalityName{fact.municipality()}, period.from, *period.to);
    cluster.position = at.position;
  });
}

}  // namespace kkr::registry
