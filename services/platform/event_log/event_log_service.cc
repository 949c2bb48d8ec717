#include "services/platform/event_log/event_log_service.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <variant>

#include "services/platform/event_log/stored_event.h"
#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::platform {
namespace {

constexpr std::int32_t kPageMax = 256;
// Nobody waits longer than this, whatever the caller's deadline.
constexpr auto kAwaitMax = std::chrono::minutes(5);

grpc::Status log_unknown(const std::string& log) {
  return error_status(grpc::StatusCode::NOT_FOUND, "LOG_UNKNOWN",
                      "This process holds no log '" + log + "'.", {{"log", log}});
}

grpc::Status replica_behind() {
  return error_status(grpc::StatusCode::UNAVAILABLE, "REPLICA_BEHIND",
                      "This process follows the log and does not know it so far; ask again.");
}

grpc::Status read(LogDirectory& directory, bool leads, const v1::ReadEventsRequest& request,
                  v1::ReadEventsResponse& reply) {
  const auto limit = request.page_size() <= 0 ? kPageMax : std::min(request.page_size(), kPageMax);
  const auto from = std::max<std::uint64_t>(request.from_position(), 1);
  const auto found = directory.read(request.log(), from, static_cast<std::size_t>(limit));
  if (const auto* failure = std::get_if<LogReadFailure>(&found)) {
    return *failure == LogReadFailure::kLogUnknown ? log_unknown(request.log())
                                                   : failure_status(StoreFailure::kUnavailable);
  }
  const auto& slice = std::get<LogSlice>(found);
  // Only who leads the log can tell that what the caller has seen is gone.
  if (!leads && from > slice.head_position + 1) return replica_behind();
  if (!request.generation().empty() && request.generation() != slice.generation) {
    return error_status(grpc::StatusCode::FAILED_PRECONDITION, "GENERATION_CHANGED",
                        "The log was restored from a backup since you last read it.",
                        {{"generation", slice.generation}});
  }
  reply.set_generation(slice.generation);
  reply.set_head_position(slice.head_position);
  if (slice.previous_hash) reply.set_previous_hash(std::string(as_bytes(*slice.previous_hash)));
  for (const RecordedEvent& event : slice.events) to_message(event, *reply.add_events());
  return grpc::Status::OK;
}

// Answers on the pool, or says that too many wait.
template <class Answer>
grpc::ServerUnaryReactor* answer_on(AnswerPool& pool, grpc::CallbackServerContext* call,
                                    Answer answer) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  if (!pool.submit([reactor, answer = std::move(answer)] { reactor->Finish(answer()); })) {
    reactor->Finish(failure_status(CommandFailure::kQueueFull));
  }
  return reactor;
}

}  // namespace

EventLogService::EventLogService(LogDirectory& directory, Settlement& settlement,
                                 const Clock& clock, Leads leads)
    : directory_(directory),
      settlement_(settlement),
      clock_(clock),
      leads_(std::move(leads)),
      reads_(/*threads=*/2, /*waiting_max=*/256),
      waits_(/*threads=*/2, /*waiting_max=*/64) {}

grpc::ServerUnaryReactor* EventLogService::ReadEvents(grpc::CallbackServerContext* call,
                                                      const v1::ReadEventsRequest* request,
                                                      v1::ReadEventsResponse* reply) {
  return answer_on(reads_, call, [this, request, reply] {
    // Asked first: who led a moment ago knows all that was committed by then.
    const bool leads = !leads_ || leads_(request->log());
    return read(directory_, leads, *request, *reply);
  });
}

grpc::ServerUnaryReactor* EventLogService::AwaitFollowed(grpc::CallbackServerContext* call,
                                                         const v1::AwaitFollowedRequest* request,
                                                         v1::AwaitFollowedResponse*) {
  const auto latest = std::chrono::steady_clock::now() + kAwaitMax;
  const auto deadline = std::min(steady_deadline_of(*call), latest);
  return answer_on(waits_, call, [this, request, deadline]() -> grpc::Status {
    if (!directory_.head(request->log())) return log_unknown(request->log());
    if (settlement_.await_followed(request->log(), request->position(), clock_.now(), deadline)) {
      return grpc::Status::OK;
    }
    return error_status(grpc::StatusCode::DEADLINE_EXCEEDED, "NOT_FOLLOWED_YET",
                        "The services have not yet taken in all of the log.");
  });
}

}  // namespace kkr::platform
