#include "services/platform/process/grpc_server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <utility>

#include "services/platform/network/network_channel.h"
#include "services/platform/process/calls_under_way.h"

namespace kkr::platform {
namespace {

// A call that was on its way when the server said that it no longer serves has arrived by then.
constexpr std::chrono::milliseconds kQuiet{200};
constexpr std::size_t kCallMemoryBytesMax = std::size_t{256} << 20U;

grpc::ChannelArguments channel_arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetMaxSendMessageSize(kMessageBytesMax);
  return arguments;
}

void set_limits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMessageBytesMax);
  builder.SetMaxSendMessageSize(kMessageBytesMax);
  grpc::ResourceQuota quota("kkr");
  quota.Resize(kCallMemoryBytesMax);
  builder.SetResourceQuota(quota);
  // A client that is gone without a word is noticed, and those that ask whether we are there may.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kPingEveryMs / 4);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);  // A second process must notice.
}

// `host:0` with the port it got; any other address as it is.
std::string with_port(const std::string& address, int port) {
  const bool any_port = address.size() > 2 && address.substr(address.size() - 2) == ":0";
  return any_port ? address.substr(0, address.size() - 1) + std::to_string(port) : address;
}

}  // namespace

std::unique_ptr<GrpcServer> GrpcServer::start(
    const std::vector<grpc::Service*>& services, const std::vector<std::string>& addresses,
    const std::vector<std::string>& health_names,
    const std::shared_ptr<grpc::ServerCredentials>& credentials) {
  grpc::EnableDefaultHealthCheckService(true);
  std::unique_ptr<GrpcServer> started(new GrpcServer);
  started->calls_ = std::make_shared<CallsUnderWay>();
  grpc::ServerBuilder builder;
  set_limits(builder);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(counting_calls(started->calls_));
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  std::vector<int> ports(addresses.size());
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    builder.AddListeningPort(addresses[i], credentials, &ports[i]);
  }
  for (grpc::Service* service : services) builder.RegisterService(service);
  started->server_ = builder.BuildAndStart();
  if (started->server_ == nullptr) return nullptr;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    started->addresses_.push_back(with_port(addresses[i], ports[i]));
  }
  if (auto* health = started->server_->GetHealthCheckService()) {
    for (const std::string& name : health_names) health->SetServingStatus(name, true);
  }
  started->is_watched_ = !addresses.empty() && !health_names.empty();
  return started;
}

GrpcServer::~GrpcServer() { stop(std::chrono::steady_clock::now()); }

std::shared_ptr<grpc::Channel> GrpcServer::channel_within() {
  return server_->InProcessChannel(channel_arguments());
}

void GrpcServer::stop(std::chrono::steady_clock::time_point deadline) {
  if (server_ == nullptr) return;
  if (auto* health = server_->GetHealthCheckService()) health->Shutdown();
  calls_->wait_for_none(deadline, is_watched_ ? kQuiet : std::chrono::milliseconds(0));
  const auto left = deadline - std::chrono::steady_clock::now();
  server_->Shutdown(std::chrono::system_clock::now() +
                    std::chrono::duration_cast<std::chrono::system_clock::duration>(left));
  server_->Wait();
  server_.reset();
}

std::shared_ptr<grpc::Channel> channel_to(const std::string& address) {
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   channel_arguments());
}

}  // namespace kkr::platform
