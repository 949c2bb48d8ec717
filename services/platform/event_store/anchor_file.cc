#include "services/platform/event_store/anchor_file.h"

#include <fstream>
#include <optional>
#include <sstream>

#include "services/platform/files/durable_file.h"

namespace kkr::platform {
namespace {

// Of the text before it: tells a changed or half-written line from a log that does not agree.
std::string line_checksum(const std::string& text) { return to_hex(sha256_of(text)).substr(0, 8); }

std::string line_of(const Anchor& anchor) {
  std::ostringstream line;
  line << absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", anchor.at, absl::UTCTimeZone()) << ' '
       << anchor.log << ' ' << anchor.generation << ' ' << anchor.position << ' '
       << to_hex(anchor.hash) << ' ' << anchor.request_sequence << ' '
       << to_hex(anchor.request_hash);
  return line.str();
}

std::optional<Anchor> anchor_in(const std::string& line) {
  const auto end = line.rfind(' ');
  if (end == std::string::npos || line_checksum(line.substr(0, end)) != line.substr(end + 1))
    return std::nullopt;
  std::istringstream words(line.substr(0, end));
  Anchor anchor;
  std::string at, hash, request_hash;
  words >> at >> anchor.log >> anchor.generation >> anchor.position >> hash >>
      anchor.request_sequence >> request_hash;
  if (!words || !from_hex(hash, anchor.hash) || !from_hex(request_hash, anchor.request_hash))
    return std::nullopt;
  if (!absl::ParseTime("%Y-%m-%dT%H:%M:%SZ", at, &anchor.at, nullptr)) return std::nullopt;
  return anchor;
}

}  // namespace

int AnchorFile::write(const Anchor& anchor) {
  const auto text = line_of(anchor);
  std::lock_guard lock(mutex_);
  return append_line_durably(path_, text + ' ' + line_checksum(text));
}

AnchorsRead read_anchors(const std::filesystem::path& path, const std::string& log,
                         const std::function<void(const Anchor&)>& take) {
  AnchorsRead read;
  std::ifstream file(path);
  read.opened = file.is_open();
  for (std::string line; std::getline(file, line);) {
    const auto anchor = anchor_in(line);
    if (!anchor)
      ++read.unreadable_lines;
    else if (anchor->log == log)
      take(*anchor);
  }
  return read;
}

}  // namespace kkr::platform
