#include "services/all/serve/site.h"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <utility>

#include "gateway/program/gateway_module.h"
#include "gateway/program/http_address.h"
#include "services/consultation/module.h"
#include "services/financing/module.h"
#include "services/notification/embedded/sqlite_send_tables.h"
#include "services/notification/module.h"
#include "services/platform/administration/admin_service.h"
#include "services/platform/log/log.h"
#include "services/registry/module.h"

namespace kkr {
namespace {

platform::EmbeddedOptions options_of(const ServeConfig& config) {
  platform::EmbeddedOptions options;
  options.anchor = anchor_path(config.data, config.anchor);
  options.appender.batch_commands_max = config.batch_commands_max;
  return options;
}

// The administration's server: every service of the site and AdminService on a socket file that
// only the site's own user can open.
class AdminSocket {
 public:
  AdminSocket(const platform::RunningSite& site, std::vector<grpc::Service*> services,
              std::filesystem::path path)
      : admin_(site), services_(std::move(services)), path_(std::move(path)) {
    services_.push_back(&admin_);
  }

  void start() {
    server_ = platform::GrpcServer::start(services_, {"unix:" + path_.string()}, {});
    if (server_ == nullptr) throw std::runtime_error("Cannot listen on " + path_.string() + ".");
    std::filesystem::permissions(
        path_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  void stop(platform::Module::Deadline deadline) {
    if (server_ != nullptr) server_->stop(deadline);
  }

 private:
  platform::AdminService admin_;
  std::vector<grpc::Service*> services_;
  const std::filesystem::path path_;
  std::unique_ptr<platform::GrpcServer> server_;
};

// Whoever gets a letter from a site without a public address reaches it where it listens.
notification::Config notification_of(const ServeConfig& config,
                                     const platform::SiteFolder& folder) {
  notification::Config notification = config.notification;
  if (notification.mail.public_url.empty()) {
    notification.mail.public_url = "http://" + config.http_listen;
  }
  notification.maildir = (folder.path() / "mail").string();
  return notification;
}

}  // namespace

const std::vector<std::string>& services_in_order() {
  static const std::vector<std::string> services{"registry", "consultation", "financing",
                                                 "notification"};
  return services;
}

Site::Site(const ServeConfig& config, const platform::SiteFolder& folder,
           platform::Process& process)
    : ports_(folder, options_of(config)),
      event_log_(ports_.directory(), ports_.settlement(), ports_.clock()),
      administration_(ports_, services_in_order(), anchor_path(config.data, config.anchor)),
      probes_(process.readiness(), ports_.directory()),
      stop_at_end_{process} {
  start_gateway(config, start_services(config, process), process);
  start_administration(process);
}

gateway::Channels Site::start_services(const ServeConfig& config, platform::Process& process) {
  const auto start = [&](platform::Module module) {
    module.serve_grpc(event_log_);
    return process.add(std::move(module));
  };
  const auto registry = start(registry::make_module(ports_));
  const auto consultation = start(consultation::make_module(ports_, registry));
  const auto financing = start(financing::make_module(ports_, registry));
  const auto notification = start(notification::make_module(
      ports_, {registry, consultation, financing}, notification_of(config, ports_.folder()),
      std::make_unique<notification::SqliteSendTables>(ports_)));
  return {{"registry", registry},
          {"consultation", consultation},
          {"financing", financing},
          {"notification", notification}};
}

void Site::start_gateway(const ServeConfig& config, gateway::Channels channels,
                         platform::Process& process) {
  gateway::Config settings;
  settings.address = config.http_host();
  settings.port = config.http_port();
  settings.behind_authenticating_proxy = config.behind_authenticating_proxy;
  auto created = gateway::Gateway::create(settings, std::move(channels), ports_.bus(), probes_);
  if (!created.ok()) throw std::runtime_error(std::string(created.status().message()));
  gateway::Gateway& gateway = **created;
  process.add(gateway::make_module(*std::move(created)));
  http_port_ = gateway.port();
  url_ = gateway::url_of({config.http_host(), http_port_});
}

void Site::start_administration(platform::Process& process) {
  platform::Module module("administration");
  auto& socket =
      module.make<AdminSocket>(administration_, process.services(), ports_.folder().admin_socket());
  module.serve(
      "admin socket", [&socket] { socket.start(); },
      [&socket](platform::Module::Deadline deadline) { socket.stop(deadline); });
  process.add(std::move(module));
}

}  // namespace kkr
