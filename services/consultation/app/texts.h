// Reads the texts that are kept outside the log because they may name people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kkr/consultation/v1/texts.pb.h"
#include "services/platform/decision/decision.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::consultation {

// Reads for one reply. Remembers the first failure, so that a reply is made without asking after
// each text; ask failure() before sending it.
class Texts {
 public:
  // The store must outlive this.
  explicit Texts(platform::EventStore& store) : store_(store) {}

  // Takes what a command has just written as read, so that its own reply need not ask the store.
  void know(const std::vector<platform::PrivateWrite>& written);

  // The text under the key, marked as erased when there is none any more. Empty for an empty key
  // and after a failure.
  v1::PersonalText read(const std::string& key);

  // Reads the message under the key. False, and `message` cleared, when there is none any more, for
  // an empty key and after a failure.
  template <class Message>
  bool read(const std::string& key, Message& message) {
    const auto text = document(key);
    if (text && message.ParseFromString(*text)) return true;
    message.Clear();
    return false;
  }

  const std::optional<platform::StoreFailure>& failure() const { return failure_; }

 private:
  std::optional<std::string> document(const std::string& key);

  platform::EventStore& store_;
  std::map<std::string, std::optional<std::string>> known_;
  std::optional<platform::StoreFailure> failure_;
};

}  // namespace kkr::consultation
