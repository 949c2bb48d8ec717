#include "services/consultation/app/danish_order.h"

namespace kkr::consultation {

std::string danish_order_key(std::string_view name) {
  // Bytes after `z` that stand for nothing else in the key.
  constexpr char kAe = '{';
  constexpr char kOe = '|';
  constexpr char kAa = '}';
  std::string key;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::string_view letter = name.substr(i, 2);
    const bool is_ae = letter == "Æ" || letter == "æ";
    const bool is_oe = letter == "Ø" || letter == "ø";
    const bool is_aa = letter == "Å" || letter == "å";
    if (is_ae || is_oe || is_aa) {
      key += is_ae ? kAe : is_oe ? kOe : kAa;
      ++i;  // Two bytes.
      continue;
    }
    const char c = name[i];
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

}  // namespace kkr::consultation
