// A replica of a service, for tests of the channels to it: answers ReadEvents with its name and
// everything else with UNIMPLEMENTED. While the file NAME stands in FOLDER it fails every call.
//
//   network_replica FOLDER NAME ADDRESS [TLS_FOLDER]
//
// Prints the address it got, and drains on SIGTERM.
#include <csignal>
#include <filesystem>
#include <iostream>

#include "kkr/platform/v1/event_log.grpc.pb.h"
#include "services/platform/log/log.h"
#include "services/platform/network/credentials.h"
#include "services/platform/process/grpc_server.h"
#include "services/platform/process/stop_signal.h"

namespace kkr::platform {
namespace {

class NamedReplica final : public v1::EventLogService::CallbackService {
 public:
  NamedReplica(std::string name, std::filesystem::path failing)
      : name_(std::move(name)), failing_(std::move(failing)) {}

  grpc::ServerUnaryReactor* ReadEvents(grpc::CallbackServerContext* call,
                                       const v1::ReadEventsRequest*,
                                       v1::ReadEventsResponse* reply) override {
    reply->set_generation(name_);
    grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
    reactor->Finish(std::filesystem::exists(failing_)
                        ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "as told")
                        : grpc::Status::OK);
    return reactor;
  }

 private:
  const std::string name_;
  const std::filesystem::path failing_;
};

int serve(const std::filesystem::path& folder, const std::string& name, const std::string& address,
          const TlsFiles& tls) {
  StopSignal stop_signal;
  start_json_logs(LogLevel::kError);  // Nobody reads what it writes after its address.
  NamedReplica replica(name, folder / name);
  const auto server = GrpcServer::start({&replica}, {address}, {"kkr.registry"},
                                        server_credentials(tls, std::chrono::seconds(1)));
  if (server == nullptr) return 1;
  std::cout << server->addresses().front() << std::endl;
  stop_signal.wait();
  server->stop(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  return 0;
}

}  // namespace
}  // namespace kkr::platform

int main(int argc, char** argv) {
  kkr::platform::TlsFiles tls;
  if (argc > 4) {
    const std::filesystem::path folder(argv[4]);
    tls = {folder / "certificate.pem", folder / "key.pem", folder / "authorities.pem"};
  }
  return argc < 4 ? 2 : kkr::platform::serve(argv[1], argv[2], argv[3], tls);
}
