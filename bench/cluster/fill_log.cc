// Makes a log on PostgreSQL long without carrying out commands: copies its last events of one type
// behind its end again and again, each with a request, hashed and fenced as the store does it, so
// that the service starts from it as from any log. Only for a type whose fact changes nothing when
// it happens again: the snapshot there is moves on to the new end. Or has the newest round invite
// so many: no region has as many municipalities.
//   bench_fill_log --postgres CONNINFO --service S --region R [--type T --to N] [--invite COUNT]
// Only while nobody leads the log.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "bench/cluster/copy_rows.h"
#include "kkr/consultation/v1/events.pb.h"
#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/event_store/postgres_tables.h"
#include "services/platform/postgres/postgres_schema.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

constexpr std::size_t kRowsAtOnce = 10'000;
constexpr std::size_t kLookedAt = 4'096;

template <class T>
T must(std::variant<T, PostgresError> found) {
  if (const auto* error = std::get_if<PostgresError>(&found)) {
    fmt::print(stderr, "{}\n", error->sentence);
    std::exit(1);
  }
  return std::get<T>(std::move(found));
}

void must(const std::optional<PostgresError>& error) {
  if (!error) return;
  fmt::print(stderr, "{}\n", error->sentence);
  std::exit(1);
}

PostgresConnection connect(const std::string& conninfo, const std::string& service) {
  PostgresConnection connection =
      must(PostgresConnection::open({.conninfo = conninfo,
                                     .schema = postgres_schema_of(service),
                                     .statement_timeout = std::chrono::minutes(10),
                                     .silence_max = std::chrono::minutes(1)}));
  connection.set_deadline(std::chrono::minutes(10));
  must(connection.execute("SET synchronous_commit = off; SET statement_timeout = 0"));
  return connection;
}

class LogFiller {
 public:
  LogFiller(const std::string& conninfo, const std::string& service, const std::string& region)
      : connection_(connect(conninfo, service)),
        beside_(connect(conninfo, service)),
        tables_(service + "/" + region, region) {
    auto log = must(tables_.log(connection_));
    if (!log) must(std::optional(PostgresError{"", "there is no log " + tables_.name()}));
    meta_ = log->meta;
    from_ = to_ = log->head;
    const std::uint64_t first = from_.position > kLookedAt ? from_.position - kLookedAt + 1 : 1;
    last_ = must(tables_.events(connection_, first, kLookedAt));
    std::vector<std::string_view> streams;
    for (const auto& event : last_) streams.emplace_back(event.stream);
    versions_ = must(tables_.versions(connection_, streams));
  }

  void repeat(const std::string& type, std::uint64_t to_position) {
    std::vector<const RecordedEvent*> repeated;
    for (const auto& event : last_) {
      if (event.type == type) repeated.push_back(&event);
    }
    if (repeated.empty()) must(std::optional(PostgresError{"", "no " + type + " of late"}));
    std::size_t next = 0;
    while (to_.position < to_position) {
      add(*repeated[next]);
      next = (next + 1) % repeated.size();
      if (++waiting_ == kRowsAtOnce) flush();
    }
    auto snapshot = must(tables_.snapshot(connection_));
    if (!snapshot || snapshot->position != from_.position) return;
    snapshot->position = to_.position;
    snapshot->hash = to_.hash;
    must(tables_.put_snapshot(connection_, *snapshot));
  }

  // Has the newest round opened once more, for municipalities 00001, 00002 …
  void invite(int count) {
    consultation::v1::Event fact;
    for (auto event = last_.rbegin(); event != last_.rend(); ++event) {
      if (!fact.ParseFromString(event->payload) || !fact.has_round_opened()) continue;
      auto& invited = *fact.mutable_round_opened()->mutable_invited();
      const auto first = invited.Get(0);
      invited.Clear();
      for (int number = 1; number <= count; ++number) {
        auto& one = *invited.Add();
        one = first;
        one.set_code(fmt::format("{:05}", number));
      }
      RecordedEvent opened = *event;
      opened.payload = fact.SerializeAsString();
      add(opened);
      return;
    }
    must(std::optional(PostgresError{"", "no round was opened lately"}));
  }

