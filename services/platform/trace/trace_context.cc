#include "services/platform/trace/trace_context.h"

#include <algorithm>
#include <cstddef>

#include "absl/random/random.h"

namespace kkr::platform {
namespace {

constexpr std::size_t kVersion00Length = 55;  // 2 + 1 + 32 + 1 + 16 + 1 + 2

template <std::size_t n>
std::string to_hex(const std::array<std::uint8_t, n>& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * n);
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// -1 for anything but a lower-case hexadecimal digit: the specification allows no other.
int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return digit_value(c) >= 0; });
}

// `hex` holds 2n hexadecimal digits. False when all of them are zero.
template <std::size_t n>
bool read_id(std::string_view hex, std::array<std::uint8_t, n>& id) {
  bool any = false;
  for (std::size_t i = 0; i < n; ++i) {
    id[i] = static_cast<std::uint8_t>(digit_value(hex[2 * i]) * 16 + digit_value(hex[2 * i + 1]));
    any = any || id[i] != 0;
  }
  return any;
}

template <std::size_t n>
void fill_randomly(std::array<std::uint8_t, n>& id) {
  thread_local absl::BitGen random;
  do {
    for (std::uint8_t& byte : id) byte = absl::Uniform<std::uint8_t>(random);
  } while (std::all_of(id.begin(), id.end(), [](std::uint8_t byte) { return byte == 0; }));
}

}  // namespace

std::string TraceContext::traceparent() const {
  return "00-" + to_hex(trace_id) + "-" + to_hex(span_id) + "-01";
}

std::string TraceContext::trace_id_text() const { return to_hex(trace_id); }

std::optional<TraceContext> parse_traceparent(std::string_view header) {
  if (header.size() < kVersion00Length) return std::nullopt;
  const std::string_view version = header.substr(0, 2);
  if (!is_hex(version) || version == "ff") return std::nullopt;
  if (header.size() > kVersion00Length && (version == "00" || header[kVersion00Length] != '-')) {
    return std::nullopt;
  }
  if (header[2] != '-' || header[35] != '-' || header[52] != '-') return std::nullopt;
  if (!is_hex(header.substr(3, 32)) || !is_hex(header.substr(36, 16)) ||
      !is_hex(header.substr(53, 2))) {
    return std::nullopt;
  }
  TraceContext context;
  if (!read_id(header.substr(3, 32), context.trace_id)) return std::nullopt;
  if (!read_id(header.substr(36, 16), context.span_id)) return std::nullopt;
  return context;
}

TraceContext new_trace() {
  TraceContext context;
  fill_randomly(context.trace_id);
  fill_randomly(context.span_id);
  return context;
}

TraceContext child_of(const TraceContext& parent) {
  TraceContext child = parent;
  fill_randomly(child.span_id);
  return child;
}

TraceContext continue_trace(std::string_view header) {
  const std::optional<TraceContext> parent = parse_traceparent(header);
  return parent ? child_of(*parent) : new_trace();
}

}  // namespace kkr::platform
