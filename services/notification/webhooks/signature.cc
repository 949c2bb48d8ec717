#include "services/notification/webhooks/signature.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstdlib>

#include "absl/strings/escaping.h"

namespace kkr::notification {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kKeyBytes = 32;

}  // namespace

std::string new_webhook_secret() {
  std::string key(kKeyBytes, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(key.data());
  if (RAND_bytes(bytes, static_cast<int>(key.size())) != 1) std::abort();
  return std::string(kPrefix) + absl::Base64Escape(key);
}

std::string webhook_signature(std::string_view secret, std::string_view id, absl::Time sent_at,
                              std::string_view body) {
  std::string key;
  if (!secret.starts_with(kPrefix)) return "";
  secret.remove_prefix(kPrefix.size());
  if (!absl::Base64Unescape({secret.data(), secret.size()}, &key) || key.empty()) return "";

  const std::string content = fmt::format("{}.{}.{}", id, absl::ToUnixSeconds(sent_at), body);
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(content.data()), content.size(),
       reinterpret_cast<unsigned char*>(digest.data()), &length);
  digest.resize(length);
  return "v1," + absl::Base64Escape(digest);
}

}  // namespace kkr::notification
