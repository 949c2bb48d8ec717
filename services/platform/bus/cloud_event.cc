#include "services/platform/bus/cloud_event.h"

#include <absl/strings/escaping.h>
#include <absl/time/time.h>

#include <charconv>
#include <utility>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/sha256.h"

namespace kkr::platform {
namespace {

constexpr char kTimeFormat[] = "%Y-%m-%d%ET%H:%M:%E*SZ";
constexpr std::string_view kTypePrefix = "kkr.";

bool is_plain(char c) { return c > ' ' && c <= '~' && c != '%' && c != '"'; }

// As the HTTP binding of CloudEvents writes what a header cannot hold.
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_plain(c)) {
      encoded += c;
    } else {
      encoded += '%' + to_hex(std::string_view(&c, 1));
    }
  }
  return encoded;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned value = 0;
    const char* const digits = text.data() + i + 1;
    if (i + 2 >= text.size()) return std::nullopt;
    if (std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2) return std::nullopt;
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// Takes the headers one after the other; false once one was missing or not what it should be.
class Reader {
 public:
  explicit Reader(const FindHeader& find) : find_(find) {}

  std::string_view text(std::string_view name) {
    const auto value = find_(name);
    if (!value) ok_ = false;
    return value.value_or(std::string_view());
  }
  std::string decoded(std::string_view name) {
    auto value = percent_decoded(text(name));
    if (!value) ok_ = false;
    return std::move(value).value_or(std::string());
  }
  std::uint64_t count(std::string_view name) {
    const auto value = number(text(name));
    if (!value) ok_ = false;
    return value.value_or(0);
  }
  void expect(bool condition) { ok_ = ok_ && condition; }
  bool ok() const { return ok_; }

 private:
  const FindHeader& find_;
  bool ok_ = true;
};

void read_source(Reader& reader, PublishedEvent& event) {
  const std::string source = reader.decoded("ce-source");
  const std::size_t slash = source.find('/', 1);
  if (source.empty() || source[0] != '/' || slash == std::string::npos) return reader.expect(false);
  event.service = source.substr(1, slash - 1);
  event.region = source.substr(slash + 1);
}

void read_type(Reader& reader, PublishedEvent& event) {
  const std::string type = reader.decoded("ce-type");
  const std::string prefix = std::string(kTypePrefix) + event.service + '.';
  reader.expect(type.starts_with(prefix));
  if (reader.ok()) event.event.type = type.substr(prefix.size());
}

void read_time(Reader& reader, PublishedEvent& event) {
  std::string why_not;
  reader.expect(absl::ParseTime(kTimeFormat, std::string(reader.text("ce-time")),
                                absl::UTCTimeZone(), &event.event.recorded_at, &why_not));
}

}  // namespace

std::string event_id(const PublishedEvent& event) {
  return event.service + '/' + event.region + '/' + event.event.generation + '/' +
         std::to_string(event.event.position);
}

std::vector<MessageHeader> cloud_event_headers(const PublishedEvent& published) {
  const RecordedEvent& event = published.event;
  std::vector<MessageHeader> headers = {
      {"ce-specversion", "1.0"},
      {"ce-id", percent_encoded(event_id(published))},
      {"ce-source", percent_encoded('/' + published.service + '/' + published.region)},
      {"ce-type", percent_encoded(std::string(kTypePrefix) + published.service + '.' + event.type)},
      {"ce-time", absl::FormatTime(kTimeFormat, event.recorded_at, absl::UTCTimeZone())},
      {"ce-subject", percent_encoded(event.stream)},
      {"ce-datacontenttype", "application/protobuf"},
      {"ce-generation", percent_encoded(event.generation)},
      {"ce-position", std::to_string(event.position)},
      {"ce-version", std::to_string(event.version)},
      {"ce-hash", to_hex(event.hash)},
      {"ce-metadata", absl::Base64Escape(event.metadata)},
  };
  v1::EventMetadata metadata;
  if (metadata.ParseFromString(event.metadata) && !metadata.traceparent().empty())
    headers.push_back({"traceparent", percent_encoded(metadata.traceparent())});
  return headers;
}

std::optional<PublishedEvent> event_from_message(const FindHeader& find, std::string_view body) {
  Reader reader(find);
  PublishedEvent published;
  RecordedEvent& event = published.event;
  reader.expect(reader.text("ce-specversion") == "1.0");
  reader.expect(reader.text("ce-datacontenttype") == "application/protobuf");
  read_source(reader, published);
  read_type(reader, published);
  read_time(reader, published);
  event.stream = reader.decoded("ce-subject");
  event.generation = reader.decoded("ce-generation");
  event.position = reader.count("ce-position");
  event.version = reader.count("ce-version");
  reader.expect(from_hex(reader.text("ce-hash"), event.hash));
  reader.expect(absl::Base64Unescape(std::string(reader.text("ce-metadata")), &event.metadata));
  if (!reader.ok()) return std::nullopt;
  event.payload = body;
  return published;
}

}  // namespace kkr::platform
