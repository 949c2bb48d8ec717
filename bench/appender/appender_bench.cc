// Commands a second through one appender, without gRPC: how much group commit gives, by the most
// commands in a batch and the number of commands in flight. Then how long a log of 100,000 events
// takes to be ready again, with its snapshot and without.
//   appender_bench [folder]    the folder for the SQLite files, on the disk to be measured
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/event_store/sqlite_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {
namespace {

using Seconds = std::chrono::duration<double>;
using platform::EventStore;

constexpr double kSecondsPerFigure = 1.5;
constexpr std::uint64_t kEventsAtStart = 100'000;

// Keeps so many commands in flight until the time is over, and counts the answers.
class Load {
 public:
  Load(Appender& appender, std::size_t in_flight_max)
      : appender_(appender), in_flight_max_(in_flight_max) {}

  double commands_per_second() {
    const auto start = std::chrono::steady_clock::now();
    const auto end = start + Seconds(kSecondsPerFigure);
    while (std::chrono::steady_clock::now() < end) {
      std::unique_lock lock(mutex_);
      answered_.wait(lock, [this] { return in_flight_ < in_flight_max_; });
      const std::size_t room = in_flight_max_ - in_flight_;
      in_flight_ = in_flight_max_;
      lock.unlock();
      for (std::size_t i = 0; i < room; ++i) send();
    }
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [this] { return in_flight_ == 0; });
    return static_cast<double>(count_) / Seconds(std::chrono::steady_clock::now() - start).count();
  }

 private:
  void send() {
    const std::string number = std::to_string(++sent_);
    Command command = a_command("request-" + number, write("n" + number, std::string(200, 'x')));
    command.complete = [this](const Outcome& outcome) {
      const std::lock_guard lock(mutex_);
      if (std::holds_alternative<Committed>(outcome)) ++count_;
      --in_flight_;
      answered_.notify_one();
    };
    appender_.submit(std::move(command));
  }

  Appender& appender_;
  const std::size_t in_flight_max_;
  std::uint64_t sent_ = 0;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t in_flight_ = 0;
  std::uint64_t count_ = 0;
};

void measure(const char* name, EventStore& store, std::size_t batch_max, std::size_t in_flight) {
  Workbench bench;
  const auto appender = bench.appender(store, {.log = "", .batch_commands_max = batch_max});
  const double rate = Load(*appender, in_flight).commands_per_second();
  std::printf("%-8s %9zu %9zu %12.0f\n", name, batch_max, in_flight, rate);
  std::fflush(stdout);
}

std::unique_ptr<EventStore> open(const std::filesystem::path& path) {
  return std::move(
      std::get<0>(platform::SqliteEventStore::open({path.string(), "notebook/hovedstaden"})));
}

std::unique_ptr<EventStore> create(const std::filesystem::path& path) {
  for (const auto suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
  return open(path);
}

// Opening the store and loading the state, as `kkr serve` does before it is ready.
void measure_start(const char* name, const std::filesystem::path& path, bool with_snapshot) {
  if (!with_snapshot) open(path)->save_snapshot({});
  Workbench bench;
  const auto start = std::chrono::steady_clock::now();
  const auto store = open(path);
  const auto appender = bench.appender(*store);
  const Seconds took = std::chrono::steady_clock::now() - start;
  std::printf("%-28s %8llu events %8.3f s\n", name,
              static_cast<unsigned long long>(appender->state()->head.position), took.count());
}

void measure_starts(const std::filesystem::path& path) {
  {
    Workbench bench;
    const auto store = create(path);
    const auto appender = bench.appender(*store);
    while (appender->state()->head.position < kEventsAtStart) {
      std::vector<std::future<Outcome>> outcomes;
      for (int i = 0; i < 1'000; ++i) {
        const std::string key = "n" + std::to_string(i);
        outcomes.push_back(submit(*appender, a_command("", write(key, std::string(200, 'x')))));
      }
      for (auto& outcome : outcomes) outcome.wait();
    }
  }
  measure_start("start from the snapshot", path, true);
  measure_start("start without a snapshot", path, false);
}

void measure_all(const std::filesystem::path& folder) {
  const auto path = folder / "appender-bench.db";
  std::printf("%-8s %9s %9s %12s\n", "store", "batch max", "in flight", "commands/s");
  for (const std::size_t in_flight : {64, 1'024}) {
    for (const std::size_t batch_max : {1, 8, 64, 512}) {
      const auto store = create(path);
      measure("sqlite", *store, batch_max, in_flight);
    }
  }
  platform::MemoryEventStore memory;
  measure("memory", memory, 512, 1'024);
  measure_starts(path);
}

}  // namespace
}  // namespace kkr::notebook

int main(int argc, char** argv) {
  kkr::notebook::measure_all(argc > 1 ? argv[1] : ".");
  return 0;
}
