// `kkr-consultation`: the service as a program of its own. `kkr` runs it together with the others.
#include "services/consultation/module.h"
#include "services/platform/cluster/run_service.h"

int main(int argc, char** argv) {
  const auto make = [](const kkr::platform::ServiceSite& site) {
    return kkr::consultation::make_module(site.ports, site.channels.to("registry"));
  };
  return kkr::platform::run_service(
      {.service = "consultation", .asks = {"registry"}, .make_module = make}, argc, argv);
}
