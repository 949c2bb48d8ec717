// The descriptors of every API proto, comments included, as CMake has put them into the program.
#pragma once

#include <string_view>

namespace kkr::gateway {

// A serialized google.protobuf.FileDescriptorSet.
std::string_view embedded_descriptors();

}  // namespace kkr::gateway
