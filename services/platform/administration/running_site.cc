#include "services/platform/administration/running_site.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

// A folder that is gone with its owner.
class ScratchFolder {
 public:
  explicit ScratchFolder(fs::path path) : path_(std::move(path)) {
    std::error_code ignored;  // Writing into it says what is wrong.
    fs::create_directories(path_, ignored);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  const fs::path path_;
};

}  // namespace

RunningSite::RunningSite(EmbeddedPorts& ports, std::vector<std::string> services, fs::path anchor)
    : ports_(ports), services_(std::move(services)), anchor_(std::move(anchor)) {}

AdminResult<v1::VerifyResponse> RunningSite::verify(const fs::path& anchor) const {
  const ScratchFolder scratch(ports_.folder().path() / (".verify-" + new_uuid()));
  std::error_code ignored;
  const fs::path own = fs::exists(anchor_, ignored) ? anchor_ : fs::path();  // Not written yet.
  const fs::path asked = anchor.empty() ? own : anchor;
  fs::path frozen;
  if (!asked.empty()) {
    // What is anchored after this moment may lie behind the copies' ends.
    frozen = scratch.path() / "anchor";
    std::error_code error;
    fs::copy_file(asked, frozen, error);
    if (error) return AdminError{"The anchor file " + asked.string() + " cannot be read."};
  }
  const auto places = logs_in(ports_.folder().path());  // Before the stores, which may be new.
  std::map<std::string, EmbeddedPorts::OpenStores> open;
  for (auto& stores : ports_.open_stores()) open.emplace(stores.place.log(), stores);
  v1::VerifyResponse reply;
  for (const LogPlace& place : places) {
    const auto found = open.find(place.log());
    if (found != open.end()) {
      *reply.add_logs() = check(found->second, scratch.path(), frozen);
      continue;
    }
    FileAttachmentStore attachments(ports_.folder().path() / place.attachments());
    *reply.add_logs() =
        check_log(place, ports_.folder().path() / place.file(), attachments, {}, frozen);
  }
  return reply;
}

v1::LogReport RunningSite::check(const EmbeddedPorts::OpenStores& stores, const fs::path& scratch,
                                 const fs::path& anchor) const {
  const auto copied = backup_log({.store = stores.store.get(),
                                  .file = stores.place.file().string(),
                                  .companions = stores.companions},
                                 scratch);
  if (const auto* error = std::get_if<BackupError>(&copied)) {
    v1::LogReport report;
    report.set_log(stores.place.log());
    report.set_sentence(stores.place.log() + ": cannot be checked: " + error->sentence);
    return report;
  }
  std::vector<fs::path> companions;
  for (const auto& companion : stores.companions) companions.push_back(scratch / companion.file);
  v1::LogReport report = check_log(stores.place, scratch / stores.place.file(), *stores.attachments,
                                   companions, anchor);
  std::error_code ignored;
  fs::remove(scratch / stores.place.file(), ignored);
  for (const fs::path& companion : companions) fs::remove(companion, ignored);
  return report;
}

AdminResult<v1::BackUpResponse> RunningSite::back_up(const fs::path& folder) const {
  const auto places = logs_in(ports_.folder().path());  // Before the stores, which may be new.
  const auto open = ports_.open_stores();
  std::vector<BackupSource> logs;
  logs.reserve(open.size());
  for (const auto& stores : open) {
    logs.push_back(source_of(stores.place, *stores.store, *stores.attachments, stores.companions));
  }
  std::vector<UnopenedLog> unopened;
  for (const LogPlace& place : places) {
    const bool is_open = std::any_of(open.begin(), open.end(), [&place](const auto& stores) {
      return stores.place.log() == place.log();
    });
    if (!is_open) unopened.push_back({place.log(), "its store could not be opened."});
  }
  return copy_site(std::move(logs), unopened, services_, ports_.folder().path(), folder);
}

}  // namespace kkr::platform
