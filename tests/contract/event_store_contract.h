// What every event store must do, whatever it keeps its rows in. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, EventStoreContract, testing::Values(sqlite_store_rig));
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// A fresh, empty store of its own for one test.
class EventStoreRig {
 public:
  virtual ~EventStoreRig() = default;
  virtual EventStore& store() = 0;
  // Closes the store and opens what it left behind, where the adapter keeps anything.
  virtual void reopen() {}
};
using MakeEventStoreRig = std::unique_ptr<EventStoreRig> (*)();

class EventStoreContract : public testing::TestWithParam<MakeEventStoreRig> {
 protected:
  EventStore& store() { return rig_->store(); }
  void reopen() { rig_->reopen(); }

 private:
  const std::unique_ptr<EventStoreRig> rig_ = GetParam()();
};

}  // namespace kkr::platform
