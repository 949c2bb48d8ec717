#include "services/financing/domain/banking_day.h"

#include "services/platform/time/working_days.h"

namespace kkr::financing {
namespace {

constexpr int kFridayAfterAscensionOffset = 40;  // In days from Easter Sunday.

}  // namespace

bool is_banking_day(LocalDate date) {
  const LocalDate easter = platform::easter_sunday(static_cast<int>(date.year()));
  return platform::is_working_day(date) && date - easter != kFridayAfterAscensionOffset;
}

LocalDate banking_day_on_or_after(LocalDate date) {
  while (!is_banking_day(date)) ++date;
  return date;
}

}  // namespace kkr::financing
