#include "services/platform/backup/manifest.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace kkr::platform {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr char kTime[] = "%Y-%m-%dT%H:%M:%SZ";

Hash hash_in(const json& value) {
  Hash hash;
  if (!from_hex(value.get<std::string>(), hash)) throw std::invalid_argument("not a digest");
  return hash;
}

// A manifest comes from outside: it must not name files elsewhere on the machine.
std::string path_in(const json& value) {
  const std::filesystem::path path = value.get<std::string>();
  for (const auto& part : path)
    if (part == "..") throw std::invalid_argument("leads out of the folder");
  if (path.is_absolute()) throw std::invalid_argument("leads out of the folder");
  return path;
}

json json_of(const BackedUpLog& log) {
  json checkpoints = json::array(), attachments = json::array(), companions = json::array();
  for (const auto& checkpoint : log.checkpoints) {
    checkpoints.push_back({{"source", checkpoint.source},
                           {"generation", checkpoint.generation},
                           {"position", checkpoint.position},
                           {"hash", to_hex(checkpoint.hash)}});
  }
  for (const auto& attachment : log.attachments)
    attachments.push_back({{"sha256", to_hex(attachment.sha256)},
                           {"sizeBytes", attachment.size_bytes},
                           {"mediaType", attachment.media_type}});
  for (const auto& file : log.companions)
    companions.push_back(
        {{"file", file.file}, {"sizeBytes", file.size_bytes}, {"sha256", to_hex(file.sha256)}});
  return {{"log", log.log},
          {"file", log.file},
          {"sizeBytes", log.size_bytes},
          {"sha256", to_hex(log.sha256)},
          {"generation", log.head.generation},
          {"position", log.head.position},
          {"hash", to_hex(log.head.hash)},
          {"requestSequence", log.request_sequence},
          {"requestHash", to_hex(log.request_hash)},
          {"checkpoints", checkpoints},
          {"attachmentsFolder", log.attachments_folder},
          {"attachments", attachments},
          {"companions", companions}};
}

BackedUpLog log_in(const json& value) {
  BackedUpLog log;
  log.log = value.at("log").get<std::string>();
  log.file = path_in(value.at("file"));
  log.size_bytes = value.at("sizeBytes").get<std::uint64_t>();
  log.sha256 = hash_in(value.at("sha256"));
  log.head = {value.at("generation").get<std::string>(), value.at("position").get<std::uint64_t>(),
              hash_in(value.at("hash"))};
  log.request_sequence = value.at("requestSequence").get<std::uint64_t>();
  log.request_hash = hash_in(value.at("requestHash"));
  for (const auto& checkpoint : value.at("checkpoints"))
    log.checkpoints.push_back(
        {checkpoint.at("source").get<std::string>(), checkpoint.at("generation").get<std::string>(),
         checkpoint.at("position").get<std::uint64_t>(), hash_in(checkpoint.at("hash"))});
  log.attachments_folder = path_in(value.at("attachmentsFolder"));
  for (const auto& attachment : value.at("attachments"))
    log.attachments.push_back({hash_in(attachment.at("sha256")),
                               attachment.at("sizeBytes").get<std::uint64_t>(),
                               attachment.at("mediaType").get<std::string>()});
  if (!value.contains("companions")) return log;  // Of an earlier version.
  for (const auto& file : value.at("companions"))
    log.companions.push_back({path_in(file.at("file")), file.at("sizeBytes").get<std::uint64_t>(),
                              hash_in(file.at("sha256"))});
  return log;
}

}  // namespace

std::optional<std::string> checkpoint_ahead_of_source(const Manifest& manifest) {
  std::map<std::string, std::uint64_t> heads;
  for (const auto& log : manifest.logs) heads[log.log] = log.head.position;
  for (const auto& log : manifest.logs) {
    for (const auto& checkpoint : log.checkpoints) {
      const auto source = heads.find(checkpoint.source);
      if (source == heads.end() || checkpoint.position <= source->second) continue;
      return log.log + " has followed " + checkpoint.source + " up to position " +
             std::to_string(checkpoint.position) + ", but the copy of that log ends at " +
             std::to_string(source->second);
    }
  }
  return std::nullopt;
}

std::string manifest_json(const Manifest& manifest) {
  json logs = json::array(), skipped = json::array();
  for (const auto& log : manifest.logs) logs.push_back(json_of(log));
  for (const auto& log : manifest.skipped)
    skipped.push_back({{"log", log.log}, {"reason", log.reason}});
  const json whole = {{"format", kFormat},
                      {"takenAt", absl::FormatTime(kTime, manifest.taken_at, absl::UTCTimeZone())},
                      {"logs", logs},
                      {"skipped", skipped}};
  return whole.dump(2) + "\n";
}

std::optional<Manifest> parse_manifest(const std::string& text) {
  try {
    const json whole = json::parse(text);
    if (whole.at("format").get<int>() != kFormat) return std::nullopt;
    Manifest manifest;
    if (!absl::ParseTime(kTime, whole.at("takenAt").get<std::string>(), &manifest.taken_at,
                         nullptr))
      return std::nullopt;
    for (const auto& log : whole.at("logs")) manifest.logs.push_back(log_in(log));
    for (const auto& log : whole.at("skipped"))
      manifest.skipped.push_back(
          {log.at("log").get<std::string>(), log.at("reason").get<std::string>()});
    return manifest;
  } catch (const std::exception&) {  // Of the JSON library, and of the checks above.
    return std::nullopt;
  }
}

}  // namespace kkr::platform
