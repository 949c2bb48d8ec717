// Addresses of mail. Takes the plain kind that every server takes: ASCII, no quotes, no comments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/platform/mail/message.h"

namespace kkr::platform {

// `local@domain`, at most 254 characters: a dot-atom on both sides (RFC 5322), the domain of at
// least two labels.
bool is_mail_address(std::string_view text);

// Labels of ASCII letters, digits and hyphens with dots between them.
bool is_host_name(std::string_view text);

// What stands behind the `@`, in lower case; empty when there is none.
std::string domain_of(std::string_view address);

// `a@b.example` or `Name <a@b.example>`; nullopt when it is neither.
std::optional<Mailbox> parse_mailbox(std::string_view text);

}  // namespace kkr::platform
