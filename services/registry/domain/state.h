// What the registry knows, made from its events. Holds no name, address or number of a person: of a
// person it knows only that it is there. A copy costs nothing, because the maps share structure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/registry/v1/body.pb.h"
#include "services/platform/state/persistent_map.h"
#include "services/registry/domain/names.h"
#include "services/registry/domain/period.h"

namespace kkr::registry {

struct Membership {
  MunicipalityName municipality;
  Period period;
  bool verified = false;  // Of a cluster's membership only.
};
// Ordered by municipality and first day.
using Memberships = std::vector<Membership>;

// `position` is, here and below, that of the aggregate's last event: its etag.
struct Region {
  std::string display_name;
  std::string official_name;
  Period period;
  Memberships members;
  std::uint64_t position = 0;
};

struct Cluster {
  std::string display_name;
  bool verified = false;
  std::string note;
  Memberships members;
  std::uint64_t position = 0;
};

struct Body {
  std::string display_name;
  v1::BodyKind kind = v1::BODY_KIND_UNSPECIFIED;
  Period period;
  std::uint64_t position = 0;
};

struct PopulationRecord {
  LocalDate reference_date;
  std::string source;
  std::int64_t count = 0;
  absl::Time recorded_at;
};

struct Municipality {
  std::string display_name;
  std::string official_name;
  std::string cvr;
  std::string ean;
  std::string mailbox;
  std::vector<PopulationRecord> populations;  // In order of recording.
  std::uint64_t position = 0;
};

struct Person {
  absl::Time registered_at;
  bool erased = false;
  std::uint64_t position = 0;
};

struct Tenure {
  PersonName person;
  Period period;
};

struct Office {
  std::string title;
  Period period;
  std::vector<Tenure> tenures;  // Ordered by first day.
  std::uint64_t position = 0;
};

struct State {
  platform::PersistentMap<RegionName, Region> regions;
  platform::PersistentMap<ClusterName, Cluster> clusters;
  platform::PersistentMap<BodyName, Body> bodies;
  platform::PersistentMap<MunicipalityName, Municipality> municipalities;
  platform::PersistentMap<PersonName, Person> persons;
  platform::PersistentMap<OfficeName, Office> offices;
  std::optional<absl::Time> demo_clock;  // Where the administrator moved it to last.
};

// Where in the log an event stands, and since when.
struct Place {
  std::uint64_t position = 0;
  absl::Time recorded_at;
};

// Calls `visit(name, resource)` for the resources of `map` whose names begin with `{parent}/`, in
// order of names.
template <class Key, class Resource, class Visit>
void for_each_within(const platform::PersistentMap<Key, Resource>& map, std::string_view parent,
                     Visit&& visit) {
  const std::string prefix = std::string(parent) + "/";
  const Key start{prefix};
  map.visit_after(&start, [&](const Key& name, const Resource& resource) {
    if (!name.text.starts_with(prefix)) return false;
    visit(name, resource);
    return true;
  });
}

}  // namespace kkr::registry
