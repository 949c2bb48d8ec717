// One question's value: whether it is of the question's kind and within its bounds, and what in it
// looks wrong though it is accepted. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kkr/consultation/v1/answers.pb.h"
#include "kkr/consultation/v1/questions.pb.h"

namespace kkr::consultation {

// What is wrong with a value. Never quotes it: it may name people.
struct ValueFault {
  std::string place;  // `row 2, column 3` of a table, from 1; empty for other questions.
  std::string rule;   // What was broken, to complete `The value ...`: `has more than 2 decimals`.
};

enum class Completeness {
  kPartial,  // Somebody is still writing, or a letter left something out.
  kWhole,    // Required cells must be filled and enough options chosen.
};

// The first fault of the value, nullopt when it has none. A value with nothing set has none.
std::optional<ValueFault> fault_of(const v1::Question& question, const v1::QuestionValue& value,
                                   Completeness completeness);

// True when nothing has been said: nothing set, an empty or blank text, no option, no row.
bool is_unanswered(const v1::QuestionValue& value);

// The numbers of a faultless value that lie outside their plausible range.
std::vector<v1::ValueWarning> warnings_of(const v1::Question& question,
                                          const v1::QuestionValue& value);

// The codes in a cell of a municipality column, such as those of `165,157`.
std::vector<std::string_view> municipalities_in(std::string_view cell);

// How many characters a text has: code points of valid UTF-8.
int length_of(std::string_view text);
// True when nothing in the text would harm a page, a workbook or a terminal: no control characters
// other than line breaks and tabs.
bool is_printable(std::string_view text);

}  // namespace kkr::consultation
