// A running network_replica, and what calls to it come to.
#pragma once

#include <grpcpp/channel.h>

#include <chrono>
#include <string>
#include <vector>

#include "kkr/platform/v1/event_log.grpc.pb.h"
#include "services/platform/network/network_channel.h"
#include "tests/processes/child_process.h"

namespace kkr::platform {

class ReplicaProcess {
 public:
  // `folder` is where the file stands that makes it fail; `tls_folder` is empty for none.
  ReplicaProcess(const std::string& folder, const std::string& name, const std::string& tls_folder,
                 const std::string& address = "127.0.0.1:0")
      : process_(command(folder, name, address, tls_folder)),
        address_(process_.read_line().value_or("it did not start")) {}

  const std::string& address() const { return address_; }
  processes::ChildProcess& process() { return process_; }

 private:
  static std::vector<std::string> command(const std::string& folder, const std::string& name,
                                          const std::string& address, const std::string& tls) {
    std::vector<std::string> words{KKR_NETWORK_REPLICA, folder, name, address};
    if (!tls.empty()) words.push_back(tls);
    return words;
  }

  processes::ChildProcess process_;
  std::string address_;
};

struct Answer {
  grpc::Status status;
  std::string replica;  // Who answered.
};

inline Answer ask(const std::shared_ptr<grpc::Channel>& channel,
                  std::chrono::milliseconds time = std::chrono::seconds(10)) {
  const auto stub = v1::EventLogService::NewStub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + time);
  v1::ReadEventsResponse reply;
  const grpc::Status status = stub->ReadEvents(&context, {}, &reply);
  return {status, reply.generation()};
}

inline std::shared_ptr<grpc::Channel> channel_to_replicas(
    const std::vector<std::string>& addresses,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  std::string joined;
  for (const std::string& address : addresses) joined += (joined.empty() ? "" : ",") + address;
  return network_channel({"registry", joined}, credentials);
}

}  // namespace kkr::platform
