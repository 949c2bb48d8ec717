#include "services/consultation/app/texts.h"

#include <utility>
#include <variant>

namespace kkr::consultation {

void Texts::know(const std::vector<platform::PrivateWrite>& written) {
  for (const platform::PrivateWrite& write : written) known_[write.key] = write.value;
}

v1::PersonalText Texts::read(const std::string& key) {
  v1::PersonalText text;
  if (key.empty()) return text;
  auto found = document(key);
  if (failure_) return text;
  text.set_erased(!found);
  if (found) text.set_text(*std::move(found));
  return text;
}

std::optional<std::string> Texts::document(const std::string& key) {
  if (key.empty() || failure_) return std::nullopt;
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto found = store_.document(key);
  if (const auto* failure = std::get_if<platform::StoreFailure>(&found)) {
    failure_ = *failure;
    return std::nullopt;
  }
  return std::get<std::optional<std::string>>(std::move(found));
}

}  // namespace kkr::consultation
