// Page tokens: where a list goes on. Opaque to callers, bound to the list they were made for, and
// without a state in the server. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::platform {

constexpr std::size_t kPageSizeMax = 1000;
constexpr std::size_t kPageSizeDefault = 100;

// A part of a list: up to `size` elements whose key is greater than `after`.
struct Page {
  std::string after;  // Empty: from the beginning.
  std::size_t size = kPageSizeDefault;
};

// How many elements a caller gets who asks for `page_size`: 0 gives the default, more than the
// maximum the maximum, a negative number nullopt.
std::optional<std::size_t> page_size_of(std::int32_t page_size);

// The token that goes on after the element `last_key`. `scope` says which list it is, with every
// filter: the token is of no use for another.
std::string make_page_token(std::string_view scope, std::string_view last_key);
// The key in the token; nullopt when the token was not made for this scope, or not here at all.
std::optional<std::string> read_page_token(std::string_view scope, std::string_view token);

}  // namespace kkr::platform
