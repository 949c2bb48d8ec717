#include "services/consultation/domain/round_commands.h"

#include <memory>
#include <utility>

#include "services/consultation/domain/arguments.h"
#include "services/consultation/domain/field_masks.h"
#include "services/consultation/domain/round_content.h"

namespace kkr::consultation {
namespace {

using platform::parse_date;
using RoundPtr = std::shared_ptr<const Round>;

RoundPtr find_round(const Consultation& state, const std::string& name) {
  const auto parsed = parse_round_name(name);
  return parsed ? state.rounds.find(parsed->round) : nullptr;
}

Effects happened(const RoundId& round, v1::Event event) {
  return Effects{{{stream_of(round), std::move(event)}}, {}};
}

// What `command` asks for is one fact with a reason that is kept outside the log.
template <class Command, class Fact>
Decision happened_because(const Command& command, const Context& context,
                          Fact* (v1::Event::*fact_of)()) {
  v1::Event event;
  Fact* fact = (event.*fact_of)();
  const RoundId round = round_of(command.name());
  const std::string key = "round/" + round.text + "/reason/" + context.new_id;
  fact->set_round(command.name());
  fact->mutable_reason()->set_key(key);
  return Effects{{{stream_of(round), std::move(event)}}, {{key, command.reason()}}};
}

bool paper_version_stands(const Consultation& state, const v1::Round& content) {
  if (content.paper().empty()) return true;
  const auto paper = state.papers.find(paper_of(content.paper()));
  return paper != nullptr && paper->content.name() == content.paper() &&
         version_of(*paper, content.paper_version()) != nullptr;
}

void keep_content(Round& round, const v1::Round& content) {
  round.content = content;
  round.deadline = parse_date(content.deadline_date());
}

void give_reason(Round& round, const std::string& key) {
  round.reason_key = key;
  round.reason_keys.push_back(key);
}

// Changes the round that a fact is about and gives it the etag of this event.
template <class Change>
void change_round(Consultation& state, const std::string& name, const Recorded& recorded,
                  Change&& apply) {
  state.rounds.update(round_of(name), [&](Round& round) {
    std::forward<Change>(apply)(round);
    round.etag = etag_of(recorded);
  });
}

}  // namespace

Decision decide(const Consultation& state, const v1::CreateRoundRequest& command,
                const Context& context) {
  const RoundId id{command.round_id().empty() ? context.new_id : command.round_id()};
  if (state.rounds.contains(id)) return refusal(Rejection::kRoundExists);
  const auto region = parse_region_name(command.parent());
  Arguments arguments;
  arguments.must(region.has_value(), "parent", "regions/{region}");
  arguments.must(command.round_id().empty() || is_wishable_id(command.round_id()), "round_id",
                 "[a-z][a-z0-9-]{0,62}");
  if (arguments.fault()) return *arguments.fault();
  v1::Event event;
  v1::Round& content = *event.mutable_round_created()->mutable_round();
  content = round_content_of(command.round(), round_name(*region, id));
  if (auto fault = fault_in(content)) return *std::move(fault);
  if (!paper_version_stands(state, content)) return refusal(Rejection::kPaperVersionUnknown);
  return happened(id, std::move(event));
}

Decision decide(const Consultation& state, const v1::UpdateRoundRequest& command, const Context&) {
  const RoundPtr round = find_round(state, command.round().name());
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.round().etag(), round->etag)) return refusal(Rejection::kEtagStale);
  if (round->phase != v1::Round::STATE_DRAFT) return refusal(Rejection::kRoundNotDraft);
  Arguments arguments;
  check_mask<v1::Round>(arguments, command.update_mask());
  if (arguments.fault()) return *arguments.fault();
  v1::Event event;
  v1::Round& content = *event.mutable_round_updated()->mutable_round();
  content = round_content_of(taken_over(round->content, command.round(), command.update_mask()),
                             round->content.name());
  if (auto fault = fault_in(content)) return *std::move(fault);
  if (!paper_version_stands(state, content)) return refusal(Rejection::kPaperVersionUnknown);
  if (content.SerializeAsString() == round->content.SerializeAsString()) return Effects{};
  return happened(round_of(content.name()), std::move(event));
}

std::optional<Refusal> fault_in_opening(const Consultation& state,
                                        const v1::OpenRoundRequest& command,
                                        const Context& context) {
  const RoundPtr round = find_round(state, command.name());
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.etag(), round->etag)) return refusal(Rejection::kEtagStale);
  if (round->phase != v1::Round::STATE_DRAFT) return refusal(Rejection::kRoundNotDraft);
  if (!round->deadline) return refusal(Rejection::kDeadlineMissing);
  if (platform::end_of(*round->deadline) <= context.now) {
    return refusal(Rejection::kDeadlineNotInFuture);
  }
  if (round->content.questions().empty()) return refusal(Rejection::kNoQuestions);
  return std::nullopt;
}

