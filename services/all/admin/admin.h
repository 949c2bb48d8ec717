// `kkr admin …`: looks after a site. Goes through the running site where one runs, and to the files
// where none does.
#pragma once

#include <vector>

#include "services/all/subcommand.h"

namespace kkr {

// verify, backup, restore, import municipalities.
std::vector<Subcommand> declare_admin(CLI::App& app);

}  // namespace kkr
