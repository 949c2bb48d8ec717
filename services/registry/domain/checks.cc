#include "services/registry/domain/checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/field/organisation_number.h"
#include "services/platform/field/text.h"

namespace kkr::registry {
namespace {

constexpr std::size_t kEmailLengthMax = 254;
constexpr std::size_t kTelephoneLengthMax = 32;

bool is_space(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

}  // namespace

std::optional<Refusal> check_text(std::string_view field, std::string_view text,
                                  std::size_t length_max) {
  if (std::all_of(text.begin(), text.end(), is_space)) {
    return refuse(Rejection::kTextTooShort, {{"field", std::string(field)}});
  }
  return check_optional_text(field, text, length_max);
}

std::optional<Refusal> check_optional_text(std::string_view field, std::string_view text,
                                           std::size_t length_max) {
  if (platform::characters_in(text) > length_max) {
    return refuse(Rejection::kTextTooLong,
                  {{"field", std::string(field)}, {"length_max", absl::StrCat(length_max)}});
  }
  if (platform::has_control_characters(text, platform::Lines::kOne)) {
    return refuse(Rejection::kTextInvalid, {{"field", std::string(field)}});
  }
  return std::nullopt;
}

std::optional<Refusal> check_cvr(std::string_view text) {
  if (platform::is_cvr(text)) return std::nullopt;
  return refuse(Rejection::kCvrInvalid, {{"field", "cvr"}});
}

std::optional<Refusal> check_optional_ean(std::string_view text) {
  if (text.empty() || platform::is_ean(text)) return std::nullopt;
  return refuse(Rejection::kEanInvalid, {{"field", "ean"}});
}

std::optional<Refusal> check_optional_email(std::string_view text, std::string_view field) {
  if (text.empty()) return std::nullopt;
  const std::size_t at = text.find('@');
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f';
  });
  const std::string_view domain = at == std::string_view::npos ? "" : text.substr(at + 1);
  const std::size_t dot = domain.find('.');
  if (plain && text.size() <= kEmailLengthMax && at > 0 && domain.find('@') == domain.npos &&
      dot != domain.npos && dot > 0 && !domain.ends_with('.')) {
    return std::nullopt;
  }
  return refuse(Rejection::kEmailInvalid, {{"field", std::string(field)}});
}

std::optional<Refusal> check_optional_telephone(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::string_view rest = text.substr(text.starts_with('+') ? 1 : 0);
  const auto digits = std::count_if(rest.begin(), rest.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  const auto spaces = std::count(rest.begin(), rest.end(), ' ');
  if (text.size() <= kTelephoneLengthMax && digits > 0 &&
      static_cast<std::size_t>(digits + spaces) == rest.size()) {
    return std::nullopt;
  }
  return refuse(Rejection::kTelephoneInvalid, {{"field", "telephone"}});
}

std::string etag_of(std::uint64_t position) { return absl::StrCat(position); }

std::optional<Refusal> check_etag(std::string_view seen, std::uint64_t position) {
  if (seen.empty() || seen == etag_of(position)) return std::nullopt;
  return refuse(Rejection::kEtagStale, {{"etag", etag_of(position)}});
}

}  // namespace kkr::registry
