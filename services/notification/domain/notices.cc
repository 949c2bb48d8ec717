#include "services/notification/domain/notices.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/notification/domain/followed_round.h"
#include "services/notification/domain/plan.h"
#include "services/notification/domain/state.h"

namespace kkr::notification {
namespace {

Recipient recipient_of(const v1::NoticeRecipient& recipient) {
  return {MunicipalityCode{recipient.municipality()}, recipient.office()};
}

std::set<Recipient> all_of(const v1::NoticeDue& notice) {
  std::set<Recipient> all;
  for (const auto& recipient : notice.recipients()) all.insert(recipient_of(recipient));
  for (const auto& dropped : notice.dropped()) all.insert(recipient_of(dropped.recipient()));
  return all;
}

void keep_of_invoice(Notification& state, const v1::NoticeDue& fact) {
  state.invoices.update(fact.subject(), [&](FollowedInvoice& invoice) {
    for (const Recipient& recipient : all_of(fact)) invoice.municipality = recipient.municipality;
    if (fact.occasion() == v1::OCCASION_DUNNING) invoice.dunnings.insert(fact.step());
  });
}

}  // namespace

std::optional<absl::Time> next_due(const Notification& state) {
  std::optional<absl::Time> first;
  state.rounds.for_each([&](const RoundId&, const FollowedRound& round) {
    if (!round.next_reminder_at) return;
    first = first ? std::min(*first, *round.next_reminder_at) : *round.next_reminder_at;
  });
  return first;
}

Effects record_due(const Notification& state, const Context& context) {
  Effects effects;
  state.rounds.for_each([&](const RoundId& id, const FollowedRound& round) {
    if (!round.next_reminder_at || *round.next_reminder_at > context.now) return;
    for (auto& notice : reminders_due(round, state.settings, context.now)) {
      v1::Event event;
      *event.mutable_notice_due() = std::move(notice);
      effects.facts.push_back({stream_of(id), std::move(event)});
    }
  });
  return effects;
}

void evolve(Notification& state, const v1::NoticeDue& fact, const Recorded&) {
  const auto name = parse_round_name(fact.round());
  if (!name) return keep_of_invoice(state, fact);
  if (fact.occasion() != v1::OCCASION_REMINDER) {
    // Touches no plan.
    return state.rounds.update(name->id, [&](FollowedRound& round) {
      round.notices.set(notice_key(fact.occasion(), fact.subject(), fact.step()), Noticed{});
    });
  }
  const auto reminder = parse_step(fact.step());
  if (!reminder) return;
  state.change_round(name->id, [&](FollowedRound& round) {
    round.passed.update(*reminder,
                        [&](std::set<Recipient>& passed) { passed.merge(all_of(fact)); });
  });
}

}  // namespace kkr::notification
