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

std::optional<std::string> complaint(const AttachmentsReport& report) {
  if (!report.complete) return "the attachments cannot be listed";
  if (report.unsound.empty()) return std::nullopt;
  return std::to_string(report.unsound.size()) + " of " + std::to_string(report.checked) +
         " attachments cannot be read or do not match their digest, the first " +
         to_hex(report.unsound.front());
}

}  // namespace kkr::platform
