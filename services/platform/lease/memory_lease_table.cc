#include "services/platform/lease/memory_lease_table.h"

namespace kkr::platform {

void MemoryLeaseRows::set_log(LogEnd log) {
  const std::lock_guard lock(mutex_);
  logs_[log.region] = std::move(log);
  tell();
}

void MemoryLeaseRows::want_write_version(std::uint64_t version) {
  const std::lock_guard lock(mutex_);
  wanted_version_ = version;
}

bool MemoryLeaseRows::with_epoch(const std::string& region, std::uint64_t epoch,
                                 const std::function<void()>& use) const {
  const std::lock_guard lock(mutex_);
  const auto lease = leases_.find(region);
  if (lease == leases_.end() || lease->second.epoch != epoch) return false;
  use();
  return true;
}

bool MemoryLeaseRows::lives(const std::string& instance) const {
  const auto found = replicas_.find(instance);
  return found != replicas_.end() && found->second.until > now_();
}

void MemoryLeaseRows::tell() {
  ++news_;
  told_.notify_all();
}

std::optional<LeaseView> MemoryLeaseTable::renew(const Replica& self,
                                                 std::chrono::milliseconds time_to_live) {
  const std::lock_guard lock(rows_.mutex_);
  if (cut_off_) return std::nullopt;
  rows_.replicas_[self.instance] = {self, rows_.now_() + time_to_live};
  LeaseView view;
  for (const auto& [instance, living] : rows_.replicas_) {
    if (rows_.lives(instance)) view.replicas.push_back(living.replica);
  }
  for (const auto& [region, lease] : rows_.leases_) view.leases.push_back(lease);
  for (const auto& [region, log] : rows_.logs_) view.logs.push_back(log);
  view.wanted_version = rows_.wanted_version_;
  return view;
}

std::optional<std::uint64_t> MemoryLeaseTable::take(const Replica& self, const std::string& region,
                                                    std::uint64_t seen) {
  const std::lock_guard lock(rows_.mutex_);
  if (cut_off_) return std::nullopt;
  const auto lease = rows_.leases_.find(region);
  const bool is_there = lease != rows_.leases_.end();
  if ((is_there ? lease->second.epoch : 0) != seen) return std::nullopt;
  if (is_there && rows_.lives(lease->second.holder)) return std::nullopt;
  rows_.leases_[region] = {region, seen + 1, self.instance};
  rows_.tell();
  return seen + 1;
}

bool MemoryLeaseTable::hand_over(const Replica& self, const std::string& region,
                                 std::uint64_t epoch, const std::string& successor) {
  const std::lock_guard lock(rows_.mutex_);
  if (cut_off_) return false;
  const auto lease = rows_.leases_.find(region);
  if (lease == rows_.leases_.end() || lease->second.epoch != epoch) return false;
  if (lease->second.holder != self.instance) return false;
  lease->second = {region, epoch + 1, successor};
  rows_.tell();
  return true;
}

void MemoryLeaseTable::leave(const Replica& self) {
  const std::lock_guard lock(rows_.mutex_);
  if (cut_off_) return;
  rows_.replicas_.erase(self.instance);
  for (auto& [region, lease] : rows_.leases_) {
    if (lease.holder == self.instance) lease = {region, lease.epoch + 1, {}};
  }
  rows_.tell();
}

LeaseNews MemoryLeaseTable::wait(std::chrono::milliseconds at_most) {
  std::unique_lock lock(rows_.mutex_);
  rows_.told_.wait_for(lock, at_most, [this] { return interrupted_ || rows_.news_ != heard_; });
  interrupted_ = false;
  const bool is_news = rows_.news_ != heard_ && !cut_off_;
  heard_ = rows_.news_;
  return {is_news, {}};
}

void MemoryLeaseTable::interrupt() {
  const std::lock_guard lock(rows_.mutex_);
  interrupted_ = true;
  rows_.told_.notify_all();
}

}  // namespace kkr::platform
