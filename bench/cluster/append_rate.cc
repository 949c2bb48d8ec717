// Durable commands a second through one appender onto PostgreSQL, each like a SubmitAnswer: an
// event, a request and a document. Beside it pgbench on the same server, inserting one such event
// for each transaction from as many clients as the appender has commands in flight.
//   bench_append [rounds]
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "bench/appender/appender_load.h"
#include "services/platform/event_store/postgres_event_store.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::notebook {
namespace {

using platform::PostgresEventStore;
using platform::PostgresServer;
using platform::PostgresTestSchema;

constexpr double kRatioMin = 2.0;
constexpr double kSecondsPerRound = 4;
constexpr std::size_t kAnswerBytes = 400;

// The columns of an event, a key of its own for each.
constexpr char kTransaction[] =
    "\\set position random(1, 9000000000000000000)\n"
    "INSERT INTO kkr_test.single_events (region, position, generation, stream, version, type, "
    "payload, metadata, recorded_at, hash) VALUES ('hovedstaden', :position, "
    "'6f0c2c0e-0f6b-4d8a-9d70-2f2b8a2f2f10', 'round-1', :position, 'answer_submitted', "
    "decode(repeat('78', 400), 'hex'), decode(repeat('78', 100), 'hex'), 1360105200000000000, "
    "decode(repeat('78', 32), 'hex'));\n";

double pgbench(const std::string& conninfo, const std::string& script, std::size_t clients) {
  const std::string command =
      fmt::format("pgbench -n -M prepared -c {} -j 2 -T {} -f {} '{}' 2>/dev/null", clients,
                  kSecondsPerRound, script, conninfo);
  double rate = 0;
  std::FILE* const output = ::popen(command.c_str(), "r");
  char line[256];
  while (output != nullptr && std::fgets(line, sizeof line, output) != nullptr)
    std::sscanf(line, "tps = %lf", &rate);
  if (output != nullptr) ::pclose(output);
  return rate;
}

double median(std::vector<double> figures) {
  std::sort(figures.begin(), figures.end());
  return figures[figures.size() / 2];
}

bool measure(std::size_t in_flight, int rounds) {
  PostgresServer server(
      {.fsync = true, .settings = {"shared_buffers=256MB", "max_connections=300"}});
  PostgresTestSchema schema("test", server);
  schema.execute("CREATE TABLE single_events (LIKE events INCLUDING ALL)");
  const std::string script = server.folder() + "/transaction.sql";
  std::ofstream(script) << kTransaction;

  const auto store = std::move(std::get<0>(
      PostgresEventStore::open(schema.pool(), {.service = "test", .region = "hovedstaden"})));
  Workbench bench;
  const auto appender = bench.appender(*store);
  AppenderLoad load(*appender, in_flight, [](std::uint64_t number) {
    return write_privately("n" + std::to_string(number % 1'000), std::string(kAnswerBytes, 'x'));
  });
  std::vector<double> single, grouped;
  for (int round = 0; round < rounds; ++round) {
    single.push_back(pgbench(schema.settings().conninfo, script, in_flight));
    grouped.push_back(load.commands_per_second(kSecondsPerRound));
    fmt::print("round {}: pgbench {:.0f}/s, appender {:.0f}/s\n", round + 1, single.back(),
               grouped.back());
  }
  const double ratio = median(grouped) / median(single);
  fmt::print("durable commands on PostgreSQL, {} in flight: {:.2f} x pgbench (at least {})\n",
             in_flight, ratio, kRatioMin);
  return ratio >= kRatioMin;
}

}  // namespace
}  // namespace kkr::notebook

int main(int argc, char** argv) {
  const std::size_t in_flight = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 128;
  return kkr::notebook::measure(in_flight, argc > 2 ? std::atoi(argv[2]) : 3) ? 0 : 1;
}
