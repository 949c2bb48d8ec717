#include "services/registry/client/region_lookup.h"

#include <grpcpp/client_context.h>

#include <chrono>
#include <string>
#include <thread>

namespace kkr::registry {
namespace {

constexpr auto kAskAgainAfter = std::chrono::milliseconds(50);

}  // namespace

RegionLookup::RegionLookup(const std::shared_ptr<grpc::Channel>& channel)
    : regions_(v1::RegionService::NewStub(channel)) {}

std::optional<bool> RegionLookup::knows_region(std::string_view region_id) {
  const auto deadline = std::chrono::system_clock::now() + std::chrono::seconds(2);
  v1::GetRegionRequest request;
  request.set_name("regions/" + std::string(region_id));
  while (true) {
    grpc::ClientContext call;
    call.set_deadline(deadline);
    v1::Region reply;
    const grpc::Status status = regions_->GetRegion(&call, request, &reply);
    if (status.ok()) return true;
    if (status.error_code() == grpc::StatusCode::NOT_FOUND) return false;
    // Another replica may know.
    if (std::chrono::system_clock::now() + kAskAgainAfter >= deadline) return std::nullopt;
    std::this_thread::sleep_for(kAskAgainAfter);
  }
}

}  // namespace kkr::registry
