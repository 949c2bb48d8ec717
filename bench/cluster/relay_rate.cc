// Events per second from a log to JetStream by one relay: onto one server, and onto three that keep
// each event three times. Beside it what waiting for each answer would give.
//   bench_relay [events]
#include <fmt/core.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <thread>

#include "tests/contract/nats_server.h"
#include "tests/contract/relayed_log.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using std::chrono::steady_clock;

constexpr double kRateMin = 20'000;
constexpr std::uint64_t kOneByOne = 500;

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

bool publish_one(Bus& bus, const EventPtr& event) {
  const auto answer = std::make_shared<std::promise<bool>>();
  bus.publish(event, [answer](bool taken) { answer->set_value(taken); });
  return answer->get_future().get();
}

double one_by_one(Bus& bus, RelayedLog& log) {
  while (!bus.resume_after("consultation", log.region(), log.store().head(), log.store()))
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const auto begin = steady_clock::now();
  for (std::uint64_t position = 1; position <= kOneByOne; ++position)
    publish_one(bus, log.at(position));
  return static_cast<double>(kOneByOne) / seconds_since(begin);
}

double pipelined(Bus& bus, WorkerPool& pool, RelayedLog& log) {
  const std::uint64_t head = log.store().head().position;
  const auto relay = log.relay(bus, pool);
  const auto begin = steady_clock::now();
  relay->start();
  while (relay->position() < head) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return static_cast<double>(head) / seconds_since(begin);
}

double measure(std::size_t servers_count, std::size_t events) {
  NatsServers servers(servers_count);
  WorkerPool pool(2);
  JetStreamSettings settings;
  settings.nats.urls = servers.urls();
  settings.replicas = static_cast<int>(servers_count);
  const auto bus = open_bus(settings, pool);
  RelayedLog slow("sjaelland"), fast("hovedstaden");
  slow.write(kOneByOne);
  fast.write(events);
  const double single = one_by_one(*bus, slow);
  const double rate = pipelined(*bus, pool, fast);
  fmt::print("{} server(s): {:.0f} events/s, one by one {:.0f}, ratio {:.1f}\n", servers_count,
             rate, single, rate / single);
  return rate;
}

}  // namespace
}  // namespace kkr::platform

int main(int argc, char** argv) {
  using kkr::platform::measure;
  const std::size_t events = argc > 1 ? std::stoul(argv[1]) : 100'000;
  const double alone = measure(1, events);
  const double clustered = measure(3, events);
  const bool enough = std::min(alone, clustered) >= kkr::platform::kRateMin;
  fmt::print("asked: {:.0f} events/s: {}\n", kkr::platform::kRateMin, enough ? "yes" : "no");
  return enough ? 0 : 1;
}
