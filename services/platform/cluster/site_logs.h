// Reads every log of a site that runs in several processes: this one's own directly, those of
// another service from any process of it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "services/platform/cluster/service_channels.h"
#include "services/platform/event_log/remote_log_reader.h"
#include "services/platform/follower/log_reader.h"
#include "services/platform/region/log_directory.h"

namespace kkr::platform {

class SiteLogs final : public LogReader {
 public:
  // Both must outlive the reader.
  SiteLogs(std::string service, LogDirectory& own, ServiceChannels& channels)
      : service_(std::move(service)), own_(own), channels_(channels) {}

  // A service without an address has no logs.
  std::variant<LogSlice, LogReadFailure> read(const std::string& log, std::uint64_t from_position,
                                              std::size_t limit) override;

 private:
  RemoteLogReader* reader_of(const std::string& service);

  const std::string service_;
  LogDirectory& own_;
  ServiceChannels& channels_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<RemoteLogReader>> readers_;  // By service.
};

}  // namespace kkr::platform
