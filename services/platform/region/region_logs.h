// The logs of one service, one per region: for each its store, its appender, its attachments, its
// relay, and what follows other logs into it. Opens a region's log on first use and keeps it open.
// Damage in one region leaves the others serving. Where several processes have a region's log, one
// of them leads it: only there it is appended to and relayed, follows others and does due work.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "services/platform/appender/appender.h"
#include "services/platform/bus/bus.h"
#include "services/platform/due_work/due_work.h"
#include "services/platform/follower/follower.h"
#include "services/platform/lease/log_roles.h"
#include "services/platform/region/damaged_store.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/region/no_such_log.h"
#include "services/platform/region/region_id.h"
#include "services/platform/relay/relay.h"

namespace grpc {
class Channel;
}

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
  AppenderOptions appender{};  // `log` is set for each region, and what follows from `roles`.
  // Told of a log that was opened, before whoever had it opened can write to it; may be empty.
  std::function<void(const std::string& region)> opened{};
  // Says which logs lead; null where this process has all of them.
  LogRoles* roles = nullptr;
  // The way to the other process that leads the log of `region`; null when none is known. Empty
  // where there are no others.
  std::function<std::shared_ptr<grpc::Channel>(const std::string& region)> leader{};
};

template <class Domain>
class RegionLog final : private LeasedLog {
 public:
  // Opens the log of `region`. When its store cannot be opened the log is there, empty and
  // read-only, and its health says why.
  RegionLog(const RegionPorts& ports, std::string region)
      : region_(std::move(region)),
        name_(ports.service + "/" + region_),
        ports_(ports),
        stores_(open(ports, region_)),
        appender_(*stores_.store, ports.clock, ports.threads, options_of(ports, region_)),
        relay_(ports.service, region_, *stores_.store, appender_.tail(), ports.bus,
               ports.threads.completions) {
    ports.directory.add(
        {name_, stores_.store.get(), &appender_.tail(), [this] { return appender_.health(); },
         [this](auto at_most, auto done) { appender_.look(at_most, std::move(done)); }});
    if (ports.roles == nullptr) relay_.start();
  }
  ~RegionLog() override {
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

  // As in LogWriter: what a reader waits for who must see what another process may have written.
  void look(std::chrono::steady_clock::duration at_most, std::function<void(bool)> done) {
    appender_.look(at_most, std::move(done));
  }

  // Whether this process leads the log, and everything that takes is running.
  bool leading() const { return ports_.roles == nullptr || leading_; }

  // The next three: call while the log is being opened.
  // Follows `source` into this log, while this process leads it.
  void follow(const std::string& source, LogReader& reader, FollowRules<Domain> rules) {
    followers_.push_back(std::make_unique<Follower<Domain>>(
        FollowOptions{source, name_}, ports_.service, appender_, reader, ports_.bus,
        ports_.threads.completions, std::move(rules)));
    FollowLoop& loop = followers_.back()->loop();
    while_leading([&loop] { loop.start(); }, [&loop] { loop.stop(); });
  }
  // Records due work in this log, while this process leads it. At most once.
  void run_due_work(DuePlan<Domain> plan) {
    due_work_ = std::make_unique<DueWork<Domain>>(name_, ports_.service, appender_, ports_.clock,
                                                  ports_.threads.completions, std::move(plan));
    DueLoop& loop = due_work_->loop();
    while_leading([&loop] { loop.start(); }, [&loop] { loop.stop(); });
  }
  // Has `start` called when this process begins to lead the log, and `stop` when it ends to, in
  // turns, never at the same time. `stop` returns when what it stops is at rest.
  void while_leading(std::function<void()> start, std::function<void()> stop) {
    if (ports_.roles == nullptr) start();
    duties_.push_back({std::move(start), std::move(stop)});
  }
  // Is told to lead from now on, where there are others. Call once, when all of the above is done.
  void await_role() {
    if (ports_.roles != nullptr) ports_.roles->watch(region_, *this);
  }

  // Stops what submits by itself, finishes what is queued, and publishes it. The state stays
  // readable.
  void stop() {
    if (std::exchange(stopped_, true)) return;
    if (ports_.roles != nullptr) ports_.roles->forget(region_);
    if (leading()) stop_duties();
    appender_.drain();
    if (leading()) relay_.stop();
    leading_ = false;
  }

 private:
  struct Duty {
    std::function<void()> start;
    std::function<void()> stop;
  };
  // What is queued, and due to be told to others, is waited for so long before a log is given away.
  static constexpr auto kPatience = std::chrono::seconds(2);

  static RegionStores open(const RegionPorts& ports, const std::string& region) {
    auto opened = ports.open(region);
    if (auto* stores = std::get_if<RegionStores>(&opened)) return std::move(*stores);
    return {std::make_shared<DamagedStore>(std::get<StoreFailure>(opened)), nullptr};
  }
  static AppenderOptions options_of(const RegionPorts& ports, const std::string& region) {
    AppenderOptions options = ports.appender;
    options.log = ports.service + "/" + region;
    if (ports.roles != nullptr) {
      options.leased = true;
      options.lost = [&roles = *ports.roles, region] { roles.lost(region); };
      options.surely_held = [&roles = *ports.roles, region] { return roles.surely_held(region); };
    }
    return options;
  }

  // Whatever a duty submits is refused until the appender leads, and tried again by it.
  bool lead() override {
    if (!appender_.lead(kPatience)) return false;
    leading_ = true;
    relay_.start();
    for (const Duty& duty : duties_) duty.start();
    return true;
  }
  void follow() override {
    appender_.follow();
    if (!leading_.exchange(false)) return;
    stop_duties();
    relay_.stop();
  }
  void hand_over() override {
    if (!leading_) return appender_.follow();
    stop_duties();
    appender_.hand_over(kPatience);
    relay_.stop();
    leading_ = false;
  }
  void store_grew() override { appender_.store_grew(); }
  void may_write(std::uint64_t version) override { appender_.may_write(version); }
  LogEnd end() const override {
    const LogHead head = appender_.tail().head();
    return {region_, head.generation, head.position, stores_.store->write_version()};
  }
  bool is_fit() const override { return !appender_.health().read_only; }

  // The last one that was started first.
  void stop_duties() {
    for (auto duty = duties_.rbegin(); duty != duties_.rend(); ++duty) duty->stop();
  }

  const std::string region_;
  const std::string name_;
  const RegionPorts& ports_;
  const RegionStores stores_;
  Appender<Domain> appender_;
  Relay relay_;
  std::vector<std::unique_ptr<Follower<Domain>>> followers_;
  std::unique_ptr<DueWork<Domain>> due_work_;
  std::vector<Duty> duties_;
  std::atomic<bool> leading_ = false;  // Only where roles are told.
  bool stopped_ = false;
};

template <class Domain>
class RegionLogs {
 public:
  struct Options {
    // Asked, outside any lock, about a region that has no log yet; may block. nullopt: there was no
    // reply.
    std::function<std::optional<bool>(std::string_view region)> knows_region;
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
  // Null when the service has no log of this region and `knows_region` does not say that there is
  // one. Opens the log when it is the first one to ask, which blocks. The log lives as long as this
  // object.
  RegionLog<Domain>* find(std::string_view region) {
    const auto found = seek(region);
    const auto* log = std::get_if<RegionLog<Domain>*>(&found);
    return log == nullptr ? nullptr : *log;
  }
  // The same, and why there is none.
  std::variant<RegionLog<Domain>*, NoSuchLog> seek(std::string_view region) {
    if (RegionLog<Domain>* log = present(region)) return log;
    if (!is_region_id(region) || !options_.knows_region) return NoSuchLog::kUnknown;
    const std::optional<bool> known = options_.knows_region(region);
    if (!known) return NoSuchLog::kNoReply;
    if (!*known) return NoSuchLog::kUnknown;
    RegionLog<Domain>* const log = open(std::string(region));
    // What comes first should not be turned away because nobody leads a new log yet.
    if (ports_.roles != nullptr) ports_.roles->await_leader(log->region(), kFirstLeader);
    return log;
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

  // The way to the other process that leads the log of `region`; null when none is known, and where
  // this process leads all of them.
  std::shared_ptr<grpc::Channel> leader(const std::string& region) const {
    return ports_.leader ? ports_.leader(region) : nullptr;
  }

  const std::string& service() const { return ports_.service; }

 private:
  static constexpr auto kFirstLeader = std::chrono::seconds(2);

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
    log->await_role();
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
