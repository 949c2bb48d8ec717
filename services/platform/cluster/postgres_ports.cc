#include "services/platform/cluster/postgres_ports.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

#include "services/platform/appender/fact_versions.h"
#include "services/platform/attachments/postgres_attachment_store.h"
#include "services/platform/event_store/late_store.h"
#include "services/platform/event_store/postgres_event_store.h"
#include "services/platform/lease/postgres_lease_table.h"
#include "services/platform/log/log.h"
#include "services/platform/postgres/postgres_schema.h"
#include "services/platform/process/stop_signal.h"
#include "services/platform/region/damaged_store.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

// As many as logs may commit at the same time.
constexpr std::size_t kWriterThreads = 4;
constexpr auto kHandOverMax = std::chrono::seconds(3);
constexpr auto kTryAgainAfter = std::chrono::milliseconds(200);

std::size_t completion_threads() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, 8);
}

Replica self_of(const PostgresPortsOptions& options) {
  return {.instance = new_uuid(),
          .name = options.replica,
          .address = options.address,
          .version_read = version_read(options.service)};
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
  for (const std::string& region : await_regions()) known(region);
  return watch;
}

// A process that starts before PostgreSQL waits for it.
std::vector<std::string> PostgresPorts::await_regions() {
  for (std::string said;; std::this_thread::sleep_for(kTryAgainAfter)) {
    auto found = postgres_regions(pool_);
    if (auto* regions = std::get_if<std::vector<std::string>>(&found)) return std::move(*regions);
    const PostgresError& error = std::get<PostgresError>(found);
    const std::string sentence =
        "The logs of the " + options_.service + " service cannot be found: " + error.sentence;
    const bool is_out_of_reach = error.sqlstate.starts_with("08");
    if (!is_out_of_reach || StopSignal::is_pending()) throw std::runtime_error(sentence);
    if (sentence != said) log(LogLevel::kWarning, sentence, {});
    said = sentence;
  }
}

void PostgresPorts::check_version() {
  auto taken = pool_.take();
  auto* const connection = std::get_if<PostgresPool::Handle>(&taken);
  if (connection == nullptr) return;
  const auto wanted = wanted_write_version(**connection);
  const auto* const version = std::get_if<std::uint64_t>(&wanted);
  if (version == nullptr || *version <= self_.version_read) return;
  throw std::runtime_error("The logs of the " + options_.service + " service may hold facts of " +
                           "version " + std::to_string(*version) +
                           ", while this program reads up to version " +
                           std::to_string(self_.version_read) +
                           ". Start the version of kkr that wrote them, or a later one.");
}

void PostgresPorts::hand_over() { keeper_.hand_over(kHandOverMax); }

StoreResult<RegionStores> PostgresPorts::open(const std::string& region) {
  const auto attachments = std::make_shared<PostgresAttachmentStore>(pool_, region);
  auto opened = open_store(region);
  if (auto* error = std::get_if<PostgresError>(&opened)) {
    log(LogLevel::kError, error->sentence, {{"log", options_.service + "/" + region}});
    const auto try_again = [this, region]() -> std::shared_ptr<EventStore> {
      auto later = open_store(region);
      auto* const store = std::get_if<std::shared_ptr<EventStore>>(&later);
      return store == nullptr ? nullptr : std::move(*store);
    };
    return RegionStores{std::make_shared<LateStore>(try_again), attachments};
  }
  return RegionStores{std::get<std::shared_ptr<EventStore>>(std::move(opened)), attachments};
}

std::variant<std::shared_ptr<EventStore>, PostgresError> PostgresPorts::open_store(
    const std::string& region) {
  const std::string name = options_.service + "/" + region;
  auto opened = PostgresEventStore::open(pool_, {.service = options_.service,
                                                 .region = region,
                                                 .demo = demo_clock_ != nullptr,
                                                 .lease = keeper_.lease(region),
                                                 .on_damage = [name](const std::string& sentence) {
                                                   log(LogLevel::kError, sentence, {{"log", name}});
                                                 }});
  if (auto* error = std::get_if<PostgresError>(&opened)) return std::move(*error);
  std::shared_ptr<EventStore> store =
      std::get<std::unique_ptr<PostgresEventStore>>(std::move(opened));
  if (!store->damage() && store->is_demo() != (demo_clock_ != nullptr)) {
    log(LogLevel::kError,
        store->is_demo() ? "the store belongs to a demo site and this is an ordinary one"
                         : "the store belongs to an ordinary site and this is a demo one",
        {{"log", name}});
    return std::make_shared<DamagedStore>(StoreFailure::kDamaged);
  }
  return store;
}

std::shared_ptr<grpc::Channel> PostgresPorts::leader_of(const std::string& region) {
  const auto leader = keeper_.leader(region);
  if (!leader || leader->instance == self_.instance) return nullptr;
  return channels_.to_replica(options_.service, leader->address);
}

}  // namespace kkr::platform
