// Percent encoding (RFC 3986), both ways.
#pragma once

#include <string>
#include <string_view>

namespace kkr::gateway {

enum class PercentRule {
  kAll,        // Decodes every escape.
  kKeepSlash,  // Leaves `%2F` as it stands: a part that spans segments must not gain any.
  kForm,       // Decodes every escape, and '+' as a blank: query strings.
};

// False when an escape is malformed or the result is not UTF-8; `decoded` is then unspecified.
bool percent_decode(std::string_view text, PercentRule rule, std::string& decoded);

// Escapes what is not visible ASCII, for gRPC metadata. An escape that is already there stays, so
// that a client may send either form.
std::string percent_encode_for_metadata(std::string_view text);

}  // namespace kkr::gateway
