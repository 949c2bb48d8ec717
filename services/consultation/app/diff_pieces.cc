#include "services/consultation/app/diff_pieces.h"

#include <dtl/dtl.hpp>
#include <map>
#include <utility>

namespace kkr::consultation {
namespace {

// The comparison takes time and memory with the product of the lengths.
constexpr std::size_t kWorkMax = 25'000'000;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Removed and added elements since the last kept one.
struct Pending {
  std::vector<DiffStep> removed;
  std::vector<DiffStep> added;

  void flush(std::vector<DiffStep>& steps) {
    steps.insert(steps.end(), removed.begin(), removed.end());
    steps.insert(steps.end(), added.begin(), added.end());
    removed.clear();
    added.clear();
  }
};

std::vector<DiffStep> wholly_different(std::size_t before, std::size_t after) {
  std::vector<DiffStep> steps;
  for (std::size_t i = 0; i < before; ++i) steps.push_back({v1::PIECE_CHANGE_REMOVED, i});
  for (std::size_t i = 0; i < after; ++i) steps.push_back({v1::PIECE_CHANGE_ADDED, i});
  return steps;
}

}  // namespace

std::vector<DiffStep> diff(const std::vector<std::string_view>& before,
                           const std::vector<std::string_view>& after) {
  if (before.size() * after.size() > kWorkMax) return wholly_different(before.size(), after.size());
  // Numbers compare faster than words.
  std::map<std::string_view, int> numbers;
  const auto numbered = [&](const std::vector<std::string_view>& elements) {
    std::vector<int> sequence;
    for (const std::string_view element : elements) {
      sequence.push_back(numbers.emplace(element, static_cast<int>(numbers.size())).first->second);
    }
    return sequence;
  };
  const std::vector<int> from = numbered(before);
  const std::vector<int> to = numbered(after);
  dtl::Diff<int, std::vector<int>> compared(from, to);
  compared.compose();

  std::vector<DiffStep> steps;
  Pending pending;
  for (const auto& [number, found] : compared.getSes().getSequence()) {
    switch (found.type) {
      case dtl::SES_DELETE:
        pending.removed.push_back(
            {v1::PIECE_CHANGE_REMOVED, static_cast<std::size_t>(found.beforeIdx - 1)});
        break;
      case dtl::SES_ADD:
        pending.added.push_back(
            {v1::PIECE_CHANGE_ADDED, static_cast<std::size_t>(found.afterIdx - 1)});
        break;
      default:
        pending.flush(steps);
        steps.push_back({v1::PIECE_CHANGE_KEPT, static_cast<std::size_t>(found.afterIdx - 1)});
    }
  }
  pending.flush(steps);
  return steps;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && !is_space(text[end])) ++end;
    while (end < text.size() && is_space(text[end])) ++end;
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

}  // namespace kkr::consultation
