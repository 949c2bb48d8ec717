// What stands in both of two sequences and what in one of them only. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kkr/consultation/v1/answers.pb.h"

namespace kkr::consultation {

// An element of either sequence and where it stands: its place in the later one when KEPT or ADDED,
// in the earlier one when REMOVED.
struct DiffStep {
  v1::PieceChange change;
  std::size_t index;
};

// The fewest changes that lead from one to the other; between two kept elements the removed ones
// come first. Sequences that are too long to compare in an instant count as wholly different.
std::vector<DiffStep> diff(const std::vector<std::string_view>& before,
                           const std::vector<std::string_view>& after);

// The words of a text, each with the white space that follows it: laid end to end they are the text
// again.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace kkr::consultation
