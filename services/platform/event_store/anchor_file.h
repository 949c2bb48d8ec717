// An append-only file outside the folder of the stores, saying from time to time where each log
// ended. What is cut off a log, or a log set back to an older copy, shows against it. Never reads a
// store, and never changes a line that stands in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "absl/time/time.h"
#include "services/platform/event_store/sha256.h"

namespace kkr::platform {

// Where the two chains of a log ended.
struct Anchor {
  absl::Time at;  // To the second.
  std::string log;
  std::string generation;
  std::uint64_t position = 0;
  Hash hash{};
  std::uint64_t request_sequence = 0;
  Hash request_hash{};
  bool operator==(const Anchor&) const = default;
};

// One file for all logs of a site. May be used from any thread.
class AnchorFile {
 public:
  explicit AnchorFile(std::filesystem::path path) : path_(std::move(path)) {}

  // Adds a line and flushes it. Returns 0 or the errno; a line that was not finished is skipped by
  // readers, so trying again is safe.
  int write(const Anchor& anchor);

 private:
  const std::filesystem::path path_;
  std::mutex mutex_;
};

struct AnchorsRead {
  bool opened = false;
  std::uint64_t unreadable_lines = 0;  // Lines that do not match their checksum.
};

// Gives each anchor of `log` to `take`, in the order they were written. Holds one line in memory.
AnchorsRead read_anchors(const std::filesystem::path& path, const std::string& log,
                         const std::function<void(const Anchor&)>& take);

}  // namespace kkr::platform
