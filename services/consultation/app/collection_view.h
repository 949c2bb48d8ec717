// A collection as it is shown: where every municipality stood, and what they answered by question.
// Made of what the collection took, so it reads the same whenever it is read, less what was erased.
#pragma once

#include <string_view>

#include "kkr/consultation/v1/collections.pb.h"
#include "services/consultation/app/texts.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {

// Without its content: what a list shows. `collection` is one of that round in that state.
v1::Collection shown(const Consultation& state, std::string_view region, const RoundId& round,
                     const Collection& collection, Texts& texts);

// The content; one read for each text.
v1::CollectionContent content_of(const Consultation& state, const RoundId& round,
                                 const Collection& collection, Texts& texts);

}  // namespace kkr::consultation
