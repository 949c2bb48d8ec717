// Asks the registry over gRPC. Caches nothing: what is asked must be true now, and no reply means
// that the caller does not act.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <functional>
#include <memory>
#include <variant>

#include "kkr/registry/v1/body.grpc.pb.h"
#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "services/financing/app/members.h"

namespace kkr::financing {

class RegistryClient {
 public:
  using Deadline = std::chrono::system_clock::time_point;
  using Told = std::variant<SplitAnswer, grpc::Status>;

  explicit RegistryClient(const std::shared_ptr<grpc::Channel>& channel);

  // Asks who the members are and how many live there, and calls `done` once, from a thread of gRPC.
  // The members of a body are the municipalities of its region; there are none when the body does
  // not exist on that date. The status is UNAVAILABLE (REGISTRY_UNAVAILABLE) without a reply, else
  // what the registry refused with.
  void ask_members(const SplitQuestion& question, Deadline deadline,
                   std::function<void(Told)> done);

 private:
  const std::unique_ptr<registry::v1::BodyService::Stub> bodies_;
  const std::unique_ptr<registry::v1::MunicipalityService::Stub> municipalities_;
};

}  // namespace kkr::financing
