#include "services/platform/attachments/attachment_check.h"

namespace kkr::platform {

AttachmentsReport check_attachments(AttachmentStore& attachments) {
  constexpr std::size_t kPage = 256;
  AttachmentsReport report;
  Hash after{};
  for (;;) {
    const auto listed = attachments.list(after, kPage);
    const auto* digests = std::get_if<std::vector<Hash>>(&listed);
    if (digests == nullptr) report.complete = false;
    if (digests == nullptr || digests->empty()) return report;
    for (const auto& sha256 : *digests) {
      ++report.checked;
      if (!std::holds_alternative<std::string>(attachments.get(sha256)))
        report.unsound.push_back(sha256);
    }
    after = digests->back();
  }
}

}  // namespace kkr::platform
