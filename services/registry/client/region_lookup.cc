#include "services/registry/client/region_lookup.h"

#include <grpcpp/client_context.h>

#include <chrono>
#include <string>

namespace kkr::registry {

RegionLookup::RegionLookup(const std::shared_ptr<grpc::Channel>& channel)
    : regions_(v1::RegionService::NewStub(channel)) {}

bool RegionLookup::knows_region(std::string_view region_id) {
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
  v1::GetRegionRequest request;
  request.set_name("regions/" + std::string(region_id));
  v1::Region reply;
  return regions_->GetRegion(&call, request, &reply).ok();
}

}  // namespace kkr::registry
