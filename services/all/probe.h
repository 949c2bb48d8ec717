// `kkr probe`: asks the site that runs on this machine how it is.
#pragma once

#include "services/all/subcommand.h"

namespace kkr {

Subcommand declare_probe(CLI::App& app);

}  // namespace kkr
