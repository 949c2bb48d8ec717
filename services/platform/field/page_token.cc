#include "services/platform/field/page_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"

namespace kkr::platform {
namespace {

constexpr std::size_t kCheckLength = 8;
constexpr std::size_t kTokenLengthMax = 1024;

// FNV-1a. Finds mistakes, not forgers: a forged token reads nothing the forger could not list.
std::string check_of(std::string_view scope, std::string_view key) {
  std::uint64_t hash = 14695981039346656037u;
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash = (hash ^ 0xFFu) * 1099511628211u;
  };
  mix(scope);
  mix(key);
  std::string check;
  for (std::size_t i = 0; i < kCheckLength; ++i) check += static_cast<char>(hash >> (8 * i));
  return check;
}

}  // namespace

std::optional<std::size_t> page_size_of(std::int32_t page_size) {
  if (page_size < 0) return std::nullopt;
  if (page_size == 0) return kPageSizeDefault;
  return std::min(static_cast<std::size_t>(page_size), kPageSizeMax);
}

std::string make_page_token(std::string_view scope, std::string_view last_key) {
  return absl::WebSafeBase64Escape(check_of(scope, last_key) + std::string(last_key));
}

std::optional<std::string> read_page_token(std::string_view scope, std::string_view token) {
  std::string plain;
  if (token.size() > kTokenLengthMax || !absl::WebSafeBase64Unescape(std::string(token), &plain)) {
    return std::nullopt;
  }
  if (plain.size() < kCheckLength) return std::nullopt;
  std::string key = plain.substr(kCheckLength);
  if (plain.substr(0, kCheckLength) != check_of(scope, key)) return std::nullopt;
  return key;
}

}  // namespace kkr::platform
