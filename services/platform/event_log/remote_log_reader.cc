#include "services/platform/event_log/remote_log_reader.h"

#include <utility>

#include "services/platform/event_log/stored_event.h"

namespace kkr::platform {

std::variant<LogSlice, LogReadFailure> RemoteLogReader::read(const std::string& log,
                                                             std::uint64_t from_position,
                                                             std::size_t limit) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + patience_);
  v1::ReadEventsRequest request;
  request.set_log(log);
  request.set_from_position(from_position);
  request.set_page_size(static_cast<std::int32_t>(limit));
  v1::ReadEventsResponse reply;
  const grpc::Status status = stub_->ReadEvents(&context, request, &reply);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) return LogReadFailure::kLogUnknown;
  if (!status.ok()) return LogReadFailure::kUnavailable;

  LogSlice slice;
  slice.generation = reply.generation();
  slice.head_position = reply.head_position();
  Hash previous{};
  if (from_bytes(reply.previous_hash(), previous)) slice.previous_hash = previous;
  for (const v1::StoredEvent& message : reply.events()) {
    auto event = from_message(message);
    if (!event) return LogReadFailure::kUnavailable;
    slice.events.push_back(*std::move(event));
  }
  return slice;
}

}  // namespace kkr::platform
