// Reads the logs of another process over gRPC, for followers.
#pragma once

#include <chrono>
#include <memory>

#include "kkr/platform/v1/event_log.grpc.pb.h"
#include "services/platform/follower/log_reader.h"

namespace kkr::platform {

class RemoteLogReader final : public LogReader {
 public:
  explicit RemoteLogReader(const std::shared_ptr<grpc::ChannelInterface>& channel,
                           std::chrono::milliseconds patience = std::chrono::seconds(10))
      : stub_(v1::EventLogService::NewStub(channel)), patience_(patience) {}

  // An event that does not arrive whole counts as kUnavailable.
  std::variant<LogSlice, LogReadFailure> read(const std::string& log, std::uint64_t from_position,
                                              std::size_t limit) override;

 private:
  const std::unique_ptr<v1::EventLogService::Stub> stub_;
  const std::chrono::milliseconds patience_;
};

}  // namespace kkr::platform
