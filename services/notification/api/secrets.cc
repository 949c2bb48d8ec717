#include "services/notification/api/secrets.h"

#include <optional>
#include <utility>
#include <variant>

#include "services/platform/grpc/failure_status.h"

namespace kkr::notification {

grpc::Status read_secret(Log& log, const std::string& key, std::string& secret) {
  if (key.empty()) return grpc::Status::OK;
  auto found = log.store().document(key);
  if (const auto* failure = std::get_if<platform::StoreFailure>(&found)) {
    return platform::failure_status(*failure);
  }
  if (auto& text = std::get<std::optional<std::string>>(found)) secret = *std::move(text);
  return grpc::Status::OK;
}

}  // namespace kkr::notification
