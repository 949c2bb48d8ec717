#include "services/notification/api/registry_client.h"

#include <grpcpp/client_context.h>

#include <chrono>
#include <string>

namespace kkr::notification {

RegistryClient::RegistryClient(const std::shared_ptr<grpc::Channel>& channel)
    : regions_(registry::v1::RegionService::NewStub(channel)) {}

bool RegistryClient::knows_region(std::string_view region_id) {
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
  registry::v1::GetRegionRequest request;
  request.set_name("regions/" + std::string(region_id));
  registry::v1::Region reply;
  return regions_->GetRegion(&call, request, &reply).ok();
}

}  // namespace kkr::notification
