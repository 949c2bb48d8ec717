// `kkr admin import municipalities FILE`: hands a file to the registry, which takes over all of it
// or nothing.
#pragma once

#include "services/all/subcommand.h"

namespace kkr {

Subcommand declare_import(CLI::App& admin);

}  // namespace kkr
