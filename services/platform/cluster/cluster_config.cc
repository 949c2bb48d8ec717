#include "services/platform/cluster/cluster_config.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>
#include <variant>

#include "services/platform/bus/jetstream_bus.h"

namespace kkr::platform {

const std::vector<std::string>& services_in_order() {
  static const std::vector<std::string> services{"registry", "consultation", "financing",
                                                 "notification"};
  return services;
}

ClusterConfig::ClusterConfig() {
  for (const std::string& service : services_in_order()) addresses[service] = {};
}

void ClusterConfig::declare(Settings& settings) {
  for (auto& [service, address] : addresses) {
    settings.add(service, address,
                 "Where the " + service + " service is reached, several with commas in between");
  }
  settings.add("nats", nats, "The URLs of the NATS servers, with commas in between");
  settings.add("nats-user", nats_user, "Who this process is to NATS");
  settings.add("nats-password-file", nats_password_file, "The file that holds the password for it");
  settings.add("nats-copies", nats_copies, "On how many NATS servers an event is kept, 1 to 5");
  settings.add("tls-certificate", tls.certificate,
               "The file of the certificate that this process shows to the others");
  settings.add("tls-key", tls.key, "The file of the key of the certificate");
  settings.add("tls-authorities", tls.authorities,
               "The file of the authorities whose certificates are believed");
  settings.add("operations-listen", operations_listen,
               "Where /healthz, /readyz and /metrics are served; empty for nowhere");
  settings.add_switch("verify-config", verify_config,
                      "Say what is wrong with the settings and end");
  process.declare(settings);
}

void ClusterConfig::check(const std::vector<std::string>& asks, Problems& problems) const {
  process.check(problems, !tls.none());
  for (std::string& problem : problems_of(tls)) problems.push_back(std::move(problem));
  for (const std::string& service : asks) {
    if (!addresses.at(service).empty()) continue;
    problems.push_back(fmt::format("There is no address of the {0} service (--{0}).", service));
  }
  if (addresses_in(nats).empty()) problems.push_back("There is no NATS server (--nats).");
  if (nats_copies < 1 || nats_copies > 5) {
    problems.push_back("An event cannot be kept on " + std::to_string(nats_copies) +
                       " servers; it may be 1 to 5 (--nats-copies).");
  }
}

std::unique_ptr<Bus> ClusterConfig::make_bus(const std::string& name, WorkerPool& pool) const {
  JetStreamSettings settings;
  settings.nats.urls = addresses_in(nats);
  settings.nats.name = name;
  settings.nats.user = nats_user;
  settings.nats.password_file = nats_password_file;
  settings.replicas = nats_copies;
  if (nats.find("tls://") != std::string::npos) {
    settings.nats.authorities_file = tls.authorities;
    settings.nats.certificate_file = tls.certificate;
    settings.nats.key_file = tls.key;
  }
  auto opened = JetStreamBus::open(settings, pool);
  if (auto* sentence = std::get_if<std::string>(&opened)) throw std::runtime_error(*sentence);
  return std::get<std::unique_ptr<JetStreamBus>>(std::move(opened));
}

}  // namespace kkr::platform
