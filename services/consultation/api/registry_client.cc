#include "services/consultation/api/registry_client.h"

#include <grpcpp/client_context.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "services/platform/field/page_token.h"
#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/log_position.h"

namespace kkr::consultation {
namespace {

constexpr std::chrono::seconds kPatience{5};

grpc::Status no_reply(const grpc::Status& status) {
  if (!platform::reason_of(status).empty()) return status;  // The registry did reply.
  return platform::error_status(grpc::StatusCode::UNAVAILABLE, "REGISTRY_UNAVAILABLE",
                                "The registry gives no reply. Try again.");
}

void read_position(const grpc::ClientContext& call, RegistryReply& reply) {
  const auto& metadata = call.GetServerInitialMetadata();
  const auto found = metadata.find(platform::kPositionKey);
  if (found == metadata.end()) return;
  const auto position =
      platform::parse_log_position(std::string_view(found->second.data(), found->second.size()));
  if (!position) return;
  reply.generation = position->generation;
  reply.position = position->position;
}

// Two calls, one after the other; kept alive by the callback that is still to come.
struct Conversation {
  std::optional<grpc::ClientContext> municipalities_call{std::in_place};
  std::optional<grpc::ClientContext> clusters_call{std::in_place};
  registry::v1::ListRegionMunicipalitiesRequest municipalities_request;
  registry::v1::ListClustersRequest clusters_request;
  RegistryReply reply;
  std::function<void(RegistryClient::Told)> done;

  // A call holds its channel. It lets go before anybody hears of the end: were the last channel to
  // go on a thread of gRPC after that, gRPC 1.51 would wait for its own thread and abort.
  void end(RegistryClient::Told told) {
    municipalities_call.reset();
    clusters_call.reset();
    done(std::move(told));
  }
};

}  // namespace

RegistryClient::RegistryClient(const std::shared_ptr<grpc::Channel>& channel)
    : municipalities_(registry::v1::MunicipalityService::NewStub(channel)),
      clusters_(registry::v1::ClusterService::NewStub(channel)) {}

void RegistryClient::ask_members(const std::string& region, const std::string& as_of,
                                 Deadline deadline, std::function<void(Told)> done) {
  const auto talk = std::make_shared<Conversation>();
  const Deadline latest = std::min(deadline, std::chrono::system_clock::now() + kPatience);
  talk->municipalities_call->set_deadline(latest);
  talk->clusters_call->set_deadline(latest);
  talk->municipalities_request.set_parent(region);
  talk->municipalities_request.set_as_of(as_of);
  talk->municipalities_request.set_page_size(static_cast<int>(platform::kPageSizeMax));
  talk->clusters_request.set_parent(region);
  talk->clusters_request.set_as_of(as_of);
  talk->clusters_request.set_page_size(static_cast<int>(platform::kPageSizeMax));
  talk->done = std::move(done);
  municipalities_->async()->ListRegionMunicipalities(
      &*talk->municipalities_call, &talk->municipalities_request, &talk->reply.municipalities,
      [this, talk](const grpc::Status& status) {
        if (!status.ok()) return talk->end(no_reply(status));
        read_position(*talk->municipalities_call, talk->reply);
        clusters_->async()->ListClusters(&*talk->clusters_call, &talk->clusters_request,
                                         &talk->reply.clusters, [talk](const grpc::Status& told) {
                                           if (!told.ok()) return talk->end(no_reply(told));
                                           talk->end(std::move(talk->reply));
                                         });
      });
}

}  // namespace kkr::consultation
