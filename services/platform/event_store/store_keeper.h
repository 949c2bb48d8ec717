// Looks after the stores of a process in the background: writes anchors and scrubs. Never in the
// way of a command: it works in slices, when a store is idle.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "services/platform/event_store/anchor_file.h"
#include "services/platform/event_store/sqlite_event_store.h"

namespace kkr::platform {

struct StoreKeeperOptions {
  AnchorFile* anchors = nullptr;         // Null: no anchors are written. Must outlive the keeper.
  std::chrono::milliseconds tick{1000};  // Also the most often a log is anchored.
  int slices_a_tick = 8;                 // Of kSliceMax rows, for each store.
  int ticks_between_passes = 3600;       // After a store has been scrubbed from end to end.
};

class StoreKeeper {
 public:
  explicit StoreKeeper(StoreKeeperOptions options);
  // Stops, and anchors every watched store a last time.
  ~StoreKeeper();
  StoreKeeper(const StoreKeeper&) = delete;
  StoreKeeper& operator=(const StoreKeeper&) = delete;

  // Begins to look after the store, which must live until forget() or the keeper's end.
  void watch(SqliteEventStore& store);
  // Anchors the store a last time and lets go of it. Waits for a slice in progress.
  void forget(SqliteEventStore& store);

  // Begins to tick by itself. Without, only tick() works.
  void start();
  // One round over all stores.
  void tick();

 private:
  struct Watched {
    std::uint64_t anchored_position = 0;
    std::uint64_t anchored_sequence = 0;
    bool anchored = false;
    int pause = 0;  // Ticks until the next pass.
  };

  void anchor(SqliteEventStore& store, Watched& watched);
  void scrub(SqliteEventStore& store, Watched& watched);
  void run();

  const StoreKeeperOptions options_;
  std::mutex mutex_;  // Guards what follows; held during a tick.
  std::map<SqliteEventStore*, Watched> stores_;
  std::mutex stop_mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace kkr::platform
