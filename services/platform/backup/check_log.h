// Whether what a backup holds of a log is what its manifest says, and sound. Changes nothing.
#pragma once

#include <filesystem>
#include <variant>

#include "services/platform/backup/backup_site.h"
#include "services/platform/event_store/verify_log.h"

namespace kkr::platform {

// Whether the store at `path` is sound and ends where the manifest says; the error names the first
// position that it cannot vouch for.
std::variant<VerifyReport, BackupError> check_store(const BackedUpLog& log,
                                                    const std::filesystem::path& path);

// The same of the log's store in the backup, and of every file beside it.
std::variant<VerifyReport, BackupError> check_log(const BackedUpLog& log,
                                                  const std::filesystem::path& backup);

}  // namespace kkr::platform
