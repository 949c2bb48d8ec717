#include "services/platform/bus/event_message.h"

#include <strings.h>

#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "services/platform/bus/cloud_event.h"

namespace kkr::platform {
namespace {

using Headers = std::vector<std::pair<const char*, const char*>>;

// cnats finds a header only in the case it was sent in, so they are walked.
Headers headers_of(natsMsg* message) {
  Headers headers;
  const char** keys = nullptr;
  int count = 0;
  if (natsMsgHeader_Keys(message, &keys, &count) != NATS_OK) return headers;
  for (int i = 0; i < count; ++i) {
    const char* value = nullptr;
    if (natsMsgHeader_Get(message, keys[i], &value) == NATS_OK && value != nullptr)
      headers.emplace_back(keys[i], value);
  }
  std::free(static_cast<void*>(keys));
  return headers;
}

std::optional<std::string_view> find_in(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (name.size() == std::string_view(key).size() &&
        ::strncasecmp(name.data(), key, name.size()) == 0) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string subject_token(const std::string& text) {
  std::string token;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-') {
      token += c;
    } else {
      token += '%' + to_hex(std::string_view(&c, 1));
    }
  }
  return token;
}

std::string subject_of(const PublishedEvent& event) {
  return "kkr." + subject_token(event.region) + '.' + subject_token(event.service) + '.' +
         subject_token(event.event.type);
}

std::string subjects_of(const std::string& service, const std::string& region) {
  const auto any_if_empty = [](const std::string& text) {
    return text.empty() ? "*" : subject_token(text);
  };
  return "kkr." + any_if_empty(region) + '.' + any_if_empty(service) + ".*";
}

NatsMessage to_message(const PublishedEvent& event, const std::string& subject,
                       const std::string& reply_to) {
  natsMsg* message = nullptr;
  const char* const reply = reply_to.empty() ? nullptr : reply_to.c_str();
  if (natsMsg_Create(&message, subject.c_str(), reply, event.event.payload.data(),
                     static_cast<int>(event.event.payload.size())) != NATS_OK) {
    return nullptr;
  }
  for (const auto& [name, value] : cloud_event_headers(event))
    natsMsgHeader_Set(message, name.c_str(), value.c_str());
  return NatsMessage(message);
}

std::optional<PublishedEvent> from_message(natsMsg* message) {
  const Headers headers = headers_of(message);
  const FindHeader find = [&](std::string_view name) { return find_in(headers, name); };
  const auto length = static_cast<std::size_t>(natsMsg_GetDataLength(message));
  return event_from_message(find, std::string_view(natsMsg_GetData(message), length));
}

std::string header_of(natsMsg* message, std::string_view name) {
  return std::string(find_in(headers_of(message), name).value_or(""));
}

}  // namespace kkr::platform
