#include "services/platform/backup/check_log.h"

#include <optional>

#include "services/platform/backup/file_digest.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

using Wrong = std::optional<BackupError>;

Wrong check_file(const fs::path& file, const FileDigest& described) {
  if (file_digest(file) == described) return std::nullopt;
  return BackupError{"the file " + file.string() + " is not the one the manifest describes"};
}

Wrong check_attachments(const BackedUpLog& log, const fs::path& backup) {
  if (log.attachments.empty()) return std::nullopt;
  const FileAttachmentStore kept(backup / log.attachments_folder);
  for (const auto& each : log.attachments)
    if (auto wrong =
            check_file(kept.path_of(each.sha256, each.media_type), {each.sha256, each.size_bytes}))
      return wrong;
  return std::nullopt;
}

Wrong check_companion(const CopiedFile& file, const fs::path& backup) {
  const fs::path path = backup / file.file;
  if (const auto fault = fault_in_companion(path))
    return BackupError{"the backup is not sound: " + path.string() + ": " + *fault};
  return check_file(path, {file.sha256, file.size_bytes});
}

}  // namespace

std::variant<VerifyReport, BackupError> check_store(const BackedUpLog& log, const fs::path& path) {
  auto verified = verify_log({path, log.log});
  if (const auto* error = std::get_if<SqliteError>(&verified)) return BackupError{error->sentence};
  auto& report = std::get<VerifyReport>(verified);
  if (report.damage) return BackupError{"the backup is not sound: " + sentence_for(report)};
  if (report.head.position != log.head.position || report.head.hash != log.head.hash)
    return BackupError{"the log " + log.log + " does not end where the manifest says"};
  return report;
}

std::variant<VerifyReport, BackupError> check_log(const BackedUpLog& log, const fs::path& backup) {
  auto checked = check_store(log, backup / log.file);
  if (const auto* error = std::get_if<BackupError>(&checked)) return *error;
  auto wrong = check_file(backup / log.file, {log.sha256, log.size_bytes});
  if (!wrong) wrong = check_attachments(log, backup);
  for (const auto& file : log.companions)
    if (!wrong) wrong = check_companion(file, backup);
  if (wrong) return *wrong;
  return checked;
}

}  // namespace kkr::platform
