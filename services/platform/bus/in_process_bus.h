// The bus of the embedded profile: hands events from the relays to subscribers of the same process.
// Keeps nothing; a subscriber that comes late reads the log.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/platform/bus/bus.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

class InProcessBus final : public Bus {
 public:
  // Callbacks run on `pool`. Each subscriber has room for `waiting_max` events; the oldest makes
  // way for the newest. The bus must outlive its subscriptions.
  explicit InProcessBus(WorkerPool& pool, std::size_t waiting_max = 1'024);
  ~InProcessBus() override;

  void publish(const EventPtr& event, Taken taken) override;
  std::unique_ptr<Subscription> subscribe(std::string service, std::string region,
                                          Callback callback) override;

 private:
  class Subscriber;

  WorkerPool& pool_;
  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::vector<Subscriber*> subscribers_;
};

}  // namespace kkr::platform
