// What a domain decides: events and private writes to be committed together, or the reason why
// not. Header-only vocabulary without I/O; domains link nothing else of the platform but time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"

namespace kkr::platform {

// Everything `decide` may know that is neither state nor command. Stamped on arrival by the
// handler; never taken from the client.
struct Context {
  absl::Time now;
  std::string actor;   // An id, never a name.
  std::string new_id;  // For the one resource a command may create; the same again on a retry.
};

// A fact to be appended to one stream. `Event` is the service's generated `Event` message.
template <class Event>
struct Fact {
  std::string stream;
  Event event;
};

// Something kept outside the log because it may name people. Committed with the events; an event
// must accompany it. Without a value the document is erased.
struct PrivateWrite {
  std::string key;
  std::optional<std::string> value;
};

// What follows from a command. No events: a harmless retry, or nothing left to do.
template <class Event>
struct Effects {
  std::vector<Fact<Event>> facts;
  std::vector<PrivateWrite> private_writes;
};

// Why a command is refused. `details` fills the sentence and the `ErrorInfo.metadata`; it holds
// ids, dates and numbers only.
template <class Rejection>
struct Refusal {
  Rejection rejection;
  std::map<std::string, std::string> details;
};

template <class Event, class Rejection>
using DecisionOf = std::variant<Effects<Event>, Refusal<Rejection>>;

}  // namespace kkr::platform
