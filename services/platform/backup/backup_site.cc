#include "services/platform/backup/backup_site.h"

#include <algorithm>
#include <cstring>
#include <system_error>

#include "absl/time/clock.h"
#include "services/platform/backup/file_digest.h"
#include "services/platform/backup/store_copy.h"
#include "services/platform/files/durable_file.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

BackupError cannot_write(const fs::path& path, int error) {
  return {"the backup cannot write " + path.string() + ": " + std::strerror(error)};
}

// What went wrong, or nullopt; fills in what the manifest says of the file.
std::optional<BackupError> copy_store(const BackupSource& source, const fs::path& folder,
                                      BackedUpLog& log) {
  const auto path = folder / source.file;
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) return cannot_write(path.parent_path(), failed.value());
  {
    StoreCopy copy(*source.store, path);
    if (auto wrong = copy.run()) return BackupError{*wrong};
    log.head = {copy.generation(), copy.head().position, copy.head().hash};
    log.request_sequence = copy.head().request_sequence;
    log.request_hash = copy.head().request_hash;
  }
  int error = flush_file(path);
  if (error == 0) error = flush_folder(path.parent_path());
  if (error != 0) return cannot_write(path, error);
  const auto digest = file_digest(path);
  if (!digest) return BackupError{"the backup cannot read back " + path.string()};
  log.sha256 = digest->sha256;
  log.size_bytes = digest->size_bytes;
  return std::nullopt;
}

// The checkpoints as they stand in the copy: those of the store may have moved on.
std::optional<BackupError> list_checkpoints(const fs::path& path, BackedUpLog& log) {
  auto opened = SqliteConnection::open(path, SqliteConnection::Purpose::kInspect);
  if (const auto* error = std::get_if<SqliteError>(&opened)) return BackupError{error->sentence};
  SqliteTables tables(std::get<SqliteConnection>(opened));
  const int code = tables.checkpoints([&](Checkpoint checkpoint) {
    log.checkpoints.push_back(std::move(checkpoint));
    return true;
  });
  if (code == SQLITE_OK) return std::nullopt;
  return BackupError{"the copy " + path.string() + " cannot be read: " + sqlite3_errstr(code)};
}

// An attachment erased since it was listed is left out.
std::optional<BackupError> copy_attachment(FileAttachmentStore& from, const FileAttachmentStore& to,
                                           const Hash& sha256, BackedUpLog& log) {
  const auto read = from.get(sha256);
  const auto described = from.describe(sha256);
  for (const auto failure :
       {std::get_if<AttachmentFailure>(&read), std::get_if<AttachmentFailure>(&described)}) {
    if (failure == nullptr) continue;
    if (*failure == AttachmentFailure::kNotFound) return std::nullopt;
    return BackupError{"the attachment " + to_hex(sha256) + " of " + log.log +
                       " is damaged or unreadable"};
  }
  const auto& stored = std::get<StoredAttachment>(described);
  const auto path = to.path_of(sha256, stored.media_type);
  const auto& content = std::get<std::string>(read);
  if (const int error = write_durably(path.string() + ".unfinished", path, content))
    return cannot_write(path, error);
  log.attachments.push_back(stored);
  return std::nullopt;
}

std::optional<BackupError> copy_attachments(FileAttachmentStore& from, const fs::path& folder,
                                            BackedUpLog& log) {
  const FileAttachmentStore to(folder);
  Hash after{};
  for (;;) {
    const auto listed = from.list(after, kSliceMax);
    const auto* digests = std::get_if<std::vector<Hash>>(&listed);
    if (digests == nullptr) return BackupError{"the attachments of " + log.log + " are unreadable"};
    if (digests->empty()) return std::nullopt;
    for (const auto& sha256 : *digests)
      if (auto failed = copy_attachment(from, to, sha256, log)) return failed;
    after = digests->back();
  }
}

std::optional<BackupError> copy_companion(const Companion& companion, const fs::path& folder,
                                          BackedUpLog& log) {
  const auto path = folder / companion.file;
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) return cannot_write(path.parent_path(), failed.value());
  if (auto wrong = companion.copy_to(path)) return BackupError{*wrong};
  int error = flush_file(path);
  if (error == 0) error = flush_folder(path.parent_path());
  if (error != 0) return cannot_write(path, error);
  const auto digest = file_digest(path);
  if (!digest) return BackupError{"the backup cannot read back " + path.string()};
  log.companions.push_back({companion.file, digest->size_bytes, digest->sha256});
  return std::nullopt;
}

}  // namespace

std::variant<BackedUpLog, BackupError> backup_log(const BackupSource& source,
                                                  const fs::path& folder) {
  BackedUpLog log;
  log.log = source.store->log();
  log.file = source.file;
  log.attachments_folder = source.attachments_folder;
  auto wrong = copy_store(source, folder, log);
  if (!wrong) wrong = list_checkpoints(folder / source.file, log);
  if (!wrong && source.attachments != nullptr)
    wrong = copy_attachments(*source.attachments, folder / source.attachments_folder, log);
  for (const Companion& companion : source.companions)
    if (!wrong) wrong = copy_companion(companion, folder, log);
  if (wrong) return *wrong;
  return log;
}

std::variant<Manifest, BackupError> backup_site(const std::vector<BackupSource>& sources,
                                                const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(folder, failed) && !fs::is_empty(folder, failed))
    return BackupError{"the folder " + folder.string() + " is not empty"};
  Manifest manifest;
  manifest.taken_at = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  for (const auto& source : sources) {
    if (const auto damage = source.store->damage()) {
      manifest.skipped.push_back({source.store->log(), *damage});
      continue;
    }
    auto copied = backup_log(source, folder);
    if (auto* error = std::get_if<BackupError>(&copied)) return *error;
    manifest.logs.push_back(std::move(std::get<BackedUpLog>(copied)));
  }
  if (const auto ahead = checkpoint_ahead_of_source(manifest))
    return BackupError{"the logs were not copied in order: " + *ahead};
  const auto path = folder / kManifestName;
  if (const int error = write_durably(path.string() + ".unfinished", path, manifest_json(manifest)))
    return cannot_write(path, error);
  return manifest;
}

}  // namespace kkr::platform
