// Small text functions on std::string_view, which Debian's Abseil does not take. They know nothing
// of locales or of Unicode.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kkr::gateway {

std::string concat(std::initializer_list<std::string_view> parts);

// "a//b" has three parts, "" has one.
std::vector<std::string_view> split(std::string_view text, char separator);

// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

// ASCII only.
bool equals_ignoring_case(std::string_view one, std::string_view other);

}  // namespace kkr::gateway
