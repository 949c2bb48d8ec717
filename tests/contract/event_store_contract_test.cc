// Every adapter of the event store, by one line each at the end.
#include "tests/contract/event_store_contract.h"

#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/event_store/sqlite_event_store.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

class MemoryRig final : public EventStoreRig {
 public:
  EventStore& store() override { return store_; }

 private:
  MemoryEventStore store_;
};

// With one sweep for every batch the store finds things in its tables, else mostly in memory.
template <std::uint64_t kSweepEvery>
class SqliteRig final : public EventStoreRig {
 public:
  EventStore& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open();
  }

 private:
  std::unique_ptr<SqliteEventStore> open() {
    return std::move(std::get<0>(SqliteEventStore::open(
        {.path = folder_.path("log.db"), .log = "test/hovedstaden", .sweep_every = kSweepEvery})));
  }

  const TemporaryFolder folder_;
  std::unique_ptr<SqliteEventStore> store_ = open();
};

template <class Rig>
std::unique_ptr<EventStoreRig> make() {
  return std::make_unique<Rig>();
}

INSTANTIATE_TEST_SUITE_P(Memory, EventStoreContract, testing::Values(make<MemoryRig>));
INSTANTIATE_TEST_SUITE_P(Sqlite, EventStoreContract, testing::Values(make<SqliteRig<8192>>));
INSTANTIATE_TEST_SUITE_P(SqliteSwept, EventStoreContract, testing::Values(make<SqliteRig<1>>));

}  // namespace
}  // namespace kkr::platform
