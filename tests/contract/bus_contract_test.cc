// Every adapter of the bus, by one line each at the end.
#include "tests/contract/bus_contract.h"

#include "services/platform/bus/in_process_bus.h"
#include "services/platform/bus/jetstream_bus.h"
#include "tests/contract/nats_server.h"
#include "tests/waiting/comes_true.h"

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

class JetStreamRig final : public BusRig {
 public:
  JetStreamRig() {
    JetStreamSettings settings;
    settings.nats.urls = servers_.urls();
    settings.waiting_max = kWaitingMax;
    bus_ = std::move(std::get<std::unique_ptr<JetStreamBus>>(JetStreamBus::open(settings, pool_)));
    if (!waiting::comes_true([&] { return bus_->connected(); })) std::abort();
  }
  Bus& bus() override { return *bus_; }
  std::size_t waiting_max() const override { return kWaitingMax; }

 private:
  static constexpr std::size_t kWaitingMax = 512;
  NatsServers servers_;
  WorkerPool pool_{2};
  std::unique_ptr<JetStreamBus> bus_;
};

template <class Rig>
std::unique_ptr<BusRig> make() {
  return std::make_unique<Rig>();
}

INSTANTIATE_TEST_SUITE_P(InProcess, BusContract, testing::Values(make<InProcessRig>));
INSTANTIATE_TEST_SUITE_P(JetStream, BusContract, testing::Values(make<JetStreamRig>));

}  // namespace
}  // namespace kkr::platform
