#include "services/registry/domain/region_end.h"

#include <utility>

namespace kkr::registry {
namespace {

// Gathers the facts, and the first thing found to begin too late.
class Ending {
 public:
  explicit Ending(LocalDate to) : to_(to) {}

  void region(const RegionName& name) {
    v1::Event event;
    event.mutable_region_ended()->set_region(name.text);
    event.mutable_region_ended()->set_to_date(platform::format_date(to_));
    add(stream_of(name), std::move(event));
  }

  void member(const RegionName& name, const Membership& member) {
    if (!ends(name.text, member.period)) return;
    v1::Event event;
    v1::RegionMemberEnded& ended = *event.mutable_region_member_ended();
    ended.set_region(name.text);
    ended.set_municipality(member.municipality.text);
    write_period({member.period.from, to_}, ended);
    add(stream_of(name), std::move(event));
  }

  void member(const ClusterName& name, const Membership& member) {
    if (!ends(name.text, member.period)) return;
    v1::Event event;
    v1::ClusterMemberEnded& ended = *event.mutable_cluster_member_ended();
    ended.set_cluster(name.text);
    ended.set_municipality(member.municipality.text);
    write_period({member.period.from, to_}, ended);
    add(stream_of(name), std::move(event));
  }

  void body(const BodyName& name, const Body& body) {
    if (!ends(name.text, body.period)) return;
    v1::Event event;
    event.mutable_body_ended()->set_body(name.text);
    event.mutable_body_ended()->set_to_date(platform::format_date(to_));
    add(stream_of(name), std::move(event));
  }

  Decision decision() && {
    if (refusal_) return *std::move(refusal_);
    return std::move(effects_);
  }

 private:
  bool ends(const std::string& name, const Period& period) {
    if (period.from > to_ && !refusal_) {
      refusal_ = refuse(Rejection::kMemberStartsLater,
                        {{"name", name}, {"from_date", platform::format_date(period.from)}});
    }
    return period.outlasts(to_);
  }

  void add(std::string stream, v1::Event event) {
    effects_.facts.push_back({std::move(stream), std::move(event)});
  }

  LocalDate to_;
  Effects effects_;
  std::optional<Refusal> refusal_;
};

}  // namespace

Decision end_region(const State& state, const RegionName& name, LocalDate to) {
  Ending ending(to);
  ending.region(name);
  for (const Membership& member : state.regions.find(name)->members) ending.member(name, member);
  for_each_within(state.clusters, name.text,
                  [&](const ClusterName& within, const Cluster& cluster) {
                    for (const Membership& member : cluster.members) ending.member(within, member);
                  });
  for_each_within(state.bodies, name.text,
                  [&](const BodyName& within, const Body& body) { ending.body(within, body); });
  return std::move(ending).decision();
}

Decision end_region_member(const State& state, const RegionName& name, const Membership& member,
                           LocalDate to) {
  Ending ending(to);
  ending.member(name, member);
  for_each_within(
      state.clusters, name.text, [&](const ClusterName& within, const Cluster& cluster) {
        for (const Membership& inner : cluster.members) {
          if (inner.municipality == member.municipality && member.period.contains(inner.period)) {
            ending.member(within, inner);
          }
        }
      });
  return std::move(ending).decision();
}

}  // namespace kkr::registry
