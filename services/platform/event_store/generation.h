// Names the life of a log: new when a store is created and after every restore.
#pragma once

#include <string>

namespace kkr::platform {

// A random UUID (version 4), lower case.
std::string new_generation();

}  // namespace kkr::platform
