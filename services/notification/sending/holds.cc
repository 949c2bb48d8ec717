#include "services/notification/sending/holds.h"

namespace kkr::notification {
namespace {

using consultation::v1::Invitee;
using consultation::v1::Round;
using financing::v1::Invoice;

bool is_answered(Invitee::AnswerState state) {
  switch (state) {
    case Invitee::ANSWER_STATE_ANSWERED:
    case Invitee::ANSWER_STATE_ANSWERED_LATE:
    case Invitee::ANSWER_STATE_NO_COMMENTS:
    case Invitee::ANSWER_STATE_DECLINED: return true;
    default: return false;
  }
}

// On time until the end of the day.
bool can_answer(const Round& round, const Invitee& invitee, platform::LocalDate today) {
  const auto deadline = platform::parse_date(invitee.deadline_date());
  return round.state() == Round::STATE_OPEN && deadline && today <= *deadline;
}

bool holds_of_round(const v1::NoticeDue& notice, const Round& round, const Invitee& invitee,
                    platform::LocalDate today) {
  const bool same_deadline = invitee.deadline_date() == notice.deadline_date();
  switch (notice.occasion()) {
    case v1::OCCASION_INVITATION: return can_answer(round, invitee, today);
    case v1::OCCASION_REMINDER:
      return can_answer(round, invitee, today) && same_deadline &&
             !is_answered(invitee.answer_state());
    case v1::OCCASION_EXTENSION_GRANTED:
      return can_answer(round, invitee, today) && same_deadline && invitee.extended();
    case v1::OCCASION_ANSWER_RECEIVED:
      return round.state() != Round::STATE_CANCELLED && is_answered(invitee.answer_state());
    case v1::OCCASION_ROUND_CLOSED:
      return round.state() == Round::STATE_CLOSED || round.state() == Round::STATE_COLLECTED;
    case v1::OCCASION_COLLECTION_READY: return round.state() == Round::STATE_COLLECTED;
    case v1::OCCASION_ROUND_CANCELLED: return round.state() == Round::STATE_CANCELLED;
    default: return false;
  }
}

bool holds_of_invoice(v1::Occasion occasion, const Invoice& invoice) {
  if (invoice.state() == Invoice::STATE_PAID || invoice.state() == Invoice::STATE_CREDITED)
    return false;
  return occasion == v1::OCCASION_INVOICE_ISSUED || invoice.state() != Invoice::STATE_DISPUTED;
}

}  // namespace

bool holds(const Circumstances& circumstances, platform::LocalDate today) {
  const v1::NoticeDue& notice = circumstances.notice;
  if (circumstances.invoice) return holds_of_invoice(notice.occasion(), *circumstances.invoice);
  if (!circumstances.round || !circumstances.invitee) return false;
  return holds_of_round(notice, *circumstances.round, *circumstances.invitee, today);
}

}  // namespace kkr::notification
