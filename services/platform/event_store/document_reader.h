// Reads the texts that are kept outside the log because they may name people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/decision/decision.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// Reads for one reply. Remembers the first failure, so that a reply is made without asking after
// each text; ask failure() before sending it.
class DocumentReader {
 public:
  // The store must outlive this.
  explicit DocumentReader(EventStore& store) : store_(store) {}

  // Takes what a command has just written as read, so that its own reply need not ask the store.
  void know(const std::vector<PrivateWrite>& written);

  // The text under the key, marked as erased when there is none any more. Empty for an empty key
  // and after a failure. `Text` is a service's PersonalText.
  template <class Text>
  Text read_text(const std::string& key) {
    Text text;
    if (key.empty()) return text;
    auto found = document(key);
    if (failure_) return text;
    text.set_erased(!found);
    if (found) text.set_text(*std::move(found));
    return text;
  }

  // Reads the message under the key. False, and `message` cleared, when there is none any more, for
  // an empty key and after a failure.
  template <class Message>
  bool read(const std::string& key, Message& message) {
    const auto text = document(key);
    if (text && message.ParseFromString(*text)) return true;
    message.Clear();
    return false;
  }

  // Why a text could not be read; nullopt when every one could.
  const std::optional<StoreFailure>& failure() const { return failure_; }

 private:
  std::optional<std::string> document(const std::string& key);

  EventStore& store_;
  std::map<std::string, std::optional<std::string>> known_;
  std::optional<StoreFailure> failure_;
};

}  // namespace kkr::platform
