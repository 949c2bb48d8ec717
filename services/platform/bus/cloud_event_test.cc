#include "services/platform/bus/cloud_event.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

#include "kkr/platform/v1/event_log.pb.h"

namespace kkr::platform {
namespace {

constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

PublishedEvent an_event() {
  v1::EventMetadata metadata;
  metadata.set_actor("secretariat");
  metadata.set_traceparent(kTraceparent);
  PublishedEvent published{"consultation", "hovedstaden", {}};
  RecordedEvent& event = published.event;
  event.generation = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  event.position = 12;
  event.stream = "round-1";
  event.version = 3;
  event.type = "extension_granted";
  event.payload = std::string("\0\r\npayload", 10);
  event.metadata = metadata.SerializeAsString();
  event.recorded_at = absl::FromUnixNanos(1'360'105'200'000'000'001);
  event.hash = Hash{1, 2, 3};
  return published;
}

std::map<std::string, std::string> headers_of(const PublishedEvent& event) {
  std::map<std::string, std::string> headers;
  for (const MessageHeader& header : cloud_event_headers(event))
    headers[header.name] = header.value;
  return headers;
}

std::optional<PublishedEvent> read(const std::map<std::string, std::string>& headers,
                                   std::string_view body) {
  return event_from_message(
      [&](std::string_view name) -> std::optional<std::string_view> {
        const auto found = headers.find(std::string(name));
        if (found == headers.end()) return std::nullopt;
        return found->second;
      },
      body);
}

TEST(CloudEvent, HasTheAttributesOfTheSpecification) {
  const std::map<std::string, std::string> expected = {
      {"ce-specversion", "1.0"},
      {"ce-id", "consultation/hovedstaden/7c9e6679-7425-40de-944b-e07fc1f90ae7/12"},
      {"ce-source", "/consultation/hovedstaden"},
      {"ce-type", "kkr.consultation.extension_granted"},
      {"ce-time", "2013-02-05T23:00:00.000000001Z"},
      {"ce-subject", "round-1"},
      {"ce-datacontenttype", "application/protobuf"},
      {"ce-generation", "7c9e6679-7425-40de-944b-e07fc1f90ae7"},
      {"ce-position", "12"},
      {"ce-version", "3"},
      {"ce-hash", "010203" + std::string(58, '0')},
      {"traceparent", kTraceparent},
  };
  auto headers = headers_of(an_event());
  EXPECT_EQ(headers.erase("ce-metadata"), 1u);
  EXPECT_EQ(headers, expected);
}

TEST(CloudEvent, BringsTheEventBackWhole) {
  PublishedEvent sent = an_event();
  sent.event.stream = "a \"stream\" of 100 %\r\n\xc3\xa6";
  const auto received = read(headers_of(sent), sent.event.payload);
  ASSERT_TRUE(received);
  EXPECT_EQ(received->service, sent.service);
  EXPECT_EQ(received->region, sent.region);
  EXPECT_EQ(received->event, sent.event);
}

TEST(CloudEvent, KeepsHeadersToPrintableAscii) {
  PublishedEvent event = an_event();
  event.event.stream = "line\r\nbreak and \xc3\xa6";
  for (const auto& [name, value] : headers_of(event)) {
    for (const char c : value) EXPECT_TRUE(c > ' ' && c <= '~') << name << ": " << value;
  }
}

TEST(CloudEvent, IsNotReadFromAMessageThatLacksOrGarblesAHeader) {
  const PublishedEvent sent = an_event();
  const auto headers = headers_of(sent);
  for (const auto& [name, value] : headers) {
    if (name == "traceparent" || name == "ce-id") continue;  // Said a second time elsewhere.
    auto lacking = headers;
    lacking.erase(name);
    EXPECT_FALSE(read(lacking, sent.event.payload)) << name;
  }
  for (const auto name : {"ce-source", "ce-type", "ce-time", "ce-position", "ce-hash"}) {
    auto garbled = headers;
    garbled[name] = "x";
    EXPECT_FALSE(read(garbled, sent.event.payload)) << name;
  }
}

}  // namespace
}  // namespace kkr::platform
