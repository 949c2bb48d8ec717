// Three servers, of which one falls now and then: what the bus holds and what its listeners hear.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "services/platform/bus/jetstream_streams.h"
#include "tests/contract/nats_server.h"
#include "tests/contract/relayed_log.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using namespace std::chrono_literals;
using waiting::comes_true;

bool is_long() { return std::getenv("KKR_LONG") != nullptr; }

unsigned seed() {
  const char* const given = std::getenv("KKR_SEED");
  return given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device()();
}

// Counts what a follower would be brought.
class Hearing {
 public:
  explicit Hearing(Bus& bus)
      : subscription_(bus.subscribe(
            "consultation", "", [this](const EventPtr& event) { hear(event->event.position); })) {}

  struct Heard {
    std::size_t delivered = 0;
    std::size_t duplicated = 0;
    std::uint64_t newest = 0;
    bool in_order = true;
  };
  Heard heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void hear(std::uint64_t position) {
    const std::lock_guard lock(mutex_);
    heard_.in_order = heard_.in_order && position > heard_.newest;
    heard_.newest = std::max(heard_.newest, position);
    if (!positions_.insert(position).second) ++heard_.duplicated;
    heard_.delivered = positions_.size();
  }

  mutable std::mutex mutex_;
  std::set<std::uint64_t> positions_;
  Heard heard_;
  const std::unique_ptr<Subscription> subscription_;
};

class JetStreamClusterTest : public testing::Test {
 protected:
  JetStreamSettings settings(const std::vector<std::string>& urls) const {
    JetStreamSettings settings;
    settings.nats.urls = urls;
    settings.replicas = 3;
    settings.waiting_max = 1'000'000;
    settings.answer_within = 3s;
    return settings;
  }

  NatsServers servers_{3};
  WorkerPool pool_{4};
  RelayedLog log_;
};

TEST_F(JetStreamClusterTest, TwoRelaysAndAFallingNodeLeaveExactlyTheLog) {
  const unsigned seed = platform::seed();
  const std::size_t events_max = is_long() ? 200'000 : 5'000;
  const int falls_max = is_long() ? 12 : 2;
  std::cout << "seed=" << seed << std::endl;
  std::mt19937 random(seed);

  const auto one = open_bus(settings(servers_.urls()), pool_);
  const auto other = open_bus(settings(servers_.urls()), pool_);
  const Hearing hearing(*other);
  const auto relays = {log_.relay(*one, pool_), log_.relay(*other, pool_)};
  for (const auto& relay : relays) relay->start();
  const auto both_at = [&](std::uint64_t position) {
    return std::all_of(relays.begin(), relays.end(),
                       [&](const auto& relay) { return relay->position() == position; });
  };

  std::atomic<bool> falling = true;
  std::jthread writer([&, random = std::mt19937(seed)]() mutable {
    // Spread over the falls, so that the relays are never far behind.
    const std::size_t pace = events_max / (is_long() ? 3'300 : 200);
    while (log_.store().head().position < events_max || falling) {
      log_.write(1 + random() % (2 * pace));
      std::this_thread::sleep_for(20ms);
    }
  });
  for (int fall = 0; fall < falls_max; ++fall) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500 + random() % 1'500));
    const std::size_t node = random() % servers_.count();
    servers_.kill(node);
    std::this_thread::sleep_for(std::chrono::milliseconds(200 + random() % 2'000));
    servers_.start(node);
    // A second node may fall only when this one has everything again.
    std::this_thread::sleep_for(3s);
  }
  falling = false;
  writer.join();

  const std::uint64_t acked = log_.store().head().position;
  EXPECT_TRUE(comes_true([&] { return both_at(acked); }));
  StreamProbe probe(servers_.urls());
  EXPECT_TRUE(comes_true([&] { return probe.length(log_.stream()) == acked; }));
  EXPECT_EQ(probe.first_difference(log_), 0u);
  EXPECT_TRUE(comes_true([&] { return hearing.heard().newest == acked; }));
  EXPECT_TRUE(hearing.heard().in_order);
  EXPECT_EQ(hearing.heard().duplicated, 0u);
  std::cout << "acked=" << acked << " stored=" << probe.length(log_.stream()).value_or(0)
            << " delivered=" << hearing.heard().delivered
            << " duplicated=" << hearing.heard().duplicated << std::endl;
}

TEST_F(JetStreamClusterTest, WhoWasCutOffHearsTheNewestAfterwards) {
  const auto bus = open_bus(settings({servers_.url(1), servers_.url(2)}), pool_);
  const auto relay = log_.relay(*bus, pool_);
  relay->start();
  log_.write(5);
  ASSERT_TRUE(comes_true([&] { return relay->position() == 5; }));
  servers_.kill(0);
  const auto cut_off = open_bus(settings({servers_.url(0)}), pool_);
  const Hearing hearing(*cut_off);
  log_.write(15);
  ASSERT_TRUE(comes_true([&] { return relay->position() == 20; }));
  EXPECT_EQ(hearing.heard().delivered, 0u);
  servers_.start(0);
  EXPECT_TRUE(comes_true([&] { return hearing.heard().newest == 20; }))
      << "the gap would go unnoticed";
  log_.write(1);
  EXPECT_TRUE(comes_true([&] { return hearing.heard().newest == 21; }));
}

}  // namespace
}  // namespace kkr::platform
