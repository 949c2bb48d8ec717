// Serves the logs of this process to other processes, and tells when this process has followed.
// Reads only; knows no domain. See event_log.proto for what comes back and each failure.
#pragma once

#include <functional>
#include <string>

#include "kkr/platform/v1/event_log.grpc.pb.h"
#include "services/platform/grpc/answer_pool.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/settlement/settlement.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

class EventLogService final : public v1::EventLogService::CallbackService {
 public:
  // Whether this process appends to a log.
  using Leads = std::function<bool(const std::string& log)>;

  // All must outlive the service. Without `leads` this process appends to all of its logs.
  EventLogService(LogDirectory& directory, Settlement& settlement, const Clock& clock,
                  Leads leads = nullptr);

  grpc::ServerUnaryReactor* ReadEvents(grpc::CallbackServerContext* call,
                                       const v1::ReadEventsRequest* request,
                                       v1::ReadEventsResponse* reply) override;
  grpc::ServerUnaryReactor* AwaitFollowed(grpc::CallbackServerContext* call,
                                          const v1::AwaitFollowedRequest* request,
                                          v1::AwaitFollowedResponse* reply) override;

 private:
  LogDirectory& directory_;
  Settlement& settlement_;
  const Clock& clock_;
  const Leads leads_;
  AnswerPool reads_;
  AnswerPool waits_;  // Apart, so that those who wait do not hold up those who read.
};

}  // namespace kkr::platform
