// SHA-256 over a row of fields, each with its length before it, so that no two different rows give
// the same input. Not for passwords.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kkr::platform {

using Hash = std::array<std::uint8_t, 32>;

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  // Adds the length of the field (64 bits, little-endian) and the field.
  Sha256& field(std::string_view bytes);
  Sha256& field(const Hash& hash);
  // Adds eight bytes, little-endian, without a length.
  Sha256& field(std::uint64_t number);
  // Adds the bytes alone: for content whose published digest must be plain SHA-256.
  Sha256& bytes(std::string_view bytes);

  // The digest of what was added so far; the object starts afresh.
  Hash finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Plain SHA-256, as `sha256sum` prints it.
Hash sha256_of(std::string_view bytes);

std::string_view as_bytes(const Hash& hash);
// Two lower-case digits for each byte.
std::string to_hex(std::string_view bytes);
std::string to_hex(const Hash& hash);
// False when `hex` is anything but 64 hexadecimal digits; `hash` is then left alone.
bool from_hex(std::string_view hex, Hash& hash);
// False when `bytes` is not 32 long; `hash` is then left alone.
bool from_bytes(std::string_view bytes, Hash& hash);

}  // namespace kkr::platform
