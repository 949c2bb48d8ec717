// The numbers Danish organisations are known by. Says whether a number can be one, never whose it
// is. Pure; domains may use it.
#pragma once

#include <string_view>

namespace kkr::platform {

// A number of the business register: eight digits, the first not 0, weighed 2 7 6 5 4 3 2 1, whose
// sum is divisible by 11.
bool is_cvr(std::string_view text);
// The number of a place that takes electronic invoices (EAN, now GLN): thirteen digits, weighed
// 1 3 1 3 …, whose sum is divisible by 10.
bool is_ean(std::string_view text);

}  // namespace kkr::platform
