// What the occasions and languages of letters are called where they are kept as text, and what
// they are about. Pure.
#pragma once

#include <string>

#include "kkr/notification/v1/occasions.pb.h"

namespace kkr::notification {

// True for those that ask for money; the others are about a hearing.
bool is_about_money(v1::Occasion occasion);

// `REMINDER` for OCCASION_REMINDER.
std::string occasion_word(v1::Occasion occasion);
// The other way round; unspecified for anything else.
v1::Occasion occasion_of(const std::string& word);

// `en` for English, else `da`.
std::string language_tag(v1::Language language);
// The other way round; Danish for anything but `en`.
v1::Language language_of_tag(const std::string& tag);

}  // namespace kkr::notification
