// Since which version of its log each fact is written, as the option `since` in its service's
// events.proto says. A fact is written only once every process that reads the log knows it; what
// this program does not know, it takes for newer than whatever it reads.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::platform {

// The one every log begins with; facts without the option belong to it.
inline constexpr std::uint64_t kFirstVersion = 1;

// Since which version the fact that is set in the message is written; nullopt when none is set, as
// in a message that holds a later program's. Aborts when the message has no `oneof fact`.
std::optional<std::uint64_t> version_of(const google::protobuf::Message& event);

// The newest version of facts that this program reads in a log of these events.
std::uint64_t version_read(const google::protobuf::Descriptor& events);
// The same of a service by its name; the first version where this program has no such service.
std::uint64_t version_read(std::string_view service);

// Whether this program knows the fact that is set in the message, or the one of this name.
bool is_known(const google::protobuf::Message& event);
bool is_known(const google::protobuf::Descriptor& events, const std::string& fact);

// The `Event` message of a service, by the service's name; null where this program has none.
const google::protobuf::Descriptor* events_of(std::string_view service);

// From now on this program is as one that knows no fact newer than `version`: what an operator
// rehearses an upgrade with. Call before anything reads a log.
void know_no_fact_newer_than(std::uint64_t version);

}  // namespace kkr::platform
