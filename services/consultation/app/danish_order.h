// The order in which Danes look names up: letter case aside, and æ, ø, å after z.
#pragma once

#include <string>
#include <string_view>

namespace kkr::consultation {

// A key for a UTF-8 name: names in Danish order have keys in byte order. `Aa` counts as two
// letters, because no municipality spells it for `Å`.
std::string danish_order_key(std::string_view name);

}  // namespace kkr::consultation