  // Writes what is left, and where the log ends now.
  void finish() {
    flush();
    const auto epoch =
        must(connection_.run("SELECT epoch FROM leases WHERE region = $1::text",
                             std::move(PostgresParameters().text(tables_.region()))));
    const PostgresWriter writer{epoch.empty() ? 0 : epoch.number(0, 0), new_uuid()};
    must(tables_.claim(connection_, writer));
    PostgresPipeline pipeline(connection_);
    tables_.advance(pipeline, writer, meta_, from_, to_);
    must(pipeline.run());
    must(connection_.execute("VACUUM (ANALYZE) events"));
    must(connection_.execute("VACUUM (ANALYZE) requests"));
    // Or what is measured next would share the disk with the pages of all this.
    must(connection_.execute("CHECKPOINT"));
  }

  std::uint64_t position() const { return to_.position; }

 private:
  void add(const RecordedEvent& like) {
    v1::EventMetadata metadata;
    metadata.ParseFromString(like.metadata);
    metadata.clear_documents();  // They are there already, and named by the event before.
    // In order, so that the index by id grows at its end and not all over.
    metadata.set_request_id(fmt::format("00000000-0000-4000-8000-{:012x}", to_.position + 1));
    RecordedEvent event = like;
    event.generation = meta_.generation;
    event.position = to_.position + 1;
    event.version = ++versions_[event.stream];
    event.metadata = metadata.SerializeAsString();
    event.hash = event_hash(tables_.name(), to_.hash, event);
    to_.position = event.position;
    to_.hash = event.hash;
    events_.row(10).bytes(tables_.region()).bigint(event.position).bytes(event.generation);
    events_.bytes(event.stream).bigint(event.version).bytes(event.type).bytes(event.payload);
    events_.bytes(event.metadata);
    events_.bigint(static_cast<std::uint64_t>(absl::ToUnixNanos(event.recorded_at)));
    events_.bytes(as_bytes(event.hash));

    const RequestRecord request{metadata.request_id(), event.hash, event.position, event.position};
    const std::uint64_t sequence = ++to_.request_sequence;
    to_.request_hash = request_hash(tables_.name(), to_.request_hash, sequence, request);
    requests_.row(7).bytes(tables_.region()).bigint(sequence).bytes(request.request_id);
    requests_.bytes(as_bytes(request.command_digest)).bigint(request.first_position);
    requests_.bigint(request.last_position).bytes(as_bytes(to_.request_hash));
  }

  void flush() {
    std::thread requests([this] {
      must(beside_.copy_in(
          "COPY requests (region, sequence, request_id, command_digest, first_position, "
          "last_position, hash) FROM STDIN (FORMAT binary)",
          requests_.finish()));
    });
    must(connection_.copy_in(
        "COPY events (region, position, generation, stream, version, type, payload, metadata, "
        "recorded_at, hash) FROM STDIN (FORMAT binary)",
        events_.finish()));
    requests.join();
    events_ = {};
    requests_ = {};
    waiting_ = 0;
  }

  PostgresConnection connection_;
  PostgresConnection beside_;  // For the requests, which are written at the same time.
  const PostgresTables tables_;
  StoreMeta meta_;
  StoredHead from_, to_;
  std::vector<RecordedEvent> last_;
  std::map<std::string, std::uint64_t> versions_;
  CopyRows events_, requests_;
  std::size_t waiting_ = 0;
};

}  // namespace
}  // namespace kkr::platform

int main(int argc, char** argv) {
  std::string postgres, service = "consultation", region, type;
  std::uint64_t to = 0;
  int invited = 0;
  CLI::App app{"Makes a log on PostgreSQL long"};
  app.add_option("--postgres", postgres, "conninfo")->required();
  app.add_option("--service", service, "whose log it is");
  app.add_option("--region", region, "of the log")->required();
  app.add_option("--type", type, "of the events to repeat");
  app.add_option("--to", to, "the position at which it ends then");
  app.add_option("--invite", invited, "how many the newest round invites");
  CLI11_PARSE(app, argc, argv);

  kkr::platform::LogFiller filler(postgres, service, region);
  if (invited > 0) filler.invite(invited);
  if (to > 0) filler.repeat(type, to);
  filler.finish();
  fmt::print("{}\n", filler.position());
}
