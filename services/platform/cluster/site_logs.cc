#include "services/platform/cluster/site_logs.h"

namespace kkr::platform {

std::variant<LogSlice, LogReadFailure> SiteLogs::read(const std::string& log,
                                                      std::uint64_t from_position,
                                                      std::size_t limit) {
  const std::string service = log.substr(0, log.find('/'));
  if (service == service_) return own_.read(log, from_position, limit);
  RemoteLogReader* const reader = reader_of(service);
  if (reader == nullptr) return LogReadFailure::kLogUnknown;
  return reader->read(log, from_position, limit);
}

RemoteLogReader* SiteLogs::reader_of(const std::string& service) {
  const std::lock_guard lock(mutex_);
  auto& reader = readers_[service];
  if (reader == nullptr) {
    const auto channel = channels_.to(service);
    if (channel != nullptr) reader = std::make_unique<RemoteLogReader>(channel);
  }
  return reader.get();
}

}  // namespace kkr::platform
