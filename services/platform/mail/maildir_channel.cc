#include "services/platform/mail/maildir_channel.h"

#include <optional>
#include <system_error>
#include <utility>

#include "services/platform/event_store/sha256.h"
#include "services/platform/files/durable_file.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

// A maildir's files have the line ends of the machine.
std::string with_unix_line_ends(std::string_view message) {
  std::string text;
  text.reserve(message.size());
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '\r' && i + 1 < message.size() && message[i + 1] == '\n') continue;
    text += message[i];
  }
  return text;
}

std::string file_name_of(const std::string& message_id) {
  return to_hex(sha256_of(message_id)).substr(0, 32) + ".kkr";
}

// The file in `cur` that a mail program has made of `name`: with its flags behind a colon.
std::optional<fs::path> read_mail(const fs::path& folder, const std::string& name) {
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "cur", failed)) {
    const std::string found = entry.path().filename().string();
    if (found == name || found.starts_with(name + ":")) return entry.path();
  }
  return std::nullopt;
}

}  // namespace

MaildirChannel::MaildirChannel(fs::path folder) : folder_(std::move(folder)) {}

MailOutcome MaildirChannel::send(const Envelope& envelope, std::string_view message) {
  const std::string name = file_name_of(envelope.message_id);
  std::error_code failed;
  fs::create_directories(folder_ / "cur", failed);
  if (failed) return {MailOutcome::Kind::kTryAgain, 0, failed.message()};
  if (read_mail(folder_, name)) return {MailOutcome::Kind::kDelivered, 0, "kept " + name};
  const int error =
      write_durably(folder_ / "tmp" / name, folder_ / "new" / name, with_unix_line_ends(message));
  if (error != 0) return {MailOutcome::Kind::kTryAgain, 0, std::generic_category().message(error)};
  return {MailOutcome::Kind::kDelivered, 0, "kept " + name};
}

bool MaildirChannel::forget(const std::string& message_id) {
  const std::string name = file_name_of(message_id);
  std::error_code failed;
  bool gone = true;
  for (const fs::path& path : {folder_ / "new" / name, folder_ / "tmp" / name}) {
    fs::remove(path, failed);
    gone = gone && !failed;
  }
  if (const auto read = read_mail(folder_, name)) gone = fs::remove(*read, failed) && gone;
  return gone;
}

}  // namespace kkr::platform
