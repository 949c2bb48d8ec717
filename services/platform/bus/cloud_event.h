// An event as a message of CloudEvents 1.0 in binary mode, and back again. The payload is the body;
// everything else stands in headers, so that a receiver has the event whole, hash and all.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/bus/bus.h"

namespace kkr::platform {

struct MessageHeader {
  std::string name;
  std::string value;  // Printable ASCII.
};

// `{service}/{region}/{generation}/{position}`.
std::string event_id(const PublishedEvent& event);

std::vector<MessageHeader> cloud_event_headers(const PublishedEvent& event);

// The value of the header of that name, given in lower case; nullopt when there is none.
using FindHeader = std::function<std::optional<std::string_view>(std::string_view name)>;

// nullopt for a message that is no event of ours.
std::optional<PublishedEvent> event_from_message(const FindHeader& find, std::string_view body);

}  // namespace kkr::platform
