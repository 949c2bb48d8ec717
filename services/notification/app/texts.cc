#include "services/notification/app/texts.h"

#include <utility>
#include <variant>

namespace kkr::notification {

v1::PersonalText Texts::read(const std::string& key) {
  v1::PersonalText text;
  if (key.empty() || failure_) return text;
  auto found = store_.document(key);
  if (const auto* failure = std::get_if<platform::StoreFailure>(&found)) {
    failure_ = *failure;
    return text;
  }
  auto& document = std::get<std::optional<std::string>>(found);
  text.set_erased(!document);
  if (document) text.set_text(*std::move(document));
  return text;
}

}  // namespace kkr::notification
