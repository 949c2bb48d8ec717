// What a client may say of a round: the one file that knows each of its fields. Stored facts, the
// state and replies carry the content whole, so a new field of `Round` needs a rule here and
// nothing anywhere else.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "kkr/consultation/v1/rounds.pb.h"
#include "services/consultation/domain/decision.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {

// What a client sent, under the name given and without what clients may not set.
v1::Round round_content_of(const v1::Round& sent, std::string name);

// The first field that holds what it may not: ARGUMENT_INVALID.
std::optional<Refusal> fault_in(const v1::Round& content);

// What deserves a second look in a round that opens, or opened, on its `opens_date`, or on `today`
// when that is empty.
std::vector<v1::Warning> warnings_of(const v1::Round& content, platform::LocalDate today);

}  // namespace kkr::consultation
