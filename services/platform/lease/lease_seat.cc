#include "services/platform/lease/lease_seat.h"

#include <prometheus/gauge.h>

#include <utility>

#include "services/platform/log/log.h"
#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

constexpr auto kTryAgainAfter = std::chrono::milliseconds(100);

prometheus::Gauge& gauge(const std::string& name, const std::string& help, const std::string& log) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(metrics()).Add({{"log", log}});
}

}  // namespace

LeaseSeat::LeaseSeat(std::string log, std::string region, WorkerPool& pool, Calls calls)
    : name_(std::move(log)),
      region_(std::move(region)),
      calls_(std::move(calls)),
      epoch_gauge_(gauge("kkr_lease_epoch", "How often a log has changed hands", name_)),
      leading_gauge_(gauge("kkr_log_leading", "Whether this process leads a log", name_)),
      row_{region_, 0, {}},
      task_(pool, [this] { pass(); }) {}

void LeaseSeat::watch(LeasedLog& log) {
  const std::lock_guard lock(mutex_);
  log_ = &log;
}

void LeaseSeat::forget() {
  task_.stop();
  const std::lock_guard telling(telling_);
  const std::lock_guard lock(mutex_);
  log_ = nullptr;
}

void LeaseSeat::see(const LeaseRow& row) {
  const std::lock_guard lock(mutex_);
  if (row.epoch < row_.epoch) return;
  row_ = row;
  epoch_gauge_.Set(static_cast<double>(row.epoch));
}

LeaseRow LeaseSeat::row() const {
  const std::lock_guard lock(mutex_);
  return row_;
}

void LeaseSeat::lead(std::uint64_t epoch) {
  {
    const std::lock_guard lock(mutex_);
    if (want_ == Want::kLead && epoch_ == epoch) return;
    want_ = Want::kLead;
    epoch_ = epoch;
  }
  task_.wake();
}

void LeaseSeat::follow() {
  {
    const std::lock_guard lock(mutex_);
    if (want_ == Want::kFollow) return;
    want_ = Want::kFollow;
    must_follow_ = true;
  }
  task_.wake();
}

void LeaseSeat::hand_over(const std::string& successor) {
  {
    const std::lock_guard lock(mutex_);
    if (want_ == Want::kHandOver) return;
    want_ = Want::kHandOver;
    successor_ = successor;
  }
  task_.wake();
}

bool LeaseSeat::is_watched() const { return its_log() != nullptr; }

bool LeaseSeat::is_leading() const {
  const std::lock_guard lock(mutex_);
  return leading_;
}

bool LeaseSeat::is_fit() const {
  const std::lock_guard telling(telling_);
  const LeasedLog* const its = its_log();
  return its != nullptr && its->is_fit();
}

void LeaseSeat::store_ends(const LogEnd& end) {
  const std::lock_guard telling(telling_);
  LeasedLog* const its = its_log();
  if (its != nullptr && !is_leading() && its->end() != end) its->store_grew();
}

void LeaseSeat::store_grew() {
  const std::lock_guard telling(telling_);
  LeasedLog* const its = its_log();
  if (its != nullptr && !is_leading()) its->store_grew();
}

void LeaseSeat::may_write(std::uint64_t version) {
  const std::lock_guard telling(telling_);
  LeasedLog* const its = its_log();
  if (its != nullptr) its->may_write(version);
}

void LeaseSeat::pass() {
  std::unique_lock lock(mutex_);
  LeasedLog* const its = log_;
  const Want want = want_;
  const std::uint64_t epoch = epoch_;
  const std::string successor = successor_;
  // Who is to lead again before it has followed was told that it lost the log: it leads no more.
  const bool must_follow = std::exchange(must_follow_, false);
  const bool leading = leading_ && held_->epoch() == epoch && !must_follow;
  lock.unlock();
  if (its == nullptr) return;
  switch (want) {
    case Want::kLead:
      if (!leading) pass_to_lead(*its, epoch);
      return;
    case Want::kFollow: return pass_to_follow(*its);
    case Want::kHandOver: return pass_on(*its, epoch, successor);
  }
}

void LeaseSeat::pass_to_lead(LeasedLog& log, std::uint64_t epoch) {
  if (is_leading()) pass_to_follow(log);  // Under an earlier epoch, or lost meanwhile.
  held_->hold(epoch);
  if (log.lead()) return set_leading(true, epoch);
  task_.wake_after(kTryAgainAfter);
}

void LeaseSeat::pass_to_follow(LeasedLog& log) {
  held_->let_go();
  log.follow();
  set_leading(false, 0);
}

void LeaseSeat::pass_on(LeasedLog& log, std::uint64_t epoch, const std::string& successor) {
  log.hand_over();
  held_->let_go();
  set_leading(false, 0);
  const bool is_given = calls_.hand_over(region_, epoch, successor);
  const std::lock_guard lock(mutex_);
  if (is_given && row_.epoch <= epoch) row_ = {region_, epoch + 1, successor};
  if (want_ == Want::kHandOver) want_ = Want::kFollow;
}

void LeaseSeat::set_leading(bool leading, std::uint64_t epoch) {
  {
    const std::lock_guard lock(mutex_);
    if (leading_ == leading) return;
    leading_ = leading;
  }
  leading_gauge_.Set(leading ? 1 : 0);
  log(LogLevel::kInfo, leading ? "this process leads the log" : "this process follows the log",
      {{"log", name_}, {"epoch", static_cast<std::int64_t>(epoch)}});
  calls_.changed();
}

LeasedLog* LeaseSeat::its_log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

}  // namespace kkr::platform
