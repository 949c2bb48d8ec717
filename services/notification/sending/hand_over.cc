#include "services/notification/sending/hand_over.h"

#include <utility>

#include "absl/time/clock.h"

namespace kkr::notification {

std::variant<Prepared, Outcome> prepare(const Send& send, LetterDesk& desk, Carrier& carrier,
                                        DomainPace& pace, const SenderOptions& options,
                                        absl::Time site_now) {
  auto written = desk.prepare(send, site_now);
  Outcome outcome{.id = send.id, .transition = {}};
  if (auto* not_sent = std::get_if<NotSent>(&written)) {
    outcome.transition = {not_sent->state, std::move(not_sent->reason), 0,
                          std::move(not_sent->detail), site_now};
    outcome.gap = std::move(not_sent->gap);
    outcome.held_until = not_sent->held_until;
    outcome.tried = !not_sent->held_until;
    if (not_sent->state == SendState::kDeferred && !not_sent->held_until)
      outcome.next_attempt_at = absl::Now() + options.ask_again;
    return outcome;
  }
  auto& ready = std::get<Ready>(written);
  const std::string domain = carrier.domain_of(ready.letter);
  const absl::Time now = absl::Now();
  const absl::Time slot = domain.empty() ? now : pace.slot_for(send.id, domain, now);
  if (slot > now) {
    outcome.transition = {SendState::kDeferred, reason::kRateLimited, 0, "", site_now};
    outcome.next_attempt_at = slot;
    outcome.tried = false;
    return outcome;
  }
  return Prepared{send.id, std::move(ready.message_id), std::move(ready.letter),
                  std::move(ready.gap), send.attempts + 1};
}

Outcome looked_up_anew(const std::string& id, absl::Time site_now) {
  return {.id = id,
          .transition = {SendState::kDeferred, reason::kPersonErased, 0, "", site_now},
          .next_attempt_at = absl::Now(),
          .tried = false};
}

Outcome outcome_of(const platform::MailOutcome& handed, const Prepared& prepared,
                   const SenderOptions& options, absl::Time site_now) {
  using Kind = platform::MailOutcome::Kind;
  Outcome outcome{
      .id = prepared.id,
      .transition = {SendState::kSent, reason::kAccepted, handed.code, handed.text, site_now},
      .gap = prepared.gap};
  if (handed.kind == Kind::kDelivered) return outcome;
  if (handed.kind == Kind::kRefused) {
    outcome.transition.state = SendState::kFailed;
    outcome.transition.reason = reason::kRefused;
    outcome.gap = gap::kRefused;
    return outcome;
  }
  const auto wait = wait_after(prepared.attempt, options.back_off);
  if (!wait) {
    outcome.transition.state = SendState::kFailed;
    outcome.transition.reason = reason::kGaveUp;
    outcome.gap = gap::kRefused;
    return outcome;
  }
  outcome.transition.state = SendState::kDeferred;
  outcome.transition.reason =
      handed.kind == Kind::kUnknown ? reason::kOutcomeUnknown : reason::kTryAgain;
  outcome.next_attempt_at = absl::Now() + *wait;
  return outcome;
}

}  // namespace kkr::notification
