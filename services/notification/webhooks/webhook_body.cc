#include "services/notification/webhooks/webhook_body.h"

#include <google/protobuf/util/time_util.h>

#include <nlohmann/json.hpp>

#include "services/notification/domain/ids.h"

namespace kkr::notification {
namespace {

// `REMINDER` for OCCASION_REMINDER.
std::string name_of(v1::Occasion occasion) {
  constexpr std::string_view kPrefix = "OCCASION_";
  return v1::Occasion_Name(occasion).substr(kPrefix.size());
}

}  // namespace

std::string webhook_body(std::string_view id, std::string_view municipality,
                         const v1::NoticeDue& notice) {
  nlohmann::ordered_json body;
  body["id"] = std::string(id);
  body["occasion"] = name_of(notice.occasion());
  body["region"] = "regions/" + std::string(region_of(notice.subject()));
  body["subject"] = notice.subject();
  if (!notice.round().empty()) body["round"] = notice.round();
  body["municipality"] = std::string(municipality);
  body["step"] = notice.step();
  if (!notice.deadline_date().empty()) body["deadline_date"] = notice.deadline_date();
  body["due_time"] = google::protobuf::util::TimeUtil::ToString(notice.due_time());
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace kkr::notification
