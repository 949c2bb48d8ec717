#include "services/notification/webhooks/public_address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace kkr::notification {
namespace {

using V6 = std::array<std::uint8_t, 16>;

struct RangeV4 {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24U | b << 16U | c << 8U | d;
}

// IANA's registry of special-purpose addresses, with multicast.
constexpr RangeV4 kSpecialV4[] = {
    {v4(0, 0, 0, 0), 8},        // This network.
    {v4(10, 0, 0, 0), 8},       // Private.
    {v4(100, 64, 0, 0), 10},    // Shared by the customers of a provider.
    {v4(127, 0, 0, 0), 8},      // Loopback.
    {v4(169, 254, 0, 0), 16},   // Link-local; where clouds keep what a machine may know.
    {v4(172, 16, 0, 0), 12},    // Private.
    {v4(192, 0, 0, 0), 24},     // Protocol assignments.
    {v4(192, 0, 2, 0), 24},     // Documentation.
    {v4(192, 88, 99, 0), 24},   // Relays from 6to4.
    {v4(192, 168, 0, 0), 16},   // Private.
    {v4(198, 18, 0, 0), 15},    // Measuring.
    {v4(198, 51, 100, 0), 24},  // Documentation.
    {v4(203, 0, 113, 0), 24},   // Documentation.
    {v4(224, 0, 0, 0), 4},      // Multicast.
    {v4(240, 0, 0, 0), 4},      // Reserved, and broadcast.
};

struct RangeV6 {
  V6 first;
  int bits;
};

// Of 2000::/3, outside of which nothing is public.
constexpr RangeV6 kSpecialV6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23},  // Protocol assignments, Teredo among them.
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // Documentation.
    {{0x20, 0x02}, 16},              // 6to4: stands for an address of IPv4.
    {{0x3f, 0xff}, 20},              // Documentation.
};

constexpr V6 kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr V6 kTranslated = {0x00, 0x64, 0xff, 0x9b};  // NAT64.
constexpr V6 kGlobal = {0x20};

bool is_public(std::uint32_t address) {
  return std::none_of(std::begin(kSpecialV4), std::end(kSpecialV4), [address](const RangeV4& each) {
    return ((address ^ each.first) >> static_cast<unsigned>(32 - each.bits)) == 0;
  });
}

bool lies_in(const V6& address, const V6& first, int bits) {
  for (int bit = 0; bit < bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
    if (((address[byte] ^ first[byte]) & mask) != 0) return false;
  }
  return true;
}

bool is_public(const V6& address) {
  constexpr int kBeforeV4 = 96;
  if (lies_in(address, kMapped, kBeforeV4) || lies_in(address, kTranslated, kBeforeV4))
    return is_public(v4(address[12], address[13], address[14], address[15]));
  if (!lies_in(address, kGlobal, 3)) return false;
  return std::none_of(
      std::begin(kSpecialV6), std::end(kSpecialV6),
      [&address](const RangeV6& each) { return lies_in(address, each.first, each.bits); });
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in known{};
    std::memcpy(&known, &address, sizeof known);
    return is_public(ntohl(known.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 known{};
    std::memcpy(&known, &address, sizeof known);
    V6 bytes{};
    std::memcpy(bytes.data(), &known.sin6_addr, bytes.size());
    return is_public(bytes);
  }
  return false;
}

}  // namespace kkr::notification
