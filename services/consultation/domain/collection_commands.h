// When a round may be collected, and what the collection takes. Pure.
#pragma once

#include "kkr/consultation/v1/collections.pb.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {

// Takes every invited municipality as it stands now.
Decision decide(const Consultation& state, const v1::CreateCollectionRequest& command,
                const Context& context);
// The name must be one that parse_collection_name takes; COLLECTION_UNKNOWN otherwise.
Decision decide(const Consultation& state, const v1::EraseCollectionNotesRequest& command,
                const Context& context);

}  // namespace kkr::consultation
