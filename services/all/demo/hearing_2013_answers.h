// The 29 answers of the demo: invented texts, marked as examples, in the order they came in.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/platform/time/local_date.h"

namespace kkr::demo {

struct ExampleAnswer {
  std::string municipality;  // Code.
  platform::LocalDate answered_on;
  bool no_comments = false;
  // `values`, ready for the API: one per question of the round; empty for no comments.
  nlohmann::json values;
  nlohmann::json sign_off;
  nlohmann::json treatment;
};

// The three questions of the hearing letter of 6 February 2013, ready for the API.
nlohmann::json hearing_questions();

// Ordered by day, then by municipality.
std::vector<ExampleAnswer> example_answers();

}  // namespace kkr::demo
