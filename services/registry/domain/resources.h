// What the API shows of the state, so far as it depends on no date: the resource of each aggregate,
// rendered whole. Holds nothing personal; a person's data stands in its document.
#pragma once

#include <cstddef>

#include "kkr/registry/v1/body.pb.h"
#include "kkr/registry/v1/cluster.pb.h"
#include "kkr/registry/v1/municipality.pb.h"
#include "kkr/registry/v1/office.pb.h"
#include "kkr/registry/v1/person.pb.h"
#include "kkr/registry/v1/region.pb.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

v1::Region resource(const RegionName& name, const Region& region);
v1::RegionMembership resource(const RegionName& name, const Membership& membership);
// With all memberships.
v1::Cluster resource(const ClusterName& name, const Cluster& cluster);
v1::ClusterMembership resource(const Membership& membership);
v1::Body resource(const BodyName& name, const Body& body);
// Without region, clusters and population.
v1::Municipality resource(const MunicipalityName& name, const Municipality& municipality);
// `number` counts the municipality's records from 1.
v1::Population resource(const MunicipalityName& name, std::size_t number,
                        const PopulationRecord& record);
// With all tenures and without a holder.
v1::Office resource(const OfficeName& name, const Office& office);
// Without the personal fields.
v1::Person resource(const PersonName& name, const Person& person);

}  // namespace kkr::registry
