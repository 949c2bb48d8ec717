// The numbers of this process, for `/metrics`. Names and labels hold services, methods, regions and
// reasons, never anything a client chose freely.
#pragma once

#include <prometheus/registry.h>

#include <string>

namespace kkr::platform {

// The one registry of the process.
prometheus::Registry& metrics();

// Everything in the registry, in the Prometheus text format.
std::string metrics_text();

}  // namespace kkr::platform
