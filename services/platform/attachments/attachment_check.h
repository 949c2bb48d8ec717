// Reads every attachment and compares it with the digest it is kept under.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/attachments/attachment_store.h"

namespace kkr::platform {

struct AttachmentsReport {
  std::uint64_t checked = 0;
  std::vector<Hash> unsound;  // Damaged or unreadable, in ascending order.
  bool complete = true;       // False: the store could not list them all.
};

// One file at a time; holds one in memory.
AttachmentsReport check_attachments(AttachmentStore& attachments);

// What is wrong, as part of a sentence; nullopt when nothing is.
std::optional<std::string> complaint(const AttachmentsReport& report);

}  // namespace kkr::platform
