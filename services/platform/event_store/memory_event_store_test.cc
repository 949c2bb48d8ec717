// The contract suite tests the rest; here stands what only the twin can do.
#include "services/platform/event_store/memory_event_store.h"

#include <gtest/gtest.h>

#include "tests/contract/event_store_rows.h"

namespace kkr::platform {
namespace {

Batch one_event(const EventStore& store) {
  return BatchBuilder(store).command("r1", {an_event("round-1")}).build();
}

TEST(MemoryEventStore, FailsTheNextAppendOnlyAndWritesNothing) {
  MemoryEventStore store;
  store.fail_next_append(StoreFailure::kStorageFull);
  EXPECT_EQ(failure_of(store.append(one_event(store))), StoreFailure::kStorageFull);
  EXPECT_EQ(store.head().position, 0u);
  EXPECT_EQ(value_of(store.append(one_event(store))).size(), 1u);
}

TEST(MemoryEventStore, HoldsAnUnknownOutcomeUntilItIsRecovered) {
  for (const bool committed : {false, true}) {
    MemoryEventStore store;
    const Batch batch = one_event(store);
    store.fail_next_append(StoreFailure::kOutcomeUnknown, committed);
    EXPECT_EQ(failure_of(store.append(batch)), StoreFailure::kOutcomeUnknown);
    EXPECT_EQ(failure_of(store.append(batch)), StoreFailure::kOutcomeUnknown);
    EXPECT_EQ(value_of(store.recover()).position, committed ? 1u : 0u);
    EXPECT_EQ(value_of(store.find_requests({"r1"})).front().has_value(), committed);
    EXPECT_EQ(failure_of(store.append(batch)).has_value(), committed);
  }
}

TEST(MemoryEventStore, CanBeDamagedAndIsThenOnlyRead) {
  MemoryEventStore store;
  value_of(store.append(one_event(store)));
  EXPECT_EQ(store.damage(), std::nullopt);
  store.mark_damaged("event 1 is damaged");
  EXPECT_EQ(store.damage(), "event 1 is damaged");
  EXPECT_EQ(failure_of(store.append(one_event(store))), StoreFailure::kDamaged);
  EXPECT_EQ(value_of(store.read(1, 1)).size(), 1u);
}

TEST(MemoryEventStore, IsADemoStoreOnlyWhenCreatedAsOne) {
  EXPECT_FALSE(MemoryEventStore().is_demo());
  EXPECT_TRUE(MemoryEventStore({.demo = true}).is_demo());
}

}  // namespace
}  // namespace kkr::platform
