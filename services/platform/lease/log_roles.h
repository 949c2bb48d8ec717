// The two sides of a log's role: the log, which is told to lead or to follow, and whoever keeps the
// leases and tells it. Where one process has all logs there is neither, and every log leads.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "services/platform/lease/lease_table.h"

namespace kkr::platform {

// A log as the keeper of its lease sees it.
class LeasedLog {
 public:
  virtual ~LeasedLog() = default;

  // These three are called from one thread at a time, and block for a bounded time.
  // The lease is held: takes in all there is, then does what only the holder may do. False when it
  // cannot now; it is told again.
  virtual bool lead() = 0;
  // The lease is lost: returns when nothing is done any more that only the holder may do.
  virtual void follow() = 0;
  // The lease is about to be given away: the same, but what is under way is finished first.
  virtual void hand_over() = 0;

  // From any thread; none blocks.
  // The log may have grown in the store.
  virtual void store_grew() = 0;
  // Facts of up to this version may be written to it from now on.
  virtual void may_write(std::uint64_t version) = 0;
  // How far this process knows the log.
  virtual LogEnd end() const = 0;
  // False when this process must not lead it: it is damaged, or holds what cannot be read here.
  virtual bool is_fit() const = 0;
};

class LogRoles {
 public:
  virtual ~LogRoles() = default;

  // From now on the log, which follows, is told when to lead. It must live until it is forgotten.
  virtual void watch(const std::string& region, LeasedLog& log) = 0;
  // Returns when the log is told nothing any more. What it leads it goes on leading.
  virtual void forget(const std::string& region) = 0;
  // The store has said that another process has the log. Never blocks.
  virtual void lost(const std::string& region) = 0;
  // Whether this process leads the log and no other one can at this moment. Never blocks.
  virtual bool surely_held(const std::string& region) = 0;
  // Waits until the log is led, by this process or another one. False when the time is over.
  virtual bool await_leader(const std::string& region, std::chrono::milliseconds at_most) = 0;
};

}  // namespace kkr::platform
