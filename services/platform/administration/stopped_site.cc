#include "services/platform/administration/stopped_site.h"

#include <utility>

namespace kkr::platform {

namespace fs = std::filesystem;

AdminResult<std::unique_ptr<StoppedSite>> StoppedSite::open(const fs::path& data) {
  if (logs_in(data).empty()) {
    return AdminError{"The folder " + data.string() + " holds no site (--data)."};
  }
  auto lock = FolderLock::take(data);
  if (auto* sentence = std::get_if<std::string>(&lock)) return AdminError{std::move(*sentence)};
  return std::unique_ptr<StoppedSite>(
      new StoppedSite(data, std::get<std::unique_ptr<FolderLock>>(std::move(lock))));
}

v1::VerifyResponse StoppedSite::verify(const fs::path& anchor) const {
  v1::VerifyResponse reply;
  for (const LogPlace& place : logs_in(data_)) {
    FileAttachmentStore attachments(data_ / place.attachments());
    std::vector<fs::path> companions;
    for (const Companion& companion : companions_in(data_, place.companions()))
      companions.push_back(data_ / companion.file);
    *reply.add_logs() = check_log(place, data_ / place.file(), attachments, companions, anchor);
  }
  return reply;
}

AdminResult<v1::BackUpResponse> StoppedSite::back_up(const std::vector<std::string>& services,
                                                     const fs::path& folder) const {
  std::vector<std::unique_ptr<SqliteEventStore>> stores;
  std::vector<std::unique_ptr<FileAttachmentStore>> attachments;
  std::vector<BackupSource> logs;
  std::vector<UnopenedLog> unopened;
  for (const LogPlace& place : logs_in(data_)) {
    auto opened =
        SqliteEventStore::open({.path = (data_ / place.file()).string(), .log = place.log()});
    if (const auto* error = std::get_if<SqliteError>(&opened)) {
      unopened.push_back({place.log(), error->sentence});
      continue;
    }
    stores.push_back(std::get<std::unique_ptr<SqliteEventStore>>(std::move(opened)));
    attachments.push_back(std::make_unique<FileAttachmentStore>(data_ / place.attachments()));
    logs.push_back(source_of(place, *stores.back(), *attachments.back(),
                             companions_in(data_, place.companions())));
  }
  return copy_site(std::move(logs), unopened, services, data_, folder);
}

}  // namespace kkr::platform
