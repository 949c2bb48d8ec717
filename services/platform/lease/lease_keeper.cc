#include "services/platform/lease/lease_keeper.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/lease/lease_seat.h"
#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

using Steady = std::chrono::steady_clock;

// Passages block, on the store and on what is under way; so many are made at the same time.
constexpr std::size_t kPassages = 4;

std::chrono::milliseconds since(Steady::time_point then, Steady::time_point now) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(now - then);
}

bool lives(const std::vector<Replica>& replicas, const std::string& instance) {
  return std::any_of(replicas.begin(), replicas.end(),
                     [&](const Replica& replica) { return replica.instance == instance; });
}

}  // namespace

class LeaseKeeper::Keeping {
 public:
  Keeping(LeaseTable& table, Replica me, LeaseKeeperOptions options)
      : self(std::move(me)),
        table_(table),
        options_(std::move(options)),
        pool_(kPassages),
        discoveries_(1),
        expiry_(pool_, [this] { check_expiry(); }) {}

  ~Keeping() { stop(); }

  void start() {
    ticker_ = std::thread([this] { run(); });
  }

  void hand_over(std::chrono::milliseconds at_most) {
    drains_ = true;
    look_now();
    std::unique_lock lock(mutex_);
    const auto is_done = [this, looked = looks_] {
      if (looks_ == looked) return false;
      const auto takes = [this](const Replica& one) {
        return one.instance != self.instance && one.refuses != std::vector<std::string>{"*"};
      };
      if (std::none_of(replicas_.begin(), replicas_.end(), takes)) return true;
      return std::none_of(seats_.begin(), seats_.end(),
                          [](const auto& seat) { return seat.second->is_leading(); });
    };
    changed_.wait_for(lock, at_most, is_done);
  }

  void stop() {
    if (stopping_.exchange(true)) return;
    table_.interrupt();
    if (ticker_.joinable()) ticker_.join();
    expiry_.stop();
    discoveries_.stop();
    pool_.stop();
    table_.leave(self);
  }

  std::shared_ptr<LeaseSeat> seat(const std::string& region) {
    const std::lock_guard lock(mutex_);
    auto& seat = seats_[region];
    if (seat == nullptr) {
      seat = std::make_shared<LeaseSeat>(
          options_.service + "/" + region, region, pool_,
          LeaseSeat::Calls{
              [this](const std::string& of, std::uint64_t epoch, const std::string& successor) {
                return table_.hand_over(self, of, epoch, successor);
              },
              [this] {
                const std::lock_guard changing(mutex_);
                changed_.notify_all();
              }});
    }
    return seat;
  }

  void watch(const std::string& region, LeasedLog& log) {
    seat(region)->watch(log);
    look_now();
  }

  void forget(const std::string& region) {
    std::shared_ptr<LeaseSeat> forgotten = seat(region);
    forgotten->forget();
    // Whoever opens the log again gets a new seat.
    const std::lock_guard lock(mutex_);
    forgotten_.push_back(std::move(forgotten));  // Its lease is held on to until the end.
    seats_.erase(region);
  }

  void lost(const std::string& region) {
    seat(region)->follow();
    look_now();
  }

  // The table lets nobody else have what is renewed, and so long this process knows it to be.
  bool surely_held(const std::string& region) {
    return seat(region)->is_leading() && Steady::now() < renewed_until_.load();
  }

