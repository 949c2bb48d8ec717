// Makes a site's folder out of a backup. Never touches a folder that holds anything, and never
// leaves one half restored.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/backup/backup_site.h"
#include "services/platform/event_store/anchor_file.h"
#include "services/platform/event_store/verify_log.h"

namespace kkr::platform {

struct RestoredSite {
  Manifest manifest;
  std::vector<VerifyReport> reports;  // One for each log, in the order of the manifest; all sound.
};

// Restores every log of the backup into `folder`, which must be empty or missing. Each gets a new
// generation: events up to the restored head keep the generation and the hash they were written
// with, later ones carry the new one. Anchors the new generations when `anchors` is given. Fails
// when a file of the backup is missing, not what the manifest says or not sound; the folder is then
// as it was.
std::variant<RestoredSite, BackupError> restore_site(const std::filesystem::path& backup,
                                                     const std::filesystem::path& folder,
                                                     AnchorFile* anchors);

// Restores one log of the backup to `folder`, where its files must not exist: to bring back a
// damaged log beside sound ones. The site must not run.
std::variant<VerifyReport, BackupError> restore_log(const std::filesystem::path& backup,
                                                    const std::string& log,
                                                    const std::filesystem::path& folder,
                                                    AnchorFile* anchors);

// The manifest of a backup, or why there is none to go by.
std::variant<Manifest, BackupError> read_manifest(const std::filesystem::path& backup);

}  // namespace kkr::platform
