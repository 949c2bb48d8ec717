// `kkr demo`: a demo site with a fresh data folder, on which the hearing of 2013 is played.
#pragma once

#include "services/all/subcommand.h"

namespace kkr {

Subcommand declare_demo(CLI::App& app);

}  // namespace kkr
