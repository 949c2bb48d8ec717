// What the event store on SQLite does on a real disk: set TMPDIR to a folder that is not a tmpfs.
// Events per second of appends by batch size, of reads and of verification, and how long a store of
// 100,000 events takes to open with its tail checked.
#include <benchmark/benchmark.h>

#include "services/platform/event_store/sqlite_event_store.h"
#include "services/platform/event_store/verify_log.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

constexpr char kLog[] = "bench/hovedstaden";
constexpr std::size_t kStored = 100'000;

std::unique_ptr<SqliteEventStore> open(const std::string& path) {
  return std::move(std::get<0>(SqliteEventStore::open({.path = path, .log = kLog})));
}

// One command with one event of 300 bytes and one document of 700, as an answer is.
Batch batch_of(const EventStore& store, std::size_t commands, std::uint64_t& number) {
  BatchBuilder batch(store);
  for (std::size_t i = 0; i < commands; ++i) {
    const auto id = std::to_string(++number);
    batch.command("018e2f3a-0000-4000-8000-" + id,
                  {an_event("round-" + std::to_string(number % 500), std::string(300, 'e'))},
                  {{"answer/" + std::to_string(number % 5000), std::string(700, 'd'), ""}});
  }
  return batch.build();
}

// Filled once for all benches that only look at it.
const std::string& filled_store() {
  static const TemporaryFolder folder;
  static const std::string path = [] {
    const auto store = open(folder.path("log.db"));
    std::uint64_t number = 0;
    while (store->head().position < kStored) value_of(store->append(batch_of(*store, 500, number)));
    return folder.path("log.db");
  }();
  return path;
}

void append(benchmark::State& state) {
  const TemporaryFolder folder;
  const auto store = open(folder.path("log.db"));
  const auto commands = static_cast<std::size_t>(state.range(0));
  std::uint64_t number = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const Batch batch = batch_of(*store, commands, number);
    state.ResumeTiming();
    value_of(store->append(batch));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append)->Arg(1)->Arg(8)->Arg(64)->Arg(512)->UseRealTime();

void read_slice(benchmark::State& state) {
  const auto store = open(filled_store());
  std::uint64_t position = 1;
  for (auto _ : state) {
    const auto events = value_of(store->read(position, kSliceMax));
    position = events.size() < kSliceMax ? 1 : position + kSliceMax;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSliceMax));
}
BENCHMARK(read_slice)->UseRealTime();

void scrub_slice(benchmark::State& state) {
  const auto store = open(filled_store());
  for (auto _ : state) store->scrub_slice();
}
BENCHMARK(scrub_slice)->UseRealTime();

void open_100000(benchmark::State& state) {
  filled_store();
  for (auto _ : state) {
    const auto store = open(filled_store());
    if (store->damage()) state.SkipWithError("damaged");
  }
}
BENCHMARK(open_100000)->Unit(benchmark::kMillisecond)->UseRealTime();

void verify_100000(benchmark::State& state) {
  filled_store();
  for (auto _ : state) {
    const auto report = std::get<VerifyReport>(verify_log({filled_store(), kLog}));
    if (report.damage) state.SkipWithError("damaged");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kStored));
}
BENCHMARK(verify_100000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kkr::platform

BENCHMARK_MAIN();
