#include "services/notification/api/send_api.h"

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "services/notification/api/send_view.h"
#include "services/notification/domain/occasions.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/failure_status.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kSlice = 256;

grpc::Status out_of_reach() {
  return platform::error_status(grpc::StatusCode::UNAVAILABLE, "STORE_UNAVAILABLE",
                                "The sends of this region cannot be read now. Try again.");
}

grpc::Status unknown_send() {
  return platform::error_status(grpc::StatusCode::NOT_FOUND, "SEND_UNKNOWN",
                                "There is no such send.");
}

std::string id_in(const std::string& name) {
  const auto ids = platform::match_name("regions/{region}/sends/{send}", name);
  return ids ? ids->at(1) : "";
}

std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

grpc::Status show_whole(Outbox& outbox, std::string_view region, const Send& send, v1::Send& made) {
  const auto story = outbox.table().transitions(send.id);
  const auto* turns = std::get_if<std::vector<Transition>>(&story);
  if (turns == nullptr) return out_of_reach();
  made = shown_whole(region, send, *turns);
  return grpc::Status::OK;
}

grpc::Status fill(SendTable& table, const SendFilter& filter, std::string_view region,
                  PageFill& page, v1::ListSendsResponse& reply) {
  std::int64_t before = number_in(page.after());
  while (true) {
    const auto listed = table.list(filter, before, kSlice);
    const auto* sends = std::get_if<std::vector<Send>>(&listed);
    if (sends == nullptr) return out_of_reach();
    for (const Send& send : *sends) {
      if (!page.has_room(reply)) return grpc::Status::OK;
      *reply.add_sends() = shown(region, send);
      before = send.number;
      page.put_in(std::to_string(before));
    }
    if (sends->size() < kSlice) return grpc::Status::OK;
  }
}

grpc::Status fill_gaps(SendTable& table, std::string_view region, PageFill& page,
                       v1::ListGapsResponse& reply) {
  std::string after = page.after();
  while (true) {
    const auto listed = table.gaps(after, kSlice);
    const auto* sends = std::get_if<std::vector<Send>>(&listed);
    if (sends == nullptr) return out_of_reach();
    for (const Send& send : *sends) {
      if (!page.has_room(reply)) return grpc::Status::OK;
      *reply.add_gaps() = shown_gap(region, send);
      after = send.planned.key.recipient;
      page.put_in(after);
    }
    if (sends->size() < kSlice) return grpc::Status::OK;
  }
}

grpc::Status count(SendTable& table, const std::string& round, v1::RoundNotices& made) {
  const auto counted = table.count(round);
  const auto contacted = table.contacted(round);
  const auto* counts = std::get_if<std::vector<SendCount>>(&counted);
  const auto* municipalities = std::get_if<std::map<std::string, Contacted>>(&contacted);
  if (counts == nullptr || municipalities == nullptr) return out_of_reach();
  for (const SendCount& one : *counts) {
    v1::NoticeCount& added = *made.add_counts();
    added.set_occasion(occasion_of(one.occasion));
    added.set_state(static_cast<v1::Send::State>(static_cast<int>(one.state) + 1));
    added.set_count(static_cast<int>(one.count));
  }
  for (const auto& [code, one] : *municipalities) {
    v1::MunicipalityNotices& added = *made.add_municipalities();
    added.set_municipality(code);
    if (one.invited_at) *added.mutable_invited_time() = platform::timestamp_of(*one.invited_at);
    added.set_reminded_count(one.reminders);
    if (one.last_reminded_at)
      *added.mutable_last_reminded_time() = platform::timestamp_of(*one.last_reminded_at);
  }
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* SendApi::GetSend(grpc::CallbackServerContext* call,
                                           const v1::GetSendRequest* request, v1::Send* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [this, request](const Notification&, Log& log, v1::Send& made) {
                   Outbox* outbox = outboxes_.find(log.region());
                   if (outbox == nullptr) return out_of_reach();
                   const auto found = outbox->table().find(id_in(request->name()));
                   const auto* send = std::get_if<std::optional<Send>>(&found);
                   if (send == nullptr) return out_of_reach();
                   if (!*send) return unknown_send();
                   return show_whole(*outbox, log.region(), **send, made);
                 });
}

grpc::ServerUnaryReactor* SendApi::ListSends(grpc::CallbackServerContext* call,
                                             const v1::ListSendsRequest* request,
                                             v1::ListSendsResponse* reply) {
  v1::ListSendsRequest scope = *request;
  scope.clear_page_size();
  scope.clear_page_token();
  return list(call, logs_, "sends/" + scope.SerializeAsString(), request, reply,
              [this, filter = filter_of(*request)](const Notification&, Log& log, PageFill& page,
                                                   v1::ListSendsResponse& made) {
                Outbox* outbox = outboxes_.find(log.region());
                if (outbox == nullptr) return out_of_reach();
                return fill(outbox->table(), filter, log.region(), page, made);
              });
}

grpc::ServerUnaryReactor* SendApi::RetrySend(grpc::CallbackServerContext* call,
                                             const v1::RetrySendRequest* request, v1::Send* reply) {
  // Where the sender is that it wakes.
  return platform::run_where_led(
      call, logs_, platform::region_of(request->name()), request, reply,
      [this, request](const StateAt&, Log& log, v1::Send& made) {
        Outbox* outbox = outboxes_.find(log.region());
        if (outbox == nullptr) return out_of_reach();
        const auto tried = outbox->table().retry(id_in(request->name()), clock_.now());
        const auto* send = std::get_if<std::optional<Send>>(&tried);
        if (send == nullptr) return out_of_reach();
        if (!*send) return unknown_send();
        const SendState state = (*send)->state;
        if (state == SendState::kSent || state == SendState::kDropped) {
          return platform::error_status(grpc::StatusCode::FAILED_PRECONDITION, "SEND_NOT_FAILED",
                                        "Only what failed or waits can be tried again.");
        }
        outbox->wake();
        return show_whole(*outbox, log.region(), **send, made);
      });
}

grpc::ServerUnaryReactor* SendApi::ListGaps(grpc::CallbackServerContext* call,
                                            const v1::ListGapsRequest* request,
                                            v1::ListGapsResponse* reply) {
  return list(call, logs_, request->parent() + "/noticeGaps", request, reply,
              [this](const Notification&, Log& log, PageFill& page, v1::ListGapsResponse& made) {
                Outbox* outbox = outboxes_.find(log.region());
                if (outbox == nullptr) return out_of_reach();
                return fill_gaps(outbox->table(), log.region(), page, made);
              });
}

grpc::ServerUnaryReactor* SendApi::GetRoundNotices(grpc::CallbackServerContext* call,
                                                   const v1::GetRoundNoticesRequest* request,
                                                   v1::RoundNotices* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [this, request](const Notification&, Log& log, v1::RoundNotices& made) {
                   Outbox* outbox = outboxes_.find(log.region());
                   if (outbox == nullptr) return out_of_reach();
                   made.set_name(request->name());
                   const std::string& name = request->name();
                   return count(outbox->table(), name.substr(0, name.rfind('/')), made);
                 });
}

}  // namespace kkr::notification
