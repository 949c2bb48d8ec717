// `kkr admin backup` and `kkr admin restore`.
#pragma once

#include "services/all/subcommand.h"

namespace kkr {

Subcommand declare_backup(CLI::App& admin);
Subcommand declare_restore(CLI::App& admin);

}  // namespace kkr
