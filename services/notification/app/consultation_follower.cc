#include "services/notification/app/consultation_follower.h"

#include <optional>
#include <utility>

#include "kkr/consultation/v1/events.pb.h"
#include "services/notification/domain/following.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

using Rules = platform::FollowRules<Domain>;
using Phase = v1::RoundPhaseFollowed::Phase;
using consultation::v1::Event;

// A rule that takes a fact of ours in.
template <class Fact>
Rules::Decide taking_in(Fact fact) {
  return [fact = std::move(fact)](const Notification& state, const Context& context) -> Decision {
    return follow(state, fact, context);
  };
}

Rules::Decide opened(const consultation::v1::RoundOpened& opened,
                     const platform::RecordedEvent& recorded) {
  v1::RoundFollowed fact;
  fact.set_round(opened.round().name());
  fact.set_title(opened.round().title());
  *fact.mutable_opened_at() = platform::timestamp_of(recorded.recorded_at);
  fact.set_deadline_date(opened.round().deadline_date());
  for (const auto& invited : opened.invited()) fact.add_municipalities(invited.code());
  fact.set_source_position(recorded.position);
  return taking_in(std::move(fact));
}

Rules::Decide phase(const std::string& round, Phase phase,
                    const platform::RecordedEvent& recorded) {
  v1::RoundPhaseFollowed fact;
  fact.set_round(round);
  fact.set_phase(phase);
  *fact.mutable_changed_at() = platform::timestamp_of(recorded.recorded_at);
  fact.set_source_position(recorded.position);
  return taking_in(std::move(fact));
}

// An answer that came in this version, or went.
Rules::Decide answer(const std::string& name, std::optional<int> version,
                     const platform::RecordedEvent& recorded) {
  v1::AnswerFollowed fact;
  fact.set_answer(name);
  fact.set_answered(version.has_value());
  *fact.mutable_changed_at() = platform::timestamp_of(recorded.recorded_at);
  fact.set_source_position(recorded.position);
  return [fact = std::move(fact), version](const Notification& state,
                                           const Context& context) -> Decision {
    return follow(state, fact, version, context);
  };
}

// An extension until that day, or none any more.
Rules::Decide deadline(const std::string& extension, const std::string& date,
                       const platform::RecordedEvent& recorded) {
  v1::DeadlineFollowed fact;
  fact.set_extension(extension);
  fact.set_deadline_date(date);
  *fact.mutable_changed_at() = platform::timestamp_of(recorded.recorded_at);
  fact.set_source_position(recorded.position);
  return taking_in(std::move(fact));
}

Rules::Decide collected(const std::string& collection, const platform::RecordedEvent& recorded) {
  const std::string round = collection.substr(0, collection.rfind("/collections/"));
  return [happening =
              Happening{
                  v1::OCCASION_COLLECTION_READY, collection, "1", recorded.recorded_at, {}, round}](
             const Notification& state, const Context& context) -> Decision {
    return follow(state, happening, context);
  };
}

// Most facts are drafts, which are not even read.
bool may_concern(const std::string& type) {
  return type.starts_with("round_") || type.starts_with("extension_") ||
         type.starts_with("answer_") || type == "collection_created";
}

Rules::Decide interpret_consultation(const platform::RecordedEvent& recorded) {
  if (!may_concern(recorded.type)) return nullptr;
  Event event;
  if (!event.ParseFromString(recorded.payload)) return nullptr;
  switch (event.fact_case()) {
    case Event::kRoundOpened: return opened(event.round_opened(), recorded);
    case Event::kRoundReopened:
      return phase(event.round_reopened().round(), v1::RoundPhaseFollowed::PHASE_OPEN, recorded);
    case Event::kRoundClosed:
      return phase(event.round_closed().round(), v1::RoundPhaseFollowed::PHASE_CLOSED, recorded);
    case Event::kRoundCancelled:
      return phase(event.round_cancelled().round(), v1::RoundPhaseFollowed::PHASE_CANCELLED,
                   recorded);
    case Event::kExtensionGranted:
      return deadline(event.extension_granted().extension(),
                      event.extension_granted().deadline_date(), recorded);
    case Event::kExtensionWithdrawn:
      return deadline(event.extension_withdrawn().extension(), "", recorded);
    case Event::kAnswerSubmitted:
      return answer(event.answer_submitted().answer(), event.answer_submitted().version().number(),
                    recorded);
    case Event::kAnswerRecorded:
      return answer(event.answer_recorded().answer(), event.answer_recorded().version().number(),
                    recorded);
    case Event::kAnswerWithdrawn:
      return answer(event.answer_withdrawn().answer(), std::nullopt, recorded);
    case Event::kCollectionCreated:
      return collected(event.collection_created().collection(), recorded);
    default: return nullptr;  // Nothing a notice is given of, nor a plan made from.
  }
}

}  // namespace

std::string consultation_log(std::string_view region) {
  return "consultation/" + std::string(region);
}

platform::FollowRules<Domain> follow_consultation(std::string_view region) {
  Rules rules;
  rules.interpret = interpret_consultation;
  rules.rolled_back = [source = consultation_log(region)](std::uint64_t common_position) {
    return [source, common_position](const Notification& state, const Context&) -> Decision {
      return roll_back(state, source, common_position);
    };
  };
  return rules;
}

}  // namespace kkr::notification
