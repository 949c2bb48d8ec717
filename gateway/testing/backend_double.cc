#include "gateway/testing/backend_double.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/server_builder.h"

namespace kkr::gateway {
namespace {

namespace consultation = consultation::v1;
namespace notification = notification::v1;
namespace registry = registry::v1;
using grpc::ServerContext;
using grpc::Status;
using grpc::StatusCode;

constexpr const char* kRegion = "regions/hovedstaden";
constexpr const char* kRound = "regions/hovedstaden/rounds/7";
constexpr int kMessageBytesMax = 27 * 1024 * 1024;

Status refused(StatusCode code, const std::string& reason, const std::string& message) {
  google::rpc::ErrorInfo error;
  error.set_reason(reason);
  error.set_domain("kkr");
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(message);
  status.add_details()->PackFrom(error);
  return {code, message, status.SerializeAsString()};
}

}  // namespace

class BackendDouble::Rounds : public consultation::RoundService::Service {
 public:
  explicit Rounds(BackendDouble& owner) : owner_(owner) {}

  Status CreateRound(ServerContext* context, const consultation::CreateRoundRequest* request,
                     consultation::Round* round) override {
    const auto actor = context->client_metadata().find("kkr-actor");
    {
      const std::lock_guard lock(owner_.mutex_);
      owner_.last_actor_ = actor == context->client_metadata().end()
                               ? ""
                               : std::string(actor->second.data(), actor->second.size());
    }
    owner_.go_on();
    say_position(*context);
    *round = request->round();
    round->set_name(request->parent() + "/rounds/" + request->round_id());
    return Status::OK;
  }

  Status GetRound(ServerContext* context, const consultation::GetRoundRequest* request,
                  consultation::Round* round) override {
    if (request->name() != kRound)
      return refused(StatusCode::NOT_FOUND, "ROUND_UNKNOWN", "There is no such round.");
    say_position(*context);
    round->set_name(kRound);
    round->set_title("H\xc3\xb8ring");
    round->set_state(consultation::Round::STATE_OPEN);
    return Status::OK;
  }

  Status ListInvitees(ServerContext* context, const consultation::ListInviteesRequest* request,
                      consultation::ListInviteesResponse* rows) override {
    ++owner_.row_calls_;
    if (request->parent() != kRound)
      return refused(StatusCode::NOT_FOUND, "ROUND_UNKNOWN", "There is no such round.");
    say_position(*context);
    for (int i = 0; i < owner_.invitees_; ++i) {
      auto& row = *rows->add_invitees();
      const std::string code = std::to_string(101 + i);
      row.set_name(std::string(kRound) + "/invitees/" + code);
      row.mutable_municipality()->set_code(code);
      row.mutable_municipality()->set_display_name("Kommune " + code);
      row.set_deadline_date("2013-03-19");
      row.set_answer_state(consultation::Invitee::ANSWER_STATE_NOT_ANSWERED);
    }
    rows->mutable_counts()->set_invited(owner_.invitees_);
    return Status::OK;
  }

 private:
  void say_position(ServerContext& context) const {
    context.AddInitialMetadata("kkr-position",
                               "consultation/hovedstaden/g/" + std::to_string(owner_.position()));
  }

  BackendDouble& owner_;
};

class BackendDouble::Attachments : public consultation::AttachmentService::Service {
  Status UploadAttachment(ServerContext*, const consultation::UploadAttachmentRequest* request,
                          consultation::Attachment* attachment) override {
    attachment->set_size_bytes(static_cast<std::int64_t>(request->file().data().size()));
    attachment->set_content_type(request->file().content_type());
    attachment->set_filename(request->filename());
    return Status::OK;
  }

  Status DownloadAttachment(ServerContext* context, const consultation::DownloadAttachmentRequest*,
                            google::api::HttpBody* file) override {
    context->AddInitialMetadata("content-disposition", "attachment; filename=\"a.pdf\"");
    file->set_content_type("application/pdf");
    file->set_data(std::string("%PDF\0\xff", 6));
    return Status::OK;
  }
};

class BackendDouble::Regions : public registry::RegionService::Service {
  Status GetRegion(ServerContext* context, const registry::GetRegionRequest* request,
                   registry::Region* region) override {
    if (request->name() != kRegion)
      return refused(StatusCode::NOT_FOUND, "REGION_UNKNOWN", "There is no such region.");
    context->AddInitialMetadata("kkr-position", "registry/danmark/r/9");
    region->set_name(kRegion);
    region->set_display_name("Hovedstaden");
    return Status::OK;
  }
};

class BackendDouble::Sends : public notification::SendService::Service {
 public:
  explicit Sends(BackendDouble& owner) : owner_(owner) {}

  Status GetRoundNotices(ServerContext* context, const notification::GetRoundNoticesRequest*,
                         notification::RoundNotices* notices) override {
    context->AddInitialMetadata("kkr-position", "notification/hovedstaden/n/4");
    auto& count = *notices->add_counts();
    count.set_state(owner_.sending_ ? notification::Send::STATE_SENDING
                                    : notification::Send::STATE_SENT);
    auto& row = *notices->add_municipalities();
    row.set_municipality("101");
    row.set_reminded_count(2);
    return Status::OK;
  }

 private:
  BackendDouble& owner_;
};

class BackendDouble::EventLog : public platform::v1::EventLogService::Service {
 public:
  explicit EventLog(BackendDouble& owner) : owner_(owner) {}

  Status ReadEvents(ServerContext*, const platform::v1::ReadEventsRequest* request,
                    platform::v1::ReadEventsResponse* slice) override {
    if (request->generation() != "g")
      return refused(StatusCode::FAILED_PRECONDITION, "GENERATION_CHANGED", "Restored since.");
    constexpr std::uint64_t kSlice = 256;
    slice->set_generation("g");
    slice->set_head_position(owner_.position());
    for (std::uint64_t at = request->from_position();
         at <= owner_.position() && at < request->from_position() + kSlice; ++at) {
      auto& event = *slice->add_events();
      event.set_generation("g");
      event.set_position(at);
      event.set_type("round_opened");
      event.set_stream("round-7");
    }
    return Status::OK;
  }

 private:
  BackendDouble& owner_;
};

BackendDouble::BackendDouble(int invitees) : invitees_(invitees) {
  services_.push_back(std::make_unique<Rounds>(*this));
  services_.push_back(std::make_unique<Attachments>());
  services_.push_back(std::make_unique<Regions>());
  services_.push_back(std::make_unique<Sends>(*this));
  services_.push_back(std::make_unique<EventLog>(*this));
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMessageBytesMax);
  for (const auto& service : services_) builder.RegisterService(service.get());
  server_ = builder.BuildAndStart();
}

BackendDouble::~BackendDouble() { server_->Shutdown(); }

Channels BackendDouble::channels() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  const auto channel = server_->InProcessChannel(arguments);
  return {{"consultation", channel}, {"notification", channel}, {"registry", channel}};
}

std::string BackendDouble::last_actor() const {
  const std::lock_guard lock(mutex_);
  return last_actor_;
}

}  // namespace kkr::gateway
