// What a backup holds, in the file `manifest.json` that is written last: a folder without it is not
// a backup.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/attachments/attachment_store.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// A file that belongs to a log; see companion.h.
struct CopiedFile {
  std::string file;  // Below the folder of the backup and of the site.
  std::uint64_t size_bytes = 0;
  Hash sha256{};
  bool operator==(const CopiedFile&) const = default;
};

struct BackedUpLog {
  std::string log;   // `{service}/{region}`
  std::string file;  // Of the store, below the folder of the backup and of the site.
  std::uint64_t size_bytes = 0;
  Hash sha256{};  // Of the file.
  LogHead head;
  std::uint64_t request_sequence = 0;
  Hash request_hash{};
  std::vector<Checkpoint> checkpoints;
  std::string attachments_folder;  // Below the same folders; empty: the log has no attachments.
  std::vector<StoredAttachment> attachments;
  std::vector<CopiedFile> companions;
  bool operator==(const BackedUpLog&) const = default;
};

// A log that could not be backed up.
struct SkippedLog {
  std::string log;
  std::string reason;
  bool operator==(const SkippedLog&) const = default;
};

struct Manifest {
  absl::Time taken_at;            // To the second.
  std::vector<BackedUpLog> logs;  // In the order they were copied: followers before their sources.
  std::vector<SkippedLog> skipped;
  bool operator==(const Manifest&) const = default;
};

// Names a checkpoint that is further than the log it follows; nullopt when there is none. Logs that
// the backup does not hold are not asked.
std::optional<std::string> checkpoint_ahead_of_source(const Manifest& manifest);

inline constexpr char kManifestName[] = "manifest.json";

// JSON, indented, with a line end.
std::string manifest_json(const Manifest& manifest);

// nullopt for anything but what manifest_json writes, and for file names that lead out of the
// folder.
std::optional<Manifest> parse_manifest(const std::string& json);

}  // namespace kkr::platform
