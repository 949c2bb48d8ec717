#include "services/platform/appender/write_version.h"

#include <algorithm>

#include "services/platform/log/log.h"

namespace kkr::platform {

bool WriteVersion::want(std::uint64_t version) {
  wanted_ = version;
  return version > store_.write_version();
}

std::optional<StoreFailure> WriteVersion::raise() {
  const std::uint64_t present = store_.write_version();
  if (wanted_ <= present) return std::nullopt;  // For every batch: what is read is not asked.
  const std::uint64_t version = std::min(wanted_.load(), rules_.version_read());
  if (version <= present) return std::nullopt;
  const auto raised = store_.raise_write_version(version);
  if (const auto* failure = std::get_if<StoreFailure>(&raised)) return *failure;
  log(LogLevel::kInfo, "newer facts may be written to the log from now on",
      {{"log", log_}, {"write_version", static_cast<std::int64_t>(version)}});
  return std::nullopt;
}

std::string WriteVersion::is_beyond_because() const {
  return "may hold facts of version " + std::to_string(store_.write_version()) +
         ", while this program reads up to version " + std::to_string(rules_.version_read()) + ",";
}

}  // namespace kkr::platform
