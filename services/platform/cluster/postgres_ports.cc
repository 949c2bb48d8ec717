#include "services/platform/cluster/postgres_ports.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

#include "services/platform/attachments/postgres_attachment_store.h"
#include "services/platform/event_store/postgres_event_store.h"
#include "services/platform/lease/postgres_lease_table.h"
#include "services/platform/log/log.h"
#include "services/platform/postgres/postgres_schema.h"
#include "services/platform/region/damaged_store.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

// As many as logs may commit at the same time.
constexpr std::size_t kWriterThreads = 4;
constexpr auto kHandOverMax = std::chrono::seconds(3);
// How long a log waits for PostgreSQL before it counts as one that cannot be opened.
constexpr auto kOpenMax = std::chrono::seconds(30);
constexpr auto kTryAgainAfter = std::chrono::milliseconds(200);

std::size_t completion_threads() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, 8);
}

Replica self_of(const PostgresPortsOptions& options) {
  return {.instance = new_uuid(), .name = options.replica, .address = options.address};
}

// Every session carries the instance's name: whoever takes a log over ends them by it.
PostgresSettings settings_of(const PostgresPortsOptions& options, const Replica& self) {
  PostgresSettings settings = options.postgres;
  settings.schema = postgres_schema_of(options.service);
  settings.application_name = postgres_session_name(self.instance);
  return settings;
}

}  // namespace

PostgresPorts::PostgresPorts(const PostgresPortsOptions& options, ServiceChannels& channels,
                             const MakeBus& make_bus)
    : options_(options),
      self_(self_of(options)),
      channels_(channels),
      pool_(settings_of(options, self_), options.connections_max),
      demo_clock_(options.demo_clock ? std::make_unique<DemoClock>(*options.demo_clock) : nullptr),
      system_clock_(options.demo_clock ? nullptr : std::make_unique<SystemClock>()),
      writers_(kWriterThreads),
      completions_(completion_threads()),
      bus_(make_bus(completions_)),
      settlement_(directory_),
      leases_(std::make_unique<PostgresLeaseTable>(pool_.settings())),
      keeper_(*leases_, self_,
              {.service = options.service, .discovered = [this](const std::string& region) {
                 watches_.tell(options_.service, region);
               }}) {
  keeper_.start();
}

PostgresPorts::~PostgresPorts() { keeper_.stop(); }

Clock& PostgresPorts::clock() {
  if (demo_clock_ != nullptr) return *demo_clock_;
  return *system_clock_;
}

RegionPorts PostgresPorts::region_ports(const std::string& service) {
  return {.service = service,
          .open = [this](const std::string& region) { return open(region); },
          .clock = clock(),
          .threads = {writers_, completions_},
          .bus = *bus_,
          .directory = directory_,
          .appender = options_.appender,
          .opened = [this, service](const std::string& region) { watches_.tell(service, region); },
          .roles = &keeper_,
          .leader = [this](const std::string& region) { return leader_of(region); }};
}

std::unique_ptr<RegionWatch> PostgresPorts::when_known(const std::string& service,
                                                       RegionKnown known) {
  auto watch = watches_.add(service, known);
  const auto found = postgres_regions(pool_);
  if (const auto* error = std::get_if<PostgresError>(&found)) {
    throw std::runtime_error("The logs of the " + service +
                             " service cannot be found: " + error->sentence);
  }
  for (const std::string& region : std::get<std::vector<std::string>>(found)) known(region);
  return watch;
}

void PostgresPorts::hand_over() { keeper_.hand_over(kHandOverMax); }

StoreResult<RegionStores> PostgresPorts::open(const std::string& region) {
  const std::string name = options_.service + "/" + region;
  const auto latest = std::chrono::steady_clock::now() + kOpenMax;
  while (true) {
    auto opened =
        PostgresEventStore::open(pool_, {.service = options_.service,
                                         .region = region,
                                         .demo = demo_clock_ != nullptr,
                                         .lease = keeper_.lease(region),
                                         .on_damage = [name](const std::string& sentence) {
                                           log(LogLevel::kError, sentence, {{"log", name}});
                                         }});
    const auto* error = std::get_if<PostgresError>(&opened);
    const auto attachments = std::make_shared<PostgresAttachmentStore>(pool_, region);
    if (error == nullptr) {
      auto store = std::get<std::unique_ptr<PostgresEventStore>>(std::move(opened));
      if (!store->damage() && store->is_demo() != (demo_clock_ != nullptr)) {
        log(LogLevel::kError,
            store->is_demo() ? "the store belongs to a demo site and this is an ordinary one"
                             : "the store belongs to an ordinary site and this is a demo one",
            {{"log", name}});
        return RegionStores{std::make_shared<DamagedStore>(StoreFailure::kUnavailable),
                            attachments};
      }
      return RegionStores{std::shared_ptr<EventStore>(std::move(store)), attachments};
    }
    log(LogLevel::kError, error->sentence, {{"log", name}});
    if (std::chrono::steady_clock::now() > latest) {
      return RegionStores{std::make_shared<DamagedStore>(failure_for(*error)), attachments};
    }
    std::this_thread::sleep_for(kTryAgainAfter);
  }
}

std::shared_ptr<grpc::Channel> PostgresPorts::leader_of(const std::string& region) {
  const auto leader = keeper_.leader(region);
  if (!leader || leader->instance == self_.instance) return nullptr;
  return channels_.to_replica(options_.service, leader->address);
}

}  // namespace kkr::platform
