// What as many streams cost as a large site has: 7 services of 50 regions, each with its own relay,
// on three servers that keep each event three times.
//   bench_streams [streams]
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/nats_server.h"
#include "tests/contract/relayed_log.h"

namespace kkr::platform {
namespace {

using std::chrono::steady_clock;

class Site {
 public:
  explicit Site(std::size_t streams) {
    JetStreamSettings settings;
    settings.nats.urls = servers_.urls();
    settings.replicas = 3;
    bus_ = open_bus(settings, pool_);
    for (std::size_t i = 0; i < streams; ++i) {
      logs_.push_back(std::make_unique<RelayedLog>("region" + std::to_string(i)));
      relays_.push_back(logs_.back()->relay(*bus_, pool_));
    }
  }

  NatsServers& servers() { return servers_; }
  void start() {
    for (const auto& relay : relays_) relay->start();
  }
  void write_one_event_each() {
    for (const auto& log : logs_) log->write(1);
  }
  bool all_taken() const {
    for (std::size_t i = 0; i < logs_.size(); ++i)
      if (relays_[i]->position() != logs_[i]->store().head().position) return false;
    return true;
  }
  // Seconds until every stream holds its log; -1 after five minutes.
  double until_taken(steady_clock::time_point begin) const {
    while (!all_taken()) {
      if (steady_clock::now() - begin > std::chrono::minutes(5)) return -1;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return std::chrono::duration<double>(steady_clock::now() - begin).count();
  }
  // Resident MiB of each server.
  std::string memory() const {
    std::string text;
    for (std::size_t node = 0; node < servers_.count(); ++node) {
      std::ifstream file("/proc/" + std::to_string(servers_.pid(node)) + "/statm");
      long size = 0, pages = 0;
      file >> size >> pages;
      text += fmt::format(" {}", pages * 4 / 1024);
    }
    return text;
  }

 private:
  NatsServers servers_{3};
  WorkerPool pool_{4};
  std::unique_ptr<JetStreamBus> bus_;
  std::vector<std::unique_ptr<RelayedLog>> logs_;
  std::vector<std::unique_ptr<Relay>> relays_;
};

void run(std::size_t streams) {
  Site site(streams);
  fmt::print("servers without streams:{} MiB\n", site.memory());
  site.write_one_event_each();
  auto begin = steady_clock::now();
  site.start();
  fmt::print("{} streams created and filled: {:.1f} s\n", streams, site.until_taken(begin));
  fmt::print("servers with them:{} MiB\n", site.memory());

  begin = steady_clock::now();
  site.write_one_event_each();
  fmt::print("an event into each: {:.2f} s\n", site.until_taken(begin));

  site.servers().kill(0);
  begin = steady_clock::now();
  site.write_one_event_each();
  fmt::print("an event into each, one server having fallen just before: {:.1f} s\n",
             site.until_taken(begin));

  begin = steady_clock::now();
  site.servers().start(0);
  fmt::print("it listens again: {:.1f} s\n",
             std::chrono::duration<double>(steady_clock::now() - begin).count());
  std::this_thread::sleep_for(std::chrono::seconds(10));
  site.servers().kill(1);
  begin = steady_clock::now();
  site.write_one_event_each();
  fmt::print("the same with another, 10 s after: {:.1f} s\n", site.until_taken(begin));
  site.servers().start(1);
  std::this_thread::sleep_for(std::chrono::seconds(5));
  fmt::print("servers at the end:{} MiB\n", site.memory());
}

}  // namespace
}  // namespace kkr::platform

int main(int argc, char** argv) { kkr::platform::run(argc > 1 ? std::stoul(argv[1]) : 350); }
