// An SQLite file that belongs to a log and is no log itself, such as what a service sends because
// of it. Goes with the log's backup; what stands in it is the service's business.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kkr::platform {

struct Companion {
  std::string file;  // Below the folder of the site and of the backup.
  // Copies the file as it is at one moment to a path that does not exist. What went wrong, or
  // nullopt.
  std::function<std::optional<std::string>(const std::filesystem::path& to)> copy_to;
};

// The companions that stand in `beside`, a folder below `site`, and that nobody has open.
std::vector<Companion> companions_in(const std::filesystem::path& site,
                                     const std::filesystem::path& beside);

// What SQLite finds wrong with the file, which nobody has open; nullopt when it is sound.
std::optional<std::string> fault_in_companion(const std::filesystem::path& file);

}  // namespace kkr::platform
