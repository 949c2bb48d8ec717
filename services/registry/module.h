// The registry as a module of a process: every object it is made of, in order of need.
#pragma once

#include "services/platform/ports/ports.h"
#include "services/platform/process/module.h"

namespace kkr::registry {

// Opens the national log. An empty one gets the facts the registry ships with; on a demo site the
// clock is put where the log says it stood. A damaged log is served read-only. Throws
// std::runtime_error with a sentence when the first facts cannot be recorded. `ports` must outlive
// the module. Make this module before those that ask for the time.
platform::Module make_module(platform::Ports& ports);

}  // namespace kkr::registry
