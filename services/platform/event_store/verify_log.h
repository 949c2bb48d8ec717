// Checks a whole store that nobody serves: every row against its hash, the file against SQLite's
// own rules, and the log against the anchors. Changes nothing, not even after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/log_check.h"
#include "services/platform/event_store/sqlite_connection.h"

namespace kkr::platform {

struct VerifyOptions {
  std::string path;
  std::string log;       // The log it ought to hold, `{service}/{region}`.
  std::string anchor{};  // Path of the anchor file; empty: without.
};

struct VerifyReport {
  std::string log;
  LogHead head;
  std::uint64_t requests = 0;
  std::uint64_t anchors = 0;             // Compared with the log.
  std::uint64_t unreadable_anchors = 0;  // Lines of the anchor file that do not make sense.
  // The lowest position the store cannot vouch for and why; nullopt when it vouches for all.
  std::optional<Damage> damage;
};

// Memory does not grow with the log. The error is for a file that is out of reach or used by
// another process, and for an anchor file that cannot be read; whatever else is wrong is damage.
std::variant<VerifyReport, SqliteError> verify_log(const VerifyOptions& options);

// `consultation/hovedstaden: sound up to position 34 …`, or
// `consultation/hovedstaden: cannot vouch for position 7: event 7 …`.
std::string sentence_for(const VerifyReport& report);

}  // namespace kkr::platform
