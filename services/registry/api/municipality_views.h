// Municipalities as of a date: with region, clusters and population, and in lists.
#pragma once

#include <grpcpp/support/status.h>

#include "kkr/registry/v1/municipality.pb.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

// Each returns INVALID_ARGUMENT for a malformed request or NOT_FOUND; `today` stands for an empty
// `as_of`.
grpc::Status view(const State& state, const v1::GetMunicipalityRequest& request, LocalDate today,
                  v1::Municipality& reply);
grpc::Status view(const State& state, const v1::ListMunicipalitiesRequest& request, LocalDate today,
                  v1::ListMunicipalitiesResponse& reply);
grpc::Status view(const State& state, const v1::ListRegionMunicipalitiesRequest& request,
                  LocalDate today, v1::ListRegionMunicipalitiesResponse& reply);
grpc::Status view(const State& state, const v1::ListPopulationsRequest& request, LocalDate today,
                  v1::ListPopulationsResponse& reply);

// The municipality as of a date; NOT_FOUND when there is none.
grpc::Status show_municipality(const State& state, const MunicipalityName& name, LocalDate as_of,
                               v1::Municipality& reply);

}  // namespace kkr::registry
