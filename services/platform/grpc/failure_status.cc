#include "services/platform/grpc/failure_status.h"

#include <cstdlib>
#include <string>

#include "services/platform/grpc/error_status.h"

namespace kkr::platform {

grpc::Status failure_status(CommandFailure failure) {
  using grpc::StatusCode;
  switch (failure) {
    case CommandFailure::kQueueFull:
      return error_status(StatusCode::RESOURCE_EXHAUSTED, "QUEUE_FULL",
                          "Too many commands are waiting. Try again in a moment.");
    case CommandFailure::kExpired:
      return error_status(StatusCode::DEADLINE_EXCEEDED, "EXPIRED",
                          "The deadline passed before the command was decided. Nothing was done.");
    case CommandFailure::kCancelled:
      return error_status(StatusCode::CANCELLED, "CANCELLED",
                          "The caller cancelled before the command was decided. Nothing was done.");
    case CommandFailure::kRequestIdReused:
      return error_status(StatusCode::INVALID_ARGUMENT, "REQUEST_ID_REUSED",
                          "This request id was used before, for another command.", {},
                          {{"request_id", "was used before, for another command"}});
    case CommandFailure::kEventTooLarge:
      return error_status(StatusCode::INVALID_ARGUMENT, "EVENT_TOO_LARGE",
                          "What is to be recorded is larger than 512 KiB.");
    case CommandFailure::kStorageFull:
      return error_status(StatusCode::UNAVAILABLE, "STORAGE_FULL",
                          "The disk is full. Nothing was done; reading still works.");
    case CommandFailure::kStoreUnavailable:
      return error_status(StatusCode::UNAVAILABLE, "STORE_UNAVAILABLE",
                          "The event store cannot be reached. Try again in a moment.");
    case CommandFailure::kRegionDamaged:
      return error_status(StatusCode::FAILED_PRECONDITION, "REGION_READ_ONLY",
                          "This region's log is damaged, so it is read-only until an administrator "
                          "has restored it from a backup.");
    case CommandFailure::kShuttingDown:
      return error_status(StatusCode::UNAVAILABLE, "SHUTTING_DOWN",
                          "The service is stopping. Try again in a moment.");
    case CommandFailure::kNotHolder:
      return error_status(StatusCode::UNAVAILABLE, "REGION_CHANGES_HANDS",
                          "This region is passing to another process. Try again in a moment, under "
                          "the same request id.");
    case CommandFailure::kFactTooNew:
      return error_status(StatusCode::FAILED_PRECONDITION, "SITE_IS_BEING_UPGRADED",
                          "The site is being upgraded, and what is to be recorded is new in this "
                          "version. It can be recorded once the upgrade is complete.");
    case CommandFailure::kOutOfOrder: break;  // Only a follower's command meets it.
  }
  std::abort();  // Unreachable: every enumerator has its row.
}

grpc::Status failure_status(StoreFailure failure) {
  switch (failure) {
    case StoreFailure::kStorageFull: return failure_status(CommandFailure::kStorageFull);
    case StoreFailure::kDamaged: return failure_status(CommandFailure::kRegionDamaged);
    case StoreFailure::kNotHolder: return failure_status(CommandFailure::kNotHolder);
    case StoreFailure::kUnavailable:
    case StoreFailure::kOutcomeUnknown:
    case StoreFailure::kConflict: return failure_status(CommandFailure::kStoreUnavailable);
  }
  std::abort();  // Unreachable: every enumerator has its row.
}

grpc::Status region_unknown(std::string_view region) {
  return error_status(grpc::StatusCode::NOT_FOUND, "REGION_UNKNOWN",
                      "There is no region '" + std::string(region) + "'.",
                      {{"region", std::string(region)}});
}

grpc::Status no_such_log(NoSuchLog why, std::string_view region) {
  if (why == NoSuchLog::kUnknown) return region_unknown(region);
  return error_status(grpc::StatusCode::UNAVAILABLE, "REGION_NOT_FOUND_OUT",
                      "Whether there is a region '" + std::string(region) +
                          "' cannot be found out now. Try again in a moment.",
                      {{"region", std::string(region)}});
}

}  // namespace kkr::platform
