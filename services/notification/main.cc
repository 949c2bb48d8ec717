// `kkr-notification`: the service as a program of its own. `kkr` runs it together with the others.
#include "services/notification/program.h"

int main(int argc, char** argv) {
  kkr::notification::Config config;
  return kkr::platform::run_service(kkr::notification::program_with(config), argc, argv);
}