  bool await_leader(const std::string& region, std::chrono::milliseconds at_most) {
    const auto its = seat(region);
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, at_most, [&] {
      const std::string holder = its->row().holder;
      return its->is_leading() || (holder != self.instance && lives(replicas_, holder));
    });
  }

  std::optional<Replica> leader(const std::string& region) {
    const std::string holder = seat(region)->row().holder;
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(replicas_.begin(), replicas_.end(),
                                    [&](const Replica& one) { return one.instance == holder; });
    return found == replicas_.end() ? std::nullopt : std::optional(*found);
  }

  const Replica self;

 private:
  using Seats = std::vector<std::shared_ptr<LeaseSeat>>;

  void run() {
    while (!stopping_) {
      const auto begin = Steady::now();
      tick(begin);
      while (!stopping_) {
        const auto left = options_.renew_every - since(begin, Steady::now());
        if (left <= left.zero()) break;
        const LeaseNews news = table_.wait(left);
        for (const std::string& region : news.grown) seat(region)->store_grew();
        if (news.leases_changed || look_now_.exchange(false)) break;
      }
    }
  }

  void look_now() {
    look_now_ = true;
    table_.interrupt();
  }

  void tick(Steady::time_point now) {
    Replica me = self;
    const bool drains = drains_;
    me.refuses = refused();
    const auto view = table_.renew(me, options_.time_to_live);
    if (!view) return;
    renewed_until_ = now + options_.time_to_live;
    expiry_.wake_after(options_.time_to_live);
    observe(*view, now);
    for (const LogEnd& end : view->logs) {
      const auto its = seat(end.region);
      its->store_ends(end);
      if (!its->is_watched()) discover(end.region);
    }
    for (const auto& its : seats()) {
      its->may_write(view->wanted_version);
      if (its->is_watched()) place(*its, view->replicas, now);
    }
    const std::lock_guard lock(mutex_);
    if (drains) ++looks_;
    changed_.notify_all();
  }

  std::vector<std::string> refused() {
    if (drains_) return {"*"};
    std::vector<std::string> refused;
    for (const auto& its : seats()) {
      if (!its->is_fit()) refused.push_back(its->region());
    }
    return refused;
  }

  void observe(const LeaseView& view, Steady::time_point now) {
    for (const LeaseRow& row : view.leases) seat(row.region)->see(row);
    const std::lock_guard lock(mutex_);
    std::map<std::string, Steady::time_point> since_when;
    for (const Replica& replica : view.replicas) {
      const auto known = alive_since_.find(replica.instance);
      since_when[replica.instance] = known == alive_since_.end() ? now : known->second;
    }
    alive_since_ = std::move(since_when);
    replicas_ = view.replicas;
    for (const auto& [region, its] : seats_) {
      if (lives(replicas_, its->row().holder)) {
        headless_since_.erase(region);
      } else {
        headless_since_.emplace(region, now);
      }
    }
  }

  void place(LeaseSeat& its, const std::vector<Replica>& living, Steady::time_point now) {
    const LeaseRow row = its.row();
    const Replica* const best = best_placed(living, row.region);
    Observed observed;
    {
      const std::lock_guard lock(mutex_);
      const auto headless = headless_since_.find(row.region);
      if (headless != headless_since_.end()) observed.headless = since(headless->second, now);
      if (best != nullptr) observed.best_alive = since(alive_since_[best->instance], now);
    }
    switch (move_of(row, living, self.instance, observed, options_.placement)) {
      case LeaseMove::kFollow: return its.follow();
      case LeaseMove::kLead: return its.lead(row.epoch);
      case LeaseMove::kHandOver: return its.hand_over(best->instance);
      case LeaseMove::kTake: break;
    }
    const auto epoch = table_.take(self, row.region, row.epoch);
    if (!epoch) return;
    its.see({row.region, *epoch, self.instance});
    its.lead(*epoch);
  }

  // The table was not reached for so long that another replica may have taken everything over.
  void check_expiry() {
    if (Steady::now() < renewed_until_.load()) return;
    for (const auto& its : seats()) {
      if (its->is_leading()) {
        log(LogLevel::kWarning, "the lease table cannot be reached; following the log",
            {{"log", options_.service + "/" + its->region()}});
      }
      its->follow();
    }
  }

  void discover(const std::string& region) {
    if (!options_.discovered || drains_) return;
    {
      const std::lock_guard lock(mutex_);
      if (!discovering_.insert(region).second) return;
    }
    discoveries_.post([this, region] {
      options_.discovered(region);
      const std::lock_guard lock(mutex_);
      discovering_.erase(region);
    });
  }

  Seats seats() const {
    const std::lock_guard lock(mutex_);
    Seats all;
    for (const auto& [region, its] : seats_) all.push_back(its);
    return all;
  }

  LeaseTable& table_;
  const LeaseKeeperOptions options_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> drains_ = false;
  std::atomic<bool> look_now_ = false;
  std::atomic<Steady::time_point> renewed_until_{};

  mutable std::mutex mutex_;  // Guards what follows; no log is told anything under it.
  std::condition_variable changed_;
  std::map<std::string, std::shared_ptr<LeaseSeat>> seats_;
  Seats forgotten_;
  std::vector<Replica> replicas_;  // As last seen, as what follows.
  std::map<std::string, Steady::time_point> alive_since_;
  std::map<std::string, Steady::time_point> headless_since_;
  std::set<std::string> discovering_;
  std::uint64_t looks_ = 0;  // Since logs are handed over.

  WorkerPool pool_;
  WorkerPool discoveries_;
  SerialTask expiry_;
  std::thread ticker_;
};

LeaseKeeper::LeaseKeeper(LeaseTable& table, Replica self, LeaseKeeperOptions options)
    : keeping_(std::make_unique<Keeping>(table, std::move(self), std::move(options))) {}

LeaseKeeper::~LeaseKeeper() = default;

void LeaseKeeper::start() { keeping_->start(); }
void LeaseKeeper::hand_over(std::chrono::milliseconds at_most) { keeping_->hand_over(at_most); }
void LeaseKeeper::stop() { keeping_->stop(); }
std::shared_ptr<HeldLease> LeaseKeeper::lease(const std::string& region) {
  return keeping_->seat(region)->held();
}
std::optional<Replica> LeaseKeeper::leader(const std::string& region) const {
  return keeping_->leader(region);
}
const Replica& LeaseKeeper::self() const { return keeping_->self; }
void LeaseKeeper::watch(const std::string& region, LeasedLog& log) { keeping_->watch(region, log); }
void LeaseKeeper::forget(const std::string& region) { keeping_->forget(region); }
void LeaseKeeper::lost(const std::string& region) { keeping_->lost(region); }
bool LeaseKeeper::surely_held(const std::string& region) { return keeping_->surely_held(region); }
bool LeaseKeeper::await_leader(const std::string& region, std::chrono::milliseconds at_most) {
  return keeping_->await_leader(region, at_most);
}

}  // namespace kkr::platform
