// What every attachment store asks of a file before it keeps it.
#pragma once

#include "services/platform/attachments/attachment_store.h"

namespace kkr::platform {

// The digest, size and type of a file that may be kept; otherwise kEmpty, kTooLarge or
// kTypeNotAllowed, in this order.
AttachmentResult<StoredAttachment> admit(std::string_view content, std::string_view file_name);

}  // namespace kkr::platform
