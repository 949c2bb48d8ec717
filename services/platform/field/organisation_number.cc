#include "services/platform/field/organisation_number.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace kkr::platform {
namespace {

template <std::size_t N>
bool are_digits(std::string_view text, const std::array<int, N>& weights) {
  return text.size() == weights.size() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <std::size_t N>
int weighed_sum(std::string_view digits, const std::array<int, N>& weights) {
  return std::inner_product(digits.begin(), digits.end(), weights.begin(), 0, std::plus<>(),
                            [](char digit, int weight) { return (digit - '0') * weight; });
}

}  // namespace

bool is_cvr(std::string_view text) {
  constexpr std::array kWeights = {2, 7, 6, 5, 4, 3, 2, 1};
  return are_digits(text, kWeights) && text.front() != '0' && weighed_sum(text, kWeights) % 11 == 0;
}

bool is_ean(std::string_view text) {
  constexpr std::array kWeights = {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1};
  return are_digits(text, kWeights) && weighed_sum(text, kWeights) % 10 == 0;
}

}  // namespace kkr::platform
