// The folder that holds everything one embedded site knows. Belongs to one process at a time.
//
//   DATA/{service}/{region}.db             the log and what hangs on it
//   DATA/{service}/{region}/attachments/   its files, by digest
//   DATA/{service}/{region}/*.db           what else belongs to it; see backup/companion.h
//   DATA/folder.json                       whether the site runs on the demo clock, and from when
//   DATA/site.json                         where the running site can be reached
//   DATA/admin.sock, DATA/lock             for administration; to keep a second process out
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/embedded/folder_lock.h"

namespace kkr::platform {

// A log and where its parts stand, relative to the folder.
struct LogPlace {
  std::string service;
  std::string region;

  std::string log() const { return service + "/" + region; }
  std::filesystem::path file() const;
  std::filesystem::path attachments() const;
  std::filesystem::path companions() const;  // The folder of other files that belong to it.
};

// The logs that stand in a folder, in order of names; none when it is not a site's.
std::vector<LogPlace> logs_in(const std::filesystem::path& folder);

// The file that says whether the site runs on the demo clock; goes with a backup.
inline constexpr char kFolderFile[] = "folder.json";

class SiteFolder {
 public:
  // Opens the folder, creating it when it is missing. With `demo_clock` a folder without a site
  // becomes a demo site that begins at that instant; a demo site stays one ever after, whatever is
  // given later, and is started no earlier than at the instant given last. The error is a sentence:
  // the folder cannot be used, another process uses it, or `demo_clock` was given for an ordinary
  // site.
  static std::variant<std::unique_ptr<SiteFolder>, std::string> open(
      const std::filesystem::path& path, std::optional<absl::Time> demo_clock);

  // Takes site.json away: the site is no longer reached there.
  ~SiteFolder();
  SiteFolder(const SiteFolder&) = delete;
  SiteFolder& operator=(const SiteFolder&) = delete;

  // Where the demo clock began; nullopt for an ordinary site.
  std::optional<absl::Time> demo_clock_start() const { return demo_clock_start_; }

  // When the site is to be started: a demo site whose clock stands earlier was down until then.
  // nullopt when it goes on where it stood.
  std::optional<absl::Time> demo_clock_asked() const { return demo_clock_asked_; }

  // The regions the service has a log of, in order.
  std::vector<std::string> regions_of(const std::string& service) const;
  std::filesystem::path admin_socket() const { return admin_socket_of(path_); }

  // Says in site.json where the site is reached.
  void announce(const std::string& http_url, const std::string& grpc_address) const;

  const std::filesystem::path& path() const { return path_; }
  static std::filesystem::path admin_socket_of(const std::filesystem::path& path);

 private:
  SiteFolder(std::filesystem::path path, std::unique_ptr<FolderLock> lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  // A sentence when the folder is not of the kind asked for.
  std::optional<std::string> settle_demo_clock(std::optional<absl::Time> asked);

  const std::filesystem::path path_;
  const std::unique_ptr<FolderLock> lock_;
  std::optional<absl::Time> demo_clock_start_;
  std::optional<absl::Time> demo_clock_asked_;
};

}  // namespace kkr::platform
