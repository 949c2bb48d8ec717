#include "services/notification/domain/following.h"

#include <utility>

#include "services/notification/domain/followed_round.h"
#include "services/notification/domain/state.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

using platform::instant_of;

bool is_known(const FollowedRound& round, std::uint64_t source_position) {
  return source_position <= round.source_position;
}

bool is_recorded(const Notification& state, const Happening& happening) {
  if (happening.round.empty()) {
    const auto invoice = state.invoices.find(happening.subject);
    if (invoice == nullptr) return false;
    return happening.occasion == v1::OCCASION_INVOICE_ISSUED ||
           invoice->dunnings.count(happening.step) > 0;
  }
  const auto round = find_round(state, happening.round);
  return round != nullptr &&
         round->notices.contains(notice_key(happening.occasion, happening.subject, happening.step));
}

std::string stream_of_subject(const Happening& happening) {
  const auto round = parse_round_name(happening.round);
  if (round) return stream_of(round->id);
  return "invoice-" + happening.subject.substr(happening.subject.rfind('/') + 1);
}

// Everybody it concerns, in order.
std::vector<MunicipalityCode> concerned(const Happening& happening, const FollowedRound* round) {
  if (!happening.municipalities.empty() || round == nullptr) return happening.municipalities;
  std::vector<MunicipalityCode> all;
  round->municipalities.for_each(
      [&](const MunicipalityCode& code, const AskedMunicipality&) { all.push_back(code); });
  return all;
}

// The notice of a happening, addressed to the offices that get it; `round` as it then stands.
v1::NoticeDue notice_of(const Notification& state, const Happening& happening,
                        const FollowedRound* round, const Context& context) {
  v1::NoticeDue notice;
  notice.set_occasion(happening.occasion);
  notice.set_subject(happening.subject);
  notice.set_step(happening.step);
  *notice.mutable_due_time() = platform::timestamp_of(happening.at);
  notice.set_round(happening.round);
  const std::vector<MunicipalityCode> codes = concerned(happening, round);
  if (round != nullptr) {
    const auto asked = codes.size() == 1 ? round->municipalities.find(codes.front()) : nullptr;
    notice.set_deadline_date(
        platform::format_date(asked == nullptr ? round->deadline : asked->deadline));
  }
  const bool too_late = context.now - happening.at > absl::Hours(24) * state.settings.late_days();
  for (const MunicipalityCode& code : codes) {
    for (const std::string& office : state.settings.offices_for(happening.occasion)) {
      v1::NoticeRecipient recipient;
      recipient.set_municipality(code.text);
      recipient.set_office(office);
      if (!too_late) {
        *notice.add_recipients() = std::move(recipient);
      } else {
        v1::DroppedRecipient& dropped = *notice.add_dropped();
        *dropped.mutable_recipient() = std::move(recipient);
        dropped.set_rule(v1::DROP_RULE_TOO_LATE);
      }
    }
  }
  return notice;
}

void give_notice(const Notification& state, const Happening& happening, const FollowedRound* round,
                 const Context& context, Effects& effects) {
  if (state.settings.offices_for(happening.occasion).empty()) return;  // Turned off.
  if (is_recorded(state, happening)) return;
  v1::Event event;
  *event.mutable_notice_due() = notice_of(state, happening, round, context);
  effects.facts.push_back({stream_of_subject(happening), std::move(event)});
}

}  // namespace

Effects follow(const Notification& state, v1::RoundFollowed fact, const Context& context) {
  Effects effects;
  const auto name = parse_round_name(fact.round());
  if (!name) return effects;
  const auto known = state.rounds.find(name->id);
  if (known != nullptr && is_known(*known, fact.source_position())) return effects;
  const Happening invitation{v1::OCCASION_INVITATION,      fact.round(), "1",
                             instant_of(fact.opened_at()), {},           fact.round()};
  FollowedRound opened;  // As far as the notice needs it.
  opened.deadline = platform::parse_date(fact.deadline_date()).value_or(LocalDate());
  for (const std::string& code : fact.municipalities()) {
    opened.municipalities.set(MunicipalityCode{code}, AskedMunicipality{opened.deadline});
  }
  v1::Event event;
  *event.mutable_round_followed() = std::move(fact);
  effects.facts.push_back({stream_of(name->id), std::move(event)});
  give_notice(state, invitation, &opened, context, effects);
  return effects;
}

