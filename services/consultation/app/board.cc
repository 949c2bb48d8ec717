#include "services/consultation/app/board.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "services/consultation/domain/answer.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

using AnswerPtr = std::shared_ptr<const Answer>;
using VersionPtr = std::shared_ptr<const AnswerVersion>;

// Where one municipality stands: what both its row and the counts are made from.
struct InviteeStanding {
  MunicipalityCode code;
  VersionPtr version;  // The newest; null when nothing was submitted.
  bool answered = false;
  v1::Invitee::AnswerState state = v1::Invitee::ANSWER_STATE_NOT_ANSWERED;
  v1::Timeliness timeliness = v1::TIMELINESS_UNSPECIFIED;
  const Extension* extension = nullptr;
  LocalDate deadline;
  bool overdue = false;
};

v1::Invitee::AnswerState state_of(v1::AnswerKind kind, v1::Timeliness timeliness) {
  switch (kind) {
    case v1::ANSWER_KIND_NO_COMMENTS: return v1::Invitee::ANSWER_STATE_NO_COMMENTS;
    case v1::ANSWER_KIND_DECLINES: return v1::Invitee::ANSWER_STATE_DECLINED;
    default:
      return timeliness == v1::TIMELINESS_LATE ? v1::Invitee::ANSWER_STATE_ANSWERED_LATE
                                               : v1::Invitee::ANSWER_STATE_ANSWERED;
  }
}

void look_at_answer(InviteeStanding& standing, const Round& round, const Answer& answer) {
  standing.version = newest_version(answer);
  standing.answered = has_answered(answer);
  if (standing.version == nullptr) {
    if (!answer.draft.empty()) standing.state = v1::Invitee::ANSWER_STATE_DRAFT;
    return;
  }
  standing.timeliness = timeliness_of(round, standing.code, *standing.version);
  standing.state = answer.withdrawn
                       ? v1::Invitee::ANSWER_STATE_WITHDRAWN
                       : state_of(standing.version->content.kind(), standing.timeliness);
}

InviteeStanding standing_of(const Consultation& state, const Round& round, const RoundId& id,
                            const MunicipalityCode& code, absl::Time now) {
  InviteeStanding standing;
  standing.code = code;
  standing.extension = extension_of(round, code);
  standing.deadline = deadline_of(round, code);
  const AnswerPtr answer = state.answers.find(AnswerKey{id, code});
  if (answer != nullptr) look_at_answer(standing, round, *answer);
  standing.overdue = !standing.answered && round.phase != v1::Round::STATE_CANCELLED &&
                     now >= platform::end_of(standing.deadline);
  return standing;
}

bool is_extended(const InviteeStanding& standing) {
  return standing.extension != nullptr && standing.extension->deadline.has_value();
}

v1::Invitee row_of(const Round& round, const v1::InvitedMunicipality& invited,
                   const InviteeStanding& standing) {
  v1::Invitee row;
  row.set_name(round.content.name() + "/invitees/" + invited.code());
  *row.mutable_municipality() = invited;
  row.set_answer_state(standing.state);
  row.set_deadline_date(platform::format_date(standing.deadline));
  row.set_extended(is_extended(standing));
  row.set_extension_asked(standing.extension != nullptr &&
                          standing.extension->content.state() == v1::Extension::STATE_ASKED);
  row.set_overdue(standing.overdue);
  if (standing.version != nullptr) {
    *row.mutable_submit_time() = platform::timestamp_of(standing.version->recorded_at);
    row.set_channel(standing.version->content.channel());
    row.set_late(standing.timeliness == v1::TIMELINESS_LATE);
  }
  return row;
}

void count_state(v1::InviteeCounts& counts, v1::Invitee::AnswerState state) {
  switch (state) {
    case v1::Invitee::ANSWER_STATE_NOT_ANSWERED:
      return counts.set_not_answered(counts.not_answered() + 1);
    case v1::Invitee::ANSWER_STATE_DRAFT: return counts.set_draft(counts.draft() + 1);
    case v1::Invitee::ANSWER_STATE_ANSWERED: return counts.set_answered(counts.answered() + 1);
    case v1::Invitee::ANSWER_STATE_ANSWERED_LATE:
      return counts.set_answered_late(counts.answered_late() + 1);
    case v1::Invitee::ANSWER_STATE_NO_COMMENTS:
      return counts.set_no_comments(counts.no_comments() + 1);
    case v1::Invitee::ANSWER_STATE_DECLINED: return counts.set_declined(counts.declined() + 1);
    case v1::Invitee::ANSWER_STATE_WITHDRAWN: return counts.set_withdrawn(counts.withdrawn() + 1);
    default: return;
  }
}

void count(v1::InviteeCounts& counts, const InviteeStanding& standing) {
  counts.set_invited(counts.invited() + 1);
  count_state(counts, standing.state);
  if (standing.overdue) counts.set_overdue(counts.overdue() + 1);
  if (is_extended(standing)) counts.set_extended(counts.extended() + 1);
  if (standing.state == v1::Invitee::ANSWER_STATE_ANSWERED &&
      standing.timeliness == v1::TIMELINESS_WITHIN_EXTENSION) {
    counts.set_answered_within_extension(counts.answered_within_extension() + 1);
  }
}

}  // namespace

v1::Invitee board_row(const Consultation& state, const Round& round,
                      const v1::InvitedMunicipality& invited, absl::Time now) {
  const RoundId id = round_of(round.content.name());
  return row_of(round, invited,
                standing_of(state, round, id, MunicipalityCode{invited.code()}, now));
}

v1::ListInviteesResponse board_of(const Consultation& state, const Round& round,
                                  std::string_view scope, const platform::Page& page,
                                  absl::Time now) {
  v1::ListInviteesResponse board;
  board.mutable_counts();
  const RoundId id = round_of(round.content.name());
  std::optional<LocalDate> next_change;
  bool more = false;
  for (const auto& [code, invited] : *round.invited) {
    const InviteeStanding standing = standing_of(state, round, id, code, now);
    count(*board.mutable_counts(), standing);
    if (!standing.answered && !standing.overdue && round.phase != v1::Round::STATE_CANCELLED) {
      next_change = next_change ? std::min(*next_change, standing.deadline) : standing.deadline;
    }
    if (code.text <= page.after) continue;
    if (static_cast<std::size_t>(board.invitees_size()) == page.size) {
      more = true;
      continue;
    }
    *board.add_invitees() = row_of(round, invited, standing);
  }
  if (more) {
    board.set_next_page_token(platform::make_page_token(
        scope, board.invitees(board.invitees_size() - 1).municipality().code()));
  }
  if (next_change) {
    *board.mutable_next_change_time() = platform::timestamp_of(platform::end_of(*next_change));
  }
  return board;
}

}  // namespace kkr::consultation
