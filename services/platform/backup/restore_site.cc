#include "services/platform/backup/restore_site.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "absl/time/clock.h"
#include "services/platform/backup/check_log.h"
#include "services/platform/backup/file_digest.h"
#include "services/platform/files/durable_file.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

using Wrong = std::optional<BackupError>;

Wrong wrong(const std::string& sentence) { return BackupError{sentence}; }

// Copies a file and makes sure that the copy is what the manifest says.
Wrong copy_checked(const fs::path& from, const fs::path& to, const FileDigest& expected) {
  std::error_code failed;
  fs::create_directories(to.parent_path(), failed);
  if (!failed) fs::copy_file(from, to, failed);
  if (failed)
    return wrong("cannot copy " + from.string() + " to " + to.string() + ": " + failed.message());
  if (file_digest(to) != expected)
    return wrong("the file " + from.string() + " is not the one the manifest describes");
  int error = flush_file(to);
  if (error == 0) error = flush_folder(to.parent_path());
  if (error == 0) return std::nullopt;
  return wrong("cannot write " + to.string() + ": " + std::strerror(error));
}

// Begins a new generation in a store that nobody serves.
Wrong renew_generation(const fs::path& path) {
  auto opened = SqliteConnection::open(path, SqliteConnection::Purpose::kServe);
  if (const auto* error = std::get_if<SqliteError>(&opened)) return wrong(error->sentence);
  SqliteTables tables(std::get<SqliteConnection>(opened));
  auto meta = tables.meta();
  int code = meta.code;
  if (code == SQLITE_OK && !meta.row) code = SQLITE_CORRUPT;
  if (code == SQLITE_OK) {
    meta.row->generation = new_uuid();
    code = tables.put_meta(*meta.row);
  }
  if (code == SQLITE_OK) return std::nullopt;
  return wrong("cannot begin a new generation in " + path.string() + ": " + sqlite3_errstr(code));
}

Wrong restore_attachments(const BackedUpLog& log, const fs::path& backup, const fs::path& folder) {
  const FileAttachmentStore from(backup / log.attachments_folder);
  const FileAttachmentStore to(folder / log.attachments_folder);
  for (const auto& attachment : log.attachments) {
    const auto& type = attachment.media_type;
    if (auto failed =
            copy_checked(from.path_of(attachment.sha256, type), to.path_of(attachment.sha256, type),
                         {attachment.sha256, attachment.size_bytes}))
      return failed;
  }
  return std::nullopt;
}

std::variant<VerifyReport, BackupError> restore(const BackedUpLog& log, const fs::path& backup,
                                                const fs::path& folder) {
  const auto path = folder / log.file;
  auto failed = copy_checked(backup / log.file, path, {log.sha256, log.size_bytes});
  if (!failed) failed = restore_attachments(log, backup, folder);
  for (const auto& file : log.companions)
    if (!failed)
      failed = copy_checked(backup / file.file, folder / file.file, {file.sha256, file.size_bytes});
  if (!failed) failed = renew_generation(path);
  if (failed) return *failed;
  return check_store(log, path);
}

Wrong anchor(const BackedUpLog& log, const VerifyReport& report, AnchorFile* anchors) {
  if (anchors == nullptr) return std::nullopt;
  const int error =
      anchors->write({absl::Now(), log.log, report.head.generation, report.head.position,
                      report.head.hash, log.request_sequence, log.request_hash});
  if (error == 0) return std::nullopt;
  return wrong(std::string("cannot write the anchor file: ") + std::strerror(error));
}

// Restores all into a folder nobody looks at yet.
std::variant<RestoredSite, BackupError> restore_all(Manifest manifest, const fs::path& backup,
                                                    const fs::path& folder) {
  if (const auto ahead = checkpoint_ahead_of_source(manifest)) return BackupError{*ahead};
  RestoredSite site;
  for (const auto& log : manifest.logs) {
    auto restored = restore(log, backup, folder);
    if (const auto* error = std::get_if<BackupError>(&restored)) return *error;
    site.reports.push_back(std::get<VerifyReport>(std::move(restored)));
  }
  site.manifest = std::move(manifest);
  return site;
}

Wrong move_into_place(const fs::path& unfinished, const fs::path& folder) {
  std::error_code failed;
  fs::rename(unfinished, folder, failed);  // Replaces an empty folder, and no other.
  if (failed) return wrong("cannot make " + folder.string() + ": " + failed.message());
  flush_folder(fs::absolute(folder).parent_path());
  return std::nullopt;
}

}  // namespace

std::variant<Manifest, BackupError> read_manifest(const fs::path& backup) {
  const auto path = backup / kManifestName;
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open())
    return BackupError{backup.string() + " is not a finished backup: it has no " + kManifestName};
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  auto manifest = parse_manifest(json);
  if (!manifest) return BackupError{path.string() + " cannot be read"};
  return *std::move(manifest);
}

std::variant<RestoredSite, BackupError> restore_site(const fs::path& backup, const fs::path& folder,
                                                     AnchorFile* anchors) {
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored))
    return BackupError{"the folder " + folder.string() + " is not empty"};
  auto manifest = read_manifest(backup);
  if (const auto* error = std::get_if<BackupError>(&manifest)) return *error;

  const auto target = folder.has_filename() ? folder : folder.parent_path();  // "site/" too.
  const fs::path unfinished = target.string() + ".restoring-" + new_uuid();
  fs::create_directories(unfinished, ignored);
  auto restored = restore_all(std::get<Manifest>(std::move(manifest)), backup, unfinished);
  Wrong failed;
  if (auto* site = std::get_if<RestoredSite>(&restored)) {
    failed = move_into_place(unfinished, target);
    for (std::size_t i = 0; !failed && i < site->reports.size(); ++i)
      failed = anchor(site->manifest.logs[i], site->reports[i], anchors);
  }
  fs::remove_all(unfinished, ignored);
  if (failed) return *failed;
  return restored;
}

std::variant<VerifyReport, BackupError> restore_log(const fs::path& backup, const std::string& log,
                                                    const fs::path& folder, AnchorFile* anchors) {
  auto manifest = read_manifest(backup);
  if (const auto* error = std::get_if<BackupError>(&manifest)) return *error;
  const auto& logs = std::get<Manifest>(manifest).logs;
  const auto found =
      std::find_if(logs.begin(), logs.end(), [&](const auto& each) { return each.log == log; });
  if (found == logs.end()) return BackupError{"the backup does not hold the log " + log};
  std::vector<std::string> wanted{found->file, found->attachments_folder};
  for (const auto& companion : found->companions) wanted.push_back(companion.file);
  for (const auto& taken : wanted)
    if (!taken.empty() && fs::exists(folder / taken))
      return BackupError{(folder / taken).string() + " exists: move it away first"};
  auto restored = restore(*found, backup, folder);
  if (const auto* report = std::get_if<VerifyReport>(&restored))
    if (auto failed = anchor(*found, *report, anchors)) return *failed;
  return restored;
}

}  // namespace kkr::platform
