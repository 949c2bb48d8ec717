// `kkr-financing`: the service as a program of its own. `kkr` runs it together with the others.
#include "services/financing/module.h"
#include "services/platform/cluster/run_service.h"

int main(int argc, char** argv) {
  const auto make = [](const kkr::platform::ServiceSite& site) {
    return kkr::financing::make_module(site.ports, site.channels.to("registry"));
  };
  return kkr::platform::run_service(
      {.service = "financing", .asks = {"registry"}, .make_module = make}, argc, argv);
}
