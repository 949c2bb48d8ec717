// How the receiver of a webhook knows that it comes from us, unchanged and now: the scheme of the
// Standard Webhooks specification, symmetric, version 1. The secret is the receiver's and ours.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace kkr::notification {

// A secret that nobody else has: `whsec_` and 32 random bytes in base64.
std::string new_webhook_secret();

// What the header `webhook-signature` holds: `v1,` and, in base64, HMAC-SHA-256 over
// `{id}.{seconds since 1970}.{body}`. The key is what stands in base64 after `whsec_`; empty for a
// secret of any other form.
std::string webhook_signature(std::string_view secret, std::string_view id, absl::Time sent_at,
                              std::string_view body);

}  // namespace kkr::notification
