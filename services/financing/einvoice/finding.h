// What is wrong with an invoice: which rule is broken, and how, in a sentence for people.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"

namespace kkr::financing::einvoice {

// `rule` is the id of the official rule where there is one, also where ours is stricter than it;
// a rule that only we have is called `KKR-…`.
struct Finding {
  std::string rule;
  std::string sentence;

  bool operator==(const Finding&) const = default;
};

class Findings {
 public:
  // Adds the sentence unless the rule holds.
  template <typename... Values>
  void require(bool holds, std::string_view rule, fmt::format_string<const Values&...> sentence,
               const Values&... values) {
    if (!holds) found_.push_back({std::string(rule), fmt::format(sentence, values...)});
  }

  bool empty() const { return found_.empty(); }
  std::vector<Finding> take() { return std::move(found_); }

 private:
  std::vector<Finding> found_;
};

}  // namespace kkr::financing::einvoice
