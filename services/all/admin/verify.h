// `kkr admin verify`: names the first position of each log that cannot be vouched for.
#pragma once

#include "services/all/subcommand.h"

namespace kkr {

Subcommand declare_verify(CLI::App& admin);

}  // namespace kkr
