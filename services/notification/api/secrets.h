// Reads the secrets of feeds and webhooks, which are kept outside the log.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "services/notification/api/calls.h"

namespace kkr::notification {

// The secret under the key; `secret` is left alone when there is none any more, and for an empty
// key. A failure of the store is the status.
grpc::Status read_secret(Log& log, const std::string& key, std::string& secret);

}  // namespace kkr::notification
