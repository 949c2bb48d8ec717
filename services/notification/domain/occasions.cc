#include "services/notification/domain/occasions.h"

#include <string_view>

namespace kkr::notification {
namespace {

constexpr std::string_view kPrefix = "OCCASION_";
constexpr char kEnglishTag[] = "en";

}  // namespace

bool is_about_money(v1::Occasion occasion) {
  return occasion == v1::OCCASION_INVOICE_ISSUED || occasion == v1::OCCASION_DUNNING;
}

std::string occasion_word(v1::Occasion occasion) {
  return v1::Occasion_Name(occasion).substr(kPrefix.size());
}

v1::Occasion occasion_of(const std::string& word) {
  v1::Occasion occasion = v1::OCCASION_UNSPECIFIED;
  v1::Occasion_Parse(std::string(kPrefix) + word, &occasion);
  return occasion;
}

std::string language_tag(v1::Language language) {
  return language == v1::LANGUAGE_ENGLISH ? kEnglishTag : "da";
}

v1::Language language_of_tag(const std::string& tag) {
  return tag == kEnglishTag ? v1::LANGUAGE_ENGLISH : v1::LANGUAGE_DANISH;
}

}  // namespace kkr::notification
