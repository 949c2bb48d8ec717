// How a service's `Event` message stands in the log: the name of its fact, its bytes, and what of
// a stored event a state may see.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// The name of the field set in the message's `oneof fact`; empty when none is set. Aborts when the
// message has no such oneof.
const std::string& fact_name(const google::protobuf::Message& event);

// The part of a stored event that evolve() may see: everything else is not known yet while a batch
// is decided.
RecordedEvent place_of(const RecordedEvent& recorded);

// The actor named in a stored event's metadata. False when the metadata cannot be read.
bool read_actor(const std::string& metadata, std::string& actor);

}  // namespace kkr::platform
