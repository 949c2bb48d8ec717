// What a split costs per member, from the 98 municipalities of the country to 10,000 members: the
// figure `per_member` should not grow. Members come in the order the registry lists them in;
// shuffled ones are sorted by code first, which does grow a little.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

#include "services/financing/domain/split.h"

namespace kkr::financing {
namespace {

constexpr Money kBudget{150'000'000};

std::vector<Member> members(std::int64_t count) {
  std::mt19937_64 source(2013);
  std::uniform_int_distribution<std::int64_t> population(1'800, 700'000);
  std::vector<Member> members;
  for (std::int64_t i = 0; i < count; ++i) {
    members.push_back({{std::to_string(100'000 + i)}, population(source)});
  }
  return members;
}

void measure(benchmark::State& state, const std::vector<Member>& members) {
  for (auto _ : state) benchmark::DoNotOptimize(split(kBudget, members));
  state.counters["per_member"] = benchmark::Counter(
      static_cast<double>(state.range(0)),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void in_order(benchmark::State& state) { measure(state, members(state.range(0))); }
BENCHMARK(in_order)->Arg(98)->Arg(316)->Arg(1'000)->Arg(3'162)->Arg(10'000);

void shuffled(benchmark::State& state) {
  std::vector<Member> in_any_order = members(state.range(0));
  std::shuffle(in_any_order.begin(), in_any_order.end(), std::mt19937_64(1));
  measure(state, in_any_order);
}
BENCHMARK(shuffled)->Arg(98)->Arg(316)->Arg(1'000)->Arg(3'162)->Arg(10'000);

}  // namespace
}  // namespace kkr::financing

BENCHMARK_MAIN();
