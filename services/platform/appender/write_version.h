// Up to which version facts may be written to one log: raises it as far as is wanted and can be
// read here, and tells when it is beyond that. For the strand of the log's writer, but for want().
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "services/platform/appender/pending_command.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

class WriteVersion {
 public:
  // All references must outlive it; `log` is for log lines.
  WriteVersion(EventStore& store, const BatchRules& rules, const std::string& log)
      : store_(store), rules_(rules), log_(log) {}

  // Facts of up to `version` may be written from now on. From any thread; true when that asks for a
  // raise.
  bool want(std::uint64_t version);
  // Raises the log where that is due. Why it could not; it is tried again by the next call.
  std::optional<StoreFailure> raise();

  // Whether the log may hold facts that this program does not know; and what it may, for a sentence
  // that begins with its name.
  bool is_beyond() const { return store_.write_version() > rules_.version_read(); }
  std::string is_beyond_because() const;

 private:
  EventStore& store_;
  const BatchRules& rules_;
  const std::string& log_;
  std::atomic<std::uint64_t> wanted_ = 1;
};

}  // namespace kkr::platform
