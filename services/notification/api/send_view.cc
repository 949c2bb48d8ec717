#include "services/notification/api/send_view.h"

#include "services/notification/domain/occasions.h"
#include "services/notification/sending/notice_dispatch.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

// The enumerators of the table stand in the order of those of the interface.
v1::Send::State state_of(SendState state) {
  return static_cast<v1::Send::State>(static_cast<int>(state) + 1);
}

std::string why(const std::string& reason, const std::string& detail) {
  return detail.empty() ? reason : reason + ": " + detail;
}

std::string office_of(const SendKey& key) {
  const auto slash = key.recipient.rfind('/');
  return slash == std::string::npos ? key.recipient : key.recipient.substr(slash + 1);
}

v1::Gap::Kind kind_of(const std::string& gap) {
  v1::Gap::Kind kind = v1::Gap::KIND_UNSPECIFIED;
  v1::Gap::Kind_Parse("KIND_" + gap, &kind);
  return kind;
}

v1::Channel channel_of(const std::string& word) {
  v1::Channel channel = v1::CHANNEL_UNSPECIFIED;
  v1::Channel_Parse("CHANNEL_" + word, &channel);
  return channel;
}

std::string name_of(std::string_view region, const std::string& id) {
  return "regions/" + std::string(region) + "/sends/" + id;
}

}  // namespace

v1::Send shown(std::string_view region, const Send& send) {
  const SendKey& key = send.planned.key;
  v1::Send made;
  made.set_name(name_of(region, send.id));
  made.set_occasion(occasion_of(key.occasion));
  made.set_subject(key.subject);
  made.set_step(key.step);
  made.set_municipality(send.planned.municipality);
  made.set_office(office_of(key));
  made.set_state(state_of(send.state));
  if (send.state == SendState::kDropped) made.set_drop_rule(drop_rule_of(send.reason));
  made.set_reason(why(send.reason, send.detail));
  made.set_gap(kind_of(send.gap));
  made.set_message_id(send.message_id);
  made.set_attempts(send.attempts);
  *made.mutable_due_time() = platform::timestamp_of(send.planned.due_at);
  *made.mutable_update_time() = platform::timestamp_of(send.changed_at);
  if (send.next_attempt_at)
    *made.mutable_next_attempt_time() = platform::timestamp_of(*send.next_attempt_at);
  if (send.letter) {
    made.set_person(send.letter->person);
    made.set_channel(channel_of(send.letter->channel));
    made.set_address(send.letter->address);
  }
  return made;
}

v1::Send shown_whole(std::string_view region, const Send& send,
                     const std::vector<Transition>& story) {
  v1::Send made = shown(region, send);
  if (send.letter) {
    made.set_mail_subject(send.letter->subject);
    made.set_mail_text(send.letter->text);
  }
  for (const Transition& turn : story) {
    v1::SendTransition& added = *made.add_transitions();
    added.set_state(state_of(turn.state));
    *added.mutable_time() = platform::timestamp_of(turn.at);
    added.set_reason(why(turn.reason, turn.detail));
    added.set_code(turn.code);
  }
  return made;
}

v1::Gap shown_gap(std::string_view region, const Send& send) {
  v1::Gap made;
  made.set_municipality(send.planned.municipality);
  made.set_office(office_of(send.planned.key));
  made.set_kind(kind_of(send.gap));
  if (send.letter) made.set_person(send.letter->person);
  if (made.kind() == v1::Gap::KIND_REFUSED) made.set_reason(send.detail);
  made.set_send(name_of(region, send.id));
  *made.mutable_time() = platform::timestamp_of(send.changed_at);
  return made;
}

SendFilter filter_of(const v1::ListSendsRequest& request) {
  SendFilter filter;
  if (request.occasion() != v1::OCCASION_UNSPECIFIED)
    filter.occasion = occasion_word(request.occasion());
  if (request.state() != v1::Send::STATE_UNSPECIFIED)
    filter.state = static_cast<SendState>(static_cast<int>(request.state()) - 1);
  filter.subject = request.subject();
  filter.municipality = request.municipality();
  filter.step = request.step();
  if (request.channel() == v1::CHANNEL_EMAIL) filter.channel = "EMAIL";
  if (request.channel() == v1::CHANNEL_WEBHOOK) filter.channel = "WEBHOOK";
  return filter;
}

}  // namespace kkr::notification
