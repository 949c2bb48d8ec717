// A recorded event as it travels between processes: the same columns, so that the reader can check
// the hash for itself.
#pragma once

#include <optional>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

void to_message(const RecordedEvent& event, v1::StoredEvent& message);
// nullopt when the message is not one that to_message() makes.
std::optional<RecordedEvent> from_message(const v1::StoredEvent& message);

}  // namespace kkr::platform
