#include "services/platform/grpc/log_position.h"

#include <charconv>
#include <system_error>

#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"

namespace kkr::platform {
namespace {

constexpr char kNotReached[] = "POSITION_NOT_REACHED";

// Takes the first entry off a list separated by commas.
std::string_view next_entry(std::string_view& list) {
  const std::size_t comma = list.find(',');
  std::string_view entry = list.substr(0, comma);
  list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
  while (!entry.empty() && entry.back() == ' ') entry.remove_suffix(1);
  return entry;
}

grpc::Status position_invalid(const std::string& key) {
  return error_status(grpc::StatusCode::INVALID_ARGUMENT, "POSITION_INVALID",
                      key + " is not of the form service/region/generation/position.");
}

grpc::Status not_reached(const LogHead& head) {
  return error_status(grpc::StatusCode::UNAVAILABLE, kNotReached,
                      "This service has not yet seen what you have written. Try again.",
                      {{"position", std::to_string(head.position)}});
}

}  // namespace

std::string LogPosition::text() const {
  return service + "/" + region + "/" + generation + "/" + std::to_string(position);
}

std::optional<LogPosition> parse_log_position(std::string_view text) {
  LogPosition place;
  for (std::string* part : {&place.service, &place.region, &place.generation}) {
    const std::size_t slash = text.find('/');
    if (slash == 0 || slash == std::string_view::npos) return std::nullopt;
    *part = text.substr(0, slash);
    text.remove_prefix(slash + 1);
  }
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, place.position);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return place;
}

grpc::Status check_seen(const SeenPositions& seen, std::string_view service,
                        std::string_view region, const LogHead& head, bool is_newest) {
  // Nothing of the log could be read yet.
  if (head.generation.empty() && !is_newest) return not_reached(head);
  for (std::string_view list = seen.known; !list.empty();) {
    const auto known = parse_log_position(next_entry(list));
    if (!known) return position_invalid(kKnownPositionKey);
    if (known->service != service || known->region != region) continue;
    const bool is_present = known->generation == head.generation;
    if (is_present ? known->position > head.position : !is_newest) return not_reached(head);
  }
  for (std::string_view list = seen.wanted; !list.empty();) {
    const std::string_view entry = next_entry(list);
    if (entry == kNewest) {
      if (!is_newest) return not_reached(head);
      continue;
    }
    const auto wanted = parse_log_position(entry);
    if (!wanted) return position_invalid(kMinPositionKey);
    if (wanted->service != service || wanted->region != region) continue;
    if (wanted->generation == head.generation) {
      if (wanted->position > head.position) return not_reached(head);
    } else if (is_newest) {
      return error_status(grpc::StatusCode::FAILED_PRECONDITION, "GENERATION_CHANGED",
                          "The log was restored from a backup since you last read it. Read anew.",
                          {{"generation", head.generation}});
    } else {
      return not_reached(head);
    }
  }
  return grpc::Status::OK;
}

bool is_not_reached(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE && reason_of(status) == kNotReached;
}

}  // namespace kkr::platform
