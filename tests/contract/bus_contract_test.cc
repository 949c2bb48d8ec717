// Every adapter of the bus, by one line each at the end.
#include "tests/contract/bus_contract.h"

#include "services/platform/bus/in_process_bus.h"

namespace kkr::platform {
namespace {

class InProcessRig final : public BusRig {
 public:
  Bus& bus() override { return bus_; }
  std::size_t waiting_max() const override { return kWaitingMax; }

 private:
  static constexpr std::size_t kWaitingMax = 512;
  WorkerPool pool_{2};
  InProcessBus bus_{pool_, kWaitingMax};
};

template <class Rig>
std::unique_ptr<BusRig> make() {
  return std::make_unique<Rig>();
}

INSTANTIATE_TEST_SUITE_P(InProcess, BusContract, testing::Values(make<InProcessRig>));

}  // namespace
}  // namespace kkr::platform
