#include "services/platform/embedded/embedded_ports.h"

#include <system_error>
#include <utility>

#include "services/platform/attachments/file_attachment_store.h"
#include "services/platform/event_store/sqlite_event_store.h"
#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

// As many as logs may commit at the same time.
constexpr std::size_t kWriterThreads = 4;
constexpr std::size_t kCompletionThreads = 4;

std::unique_ptr<DemoClock> make_demo_clock(const SiteFolder& folder) {
  const auto start = folder.demo_clock_start();
  return start ? std::make_unique<DemoClock>(*start) : nullptr;
}

std::unique_ptr<AnchorFile> make_anchors(const std::filesystem::path& path) {
  return path.empty() ? nullptr : std::make_unique<AnchorFile>(path);
}

}  // namespace

EmbeddedPorts::EmbeddedPorts(const SiteFolder& folder, const EmbeddedOptions& options)
    : folder_(folder),
      appender_(options.appender),
      demo_clock_(make_demo_clock(folder)),
      system_clock_(demo_clock_ == nullptr ? std::make_unique<SystemClock>() : nullptr),
      writers_(kWriterThreads),
      completions_(kCompletionThreads),
      bus_(completions_),
      settlement_(directory_),
      anchors_(make_anchors(options.anchor)),
      keeper_({.anchors = anchors_.get()}) {
  keeper_.start();
}

RegionPorts EmbeddedPorts::region_ports(const std::string& service) {
  return {.service = service,
          .open = [this, service](const std::string& region) { return open(service, region); },
          .clock = clock(),
          .threads = {writers_, completions_},
          .bus = bus_,
          .directory = directory_,
          .appender = appender_};
}

StoreResult<RegionStores> EmbeddedPorts::open(const std::string& service,
                                              const std::string& region) {
  const std::string log_name = service + "/" + region;
  const auto file = folder_.log_file(service, region);
  std::error_code ignored;  // Opening the store says what is wrong.
  std::filesystem::create_directories(file.parent_path(), ignored);
  auto opened = SqliteEventStore::open({.path = file.string(),
                                        .log = log_name,
                                        .demo = demo_clock_ != nullptr,
                                        .on_damage = [log_name](const std::string& sentence) {
                                          log(LogLevel::kError, sentence, {{"log", log_name}});
                                        }});
  if (const auto* error = std::get_if<SqliteError>(&opened)) {
    log(LogLevel::kError, error->sentence, {{"log", log_name}});
    return failure_for(error->code);
  }
  auto store = std::get<std::unique_ptr<SqliteEventStore>>(std::move(opened));
  if (store->is_demo() != (demo_clock_ != nullptr)) {
    log(LogLevel::kError,
        store->is_demo() ? "the store belongs to a demo site and this is an ordinary one"
                         : "the store belongs to an ordinary site and this is a demo one",
        {{"log", log_name}});
    return StoreFailure::kUnavailable;
  }
  keeper_.watch(*store);
  std::shared_ptr<SqliteEventStore> watched(store.release(), [this](SqliteEventStore* last) {
    keeper_.forget(*last);
    delete last;
  });
  return RegionStores{std::move(watched),
                      std::make_shared<FileAttachmentStore>(folder_.attachments(service, region))};
}

}  // namespace kkr::platform
