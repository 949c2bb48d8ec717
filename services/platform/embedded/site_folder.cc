#include "services/platform/embedded/site_folder.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "services/platform/files/durable_file.h"
#include "services/platform/region/region_id.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

constexpr char kInstantFormat[] = "%Y-%m-%dT%H:%M:%E*SZ";

std::string cannot_use(const fs::path& path, const std::string& why) {
  return "The data folder " + path.string() + " cannot be used: " + why + ".";
}

}  // namespace

fs::path LogPlace::file() const { return fs::path(service) / (region + ".db"); }

fs::path LogPlace::companions() const { return fs::path(service) / region; }

fs::path LogPlace::attachments() const { return fs::path(service) / region / "attachments"; }

std::vector<LogPlace> logs_in(const fs::path& folder) {
  std::vector<LogPlace> places;
  std::error_code ignored;
  for (fs::directory_iterator service(folder, ignored), end; service != end;
       service.increment(ignored)) {
    const std::string name = service->path().filename().string();
    if (!is_region_id(name)) continue;  // Services are named alike.
    for (fs::directory_iterator file(service->path(), ignored); file != end;
         file.increment(ignored)) {
      const std::string region = file->path().stem().string();
      if (file->path().extension() == ".db" && is_region_id(region)) {
        places.push_back({name, region});
      }
    }
  }
  std::sort(places.begin(), places.end(),
            [](const LogPlace& left, const LogPlace& right) { return left.log() < right.log(); });
  return places;
}

std::variant<std::unique_ptr<SiteFolder>, std::string> SiteFolder::open(
    const fs::path& path, std::optional<absl::Time> demo_clock) {
  std::error_code error;
  const bool created = fs::create_directories(path, error);
  if (error) return cannot_use(path, error.message());
  if (created) fs::permissions(path, fs::perms::owner_all, error);
  auto lock = FolderLock::take(path);
  if (auto* sentence = std::get_if<std::string>(&lock)) return std::move(*sentence);
  std::unique_ptr<SiteFolder> folder(
      new SiteFolder(path, std::get<std::unique_ptr<FolderLock>>(std::move(lock))));
  if (auto refusal = folder->settle_demo_clock(demo_clock)) return *std::move(refusal);
  return folder;
}

SiteFolder::~SiteFolder() {
  std::error_code ignored;
  fs::remove(path_ / "site.json", ignored);
}

std::optional<std::string> SiteFolder::settle_demo_clock(std::optional<absl::Time> asked) {
  const fs::path file = path_ / kFolderFile;
  std::ifstream in(file);
  if (in) {
    const auto json = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
    absl::Time start;
    if (!json.is_object())
      return cannot_use(path_, std::string(kFolderFile) + " in it cannot be read");
    if (json.contains("demo_clock_start")) {
      std::string problem;
      const auto text = json["demo_clock_start"].get<std::string>();
      if (!absl::ParseTime(kInstantFormat, text, &start, &problem)) {
        return cannot_use(path_, std::string(kFolderFile) + " in it cannot be read");
      }
      demo_clock_start_ = start;
    }
  } else {
    const bool restored = !logs_in(path_).empty();
    if (!restored) demo_clock_start_ = asked;
    nlohmann::ordered_json json{{"format", 1}};
    if (demo_clock_start_) {
      json["demo_clock_start"] =
          absl::FormatTime(kInstantFormat, *demo_clock_start_, absl::UTCTimeZone());
    }
    if (const int code = write_durably(path_ / "folder.json.unfinished", file, json.dump() + "\n");
        code != 0) {
      return cannot_use(path_, std::strerror(code));
    }
  }
  if (asked && !demo_clock_start_) {
    return "The data folder " + path_.string() +
           " holds an ordinary site, which never runs on the demo clock. Choose another folder "
           "(--data) or leave out --demo-clock.";
  }
  demo_clock_asked_ = asked;
  return std::nullopt;
}

std::vector<std::string> SiteFolder::regions_of(const std::string& service) const {
  std::vector<std::string> regions;
  for (const LogPlace& place : logs_in(path_)) {
    if (place.service == service) regions.push_back(place.region);
  }
  return regions;
}

fs::path SiteFolder::admin_socket_of(const fs::path& path) { return path / "admin.sock"; }

void SiteFolder::announce(const std::string& http_url, const std::string& grpc_address) const {
  nlohmann::ordered_json json{{"http", http_url}, {"process", getpid()}};
  if (!grpc_address.empty()) json["grpc"] = grpc_address;
  // Renamed into place, so that a reader never finds half of it.
  const fs::path unfinished = path_ / "site.json.unfinished";
  std::ofstream(unfinished) << json.dump() << "\n";
  std::error_code ignored;
  fs::rename(unfinished, path_ / "site.json", ignored);
}

}  // namespace kkr::platform
