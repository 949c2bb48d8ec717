// The logs of one service, one per region: for each its store, its appender, its attachments, its
// relay, and what follows other logs into it. Opens a region's log on first use and keeps it open.
// Damage in one region leaves the others serving.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/platform/appender/appender.h"
#include "services/platform/bus/bus.h"
#include "services/platform/due_work/due_work.h"
#include "services/platform/follower/follower.h"
#include "services/platform/region/damaged_store.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/region/region_id.h"
#include "services/platform/relay/relay.h"

namespace kkr::platform {

class AttachmentStore;

// What belongs to one region on disk.
struct RegionStores {
  std::shared_ptr<EventStore> store;
  std::shared_ptr<AttachmentStore> attachments;  // Null for a service without attachments.
};

// What the logs of a service share. All references must outlive the logs.
struct RegionPorts {
  std::string service;  // The first part of the logs' names.
  // Opens the region's stores, creating them when they do not exist.
  std::function<StoreResult<RegionStores>(const std::string& region)> open;
  Clock& clock;
  AppenderThreads threads;
  Bus& bus;
  LogDirectory& directory;
  AppenderOptions appender{};  // `log` is set for each region.
  // Told of a log that was opened, before whoever had it opened can write to it; may be empty.
  std::function<void(const std::string& region)> opened{};
};

template <class Domain>
class RegionLog {
 public:
  // Opens the log of `region`. When its store cannot be opened the log is there, empty and
  // read-only, and its health says why.
  RegionLog(const RegionPorts& ports, std::string region)
      : region_(std::move(region)),
        name_(ports.service + "/" + region_),
        ports_(ports),
        stores_(open(ports, region_)),
        appender_(*stores_.store, ports.clock, ports.threads, options_of(ports, name_)),
        relay_(ports.service, region_, *stores_.store, appender_.tail(), ports.bus,
               ports.threads.completions) {
    ports.directory.add(
        {name_, stores_.store.get(), &appender_.tail(), [this] { return appender_.health(); }});
    relay_.start();
  }
  ~RegionLog() {
    stop();
    ports_.directory.withdraw(name_);
  }

  const std::string& region() const { return region_; }
  const std::string& name() const { return name_; }  // `{service}/{region}`
  Appender<Domain>& appender() { return appender_; }
  StatePtr<Domain> state() const { return appender_.state(); }
  EventStore& store() { return *stores_.store; }
  // Only for a service that has attachments.
  AttachmentStore& attachments() { return *stores_.attachments; }
  LogHealth health() const { return appender_.health(); }
  Relay& relay() { return relay_; }
  const std::vector<std::unique_ptr<Follower<Domain>>>& followers() const { return followers_; }
  DueWork<Domain>* due_work() { return due_work_.get(); }

  // Starts to follow `source` into this log. Call while the log is being opened.
  void follow(const std::string& source, LogReader& reader, FollowRules<Domain> rules) {
    followers_.push_back(std::make_unique<Follower<Domain>>(
        FollowOptions{source, name_}, ports_.service, appender_, reader, ports_.bus,
        ports_.threads.completions, std::move(rules)));
    followers_.back()->loop().start();
  }
  // Starts to record due work in this log. Call at most once, while the log is being opened.
  void run_due_work(DuePlan<Domain> plan) {
    due_work_ = std::make_unique<DueWork<Domain>>(name_, ports_.service, appender_, ports_.clock,
                                                  ports_.threads.completions, std::move(plan));
    due_work_->loop().start();
  }

  // Stops what submits by itself, finishes what is queued, and publishes it. The state stays
  // readable.
  void stop() {
    for (const auto& follower : followers_) follower->loop().stop();
    if (due_work_ != nullptr) due_work_->loop().stop();
    appender_.drain();
    relay_.stop();
  }

 private:
  static RegionStores open(const RegionPorts& ports, const std::string& region) {
    auto opened = ports.open(region);
    if (auto* stores = std::get_if<RegionStores>(&opened)) return std::move(*stores);
    return {std::make_shared<DamagedStore>(std::get<StoreFailure>(opened)), nullptr};
  }
  static AppenderOptions options_of(const RegionPorts& ports, const std::string& name) {
    AppenderOptions options = ports.appender;
    options.log = name;
    return options;
  }

  const std::string region_;
  const std::string name_;
  const RegionPorts& ports_;
  const RegionStores stores_;
  Appender<Domain> appender_;
  Relay relay_;
  std::vector<std::unique_ptr<Follower<Domain>>> followers_;
  std::unique_ptr<DueWork<Domain>> due_work_;
};

template <class Domain>
class RegionLogs {
 public:
  struct Options {
    // Asked, outside any lock, about a region that has no log yet; may block.
    std::function<bool(std::string_view region)> knows_region;
    // Called once for each log before find() returns it: the place to follow and to plan. May be
    // empty.
    std::function<void(RegionLog<Domain>&)> opened;
  };

  RegionLogs(RegionPorts ports, Options options)
      : ports_(std::move(ports)), options_(std::move(options)) {}

  // Opens the log of a region that is known to have one; nothing when it is open.
  void open_existing(const std::string& region) {
    if (present(region) == nullptr) open(region);
  }

  // The log of this region when it is open, else null. Never blocks.
  RegionLog<Domain>* find_open(std::string_view region) const { return present(region); }
  // Null when the service has no log of this region and `knows_region` denies it. Opens the log
  // when it is the first one to ask, which blocks. The log lives as long as this object.
  RegionLog<Domain>* find(std::string_view region) {
    if (RegionLog<Domain>* log = present(region)) return log;
    if (!is_region_id(region) || !options_.knows_region || !options_.knows_region(region)) {
      return nullptr;
    }
    return open(std::string(region));
  }

  // Calls `use(log)` for every open log, in order of regions.
  template <class Use>
  void for_each(Use&& use) {
    for (RegionLog<Domain>* log : opened()) use(*log);
  }

  // Stops every log; find() keeps returning them for reads.
  void stop() {
    for_each([](RegionLog<Domain>& log) { log.stop(); });
  }

  const std::string& service() const { return ports_.service; }

 private:
  RegionLog<Domain>* present(std::string_view region) const {
    const std::shared_lock lock(mutex_);
    const auto found = logs_.find(region);
    return found == logs_.end() ? nullptr : found->second.get();
  }

  std::vector<RegionLog<Domain>*> opened() const {
    const std::shared_lock lock(mutex_);
    std::vector<RegionLog<Domain>*> all;
    for (const auto& [region, log] : logs_) all.push_back(log.get());
    return all;
  }

  RegionLog<Domain>* open(const std::string& region) {
    RegionLog<Domain>* const log = open_once(region);
    // Without the lock: whoever is told may look for the log.
    if (ports_.opened) ports_.opened(region);
    return log;
  }

  RegionLog<Domain>* open_once(const std::string& region) {
    const std::lock_guard opening(opening_);
    if (RegionLog<Domain>* log = present(region)) return log;
    auto log = std::make_unique<RegionLog<Domain>>(ports_, region);
    if (options_.opened) options_.opened(*log);
    RegionLog<Domain>* const result = log.get();
    const std::lock_guard lock(mutex_);
    logs_.emplace(region, std::move(log));
    return result;
  }

  const RegionPorts ports_;
  const Options options_;
  std::mutex opening_;  // One log is opened at a time.
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<RegionLog<Domain>>, std::less<>> logs_;
};

}  // namespace kkr::platform
