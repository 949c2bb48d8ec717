// Services for the gateway's tests, in this process: small doubles of the registry and the
// consultation service with a log that only counts. They know one region and one round.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/backend/grpc_caller.h"
#include "grpcpp/server.h"
#include "kkr/consultation/v1/attachments.grpc.pb.h"
#include "kkr/consultation/v1/rounds.grpc.pb.h"
#include "kkr/notification/v1/sends.grpc.pb.h"
#include "kkr/platform/v1/event_log.grpc.pb.h"
#include "kkr/registry/v1/region.grpc.pb.h"

namespace kkr::gateway {

class BackendDouble {
 public:
  // `invitees`: how many rows the board has.
  explicit BackendDouble(int invitees = 3);
  ~BackendDouble();

  Channels channels() const;

  // Where the consultation service's log stands; it goes on by one with every command.
  std::uint64_t position() const { return position_; }
  void go_on() { ++position_; }
  // How often the rows of the board were asked for.
  int row_calls() const { return row_calls_; }
  std::string last_actor() const;
  // From now on one municipality's reminder is on its way, or no longer.
  void set_sending(bool sending) { sending_ = sending; }

 private:
  class Rounds;
  class Attachments;
  class Regions;
  class Sends;
  class EventLog;

  const int invitees_;
  std::atomic<std::uint64_t> position_{5};
  std::atomic<int> row_calls_{0};
  std::atomic<bool> sending_{false};
  mutable std::mutex mutex_;
  std::string last_actor_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace kkr::gateway
