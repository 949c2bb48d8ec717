// `kkr-registry`: the registry alone, reached over gRPC. `kkr` runs it together with the others.
#include "services/platform/alone/run_alone.h"
#include "services/registry/module.h"

int main(int argc, char** argv) {
  return kkr::platform::run_alone("kkr-registry", argc, argv, kkr::registry::make_module);
}
