#include "services/notification/sending/send.h"

#include <array>

#include "services/platform/event_store/sha256.h"

namespace kkr::notification {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"PLANNED",  "SENDING", "SENT",
                                                    "DEFERRED", "FAILED",  "DROPPED"};
constexpr std::size_t kIdDigits = 32;

}  // namespace

std::string_view name_of(SendState state) { return kNames.at(static_cast<std::size_t>(state)); }

std::optional<SendState> parse_send_state(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames.at(i) == name) return static_cast<SendState>(i);
  }
  return std::nullopt;
}

bool is_final(SendState state) {
  return state == SendState::kSent || state == SendState::kFailed || state == SendState::kDropped;
}

std::string id_of(std::string_view region, const SendKey& key) {
  platform::Sha256 digest;
  digest.field(region).field(key.occasion).field(key.subject).field(key.recipient).field(key.step);
  return platform::to_hex(digest.finish()).substr(0, kIdDigits);
}

std::string message_id_of(std::string_view id, std::string_view domain) {
  return std::string(id) + "@" + std::string(domain);
}

}  // namespace kkr::notification
