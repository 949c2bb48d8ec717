#include "services/notification/domain/followed_round.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/notification/domain/state.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

LocalDate date_of(const std::string& text) {
  return platform::parse_date(text).value_or(LocalDate());
}

// The round changed by a fact at that position of its source.
template <class Change>
void change(Notification& state, const RoundId& id, std::uint64_t source_position, Change&& apply) {
  state.change_round(id, [&](FollowedRound& round) {
    std::forward<Change>(apply)(round);
    round.source_position = std::max(round.source_position, source_position);
  });
}

}  // namespace

std::string notice_key(v1::Occasion occasion, const std::string& subject, const std::string& step) {
  return std::to_string(static_cast<int>(occasion)) + ' ' + subject + ' ' + step;
}

std::shared_ptr<const FollowedRound> find_round(const Notification& state, std::string_view name) {
  const auto parsed = parse_round_name(name);
  return parsed ? state.rounds.find(parsed->id) : nullptr;
}

void evolve(Notification& state, const v1::RoundFollowed& fact, const Recorded&) {
  const auto name = parse_round_name(fact.round());
  if (!name) return;
  change(state, name->id, fact.source_position(), [&](FollowedRound& round) {
    round.name = fact.round();
    round.title = fact.title();
    round.deadline = date_of(fact.deadline_date());
    round.phase = v1::RoundPhaseFollowed::PHASE_OPEN;
    round.phase_since = platform::instant_of(fact.opened_at());
    const auto before = std::exchange(round.municipalities, {});
    for (const std::string& code : fact.municipalities()) {
      AskedMunicipality asked;
      asked.deadline = round.deadline;
      // Known from before its source was restored.
      if (const auto known = before.find({code})) asked.deadline_version = known->deadline_version;
      round.municipalities.set({code}, asked);
    }
  });
}

void evolve(Notification& state, const v1::AnswerFollowed& fact, const Recorded&) {
  const auto name = parse_answer_name(fact.answer());
  if (!name) return;
  change(state, name->id.round, fact.source_position(), [&](FollowedRound& round) {
    round.municipalities.update(name->id.municipality, [&](AskedMunicipality& asked) {
      asked.answered = fact.answered();
      asked.answered_since = platform::instant_of(fact.changed_at());
    });
  });
}

void evolve(Notification& state, const v1::DeadlineFollowed& fact, const Recorded&) {
  const auto name = parse_extension_name(fact.extension());
  if (!name) return;
  change(state, name->id.round, fact.source_position(), [&](FollowedRound& round) {
    round.municipalities.update(name->id.municipality, [&](AskedMunicipality& asked) {
      asked.deadline = date_of(fact.deadline_date());
      ++asked.moves;
      asked.deadline_version = fact.deadline_version();
      asked.deadline_since = platform::instant_of(fact.changed_at());
    });
  });
}

void evolve(Notification& state, const v1::RoundPhaseFollowed& fact, const Recorded&) {
  const auto name = parse_round_name(fact.round());
  if (!name) return;
  change(state, name->id, fact.source_position(), [&](FollowedRound& round) {
    round.phase = fact.phase();
    round.phase_since = platform::instant_of(fact.changed_at());
    if (fact.phase() == v1::RoundPhaseFollowed::PHASE_CLOSED) ++round.closings;
  });
}

// Rounds that have seen a lost fact are learnt anew from the first; what the secretariat did to
// their reminders and what was recorded of them stays, and no calendar sees a version again.
void evolve(Notification& state, const v1::SourceRolledBack& fact, const Recorded&) {
  std::vector<RoundId> touched;
  state.rounds.for_each([&](const RoundId& id, const FollowedRound& round) {
    if (round.source_position > fact.common_position()) touched.push_back(id);
  });
  for (const RoundId& id : touched) {
    state.change_round(id, [](FollowedRound& round) {
      round.phase = v1::RoundPhaseFollowed::PHASE_UNSPECIFIED;
      round.closings = 0;
      round.source_position = 0;
      platform::PersistentMap<MunicipalityCode, AskedMunicipality> versions;
      round.municipalities.for_each(
          [&](const MunicipalityCode& code, const AskedMunicipality& asked) {
            AskedMunicipality anew;
            anew.deadline_version = asked.deadline_version + 1;
            versions.set(code, anew);
          });
      round.municipalities = std::move(versions);
    });
  }
}

}  // namespace kkr::notification
