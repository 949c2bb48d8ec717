#include "services/platform/attachments/admission.h"

#include "services/platform/attachments/attachment_type.h"

namespace kkr::platform {

AttachmentResult<StoredAttachment> admit(std::string_view content, std::string_view file_name) {
  if (content.empty()) return AttachmentFailure::kEmpty;
  if (content.size() > kAttachmentBytesMax) return AttachmentFailure::kTooLarge;
  auto type = media_type_of(content, file_name);
  if (!type) return AttachmentFailure::kTypeNotAllowed;
  return StoredAttachment{sha256_of(content), content.size(), *std::move(type)};
}

}  // namespace kkr::platform
