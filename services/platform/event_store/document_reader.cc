#include "services/platform/event_store/document_reader.h"

#include <variant>

namespace kkr::platform {

void DocumentReader::know(const std::vector<PrivateWrite>& written) {
  for (const PrivateWrite& write : written) known_[write.key] = write.value;
}

std::optional<std::string> DocumentReader::document(const std::string& key) {
  if (key.empty() || failure_) return std::nullopt;
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto found = store_.document(key);
  if (const auto* failure = std::get_if<StoreFailure>(&found)) {
    failure_ = *failure;
    return std::nullopt;
  }
  return std::get<std::optional<std::string>>(std::move(found));
}

}  // namespace kkr::platform
