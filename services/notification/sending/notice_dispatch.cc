#include "services/notification/sending/notice_dispatch.h"

#include <utility>

#include "services/notification/domain/occasions.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

constexpr std::string_view kDropRule = "DROP_RULE_";

PlannedSend planned(const v1::NoticeDue& notice, const v1::NoticeRecipient& recipient,
                    const std::string& facts) {
  PlannedSend send;
  send.key = {occasion_word(notice.occasion()), notice.subject(),
              "municipalities/" + recipient.municipality() + "/offices/" + recipient.office(),
              notice.step()};
  send.municipality = recipient.municipality();
  send.round = notice.round();
  send.due_at = platform::instant_of(notice.due_time());
  send.facts = facts;
  return send;
}

}  // namespace

Dispatch dispatch_of(const v1::Event& event) {
  Dispatch made;
  if (event.has_person_forgotten())
    made.erased_persons.push_back(event.person_forgotten().person());
  if (!event.has_notice_due()) return made;
  const v1::NoticeDue& notice = event.notice_due();
  v1::NoticeDue alone = notice;
  alone.clear_recipients();
  alone.clear_dropped();
  const std::string facts = alone.SerializeAsString();
  for (const auto& recipient : notice.recipients())
    made.sends.push_back(planned(notice, recipient, facts));
  for (const auto& dropped : notice.dropped()) {
    made.sends.push_back(planned(notice, dropped.recipient(), facts));
    made.sends.back().dropped_by = drop_word(dropped.rule());
  }
  return made;
}

std::string drop_word(v1::DropRule rule) {
  return v1::DropRule_Name(rule).substr(kDropRule.size());
}

v1::DropRule drop_rule_of(const std::string& word) {
  v1::DropRule rule = v1::DROP_RULE_UNSPECIFIED;
  v1::DropRule_Parse(std::string(kDropRule) + word, &rule);
  return rule;
}

}  // namespace kkr::notification
