// Reads the texts that are kept outside the log because they may name people.
#pragma once

#include <optional>
#include <string>

#include "kkr/notification/v1/texts.pb.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::notification {

// Reads for one reply. Remembers the first failure, so that a reply is made without asking after
// each text; ask failure() before sending it.
class Texts {
 public:
  // The store must outlive this.
  explicit Texts(platform::EventStore& store) : store_(store) {}

  // The text under the key, marked as erased when there is none any more. Empty for an empty key
  // and after a failure.
  v1::PersonalText read(const std::string& key);

  // Why a text could not be read; nullopt when every one could.
  const std::optional<platform::StoreFailure>& failure() const { return failure_; }

 private:
  platform::EventStore& store_;
  std::optional<platform::StoreFailure> failure_;
};

}  // namespace kkr::notification
