#include "services/notification/domain/arguments.h"

#include <set>

#include "services/platform/field/resource_name.h"

namespace kkr::notification {

void Arguments::office(std::string_view field, std::string_view value) {
  must(platform::is_resource_id(value), field, "the id of an office");
}

void Arguments::reminder_days(std::string_view field,
                              const google::protobuf::RepeatedField<int>& days) {
  must(days.size() <= 10, field, "at most 10");
  for (const int day : days) between(field, day, 1, 90);
  must(std::set<int>(days.begin(), days.end()).size() == static_cast<std::size_t>(days.size()),
       field, "each once");
}

}  // namespace kkr::notification
