#include "services/financing/app/texts.h"

#include <utility>
#include <variant>

namespace kkr::financing {

v1::PersonalText Texts::read(const std::string& key) {
  v1::PersonalText text;
  if (key.empty()) return text;
  auto found = document(key);
  if (failure_) return text;
  text.set_erased(!found);
  if (found) text.set_text(*std::move(found));
  return text;
}

v1::Contact Texts::read_contact(const std::string& key) {
  v1::Contact contact;
  const auto found = document(key);
  if (found && !contact.ParseFromString(*found)) contact.Clear();
  return contact;
}

std::optional<std::string> Texts::document(const std::string& key) {
  if (key.empty() || failure_) return std::nullopt;
  auto found = store_.document(key);
  if (const auto* failure = std::get_if<platform::StoreFailure>(&found)) {
    failure_ = *failure;
    return std::nullopt;
  }
  return std::get<std::optional<std::string>>(std::move(found));
}

}  // namespace kkr::financing
