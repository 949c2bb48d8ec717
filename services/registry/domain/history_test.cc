// Properties of any history of the registry, whatever is asked in whatever order.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "services/registry/domain/memberships.h"
#include "services/registry/domain/saved_state.h"
#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

constexpr int kDays = 40;

// A log in memory: every command is decided, and what follows from it is stored as bytes.
struct History {
  State state;
  std::vector<std::string> log;

  template <class Command>
  void when(const Command& command) {
    const Decision decision = decide(state, command, scene::context());
    const auto* effects = std::get_if<Effects>(&decision);
    if (effects == nullptr) return;
    for (const Fact& fact : effects->facts) {
      log.push_back(fact.event.SerializeAsString());
      evolve(state, fact.event, Place{log.size(), scene::context().now});
    }
  }
};

State replayed(const std::vector<std::string>& log, State state = {}, std::size_t from = 0) {
  for (std::size_t i = from; i < log.size(); ++i) {
    v1::Event event;
    RC_ASSERT(event.ParseFromString(log[i]));
    evolve(state, event, Place{i + 1, scene::context().now});
  }
  return state;
}

std::string any_date() {
  return platform::format_date(LocalDate(2013, 1, 1) + *rc::gen::inRange(0, kDays));
}
std::string any_end() { return *rc::gen::arbitrary<bool>() ? any_date() : ""; }
std::string any_region() { return *rc::gen::element<std::string>("regions/aa", "regions/bb"); }
std::string any_cluster() {
  return any_region() + "/clusters/" + *rc::gen::element<std::string>("c1", "c2");
}
std::string any_municipality() {
  return *rc::gen::element<std::string>("municipalities/101", "municipalities/165");
}
std::string any_person() { return *rc::gen::element<std::string>("persons/p-1", "persons/p-2"); }
constexpr char kOffice[] = "municipalities/101/offices/borgmester";

void join_or_leave_a_region(History& history) {
  if (*rc::gen::inRange(0, 3) > 0) {
    v1::AddRegionMemberRequest add;
    add.set_region(any_region());
    add.set_municipality(any_municipality());
    add.set_from_date(any_date());
    add.set_to_date(any_end());
    return history.when(add);
  }
  v1::EndRegionMemberRequest end;
  end.set_region(any_region());
  end.set_municipality(any_municipality());
  end.set_to_date(any_date());
  history.when(end);
}

void join_or_leave_a_cluster(History& history) {
  if (*rc::gen::inRange(0, 3) > 0) {
    v1::AddClusterMemberRequest add;
    add.set_name(any_cluster());
    add.set_municipality(any_municipality());
    add.set_from_date(any_date());
    add.set_to_date(any_end());
    return history.when(add);
  }
  v1::EndClusterMemberRequest end;
  end.set_name(any_cluster());
  end.set_municipality(any_municipality());
  end.set_to_date(any_date());
  history.when(end);
}

void take_or_leave_the_office(History& history) {
  if (*rc::gen::inRange(0, 3) > 0) {
    v1::AppointHolderRequest appoint;
    appoint.set_name(kOffice);
    appoint.set_person(any_person());
    appoint.set_from_date(any_date());
    appoint.set_to_date(any_end());
    return history.when(appoint);
  }
  v1::EndTenureRequest end;
  end.set_name(kOffice);
  end.set_to_date(any_date());
  history.when(end);
}

void end_something(History& history) {
  if (*rc::gen::arbitrary<bool>()) {
    v1::EndRegionRequest end;
    end.set_name(any_region());
    end.set_to_date(any_date());
    return history.when(end);
  }
  v1::EndOfficeRequest end;
  end.set_name(kOffice);
  end.set_to_date(any_date());
  history.when(end);
}

void count_or_erase(History& history) {
  if (*rc::gen::inRange(0, 4) > 0) {
    v1::RecordPopulationRequest record;
    record.set_parent(any_municipality());
    record.mutable_population()->set_reference_date(any_date());
    record.mutable_population()->set_source("DST");
    record.mutable_population()->set_count(*rc::gen::inRange(0, 3));
    return history.when(record);
  }
  v1::ErasePersonRequest erase;
  erase.set_name(any_person());
  history.when(erase);
}

std::string a_cluster(const std::string& region, const std::string& id) {
  return "parent: 'regions/" + region + "' cluster_id: '" + id + "' cluster { display_name: 'C' }";
}

