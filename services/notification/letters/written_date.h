// Days and amounts as Danes and the English write them in a letter. Pure.
#pragma once

#include <string>

#include "services/platform/time/local_date.h"

namespace kkr::notification {

enum class Tongue { kDanish, kEnglish };

// English for `en`, else Danish.
Tongue tongue_of(const std::string& language);

// `2013-03-19` as `19. marts 2013` or `19 March 2013`; any other text as it is.
std::string written_date(const std::string& date, Tongue tongue);
// The same with its weekday: `tirsdag den 19. marts 2013`, `Tuesday 19 March 2013`.
std::string written_day(const std::string& date, Tongue tongue);
// How far the date is from today: `om 14 dage`, `i morgen`, `in 14 days`.
std::string written_distance(platform::LocalDate today, const std::string& date, Tongue tongue);
// `484510.18` as `484.510,18` or `484,510.18`; any other text as it is.
std::string written_amount(const std::string& amount, Tongue tongue);

}  // namespace kkr::notification
