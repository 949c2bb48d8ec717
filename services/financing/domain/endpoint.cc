#include "services/financing/domain/endpoint.h"

#include "services/platform/field/organisation_number.h"

namespace kkr::financing {
namespace {

constexpr std::string_view kEanCode = "0088";
constexpr std::string_view kCvrCode = "0184";

}  // namespace

std::string_view scheme_code(EndpointScheme scheme) {
  return scheme == EndpointScheme::kEan ? kEanCode : kCvrCode;
}

std::optional<Endpoint> parse_endpoint(std::string_view scheme_code, std::string_view number) {
  if (scheme_code == kEanCode && platform::is_ean(number)) {
    return Endpoint{EndpointScheme::kEan, std::string(number)};
  }
  if (scheme_code == kCvrCode && platform::is_cvr(number)) {
    return Endpoint{EndpointScheme::kCvr, std::string(number)};
  }
  return std::nullopt;
}

std::optional<Endpoint> endpoint_of(std::string_view ean, std::string_view cvr) {
  return ean.empty() ? parse_endpoint(kCvrCode, cvr) : parse_endpoint(kEanCode, ean);
}

}  // namespace kkr::financing
