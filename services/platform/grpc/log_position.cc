#include "services/platform/grpc/log_position.h"

#include <charconv>
#include <system_error>

#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"

namespace kkr::platform {
namespace {

// Takes the first entry off a list separated by commas.
std::string_view next_entry(std::string_view& list) {
  const std::size_t comma = list.find(',');
  std::string_view entry = list.substr(0, comma);
  list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
  while (!entry.empty() && entry.back() == ' ') entry.remove_suffix(1);
  return entry;
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

grpc::Status check_seen(std::string_view wanted, std::string_view service, std::string_view region,
                        const LogHead& head) {
  while (!wanted.empty()) {
    const auto seen = parse_log_position(next_entry(wanted));
    if (!seen) {
      return error_status(
          grpc::StatusCode::INVALID_ARGUMENT, "POSITION_INVALID",
          std::string(kMinPositionKey) + " is not of the form service/region/generation/position.");
    }
    if (seen->service != service || seen->region != region) continue;
    if (seen->generation != head.generation) {
      return error_status(grpc::StatusCode::FAILED_PRECONDITION, "GENERATION_CHANGED",
                          "The log was restored from a backup since you last read it. Read anew.",
                          {{"generation", head.generation}});
    }
    if (seen->position > head.position) {
      return error_status(grpc::StatusCode::UNAVAILABLE, "POSITION_NOT_REACHED",
                          "This service has not yet seen what you have written. Try again.",
                          {{"position", std::to_string(head.position)}});
    }
  }
  return grpc::Status::OK;
}

}  // namespace kkr::platform
