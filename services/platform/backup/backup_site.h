// Copies the stores of a running site. Commands go first: the copy is made in slices, whenever a
// store is idle. Never leaves a manifest beside an unfinished copy.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/attachments/file_attachment_store.h"
#include "services/platform/backup/companion.h"
#include "services/platform/backup/manifest.h"
#include "services/platform/event_store/sqlite_event_store.h"

namespace kkr::platform {

// One log to be copied. `file` and `attachments_folder` are relative: where its parts stand below
// the folder of the site, and will stand below that of the backup.
struct BackupSource {
  SqliteEventStore* store = nullptr;
  std::string file;
  FileAttachmentStore* attachments = nullptr;  // Null: the log has none.
  std::string attachments_folder{};
  std::vector<Companion> companions{};  // Copied after the log: none tells less than it does.
};

struct BackupError {
  std::string sentence;
};

// Copies one log as it is at some moment before the return; the store serves meanwhile. Attachments
// follow the store, so that every one its events name is there, unless erased meanwhile.
std::variant<BackedUpLog, BackupError> backup_log(const BackupSource& source,
                                                  const std::filesystem::path& folder);

// Copies the logs one after the other into `folder`, which must be empty or missing. `sources`
// stand in order: every follower before the logs it follows, so that no checkpoint runs ahead of
// its source. A damaged log is skipped, and the manifest says so; any other failure ends the backup
// with what has been copied left without a manifest.
std::variant<Manifest, BackupError> backup_site(const std::vector<BackupSource>& sources,
                                                const std::filesystem::path& folder);

}  // namespace kkr::platform
