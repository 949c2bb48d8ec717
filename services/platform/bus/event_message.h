// An event as a NATS message: where it is sent, and how it is read from one that came.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/platform/bus/bus.h"
#include "services/platform/bus/nats_connection.h"

namespace kkr::platform {

// One token of a subject or a stream's name, which cannot hold every character.
std::string subject_token(const std::string& text);
// `kkr.{region}.{service}.{event_type}`: where events go to be stored.
std::string subject_of(const PublishedEvent& event);
// All subjects of the logs of a service and a region; of all where one is empty.
std::string subjects_of(const std::string& service, const std::string& region);
// The server sends what it has stored on to the same subject with this before it: whoever listens
// there hears each event once, in order, and keeps no consumer in the server.
inline constexpr char kStoredPrefix[] = "stored.";

// Null when there is no memory for it.
NatsMessage to_message(const PublishedEvent& event, const std::string& subject,
                       const std::string& reply_to);
// nullopt for a message that is no event of ours. Header names count in any case.
std::optional<PublishedEvent> from_message(natsMsg* message);

// The header by which the server names the stream of a message that it sends on.
inline constexpr char kStreamHeader[] = "Nats-Stream";
// The value of a header, whatever case it came in; empty when there is none.
std::string header_of(natsMsg* message, std::string_view name);

}  // namespace kkr::platform
