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

bool holds_a_log(const fs::path& path) {
  std::error_code ignored;
  for (fs::recursive_directory_iterator entry(path, ignored), end; entry != end;
       entry.increment(ignored)) {
    if (entry.depth() == 1 && entry->path().extension() == ".db") return true;
  }
  return false;
}

}  // namespace

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

std::optional<std::string> SiteFolder::settle_demo_clock(std::optional<absl::Time> asked) {
  const fs::path file = path_ / "folder.json";
  std::ifstream in(file);
  if (in) {
    const auto json = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
    absl::Time start;
    if (!json.is_object()) return cannot_use(path_, "folder.json in it cannot be read");
    if (json.contains("demo_clock_start")) {
      std::string problem;
      const auto text = json["demo_clock_start"].get<std::string>();
      if (!absl::ParseTime(kInstantFormat, text, &start, &problem)) {
        return cannot_use(path_, "folder.json in it cannot be read");
      }
      demo_clock_start_ = start;
    }
  } else {
    const bool restored = holds_a_log(path_);
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
  return std::nullopt;
}

std::vector<std::string> SiteFolder::regions_of(const std::string& service) const {
  std::vector<std::string> regions;
  std::error_code ignored;
  for (fs::directory_iterator entry(path_ / service, ignored), end; entry != end;
       entry.increment(ignored)) {
    const std::string region = entry->path().stem().string();
    if (entry->path().extension() == ".db" && is_region_id(region)) regions.push_back(region);
  }
  std::sort(regions.begin(), regions.end());
  return regions;
}

fs::path SiteFolder::log_file(const std::string& service, const std::string& region) const {
  return path_ / service / (region + ".db");
}

fs::path SiteFolder::attachments(const std::string& service, const std::string& region) const {
  return path_ / service / region / "attachments";
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
