#include "services/registry/domain/evolve.h"

#include "services/registry/domain/body.h"
#include "services/registry/domain/cluster.h"
#include "services/registry/domain/demo_clock.h"
#include "services/registry/domain/municipality.h"
#include "services/registry/domain/office.h"
#include "services/registry/domain/person.h"
#include "services/registry/domain/region.h"

namespace kkr::registry {

void evolve(State& state, const v1::Event& event, const Place& at) {
  switch (event.fact_case()) {
    case v1::Event::kRegionCreated: return evolve(state, event.region_created(), at);
    case v1::Event::kRegionUpdated: return evolve(state, event.region_updated(), at);
    case v1::Event::kRegionEnded: return evolve(state, event.region_ended(), at);
    case v1::Event::kRegionMemberAdded: return evolve(state, event.region_member_added(), at);
    case v1::Event::kRegionMemberEnded: return evolve(state, event.region_member_ended(), at);
    case v1::Event::kClusterCreated: return evolve(state, event.cluster_created(), at);
    case v1::Event::kClusterMemberAdded: return evolve(state, event.cluster_member_added(), at);
    case v1::Event::kClusterMemberEnded: return evolve(state, event.cluster_member_ended(), at);
    case v1::Event::kBodyCreated: return evolve(state, event.body_created(), at);
    case v1::Event::kBodyUpdated: return evolve(state, event.body_updated(), at);
    case v1::Event::kBodyEnded: return evolve(state, event.body_ended(), at);
    case v1::Event::kMunicipalityCreated: return evolve(state, event.municipality_created(), at);
    case v1::Event::kMunicipalityUpdated: return evolve(state, event.municipality_updated(), at);
    case v1::Event::kPopulationsRecorded: return evolve(state, event.populations_recorded(), at);
    case v1::Event::kPersonRegistered: return evolve(state, event.person_registered(), at);
    case v1::Event::kPersonUpdated: return evolve(state, event.person_updated(), at);
    case v1::Event::kPersonErased: return evolve(state, event.person_erased(), at);
    case v1::Event::kOfficeCreated: return evolve(state, event.office_created(), at);
    case v1::Event::kOfficeEnded: return evolve(state, event.office_ended(), at);
    case v1::Event::kHolderAppointed: return evolve(state, event.holder_appointed(), at);
    case v1::Event::kTenureEnded: return evolve(state, event.tenure_ended(), at);
    case v1::Event::kClockAdvanced: return evolve(state, event.clock_advanced(), at);
    case v1::Event::FACT_NOT_SET: return;  // Unreachable: the log refuses a fact it cannot read.
  }
}

}  // namespace kkr::registry
