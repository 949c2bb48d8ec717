#include "services/financing/api/registry_client.h"

#include <grpcpp/client_context.h>

#include <algorithm>
#include <list>
#include <string>
#include <utility>

#include "services/platform/field/page_token.h"
#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/log_position.h"

namespace kkr::financing {
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

// Up to three calls, one after the other; kept alive by the callback that is still to come.
class Conversation : public std::enable_shared_from_this<Conversation> {
 public:
  Conversation(registry::v1::BodyService::Stub& bodies,
               registry::v1::MunicipalityService::Stub& municipalities, SplitQuestion question,
               RegistryClient::Deadline deadline, std::function<void(RegistryClient::Told)> done)
      : bodies_(bodies),
        municipalities_(municipalities),
        question_(std::move(question)),
        deadline_(deadline),
        done_(std::move(done)) {}

  void begin() {
    if (!is_body_name(question_.members_of)) return ask_members(question_.members_of);
    body_request_.set_name(question_.members_of);
    bodies_.async()->GetBody(
        &next_call(), &body_request_, &body_, [talk = shared_from_this()](const auto& status) {
          if (!status.ok()) return talk->end(no_reply(status));
          if (!talk->body_exists()) return talk->end(answer_of(talk->question_, talk->reply_));
          talk->ask_members("regions/" + std::string(region_of(talk->question_.members_of)));
        });
  }

 private:
  grpc::ClientContext& next_call() {
    calls_.emplace_back();
    calls_.back().set_deadline(deadline_);
    return calls_.back();
  }

  bool body_exists() const {
    const auto from = platform::parse_date(body_.from_date());
    const auto to = platform::parse_date(body_.to_date());
    return from && *from <= question_.members_as_of && (!to || *to >= question_.members_as_of);
  }

  void ask_members(const std::string& region) {
    members_request_.set_parent(region);
    members_request_.set_as_of(platform::format_date(question_.members_as_of));
    members_request_.set_page_size(static_cast<int>(platform::kPageSizeMax));
    grpc::ClientContext& call = next_call();
    municipalities_.async()->ListRegionMunicipalities(
        &call, &members_request_, &reply_.members,
        [talk = shared_from_this(), &call](const grpc::Status& status) {
          if (!status.ok()) return talk->end(no_reply(status));
          read_position(call, talk->reply_);
          talk->ask_populations();
        });
  }

  void ask_populations() {
    counted_request_.set_as_of(platform::format_date(question_.reference_date));
    counted_request_.set_page_size(static_cast<int>(platform::kPageSizeMax));
    municipalities_.async()->ListMunicipalities(
        &next_call(), &counted_request_, &reply_.counted,
        [talk = shared_from_this()](const grpc::Status& status) {
          if (!status.ok()) return talk->end(no_reply(status));
          talk->end(answer_of(talk->question_, talk->reply_));
        });
  }

  // A call holds its channel. It lets go before anybody hears of the end: were the last channel to
  // go on a thread of gRPC after that, gRPC 1.51 would wait for its own thread and abort.
  void end(RegistryClient::Told told) {
    calls_.clear();
    done_(std::move(told));
  }

  registry::v1::BodyService::Stub& bodies_;
  registry::v1::MunicipalityService::Stub& municipalities_;
  const SplitQuestion question_;
  const RegistryClient::Deadline deadline_;
  const std::function<void(RegistryClient::Told)> done_;
  std::list<grpc::ClientContext> calls_;
  registry::v1::GetBodyRequest body_request_;
  registry::v1::Body body_;
  registry::v1::ListRegionMunicipalitiesRequest members_request_;
  registry::v1::ListMunicipalitiesRequest counted_request_;
  RegistryReply reply_;
};

}  // namespace

RegistryClient::RegistryClient(const std::shared_ptr<grpc::Channel>& channel)
    : bodies_(registry::v1::BodyService::NewStub(channel)),
      municipalities_(registry::v1::MunicipalityService::NewStub(channel)) {}

void RegistryClient::ask_members(const SplitQuestion& question, Deadline deadline,
                                 std::function<void(Told)> done) {
  const Deadline latest = std::min(deadline, std::chrono::system_clock::now() + kPatience);
  std::make_shared<Conversation>(*bodies_, *municipalities_, question, latest, std::move(done))
      ->begin();
}

}  // namespace kkr::financing
