// Where a municipality takes electronic invoices: an EAN where it has one, else its CVR number.
// Says whether the number can be one, not whether anybody listens there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kkr::financing {

enum class EndpointScheme {
  kEan,  // 0088, thirteen digits with a check digit.
  kCvr,  // 0184, eight digits by modulus 11.
};

struct Endpoint {
  EndpointScheme scheme = EndpointScheme::kEan;
  std::string number;

  bool operator==(const Endpoint&) const = default;
};

// `0088` or `0184`.
std::string_view scheme_code(EndpointScheme scheme);

// nullopt for an unknown scheme code and for a number that cannot be one of the scheme.
std::optional<Endpoint> parse_endpoint(std::string_view scheme_code, std::string_view number);

// The EAN unless it is empty, else the CVR number; nullopt when the one chosen cannot be a number.
// A wrong EAN is not passed over: it would send the invoice to another place than was meant.
std::optional<Endpoint> endpoint_of(std::string_view ean, std::string_view cvr);

}  // namespace kkr::financing
