// Who gets onto the bus and what they may do there, with the permissions that are deployed.
#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "tests/contract/nats_server.h"
#include "tests/contract/relayed_log.h"
#include "tests/processes/certificates.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using waiting::comes_true;

constexpr char kUsers[] = "deploy/nats/users.conf";

class JetStreamAccessTest : public testing::Test {
 protected:
  JetStreamAccessTest() {
    for (const std::string user :
         {"REGISTRY", "CONSULTATION", "FINANCING", "NOTIFICATION", "GATEWAY"})
      ::setenv(("KKR_NATS_" + user + "_PASSWORD").c_str(), ("secret-" + user).c_str(), 1);
    authority_.give(folder_.path("server"), "localhost");
    authority_.give(folder_.path("client"), "kkr-consultation");
    servers_ = std::make_unique<NatsServers>(
        1, "tls { cert_file: \"" + folder_.path("server/certificate.pem") + "\", key_file: \"" +
               folder_.path("server/key.pem") + "\", ca_file: \"" +
               authority_.certificate().string() + "\", verify: true }\ninclude \"" + users_copy() +
               "\"\n");
  }

  // nats-server takes paths relative to its configuration.
  std::string users_copy() {
    std::filesystem::copy_file(kUsers, folder_.path("users.conf"));
    return "../" + std::filesystem::path(folder_.path()).filename().string() + "/users.conf";
  }

  JetStreamSettings settings(const std::string& user, const std::string& password) {
    const std::string file = folder_.path(user + ".password");
    std::ofstream(file) << password << '\n';
    std::string url = servers_->url(0);
    JetStreamSettings settings;
    settings.nats.urls = {"tls://localhost" + url.substr(url.rfind(':'))};
    settings.nats.user = user;
    settings.nats.password_file = file;
    settings.nats.authorities_file = authority_.certificate();
    settings.nats.certificate_file = folder_.path("client/certificate.pem");
    settings.nats.key_file = folder_.path("client/key.pem");
    settings.answer_within = 300ms;
    return settings;
  }
  bool connects(const JetStreamSettings& settings) {
    const auto bus = open_bus(settings, pool_);
    const auto end = std::chrono::steady_clock::now() + 1s;
    while (!bus->connected() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(10ms);
    return bus->connected();
  }

  const TemporaryFolder folder_;
  const processes::Authority authority_{folder_.path("authority")};
  std::unique_ptr<NatsServers> servers_;
  WorkerPool pool_{2};
};

TEST_F(JetStreamAccessTest, AServicePublishesItsOwnEventsAndTheGatewayHearsThem) {
  const auto bus = open_bus(settings("consultation", "secret-CONSULTATION"), pool_);
  const auto gateway = open_bus(settings("gateway", "secret-GATEWAY"), pool_);
  ASSERT_TRUE(comes_true([&] { return bus->connected() && gateway->connected(); }));
  std::atomic<std::uint64_t> heard = 0;
  const auto subscription =
      gateway->subscribe("", "", [&](const EventPtr& event) { heard = event->event.position; });
  RelayedLog log;
  const auto relay = log.relay(*bus, pool_);
  relay->start();
  log.write(10);
  EXPECT_TRUE(comes_true([&] { return relay->position() == 10 && heard == 10; }));
}

TEST_F(JetStreamAccessTest, NobodyPublishesTheEventsOfAnother) {
  for (const auto& [user, password] :
       {std::pair("registry", "secret-REGISTRY"), std::pair("gateway", "secret-GATEWAY")}) {
    const auto bus = open_bus(settings(user, password), pool_);
    ASSERT_TRUE(comes_true([&] { return bus->connected(); }));
    RelayedLog log;  // Of the consultation service.
    const auto relay = log.relay(*bus, pool_);
    relay->start();
    log.write(1);
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(relay->position(), 0u) << user;
  }
}

TEST_F(JetStreamAccessTest, AWrongPasswordIsRefused) {
  EXPECT_TRUE(connects(settings("consultation", "secret-CONSULTATION")));
  EXPECT_FALSE(connects(settings("consultation", "guess")));
}

TEST_F(JetStreamAccessTest, WhoShowsNoCertificateIsRefused) {
  JetStreamSettings bare = settings("consultation", "secret-CONSULTATION");
  bare.nats.certificate_file.clear();
  EXPECT_FALSE(connects(bare));
}

TEST_F(JetStreamAccessTest, AServerOfAnotherAuthorityIsNotBelieved) {
  JetStreamSettings mistrustful = settings("consultation", "secret-CONSULTATION");
  mistrustful.nats.authorities_file = processes::Authority(folder_.path("stranger")).certificate();
  EXPECT_FALSE(connects(mistrustful));
}

TEST_F(JetStreamAccessTest, AServerOfAnotherNameIsNotBelieved) {
  JetStreamSettings by_address = settings("consultation", "secret-CONSULTATION");
  by_address.nats.urls = {"tls" + servers_->url(0).substr(4)};
  EXPECT_FALSE(connects(by_address)) << "its certificate is for localhost, not for 127.0.0.1";
}

TEST_F(JetStreamAccessTest, SettingsThatCannotBeUsedAreNamed) {
  JetStreamSettings unusable = settings("consultation", "secret-CONSULTATION");
  unusable.nats.key_file = folder_.path("nothing.pem");
  auto opened = JetStreamBus::open(unusable, pool_);
  ASSERT_TRUE(std::holds_alternative<std::string>(opened));
  EXPECT_THAT(std::get<std::string>(opened), HasSubstr("certificate.pem"));
  unusable.nats.password_file = folder_.path("nothing");
  opened = JetStreamBus::open(unusable, pool_);
  ASSERT_TRUE(std::holds_alternative<std::string>(opened));
  EXPECT_THAT(std::get<std::string>(opened), HasSubstr("nothing"));
}

}  // namespace
}  // namespace kkr::platform
