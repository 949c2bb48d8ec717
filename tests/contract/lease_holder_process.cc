// One of several processes with the same log in PostgreSQL, for a test to stop and kill: writes
// notes as fast as it can while it leads, and tells on its output what becomes of it.
//   lease_holder_process CONNINFO SERVICE NAME
//   leads | follows | acked ID POSITION | failed ID
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/postgres_event_store.h"
#include "services/platform/lease/lease_keeper.h"
#include "services/platform/lease/postgres_lease_table.h"
#include "services/platform/postgres/postgres_schema.h"
#include "services/platform/region/region_logs.h"
#include "services/platform/uuid/uuid.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {
namespace {

using namespace std::chrono_literals;

constexpr auto kRegion = "hovedstaden";
constexpr int kUnderWayMax = 32;

void say(const std::string& line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

platform::PostgresSettings settings_of(const std::string& conninfo, const std::string& service,
                                       const std::string& instance) {
  return {.conninfo = conninfo,
          .schema = platform::postgres_schema_of(service),
          .application_name = platform::postgres_session_name(instance)};
}

class HolderProcess {
 public:
  HolderProcess(const std::string& conninfo, const std::string& service, const std::string& name)
      : service_(service),
        name_(name),
        instance_(platform::new_uuid()),
        pool_(settings_of(conninfo, service, instance_), 8),
        table_(settings_of(conninfo, service, instance_)),
        keeper_(table_, {instance_, name, name + ":1"}, {.service = service}),
        logs_(ports(), {.knows_region = [](std::string_view) { return true; },
                        .opened =
                            [](platform::RegionLog<Notebook>& log) {
                              log.while_leading([] { say("leads"); }, [] { say("follows"); });
                            }}) {
    keeper_.start();
  }

  // For ever: whoever has started it ends it.
  [[noreturn]] void write() {
    platform::RegionLog<Notebook>& log = *logs_.find(kRegion);
    for (int number = 1;;) {
      if (!log.leading() || under_way_ >= kUnderWayMax) {
        std::this_thread::sleep_for(1ms);
        continue;
      }
      ++under_way_;
      const std::string id = name_ + "-" + std::to_string(number++);
      Command command = a_command(id, notebook::write(id, "x"));
      command.complete = [this, id](const Outcome& outcome) {
        const auto* committed = std::get_if<Committed>(&outcome);
        say(committed == nullptr ? "failed " + id
                                 : "acked " + id + " " + std::to_string(committed->first_position));
        --under_way_;
      };
      log.appender().submit(std::move(command));
    }
  }

 private:
  platform::RegionPorts ports() {
    platform::AppenderOptions small_batches;
    small_batches.batch_commands_max = 8;
    return {.service = service_,
            .open = [this](const std::string& region) { return open(region); },
            .clock = bench_.clock,
            .threads = bench_.threads(),
            .bus = bus_,
            .directory = directory_,
            .appender = small_batches,
            .roles = &keeper_};
  }
  platform::StoreResult<platform::RegionStores> open(const std::string& region) {
    auto opened = platform::PostgresEventStore::open(
        pool_, {.service = service_, .region = region, .lease = keeper_.lease(region)});
    if (auto* error = std::get_if<platform::PostgresError>(&opened)) {
      std::fprintf(stderr, "%s\n", error->sentence.c_str());
      return platform::StoreFailure::kUnavailable;
    }
    std::shared_ptr<platform::EventStore> store = std::move(std::get<0>(opened));
    return platform::RegionStores{std::move(store), nullptr};
  }

  const std::string service_;
  const std::string name_;
  const std::string instance_;
  std::atomic<int> under_way_ = 0;
  Workbench bench_;
  platform::InProcessBus bus_{bench_.completions};
  platform::LogDirectory directory_;
  platform::PostgresPool pool_;
  platform::PostgresLeaseTable table_;
  platform::LeaseKeeper keeper_;
  platform::RegionLogs<Notebook> logs_;
};

}  // namespace
}  // namespace kkr::notebook

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  kkr::notebook::HolderProcess(argv[1], argv[2], argv[3]).write();
}
