#include "services/platform/administration/site_copy.h"

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <utility>

#include "services/platform/attachments/attachment_check.h"
#include "services/platform/backup/restore_site.h"
#include "services/platform/event_store/verify_log.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

// The errors of the ports are parts of sentences.
AdminError error_of(const std::string& what, const std::string& why) {
  return {what + ": " + why + (why.empty() || why.back() != '.' ? "." : "")};
}

v1::LogReport report(const std::string& log, bool sound, std::string sentence) {
  v1::LogReport report;
  report.set_log(log);
  report.set_sound(sound);
  report.set_sentence(std::move(sentence));
  return report;
}

v1::LogReport not_copied(const std::string& log, const std::string& reason) {
  return report(log, false, log + ": not copied: " + reason);
}

v1::LogReport report_of(const VerifyReport& verified) {
  return report(verified.log, !verified.damage, sentence_for(verified));
}

std::size_t rank_of(const BackupSource& source, const std::vector<std::string>& services) {
  const std::string log = source.store->log();
  const std::string service = log.substr(0, log.find('/'));
  return static_cast<std::size_t>(std::find(services.begin(), services.end(), service) -
                                  services.begin());
}

// Copies the file that says what kind of site it is; a site that has none is an ordinary one.
std::error_code copy_folder_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(from / kFolderFile, error))
    fs::copy_file(from / kFolderFile, to / kFolderFile, error);
  return error;
}

}  // namespace

BackupSource source_of(const LogPlace& place, SqliteEventStore& store,
                       FileAttachmentStore& attachments, std::vector<Companion> companions) {
  return {.store = &store,
          .file = place.file().string(),
          .attachments = &attachments,
          .attachments_folder = place.attachments().string(),
          .companions = std::move(companions)};
}

AdminResult<v1::BackUpResponse> copy_site(std::vector<BackupSource> logs,
                                          const std::vector<UnopenedLog>& unopened,
                                          const std::vector<std::string>& services,
                                          const fs::path& data, const fs::path& folder) {
  std::stable_sort(logs.begin(), logs.end(),
                   [&](const BackupSource& left, const BackupSource& right) {
                     return rank_of(left, services) > rank_of(right, services);
                   });
  const auto copied = backup_site(logs, folder);
  if (const auto* error = std::get_if<BackupError>(&copied)) {
    return error_of("No backup was made", error->sentence);
  }
  if (const std::error_code error = copy_folder_file(data, folder)) {
    return error_of("The backup lacks " + std::string(kFolderFile), error.message());
  }
  v1::BackUpResponse reply;
  const auto& manifest = std::get<Manifest>(copied);
  for (const BackedUpLog& log : manifest.logs) {
    *reply.add_logs() =
        report(log.log, true,
               log.log + ": copied up to position " + std::to_string(log.head.position) +
                   ", with " + std::to_string(log.attachments.size()) + " attachments.");
  }
  for (const SkippedLog& log : manifest.skipped) {
    *reply.add_logs() = not_copied(log.log, log.reason);
  }
  for (const UnopenedLog& log : unopened) *reply.add_logs() = not_copied(log.log, log.reason);
  return reply;
}

AdminResult<v1::VerifyResponse> restore_backup(const fs::path& backup, const fs::path& data,
                                               const fs::path& anchor) {
  AnchorFile anchors(anchor);
  const auto restored = restore_site(backup, data, anchor.empty() ? nullptr : &anchors);
  if (const auto* error = std::get_if<BackupError>(&restored)) {
    return error_of("Nothing was restored", error->sentence);
  }
  if (const std::error_code error = copy_folder_file(backup, data)) {
    return error_of("The restored site lacks " + std::string(kFolderFile), error.message());
  }
  v1::VerifyResponse reply;
  for (const auto& verified : std::get<RestoredSite>(restored).reports) {
    *reply.add_logs() = report_of(verified);
  }
  return reply;
}

v1::LogReport check_log(const LogPlace& place, const fs::path& file, AttachmentStore& attachments,
                        const std::vector<fs::path>& companions, const fs::path& anchor) {
  const auto verified =
      verify_log({.path = file.string(), .log = place.log(), .anchor = anchor.string()});
  if (const auto* error = std::get_if<SqliteError>(&verified)) {
    return report(place.log(), false, place.log() + ": cannot be checked: " + error->sentence);
  }
  v1::LogReport checked = report_of(std::get<VerifyReport>(verified));
  if (const auto wrong = complaint(check_attachments(attachments))) {
    checked.set_sound(false);
    checked.set_sentence(checked.sentence() + "; " + *wrong);
  }
  for (const fs::path& companion : companions) {
    const auto fault = fault_in_companion(companion);
    if (!fault) continue;
    checked.set_sound(false);
    checked.set_sentence(checked.sentence() + "; " + companion.filename().string() +
                         " is damaged: " + *fault);
  }
  return checked;
}

}  // namespace kkr::platform