// Two regions with two clusters each, two municipalities, two persons and an office.
History beginning() {
  using scene::make;
  History history;
  for (const std::string region : {"aa", "bb"}) {
    history.when(make<v1::CreateRegionRequest>(
        "region_id: '" + region +
        "' region { display_name: 'R' official_name: 'R' from_date: '2013-01-01' }"));
    for (const std::string cluster : {"c1", "c2"}) {
      history.when(make<v1::CreateClusterRequest>(a_cluster(region, cluster)));
    }
  }
  for (const std::string code : {"101", "165"}) {
    history.when(make<v1::CreateMunicipalityRequest>(
        "municipality_id: '" + code +
        "' municipality { display_name: 'M' official_name: 'M' cvr: '66137112' }"));
  }
  for (const std::string id : {"p-1", "p-2"}) {
    history.when(make<v1::CreatePersonRequest>("person_id: '" + id +
                                               "' person { given_name: 'P' family_name: 'P' }"));
  }
  history.when(make<v1::CreateOfficeRequest>(
      "parent: 'municipalities/101' office_id: 'borgmester' office { title: 'B' "
      "from_date: '2013-01-01' }"));
  return history;
}

constexpr std::array kSteps = {join_or_leave_a_region, join_or_leave_a_cluster,
                               take_or_leave_the_office, end_something, count_or_erase};

History any_history() {
  History history = beginning();
  const int steps = *rc::gen::inRange(1, 60);
  for (int i = 0; i < steps; ++i) {
    // By index: rapidcheck cannot show a function when a property fails.
    kSteps[*rc::gen::inRange<std::size_t>(0, kSteps.size())](history);
  }
  return history;
}

RC_GTEST_PROP(RegistryHistory, ReplaysToTheSameState, ()) {
  const History history = any_history();
  RC_ASSERT(save_state(replayed(history.log)) == save_state(history.state));
}

RC_GTEST_PROP(RegistryHistory, GoesOnFromASavedStateAsFromTheBeginning, ()) {
  const History history = any_history();
  const auto cut = *rc::gen::inRange<std::size_t>(0, history.log.size() + 1);
  const std::vector<std::string> before(history.log.begin(),
                                        history.log.begin() + static_cast<std::ptrdiff_t>(cut));
  State loaded;
  RC_ASSERT(load_state(save_state(replayed(before)), loaded));
  RC_ASSERT(save_state(replayed(history.log, loaded, cut)) == save_state(history.state));
}

// How many of `members` are `municipality`'s on `date`.
std::size_t count_on(const Memberships& members, const MunicipalityName& municipality,
                     LocalDate date) {
  std::size_t count = 0;
  for (const Membership& member : members) {
    if (member.municipality == municipality && member.period.contains(date)) ++count;
  }
  return count;
}

RC_GTEST_PROP(RegistryHistory, HasAMunicipalityInOneRegionAtATime, ()) {
  const History history = any_history();
  history.state.municipalities.for_each([&](const MunicipalityName& name, const Municipality&) {
    for (int day = 0; day < kDays; ++day) {
      std::size_t count = 0;
      history.state.regions.for_each([&](const RegionName&, const Region& region) {
        const LocalDate date = LocalDate(2013, 1, 1) + day;
        const std::size_t here = count_on(region.members, name, date);
        RC_ASSERT(here == 0 || region.period.contains(date));
        count += here;
      });
      RC_ASSERT(count <= 1);
    }
  });
}

RC_GTEST_PROP(RegistryHistory, HasInAClusterOnlyMembersOfItsRegion, ()) {
  const History history = any_history();
  history.state.clusters.for_each([&](const ClusterName& name, const Cluster& cluster) {
    const auto region = history.state.regions.find(region_of(name.text));
    for (const Membership& member : cluster.members) {
      for (int day = 0; day < kDays; ++day) {
        const LocalDate date = LocalDate(2013, 1, 1) + day;
        RC_ASSERT(count_on(cluster.members, member.municipality, date) <= 1);
        if (!member.period.contains(date)) continue;
        RC_ASSERT(in_force(region->members, member.municipality, date) != nullptr);
      }
    }
  });
}

RC_GTEST_PROP(RegistryHistory, HasOneHolderOfAnOfficeAtATime, ()) {
  const History history = any_history();
  const auto office = history.state.offices.find(OfficeName{kOffice});
  for (int day = 0; day < kDays; ++day) {
    const LocalDate date = LocalDate(2013, 1, 1) + day;
    const auto holders =
        std::count_if(office->tenures.begin(), office->tenures.end(),
                      [&](const Tenure& tenure) { return tenure.period.contains(date); });
    RC_ASSERT(holders <= (office->period.contains(date) ? 1 : 0));
  }
}

}  // namespace
}  // namespace kkr::registry
