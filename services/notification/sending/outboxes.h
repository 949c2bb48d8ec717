// The outboxes of all regions, each made when its log is opened. They live as long as this object.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "services/notification/sending/outbox.h"
#include "services/platform/settlement/settlement.h"

namespace kkr::notification {

class Outboxes {
 public:
  // Keeps it without starting it; a clock that moves forward stops at what it has to do, as
  // `settlement` tells.
  Outbox& add(const std::string& region, std::unique_ptr<Outbox> outbox,
              platform::Settlement& settlement) {
    const std::unique_lock lock(mutex_);
    Outbox& kept = *outbox;
    auto watch = settlement.watch(kept);
    outboxes_.insert_or_assign(region, Kept{std::move(outbox), std::move(watch)});
    return kept;
  }
  // Null for a region whose sends cannot be opened.
  Outbox* find(std::string_view region) const {
    const std::shared_lock lock(mutex_);
    const auto found = outboxes_.find(region);
    return found == outboxes_.end() ? nullptr : found->second.outbox.get();
  }
  // Every message under way is finished when this returns. The tables stay readable.
  void stop() {
    const std::shared_lock lock(mutex_);
    for (const auto& [region, kept] : outboxes_) kept.outbox->stop();
  }

 private:
  struct Kept {
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<platform::Settlement::Watch> watch;  // Ends before the outbox.
  };
  mutable std::shared_mutex mutex_;
  std::map<std::string, Kept, std::less<>> outboxes_;
};

}  // namespace kkr::notification