Decision decide(const Consultation& state, const v1::OpenRoundRequest& command,
                const ResolvedInvitation& resolved, const Context& context) {
  if (auto fault = fault_in_opening(state, command, context)) return *std::move(fault);
  const RoundPtr round = find_round(state, command.name());
  if (is_stale(resolved.round_etag, round->etag)) return refusal(Rejection::kEtagStale);
  if (resolved.invited.empty()) return refusal(Rejection::kNobodyInvited);
  v1::Event event;
  v1::RoundOpened& opened = *event.mutable_round_opened();
  *opened.mutable_round() = round->content;
  opened.mutable_round()->set_opens_date(
      platform::format_date(platform::local_date_of(context.now)));
  opened.mutable_round()->mutable_invitation()->set_as_of_date(resolved.as_of_date);
  opened.mutable_invited()->Assign(resolved.invited.begin(), resolved.invited.end());
  opened.set_registry_generation(resolved.registry_generation);
  opened.set_registry_position(resolved.registry_position);
  return happened(round_of(command.name()), std::move(event));
}

Decision decide(const Consultation& state, const v1::CloseRoundRequest& command, const Context&) {
  const RoundPtr round = find_round(state, command.name());
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.etag(), round->etag)) return refusal(Rejection::kEtagStale);
  if (round->phase != v1::Round::STATE_OPEN) return refusal(Rejection::kRoundNotOpen);
  v1::Event event;
  event.mutable_round_closed()->set_round(command.name());
  return happened(round_of(command.name()), std::move(event));
}

Decision decide(const Consultation& state, const v1::ReopenRoundRequest& command,
                const Context& context) {
  const RoundPtr round = find_round(state, command.name());
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.etag(), round->etag)) return refusal(Rejection::kEtagStale);
  if (round->phase != v1::Round::STATE_CLOSED && round->phase != v1::Round::STATE_COLLECTED) {
    return refusal(Rejection::kRoundNotClosed);
  }
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  return happened_because(command, context, &v1::Event::mutable_round_reopened);
}

Decision decide(const Consultation& state, const v1::CancelRoundRequest& command,
                const Context& context) {
  const RoundPtr round = find_round(state, command.name());
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.etag(), round->etag)) return refusal(Rejection::kEtagStale);
  if (round->phase != v1::Round::STATE_DRAFT && round->phase != v1::Round::STATE_OPEN) {
    return refusal(Rejection::kRoundNotOpen);
  }
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  return happened_because(command, context, &v1::Event::mutable_round_cancelled);
}

Decision decide(const Consultation& state, const v1::EraseRoundReasonsRequest& command,
                const Context&) {
  const RoundPtr round = find_round(state, command.name());
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  v1::Event event;
  event.mutable_round_reasons_erased()->set_round(command.name());
  return erasing(round->reason_keys, round_of(command.name()), std::move(event));
}

Effects erasing(const std::vector<std::string>& keys, const RoundId& round, v1::Event event) {
  if (keys.empty()) return {};
  Effects effects = happened(round, std::move(event));
  for (const std::string& key : keys) effects.private_writes.push_back({key, std::nullopt});
  return effects;
}

void create(Consultation& state, const v1::RoundCreated& fact, const Recorded& recorded) {
  change_round(state, fact.round().name(), recorded, [&](Round& round) {
    keep_content(round, fact.round());
    round.phase = v1::Round::STATE_DRAFT;
    round.created_at = recorded.at.recorded_at;
  });
}

void update(Consultation& state, const v1::RoundUpdated& fact, const Recorded& recorded) {
  change_round(state, fact.round().name(), recorded,
               [&](Round& round) { keep_content(round, fact.round()); });
}

void open(Consultation& state, const v1::RoundOpened& fact, const Recorded& recorded) {
  change_round(state, fact.round().name(), recorded, [&](Round& round) {
    keep_content(round, fact.round());
    Invited invited;
    for (const v1::InvitedMunicipality& one : fact.invited()) {
      invited.emplace(MunicipalityCode{one.code()}, one);
    }
    round.invited = std::make_shared<const Invited>(std::move(invited));
    round.registry_position = fact.registry_position();
    round.phase = v1::Round::STATE_OPEN;
    round.opened_at = recorded.at.recorded_at;
  });
}

void close(Consultation& state, const v1::RoundClosed& fact, const Recorded& recorded) {
  change_round(state, fact.round(), recorded, [&](Round& round) {
    round.phase = v1::Round::STATE_CLOSED;
    round.closed_at = recorded.at.recorded_at;
  });
}

void reopen(Consultation& state, const v1::RoundReopened& fact, const Recorded& recorded) {
  change_round(state, fact.round(), recorded, [&](Round& round) {
    round.phase = v1::Round::STATE_OPEN;
    round.closed_at.reset();
    give_reason(round, fact.reason().key());
  });
}

void cancel(Consultation& state, const v1::RoundCancelled& fact, const Recorded& recorded) {
  change_round(state, fact.round(), recorded, [&](Round& round) {
    round.phase = v1::Round::STATE_CANCELLED;
    give_reason(round, fact.reason().key());
  });
}

void erase(Consultation& state, const v1::RoundReasonsErased& fact, const Recorded& recorded) {
  change_round(state, fact.round(), recorded, [](Round& round) { round.reason_keys.clear(); });
}

}  // namespace kkr::consultation
