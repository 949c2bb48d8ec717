// Commands a second through one appender, without gRPC: how much group commit gives, by the most
// commands in a batch and the number of commands in flight. Then how long a log of 100,000 events
// takes to be ready again, with its snapshot and without.
//   appender_bench [folder]    the folder for the SQLite files, on the disk to be measured
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/appender/appender_load.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/event_store/sqlite_event_store.h"

namespace kkr::notebook {
namespace {

using Seconds = std::chrono::duration<double>;
using platform::EventStore;

constexpr double kSecondsPerFigure = 1.5;
constexpr std::uint64_t kEventsAtStart = 100'000;

void measure(const char* name, EventStore& store, std::size_t batch_max, std::size_t in_flight) {
  Workbench bench;
  const auto appender = bench.appender(store, {.log = "", .batch_commands_max = batch_max});
  const auto a_write = [](std::uint64_t number) {
    return write("n" + std::to_string(number), std::string(200, 'x'));
  };
  const double rate =
      AppenderLoad(*appender, in_flight, a_write).commands_per_second(kSecondsPerFigure);
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
