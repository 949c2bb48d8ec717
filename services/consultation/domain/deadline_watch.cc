#include "services/consultation/domain/deadline_watch.h"

#include <algorithm>
#include <utility>

namespace kkr::consultation {
namespace {

using platform::end_of;
using platform::format_date;

// Calls `visit(code, extension)` for each granted deadline that has not been recorded as passed;
// null for the round's own.
template <class Visit>
void visit_pending(const Round& round, Visit&& visit) {
  if (round.phase != v1::Round::STATE_OPEN) return;
  if (!round.deadline_passed) visit(*round.deadline, nullptr);
  for (const auto& [code, extension] : round.extensions) {
    if (extension.deadline && !extension.passed) visit(*extension.deadline, &extension);
  }
}

}  // namespace

std::optional<absl::Time> next_due(const Consultation& state) {
  std::optional<LocalDate> first;
  state.rounds.for_each([&](const RoundId&, const Round& round) {
    visit_pending(round, [&](LocalDate deadline, const Extension*) {
      first = first ? std::min(*first, deadline) : deadline;
    });
  });
  if (!first) return std::nullopt;
  return end_of(*first);
}

Effects record_due(const Consultation& state, const Context& context) {
  Effects effects;
  state.rounds.for_each([&](const RoundId& id, const Round& round) {
    visit_pending(round, [&](LocalDate deadline, const Extension* extension) {
      if (end_of(deadline) > context.now) return;
      v1::Event event;
      if (extension == nullptr) {
        event.mutable_deadline_passed()->set_round(round.content.name());
        event.mutable_deadline_passed()->set_deadline_date(format_date(deadline));
      } else {
        event.mutable_extended_deadline_passed()->set_extension(extension->content.name());
        event.mutable_extended_deadline_passed()->set_deadline_date(format_date(deadline));
      }
      effects.facts.push_back({stream_of(id), std::move(event)});
    });
  });
  return effects;
}

void pass(Consultation& state, const v1::DeadlinePassed& fact, const Recorded& recorded) {
  state.rounds.update(round_of(fact.round()), [&](Round& round) {
    round.deadline_passed = true;
    round.etag = etag_of(recorded);
  });
}

void pass(Consultation& state, const v1::ExtendedDeadlinePassed& fact, const Recorded& recorded) {
  const AnswerKey key = round_member_of(fact.extension(), "extensions");
  state.rounds.update(key.round, [&](Round& round) {
    Extension& extension = round.extensions[key.municipality];
    extension.passed = true;
    extension.etag = etag_of(recorded);
  });
}

}  // namespace kkr::consultation
