// Asks the registry over gRPC. Caches nothing: what is asked must be true now, and no reply means
// that the caller does not act.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "kkr/registry/v1/cluster.grpc.pb.h"
#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "services/consultation/app/invitation.h"

namespace kkr::consultation {

class RegistryClient {
 public:
  using Deadline = std::chrono::system_clock::time_point;
  using Told = std::variant<RegistryReply, grpc::Status>;

  explicit RegistryClient(const std::shared_ptr<grpc::Channel>& channel);

  // Asks for the municipalities and clusters of `regions/{region}` as of a date, and calls `done`
  // once, from a thread of gRPC. The status is UNAVAILABLE (REGISTRY_UNAVAILABLE) without a reply,
  // else what the registry refused with.
  void ask_members(const std::string& region, const std::string& as_of, Deadline deadline,
                   std::function<void(Told)> done);

 private:
  const std::unique_ptr<registry::v1::MunicipalityService::Stub> municipalities_;
  const std::unique_ptr<registry::v1::ClusterService::Stub> clusters_;
};

}  // namespace kkr::consultation
