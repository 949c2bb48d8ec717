#include "services/notification/webhooks/webhook_body.h"

#include <google/protobuf/util/time_util.h>

#include <nlohmann/json.hpp>

#include "services/notification/domain/ids.h"
#include "services/notification/domain/occasions.h"

namespace kkr::notification {
namespace {}  // namespace

std::string webhook_body(std::string_view id, std::string_view municipality,
                         const v1::NoticeDue& notice) {
  nlohmann::ordered_json body;
  body["id"] = std::string(id);
  body["occasion"] = occasion_word(notice.occasion());
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
