// `kkr-registry`: the registry as a program of its own. `kkr` runs it together with the others.
#include "services/platform/cluster/run_service.h"
#include "services/registry/module.h"

int main(int argc, char** argv) {
  const auto make = [](const kkr::platform::ServiceSite& site) {
    return kkr::registry::make_module(site.ports);
  };
  return kkr::platform::run_service({.service = "registry", .asks = {}, .make_module = make}, argc,
                                    argv);
}
