#include "services/platform/embedded/embedded_ports.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

// As many as logs may commit at the same time.
constexpr std::size_t kWriterThreads = 4;

// No more than there are processors to run them: each thread that must be woken for a batch costs
// more than it brings.
std::size_t completion_threads() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, 8);
}

std::unique_ptr<DemoClock> make_demo_clock(const SiteFolder& folder) {
  if (!folder.demo_clock_start()) return nullptr;
  return std::make_unique<DemoClock>(*folder.demo_clock_start());
}

std::unique_ptr<SystemClock> make_system_clock(const SiteFolder& folder) {
  if (folder.demo_clock_start()) return nullptr;
  return std::make_unique<SystemClock>();
}

std::unique_ptr<AnchorFile> make_anchors(const std::filesystem::path& path) {
  if (path.empty()) return nullptr;
  return std::make_unique<AnchorFile>(path);
}

}  // namespace

EmbeddedPorts::EmbeddedPorts(const SiteFolder& folder, const EmbeddedOptions& options)
    : folder_(folder),
      appender_(options.appender),
      demo_clock_(make_demo_clock(folder)),
      system_clock_(make_system_clock(folder)),
      writers_(kWriterThreads),
      completions_(completion_threads()),
      bus_(completions_),
      settlement_(directory_),
      anchors_(make_anchors(options.anchor)),
      keeper_({.anchors = anchors_.get()}) {
  keeper_.start();
}

RegionPorts EmbeddedPorts::region_ports(const std::string& service) {
  return {.service = service,
          .open =
              [this, service](const std::string& region) {
                return open({service, region});
              },
          .clock = clock(),
          .threads = {writers_, completions_},
          .bus = bus_,
          .directory = directory_,
          .appender = appender_,
          .opened = [this, service](const std::string& region) { watches_.tell(service, region); }};
}

StoreResult<RegionStores> EmbeddedPorts::open(const LogPlace& place) {
  // Held all the while: whoever has seen the file finds the store in opened_.
  const std::lock_guard lock(opened_mutex_);
  const auto file = folder_.path() / place.file();
  std::error_code ignored;  // Opening the store says what is wrong.
  std::filesystem::create_directories(file.parent_path(), ignored);
  auto opened =
      SqliteEventStore::open({.path = file.string(),
                              .log = place.log(),
                              .demo = demo_clock_ != nullptr,
                              .on_damage = [name = place.log()](const std::string& sentence) {
                                log(LogLevel::kError, sentence, {{"log", name}});
                              }});
  const auto attachments =
      std::make_shared<FileAttachmentStore>(folder_.path() / place.attachments());
  if (const auto* error = std::get_if<SqliteError>(&opened)) {
    log(LogLevel::kError, error->sentence, {{"log", place.log()}});
    return RegionStores{std::make_shared<DamagedStore>(failure_for(error->code)), attachments};
  }
  auto store = std::get<std::unique_ptr<SqliteEventStore>>(std::move(opened));
  // What a damaged store says of itself is not worth comparing.
  if (!store->damage() && store->is_demo() != (demo_clock_ != nullptr)) {
    log(LogLevel::kError,
        store->is_demo() ? "the store belongs to a demo site and this is an ordinary one"
                         : "the store belongs to an ordinary site and this is a demo one",
        {{"log", place.log()}});
    return RegionStores{std::make_shared<DamagedStore>(StoreFailure::kUnavailable), attachments};
  }
  keeper_.watch(*store);
  const std::shared_ptr<SqliteEventStore> watched(store.release(), [this](SqliteEventStore* last) {
    keeper_.forget(*last);
    delete last;
  });
  opened_[place.log()] = {place, watched, attachments};
  return RegionStores{watched, attachments};
}

std::unique_ptr<RegionWatch> EmbeddedPorts::when_known(const std::string& service,
                                                       RegionKnown known) {
  auto watch = watches_.add(service, known);
  for (const std::string& region : folder_.regions_of(service)) known(region);
  return watch;
}

void EmbeddedPorts::add_companion(const std::string& log, Companion companion) {
  const std::lock_guard lock(opened_mutex_);
  companions_[log].push_back(std::move(companion));
}

std::vector<EmbeddedPorts::OpenStores> EmbeddedPorts::open_stores() const {
  const std::lock_guard lock(opened_mutex_);
  std::vector<OpenStores> stores;
  for (const auto& [log, opened] : opened_) {
    auto store = opened.store.lock();
    auto attachments = opened.attachments.lock();
    if (store != nullptr && attachments != nullptr) {
      const auto companions = companions_.find(log);
      stores.push_back(
          {opened.place, std::move(store), std::move(attachments),
           companions == companions_.end() ? std::vector<Companion>() : companions->second});
    }
  }
  return stores;
}

}  // namespace kkr::platform