Effects follow(const Notification& state, v1::AnswerFollowed fact, std::optional<int> version,
               const Context& context) {
  Effects effects;
  const auto name = parse_answer_name(fact.answer());
  const auto round = name ? state.rounds.find(name->id.round) : nullptr;
  if (round == nullptr || is_known(*round, fact.source_position())) return effects;
  const auto asked = round->municipalities.find(name->id.municipality);
  if (asked == nullptr) return effects;
  const Happening received{
      v1::OCCASION_ANSWER_RECEIVED,  fact.answer(),           std::to_string(version.value_or(0)),
      instant_of(fact.changed_at()), {name->id.municipality}, round->name};
  // A later version of an answer is nothing new to the plan.
  if (asked->answered != fact.answered()) {
    v1::Event event;
    *event.mutable_answer_followed() = std::move(fact);
    effects.facts.push_back({stream_of(name->id.round), std::move(event)});
  }
  if (version) give_notice(state, received, round.get(), context, effects);
  return effects;
}

Effects follow(const Notification& state, v1::DeadlineFollowed fact, const Context& context) {
  Effects effects;
  const auto name = parse_extension_name(fact.extension());
  const auto round = name ? state.rounds.find(name->id.round) : nullptr;
  if (round == nullptr || is_known(*round, fact.source_position())) return effects;
  const auto asked = round->municipalities.find(name->id.municipality);
  if (asked == nullptr) return effects;
  const bool granted = !fact.deadline_date().empty();
  if (!granted) fact.set_deadline_date(platform::format_date(round->deadline));
  // Withdrawing what was asked for but never granted moves nothing.
  if (!granted && asked->deadline == round->deadline) return effects;
  fact.set_deadline_version(asked->deadline_version + 1);
  // The same day may be granted again, after a withdrawal.
  const int move = asked->moves + 1;
  const std::string step = fact.deadline_date() + (move > 1 ? "-" + std::to_string(move) : "");
  const Happening extension{v1::OCCASION_EXTENSION_GRANTED, fact.extension(),        step,
                            instant_of(fact.changed_at()),  {name->id.municipality}, round->name};
  FollowedRound moved = *round;
  moved.deadline = platform::parse_date(fact.deadline_date()).value_or(round->deadline);
  moved.municipalities.update(name->id.municipality,
                              [&](AskedMunicipality& one) { one.deadline = moved.deadline; });
  v1::Event event;
  *event.mutable_deadline_followed() = std::move(fact);
  effects.facts.push_back({stream_of(name->id.round), std::move(event)});
  if (granted) give_notice(state, extension, &moved, context, effects);
  return effects;
}

Effects follow(const Notification& state, v1::RoundPhaseFollowed fact, const Context& context) {
  Effects effects;
  const auto name = parse_round_name(fact.round());
  const auto round = name ? state.rounds.find(name->id) : nullptr;
  if (round == nullptr || is_known(*round, fact.source_position())) return effects;
  const bool closed = fact.phase() == v1::RoundPhaseFollowed::PHASE_CLOSED;
  const bool reopened = fact.phase() == v1::RoundPhaseFollowed::PHASE_OPEN;
  const Happening ended{closed ? v1::OCCASION_ROUND_CLOSED : v1::OCCASION_ROUND_CANCELLED,
                        fact.round(),
                        std::to_string(closed ? round->closings + 1 : 1),
                        instant_of(fact.changed_at()),
                        {},
                        fact.round()};
  v1::Event event;
  *event.mutable_round_phase_followed() = std::move(fact);
  effects.facts.push_back({stream_of(name->id), std::move(event)});
  if (!reopened) give_notice(state, ended, round.get(), context, effects);
  return effects;
}

Effects follow(const Notification& state, const Happening& happening, const Context& context) {
  Effects effects;
  const auto round = find_round(state, happening.round);
  if (!happening.round.empty() && round == nullptr) return effects;
  give_notice(state, happening, round.get(), context, effects);
  return effects;
}

Effects follow_dunning(const Notification& state, const std::string& invoice, int step,
                       absl::Time at, const Context& context) {
  const auto known = state.invoices.find(invoice);
  if (known == nullptr) return {};
  const Happening dunning{v1::OCCASION_DUNNING,  invoice, std::to_string(step), at,
                          {known->municipality}, {}};
  return follow(state, dunning, context);
}

Effects roll_back(const Notification& state, const std::string& source,
                  std::uint64_t common_position) {
  Effects effects;
  bool touched = false;
  state.rounds.for_each([&](const RoundId&, const FollowedRound& round) {
    touched = touched || round.source_position > common_position;
  });
  if (!touched) return effects;
  v1::Event event;
  event.mutable_source_rolled_back()->set_source(source);
  event.mutable_source_rolled_back()->set_common_position(common_position);
  effects.facts.push_back({"sources", std::move(event)});
  return effects;
}

}  // namespace kkr::notification
