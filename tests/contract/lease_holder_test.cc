// Real processes with one log in PostgreSQL, of which the one that leads is stopped or killed: it
// commits nothing once its successor has taken over, and writes are back in time.
#include <gmock/gmock.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>

#include "tests/contract/postgres_test_schema.h"
#include "tests/processes/child_process.h"

namespace kkr::platform {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

int rounds() { return std::getenv("KKR_LONG") == nullptr ? 4 : 60; }

// A process, and what it has said so far.
class Holder {
 public:
  Holder(const PostgresTestSchema& schema, std::string name)
      : name_(std::move(name)),
        child_({KKR_LEASE_HOLDER_PROCESS, schema.settings().conninfo, "test", name_}),
        reader_([this] { read(); }) {}
  ~Holder() {
    child_.send(SIGKILL);
    reader_.join();
  }

  const std::string& name() const { return name_; }
  void send(int signal) { child_.send(signal); }

  // What it is told by: how often it has begun to lead and to follow, and what became of commands.
  struct Told {
    int leads = 0;
    int follows = 0;
    int failed = 0;
    std::map<std::string, std::uint64_t> acked;  // The position by the request.
    Steady::time_point last_acked_at;
  };
  Told told() const {
    const std::lock_guard lock(mutex_);
    return told_;
  }
  bool leads() const {
    const Told told = this->told();
    return told.leads > told.follows;
  }
  // False when it has not come true in good time.
  template <class Condition>
  bool comes_true(Condition condition, Steady::duration within = 20s) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, within, [&] { return condition(told_); });
  }

 private:
  void read() {
    while (const auto line = child_.read_line()) {
      std::istringstream words(*line);
      std::string what, id;
      std::uint64_t position = 0;
      words >> what >> id >> position;
      const std::lock_guard lock(mutex_);
      if (what == "leads") ++told_.leads;
      if (what == "follows") ++told_.follows;
      if (what == "failed") ++told_.failed;
      if (what == "acked") {
        told_.acked[id] = position;
        told_.last_acked_at = Steady::now();
      }
      heard_.notify_all();
    }
  }

  const std::string name_;
  processes::ChildProcess child_;
  mutable std::mutex mutex_;
  std::condition_variable heard_;
  Told told_;
  std::thread reader_;
};

class LeaseHolder : public testing::Test {
 protected:
  LeaseHolder() {
    a_ = std::make_unique<Holder>(schema_, "a");
    b_ = std::make_unique<Holder>(schema_, "b");
  }

  Holder& leader() {
    for (int i = 0; i < 4'000; ++i) {
      if (a_->leads() != b_->leads()) break;
      std::this_thread::sleep_for(5ms);
    }
    return a_->leads() ? *a_ : *b_;
  }
  Holder& other(const Holder& one) { return &one == a_.get() ? *b_ : *a_; }
  static bool writes_on(Holder& holder) {
    const std::size_t before = holder.told().acked.size();
    return holder.comes_true([&](const auto& told) { return told.acked.size() > before + 20; });
  }
  std::uint64_t head() { return std::stoull(schema_.ask("SELECT position::text FROM logs")); }
  // How many events of `name` stand after `position`.
  std::string written_after(const std::string& name, std::uint64_t position) {
    return schema_.ask("SELECT count(*)::text FROM requests WHERE request_id LIKE '" + name +
                       "-%' AND first_position > " + std::to_string(position));
  }
  // Ends the writing.
  void expect_all_acknowledged_stored() {
    for (Holder* holder : {a_.get(), b_.get()}) holder->send(SIGSTOP);
    std::map<std::string, std::uint64_t> stored;
    std::istringstream rows(
        schema_.ask("SELECT string_agg(request_id || ' ' || first_position, ' ') FROM requests"));
    std::string id;
    for (std::uint64_t position = 0; rows >> id >> position;) stored[id] = position;
    std::size_t acked = 0;
    for (Holder* holder : {a_.get(), b_.get()}) {
      for (const auto& [one, position] : holder->told().acked) {
        EXPECT_EQ(stored[one], position) << one;
        ++acked;
      }
    }
    const std::string events = schema_.ask("SELECT count(*)::text FROM events");
    std::printf("acked %zu, stored %zu, events %s\n", acked, stored.size(), events.c_str());
    EXPECT_EQ(schema_.ask("SELECT max(position)::text FROM events"), events) << "duplicated";
    EXPECT_EQ(std::to_string(stored.size()), events);
  }

  PostgresTestSchema schema_;
  std::unique_ptr<Holder> a_, b_;
};

TEST_F(LeaseHolder, ThatWasStoppedCommitsNothingAfterItsSuccessorTookOver) {
  const unsigned seed = std::random_device()();
  std::mt19937 random(seed);
  std::printf("seed %u\n", seed);
  for (int round = 0; round < rounds(); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " round " + std::to_string(round));
    Holder& stopped = leader();
    Holder& successor = other(stopped);
    ASSERT_TRUE(writes_on(stopped));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
    const Holder::Told before = stopped.told();
    const int led_before = successor.told().leads;
    stopped.send(SIGSTOP);
    ASSERT_TRUE(successor.comes_true([&](const auto& told) { return told.leads > led_before; }));
    ASSERT_TRUE(writes_on(successor));
    const std::uint64_t taken_over_by = head();
    stopped.send(SIGCONT);
    // It wakes in the middle of what it did, with commands that wait.
    ASSERT_TRUE(
        stopped.comes_true([&](const auto& told) { return told.follows > before.follows; }));
    ASSERT_TRUE(writes_on(successor));
    EXPECT_EQ(written_after(stopped.name(), taken_over_by), "0");
  }
  EXPECT_GT(a_->told().failed + b_->told().failed, 0) << "nothing was under way in any round";
  expect_all_acknowledged_stored();
}

TEST_F(LeaseHolder, ThatWasKilledIsSucceededWithinThreeSeconds) {
  Holder& killed = leader();
  Holder& successor = other(killed);
  ASSERT_TRUE(writes_on(killed));
  const auto at = Steady::now();
  killed.send(SIGKILL);
  ASSERT_TRUE(successor.comes_true([](const auto& told) { return !told.acked.empty(); }));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - at);
  std::printf("writes were back after %d ms\n", static_cast<int>(took.count()));
  EXPECT_LT(took, 3s);
  expect_all_acknowledged_stored();
}

}  // namespace
}  // namespace kkr::platform
