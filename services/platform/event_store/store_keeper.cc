#include "services/platform/event_store/store_keeper.h"

#include "absl/time/clock.h"

namespace kkr::platform {

StoreKeeper::StoreKeeper(StoreKeeperOptions options) : options_(options) {}

StoreKeeper::~StoreKeeper() {
  {
    std::lock_guard lock(stop_mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
  for (auto& [store, watched] : stores_) anchor(*store, watched);
}

void StoreKeeper::watch(SqliteEventStore& store) {
  std::lock_guard lock(mutex_);
  stores_.emplace(&store, Watched());
}

void StoreKeeper::forget(SqliteEventStore& store) {
  std::lock_guard lock(mutex_);
  const auto found = stores_.find(&store);
  if (found == stores_.end()) return;
  anchor(store, found->second);
  stores_.erase(found);
}

void StoreKeeper::start() {
  thread_ = std::thread([this] { run(); });
}

void StoreKeeper::run() {
  std::unique_lock lock(stop_mutex_);
  while (!stopping_.wait_for(lock, options_.tick, [&] { return stop_; })) {
    lock.unlock();
    tick();
    lock.lock();
  }
}

void StoreKeeper::tick() {
  std::lock_guard lock(mutex_);
  for (auto& [store, watched] : stores_) {
    anchor(*store, watched);
    scrub(*store, watched);
  }
}

// A damaged store is not anchored: the anchors say where it was sound. An anchor that could not be
// written is written at the next tick.
void StoreKeeper::anchor(SqliteEventStore& store, Watched& watched) {
  if (options_.anchors == nullptr || store.damage()) return;
  const auto head = store.stored_head();
  if (watched.anchored && watched.anchored_position == head.position &&
      watched.anchored_sequence == head.request_sequence)
    return;
  const Anchor anchor{absl::Now(), store.log(),           store.head().generation, head.position,
                      head.hash,   head.request_sequence, head.request_hash};
  if (options_.anchors->write(anchor) != 0) return;
  watched.anchored = true;
  watched.anchored_position = head.position;
  watched.anchored_sequence = head.request_sequence;
}

void StoreKeeper::scrub(SqliteEventStore& store, Watched& watched) {
  if (watched.pause > 0) {
    --watched.pause;
    return;
  }
  for (int slice = 0; slice < options_.slices_a_tick; ++slice) {
    if (store.scrub_slice()) continue;
    watched.pause = options_.ticks_between_passes;
    return;
  }
}

}  // namespace kkr::platform
