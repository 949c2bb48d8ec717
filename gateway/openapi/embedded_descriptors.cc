#include "gateway/openapi/embedded_descriptors.h"

// KKR_DESCRIPTOR_SET is the path of the file that protoc wrote.
__asm__(
    ".pushsection .rodata\n"
    "kkr_descriptor_set_begin:\n"
    ".incbin \"" KKR_DESCRIPTOR_SET
    "\"\n"
    "kkr_descriptor_set_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char kkr_descriptor_set_begin[];
extern const char kkr_descriptor_set_end[];
}

namespace kkr::gateway {

std::string_view embedded_descriptors() {
  return {kkr_descriptor_set_begin,
          static_cast<std::size_t>(kkr_descriptor_set_end - kkr_descriptor_set_begin)};
}

}  // namespace kkr::gateway
