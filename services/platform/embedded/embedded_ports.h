// What the modules of an embedded site are built on: SQLite stores in one data folder, the bus and
// the channels within the process, one clock for all. Must outlive the modules.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/platform/appender/log_writer.h"
#include "services/platform/attachments/file_attachment_store.h"
#include "services/platform/backup/companion.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/embedded/site_folder.h"
#include "services/platform/event_store/anchor_file.h"
#include "services/platform/event_store/sqlite_event_store.h"
#include "services/platform/event_store/store_keeper.h"
#include "services/platform/ports/ports.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/region/region_logs.h"
#include "services/platform/settlement/settlement.h"
#include "services/platform/threads/worker_pool.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

struct EmbeddedOptions {
  std::filesystem::path anchor;  // The anchor file; empty: none is written.
  AppenderOptions appender{};
};

class EmbeddedPorts final : public Ports {
 public:
  // The folder must outlive the ports.
  EmbeddedPorts(const SiteFolder& folder, const EmbeddedOptions& options);

  const SiteFolder& folder() const { return folder_; }
  Clock& clock() override {
    if (demo_clock_ != nullptr) return *demo_clock_;
    return *system_clock_;
  }
  DemoClock* demo_clock() override { return demo_clock_.get(); }
  std::optional<absl::Time> demo_clock_asked() const override { return folder_.demo_clock_asked(); }
  Bus& bus() { return bus_; }
  LogDirectory& directory() { return directory_; }
  LogReader& logs() override { return directory_; }
  Settlement& settlement() override { return settlement_; }
  SiteRest& rest() override { return settlement_; }

  // A region's stores while they are open, for administration. Damaged beyond opening: not there.
  struct OpenStores {
    LogPlace place;
    std::shared_ptr<SqliteEventStore> store;
    std::shared_ptr<FileAttachmentStore> attachments;
    std::vector<Companion> companions{};
  };
  // In order of logs. Holding them keeps them open; let go before the ports are gone.
  std::vector<OpenStores> open_stores() const;

  // Has a file of the log's go with its backups. The administration, which is stopped before the
  // services are, calls `copy_to` from any thread.
  void add_companion(const std::string& log, Companion companion);

  // Stores are opened in the data folder, looked after in the background, and made for the demo
  // clock when the site runs on it.
  RegionPorts region_ports(const std::string& service) override;
  // Tells of a log before anything is written to it.
  std::unique_ptr<RegionWatch> when_known(const std::string& service, RegionKnown known) override;

 private:
  // What is left of the stores once the log that opened them has let go of them.
  struct OpenedStores {
    LogPlace place;
    std::weak_ptr<SqliteEventStore> store;
    std::weak_ptr<FileAttachmentStore> attachments;
  };

  StoreResult<RegionStores> open(const LogPlace& place);

  const SiteFolder& folder_;
  const AppenderOptions appender_;
  const std::unique_ptr<DemoClock> demo_clock_;      // Null on an ordinary site.
  const std::unique_ptr<SystemClock> system_clock_;  // Null on a demo site.
  WorkerPool writers_;
  WorkerPool completions_;
  InProcessBus bus_;
  LogDirectory directory_;
  Settlement settlement_;
  std::unique_ptr<AnchorFile> anchors_;
  StoreKeeper keeper_;
  mutable std::mutex opened_mutex_;
  std::map<std::string, OpenedStores> opened_;
  std::map<std::string, std::vector<Companion>> companions_;  // By log.
  RegionWatches watches_;
};

}  // namespace kkr::platform
