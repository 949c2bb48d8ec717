#include "services/platform/event_store/generation.h"

#include <openssl/rand.h>

#include <array>
#include <cstdlib>

#include "services/platform/event_store/sha256.h"

namespace kkr::platform {

std::string new_generation() {
  std::array<unsigned char, 16> random;
  if (RAND_bytes(random.data(), random.size()) != 1) std::abort();
  random[6] = static_cast<unsigned char>((random[6] & 0x0f) | 0x40);  // Version 4: random.
  random[8] = static_cast<unsigned char>((random[8] & 0x3f) | 0x80);  // The variant of RFC 9562.
  const auto hex =
      to_hex(std::string_view(reinterpret_cast<const char*>(random.data()), random.size()));
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

}  // namespace kkr::platform
