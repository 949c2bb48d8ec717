// The rules for single fields: texts, register numbers, addresses. Each returns the refusal when
// its rule is broken, naming the field, and nothing when it holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/registry/domain/rejection.h"

namespace kkr::registry {

inline constexpr std::size_t kTextLengthMax = 200;
inline constexpr std::size_t kNoteLengthMax = 1000;

// Lengths count characters, not bytes. Control characters, line breaks among them, are refused.
std::optional<Refusal> check_text(std::string_view field, std::string_view text,
                                  std::size_t length_max = kTextLengthMax);
std::optional<Refusal> check_optional_text(std::string_view field, std::string_view text,
                                           std::size_t length_max);

std::optional<Refusal> check_cvr(std::string_view text);
std::optional<Refusal> check_optional_ean(std::string_view text);

// One `@` with something before and a domain with a dot after it; no spaces or control characters.
std::optional<Refusal> check_optional_email(std::string_view text,
                                            std::string_view field = "email");
// Digits and spaces after an optional `+`; at least one digit.
std::optional<Refusal> check_optional_telephone(std::string_view text);

// The etag of an aggregate whose last event stands at `position`.
std::string etag_of(std::uint64_t position);
// kEtagStale when the caller saw another state than the present one; an empty etag saw none.
std::optional<Refusal> check_etag(std::string_view seen, std::uint64_t position);

}  // namespace kkr::registry
