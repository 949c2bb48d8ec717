#include "services/registry/domain/saved_state.h"

#include <charconv>
#include <utility>

#include "kkr/registry/v1/snapshot.pb.h"
#include "services/platform/time/timestamp.h"
#include "services/registry/domain/checks.h"
#include "services/registry/domain/memberships.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

std::uint64_t position_of(const std::string& etag) {
  std::uint64_t position = 0;
  std::from_chars(etag.data(), etag.data() + etag.size(), position);
  return position;
}

template <class Message>
Period period_of(const Message& message) {
  return stored_period(message.from_date(), message.to_date());
}

void load_regions(const v1::Snapshot& saved, State& state) {
  for (const v1::Region& region : saved.regions()) {
    state.regions.set(RegionName{region.name()}, Region{region.display_name(),
                                                        region.official_name(),
                                                        period_of(region),
                                                        {},
                                                        position_of(region.etag())});
  }
  for (const v1::RegionMembership& member : saved.region_memberships()) {
    state.regions.update(RegionName{member.region()}, [&](Region& region) {
      add(region.members, {MunicipalityName{member.municipality()}, period_of(member)});
    });
  }
}

void load_clusters(const v1::Snapshot& saved, State& state) {
  for (const v1::Cluster& cluster : saved.clusters()) {
    Cluster loaded{cluster.display_name(),
                   cluster.verified(),
                   cluster.note(),
                   {},
                   position_of(cluster.etag())};
    for (const v1::ClusterMembership& member : cluster.members()) {
      add(loaded.members,
          {MunicipalityName{member.municipality()}, period_of(member), member.verified()});
    }
    state.clusters.set(ClusterName{cluster.name()}, std::move(loaded));
  }
}

void load_municipalities(const v1::Snapshot& saved, State& state) {
  for (const v1::Municipality& shown : saved.municipalities()) {
    state.municipalities.set(MunicipalityName{shown.name()},
                             Municipality{shown.display_name(),
                                          shown.official_name(),
                                          shown.cvr(),
                                          shown.ean(),
                                          shown.mailbox(),
                                          {},
                                          position_of(shown.etag())});
  }
  for (const v1::Population& shown : saved.populations()) {
    const MunicipalityName name{shown.name().substr(0, shown.name().find("/populations/"))};
    const LocalDate date = platform::parse_date(shown.reference_date()).value_or(LocalDate());
    state.municipalities.update(name, [&](Municipality& municipality) {
      municipality.populations.push_back(
          {date, shown.source(), shown.count(), platform::instant_of(shown.recorded_at())});
    });
  }
}

void load_offices(const v1::Snapshot& saved, State& state) {
  for (const v1::Office& office : saved.offices()) {
    Office loaded{office.title(), period_of(office), {}, position_of(office.etag())};
    for (const v1::Tenure& tenure : office.tenures()) {
      loaded.tenures.push_back({PersonName{tenure.person()}, period_of(tenure)});
    }
    state.offices.set(OfficeName{office.name()}, std::move(loaded));
  }
}

}  // namespace

std::string save_state(const State& state) {
  v1::Snapshot saved;
  state.regions.for_each([&](const RegionName& name, const Region& region) {
    *saved.add_regions() = resource(name, region);
    for (const Membership& member : region.members) {
      *saved.add_region_memberships() = resource(name, member);
    }
  });
  state.clusters.for_each([&](const ClusterName& name, const Cluster& cluster) {
    *saved.add_clusters() = resource(name, cluster);
  });
  state.bodies.for_each(
      [&](const BodyName& name, const Body& body) { *saved.add_bodies() = resource(name, body); });
  state.municipalities.for_each(
      [&](const MunicipalityName& name, const Municipality& municipality) {
        *saved.add_municipalities() = resource(name, municipality);
        std::size_t number = 0;
        for (const PopulationRecord& record : municipality.populations) {
          *saved.add_populations() = resource(name, ++number, record);
        }
      });
  state.persons.for_each([&](const PersonName& name, const Person& person) {
    v1::PersonSnapshot& added = *saved.add_persons();
    added.set_name(name.text);
    *added.mutable_registered_at() = platform::timestamp_of(person.registered_at);
    added.set_erased(person.erased);
    added.set_etag(etag_of(person.position));
  });
  state.offices.for_each([&](const OfficeName& name, const Office& office) {
    *saved.add_offices() = resource(name, office);
  });
  if (state.demo_clock) *saved.mutable_demo_clock() = platform::timestamp_of(*state.demo_clock);
  return saved.SerializeAsString();
}

bool load_state(std::string_view bytes, State& state) {
  v1::Snapshot saved;
  if (!saved.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return false;
  load_regions(saved, state);
  load_clusters(saved, state);
  for (const v1::Body& body : saved.bodies()) {
    state.bodies.set(BodyName{body.name()}, Body{body.display_name(), body.kind(), period_of(body),
                                                 position_of(body.etag())});
  }
  load_municipalities(saved, state);
  for (const v1::PersonSnapshot& person : saved.persons()) {
    state.persons.set(PersonName{person.name()},
                      Person{platform::instant_of(person.registered_at()), person.erased(),
                             position_of(person.etag())});
  }
  load_offices(saved, state);
  if (saved.has_demo_clock()) state.demo_clock = platform::instant_of(saved.demo_clock());
  return true;
}

}  // namespace kkr::registry
