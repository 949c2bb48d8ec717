// Makes ids that nobody else makes: the generation of a log, a request id, the name of a file that
// is not finished yet.
#pragma once

#include <string>

namespace kkr::platform {

// A random UUID (version 4), lower case.
std::string new_uuid();

}  // namespace kkr::platform
