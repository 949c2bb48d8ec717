// Header fields of a mail. What a field holds is data of others: it is quoted or encoded whole, so
// that it can neither end its line nor be taken for syntax.
#pragma once

#include <string>
#include <string_view>

#include "services/platform/mail/message.h"

namespace kkr::platform {

// `name: text` and CRLF. Short plain ASCII stays readable; everything else becomes encoded words
// (RFC 2047), also what only looks like one.
std::string text_field(std::string_view name, std::string_view text);

// `name: "display name" <address>` and CRLF. The address must be one (is_mail_address).
std::string mailbox_field(std::string_view name, const Mailbox& mailbox);

}  // namespace kkr::platform
