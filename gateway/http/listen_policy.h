// Where the gateway may listen. It knows no sign-in: whoever reaches it may act in any name, so it
// refuses to be reachable from outside unless something in front of it has checked who calls.
#pragma once

#include <optional>
#include <string>

namespace kkr::gateway::http {

// A sentence for the operator that says why not and what to do; nothing when it may listen there.
std::optional<std::string> refusal_to_listen(const std::string& address,
                                             bool behind_authenticating_proxy);

}  // namespace kkr::gateway::http
