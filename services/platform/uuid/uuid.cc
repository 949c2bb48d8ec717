#include "services/platform/uuid/uuid.h"

#include <openssl/rand.h>

#include <cstdlib>

#include "absl/strings/escaping.h"

namespace kkr::platform {

std::string new_uuid() {
  std::string random(16, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(random.data());
  if (RAND_bytes(bytes, static_cast<int>(random.size())) != 1) std::abort();
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);  // Version 4: random.
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);  // The variant of RFC 9562.
  const std::string hex = absl::BytesToHexString(random);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

}  // namespace kkr::platform
