#include "services/platform/event_store/sha256.h"

#include <openssl/evp.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace kkr::platform {
namespace {

// Fetched once: looking the algorithm up costs more than hashing a small event.
const EVP_MD* algorithm() {
  static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

// OpenSSL without SHA-256, or out of memory: there is nothing to go on with.
void require(int succeeded) {
  if (succeeded != 1) std::abort();
}

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  Context() { require(EVP_DigestInit_ex(evp, algorithm(), nullptr)); }
  ~Context() { EVP_MD_CTX_free(evp); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;

Sha256& Sha256::field(std::string_view bytes) {
  field(static_cast<std::uint64_t>(bytes.size()));
  return this->bytes(bytes);
}

Sha256& Sha256::field(const Hash& hash) { return field(as_bytes(hash)); }

Sha256& Sha256::field(std::uint64_t number) {
  std::array<unsigned char, 8> encoded;
  for (auto& byte : encoded) {
    byte = static_cast<unsigned char>(number & 0xff);
    number >>= 8;
  }
  require(EVP_DigestUpdate(context_->evp, encoded.data(), encoded.size()));
  return *this;
}

Sha256& Sha256::bytes(std::string_view bytes) {
  require(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()));
  return *this;
}

Hash Sha256::finish() {
  Hash digest;
  require(EVP_DigestFinal_ex(context_->evp, digest.data(), nullptr));
  require(EVP_DigestInit_ex(context_->evp, algorithm(), nullptr));
  return digest;
}

Hash sha256_of(std::string_view bytes) { return Sha256().bytes(bytes).finish(); }

std::string_view as_bytes(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 0xf]);
  }
  return hex;
}

std::string to_hex(const Hash& hash) { return to_hex(as_bytes(hash)); }

bool from_hex(std::string_view hex, Hash& hash) {
  Hash read;
  if (hex.size() != 2 * read.size()) return false;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const char* const end = hex.data() + 2 * i + 2;
    const auto parsed = std::from_chars(end - 2, end, read[i], 16);
    if (parsed.ec != std::errc() || parsed.ptr != end) return false;
  }
  hash = read;
  return true;
}

bool from_bytes(std::string_view bytes, Hash& hash) {
  if (bytes.size() != hash.size()) return false;
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return true;
}

}  // namespace kkr::platform
