#include "tests/contract/event_store_contract.h"

#include "services/platform/event_store/memory_event_store.h"

namespace kkr::platform {
namespace {

class MemoryRig final : public EventStoreRig {
 public:
  EventStore& store() override { return store_; }

 private:
  MemoryEventStore store_;
};

std::unique_ptr<EventStoreRig> memory_rig() { return std::make_unique<MemoryRig>(); }

INSTANTIATE_TEST_SUITE_P(Memory, EventStoreContract, testing::Values(memory_rig));

}  // namespace
}  // namespace kkr::platform
