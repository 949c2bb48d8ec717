// `kkr-gateway`: the gateway as a program of its own. `kkr` runs it together with the services.
#include "gateway/program/run_gateway.h"

int main(int argc, char** argv) { return kkr::gateway::run_gateway(argc, argv); }
