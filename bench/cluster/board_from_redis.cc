// The board of a round with 98 municipalities out of a real Redis server, by a gateway whose
// services are doubles, as wrk gets it over 64 connections; beside the same board from the
// gateway's memory and made afresh for every reader, in turn, in one run. Exits 1 when Redis serves
// fewer than the project holds itself to. Needs the Debian packages wrk and redis-server.
#include <algorithm>
#include <array>
#include <csignal>
#include <iostream>
#include <stdexcept>

#include "gateway/testing/raw_client.h"
#include "gateway/testing/running_gateway.h"
#include "services/platform/cache/redis_cache.h"
#include "tests/contract/redis_server.h"
#include "tests/processes/child_process.h"

namespace kkr::gateway {
namespace {

constexpr int kMunicipalities = 98;
constexpr int kRounds = 3;
constexpr double kRequestsPerSecondMin = 5'000;
constexpr const char* kBoard = "/v1/regions/hovedstaden/rounds/7:board";

double requests_per_second(std::uint16_t port, const std::string& header) {
  processes::ChildProcess wrk({"wrk", "-t2", "-c64", "-d3s", "-H", header,
                               "http://127.0.0.1:" + std::to_string(port) + kBoard});
  double rate = 0;
  while (const auto line = wrk.read_line()) {
    constexpr std::string_view kRate = "Requests/sec:";
    if (line->rfind(kRate, 0) == 0) rate = std::stod(line->substr(kRate.size()));
    if (line->find("Non-2xx") != std::string::npos) throw std::runtime_error(*line);
  }
  return rate;
}

double median(std::array<double, kRounds> of) {
  std::sort(of.begin(), of.end());
  return of[kRounds / 2];
}

int measure() {
  signal(SIGPIPE, SIG_IGN);
  const platform::RedisServer redis;
  RunningGateway from_redis(
      Config{}, kMunicipalities, {},
      std::make_unique<platform::RedisCache>(platform::RedisOptions{redis.socket()}));
  RunningGateway from_memory(Config{}, kMunicipalities);
  const RawReply board = RawClient::get(from_redis.port(), kBoard);
  // A reader who has seen a position gets a board made afresh.
  const std::string afresh = "KKR-Min-Position: " + board.headers.at("kkr-position");
  std::array<double, kRounds> redis_rates{};
  std::array<double, kRounds> memory_rates{};
  std::array<double, kRounds> afresh_rates{};
  for (std::size_t i = 0; i < kRounds; ++i) {
    redis_rates[i] = requests_per_second(from_redis.port(), "A: b");
    memory_rates[i] = requests_per_second(from_memory.port(), "A: b");
    afresh_rates[i] = requests_per_second(from_memory.port(), afresh);
  }
  const double rate = median(redis_rates);
  std::cout << "board of " << kMunicipalities << " municipalities, " << board.body.size()
            << " bytes, medians of " << kRounds << ":\n  from Redis  " << rate
            << " requests/s (at least " << kRequestsPerSecondMin << " is asked for)\n  from memory "
            << median(memory_rates) << "\n  made afresh " << median(afresh_rates)
            << "\n  asked of the services while Redis served: " << from_redis.backend.row_calls()
            << " times\n";
  return rate < kRequestsPerSecondMin ? 1 : 0;
}

}  // namespace
}  // namespace kkr::gateway

int main() { return kkr::gateway::measure(); }
