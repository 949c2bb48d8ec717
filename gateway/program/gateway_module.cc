#include "gateway/program/gateway_module.h"

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace kkr::gateway {

platform::Module make_module(std::unique_ptr<Gateway> gateway) {
  platform::Module module("gateway");
  auto& served = module.own(std::move(gateway));
  module.serve(
      "http",
      [&served] {
        const absl::Status status = served.start();
        if (!status.ok()) throw std::runtime_error(std::string(status.message()));
      },
      [&served](platform::Module::Deadline deadline) {
        served.drain(std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now()));
      });
  return module;
}

}  // namespace kkr::gateway
