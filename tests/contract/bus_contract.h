// What every bus must do, whatever it is made of. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(InProcess, BusContract, testing::Values(make<InProcessRig>));
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>

#include "services/platform/bus/bus.h"

namespace kkr::platform {

// A bus and all it needs to run, for one test.
class BusRig {
 public:
  virtual ~BusRig() = default;
  virtual Bus& bus() = 0;
  // So many events a subscriber may be behind without missing one.
  virtual std::size_t waiting_max() const = 0;
};
using MakeBusRig = std::unique_ptr<BusRig> (*)();

class BusContract : public testing::TestWithParam<MakeBusRig> {
 protected:
  Bus& bus() { return rig_->bus(); }
  std::size_t waiting_max() const { return rig_->waiting_max(); }

 private:
  const std::unique_ptr<BusRig> rig_ = GetParam()();
};

}  // namespace kkr::platform
