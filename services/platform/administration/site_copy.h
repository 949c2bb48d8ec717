// Backups of a whole site and reports about its logs, whether it runs or stands still.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "kkr/platform/v1/admin.pb.h"
#include "services/platform/backup/backup_site.h"
#include "services/platform/embedded/site_folder.h"

namespace kkr::platform {

// Why something was not done, in a sentence.
struct AdminError {
  std::string sentence;
};
template <class T>
using AdminResult = std::variant<T, AdminError>;

// One log to be copied, as backup_site() wants it.
BackupSource source_of(const LogPlace& place, SqliteEventStore& store,
                       FileAttachmentStore& attachments, std::vector<Companion> companions);

// A log whose store cannot be opened, and what SQLite says of it.
struct UnopenedLog {
  std::string log;
  std::string reason;
};

// Copies the logs, and what `data` says of the site as a whole, into `folder`, which must be empty
// or missing. The logs stand in any order: `services` names the services in order of need, and the
// last of them is copied first, so that no follower runs ahead of its source. The `unopened` are
// reported as not copied, like those that are found damaged.
AdminResult<v1::BackUpResponse> copy_site(std::vector<BackupSource> logs,
                                          const std::vector<UnopenedLog>& unopened,
                                          const std::vector<std::string>& services,
                                          const std::filesystem::path& data,
                                          const std::filesystem::path& folder);

// Makes a site out of a backup in `data`, which must be empty or missing. Every log starts a new
// generation, which is anchored in `anchor` unless that is empty.
AdminResult<v1::VerifyResponse> restore_backup(const std::filesystem::path& backup,
                                               const std::filesystem::path& data,
                                               const std::filesystem::path& anchor);

// Checks the store in the file, which nobody uses, against `anchor` unless that is empty, every
// attachment against its digest, and the files that belong to the log, which nobody uses either.
v1::LogReport check_log(const LogPlace& place, const std::filesystem::path& file,
                        AttachmentStore& attachments,
                        const std::vector<std::filesystem::path>& companions,
                        const std::filesystem::path& anchor);

}  // namespace kkr::platform
