#include "services/consultation/domain/extension_commands.h"

#include <optional>
#include <utility>

#include "services/consultation/domain/arguments.h"
#include "services/consultation/domain/round_commands.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

constexpr std::string_view kKind = "extensions";

// The round and the municipality a command is about.
struct Target {
  AnswerKey key;
  std::shared_ptr<const Round> round;
  const Extension* extension = nullptr;  // Null: the municipality never had one.
};

Target target_of(const Consultation& state, const std::string& name) {
  Target target;
  target.key = round_member_of(name, kKind);
  target.round = state.rounds.find(target.key.round);
  if (target.round != nullptr) {
    target.extension = extension_of(*target.round, target.key.municipality);
  }
  return target;
}

// What every command on an extension needs before anything else.
std::optional<Refusal> fault_in(const Target& target, const std::string& etag) {
  if (target.round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(etag, target.extension == nullptr ? "" : target.extension->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  if (target.round->phase != v1::Round::STATE_OPEN) return refusal(Rejection::kRoundNotOpen);
  if (invitee_of(*target.round, target.key.municipality) == nullptr) {
    return refusal(Rejection::kMunicipalityNotInvited,
                   {{"municipality", target.key.municipality.text}});
  }
  return std::nullopt;
}

// A later deadline lies in the future and after the one that holds now.
std::optional<Refusal> fault_in_deadline(const Target& target, const std::string& date,
                                         const Context& context) {
  Arguments arguments;
  arguments.must(!date.empty(), "deadline_date", "given");
  arguments.date("deadline_date", date);
  if (arguments.fault()) return arguments.fault();
  const LocalDate wanted = *platform::parse_date(date);
  if (platform::end_of(wanted) <= context.now) {
    return refusal(Rejection::kDeadlineNotInFuture, {{"deadline_date", date}});
  }
  const LocalDate present = deadline_of(*target.round, target.key.municipality);
  if (wanted <= present) {
    return refusal(Rejection::kDeadlineNotLater,
                   {{"deadline_date", date}, {"present", platform::format_date(present)}});
  }
  return std::nullopt;
}

// Fills in the name and the reason of a fact; the reason itself is kept outside the log.
template <class Command, class Fact>
Effects happened(const Target& target, const Command& command, const Context& context,
                 Fact* (v1::Event::*fact_of)(), v1::Event event) {
  Fact& fact = *(event.*fact_of)();
  const std::string key = "extension/" + target.key.round.text + "/" +
                          target.key.municipality.text + "/reason/" + context.new_id;
  fact.set_extension(command.name());
  fact.mutable_reason()->set_key(key);
  return Effects{{{stream_of(target.key.round), std::move(event)}}, {{key, command.reason()}}};
}

template <class Change>
void change_extension(Consultation& state, const std::string& name, const Recorded& recorded,
                      Change&& apply) {
  const AnswerKey key = round_member_of(name, kKind);
  state.rounds.update(key.round, [&](Round& round) {
    Extension& extension = round.extensions[key.municipality];
    extension.content.set_name(name);
    std::forward<Change>(apply)(extension);
    extension.etag = etag_of(recorded);
  });
}

void keep_decision(Extension& extension, v1::Extension::State state, const std::string& reason_key,
                   const Recorded& recorded) {
  extension.content.set_state(state);
  extension.content.set_decided_by(recorded.actor);
  *extension.content.mutable_decide_time() = platform::timestamp_of(recorded.at.recorded_at);
  extension.decided_reason_key = reason_key;
  extension.reason_keys.push_back(reason_key);
}

}  // namespace

Decision decide(const Consultation& state, const v1::AskExtensionRequest& command,
                const Context& context) {
  const Target target = target_of(state, command.name());
  if (auto fault = fault_in(target, command.etag())) return *std::move(fault);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  if (auto fault = fault_in_deadline(target, command.deadline_date(), context)) {
    return *std::move(fault);
  }
  v1::Event event;
  event.mutable_extension_asked()->set_deadline_date(command.deadline_date());
  return happened(target, command, context, &v1::Event::mutable_extension_asked, std::move(event));
}

Decision decide(const Consultation& state, const v1::GrantExtensionRequest& command,
                const Context& context) {
  const Target target = target_of(state, command.name());
  if (auto fault = fault_in(target, command.etag())) return *std::move(fault);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  if (auto fault = fault_in_deadline(target, command.deadline_date(), context)) {
    return *std::move(fault);
  }
  v1::Event event;
  event.mutable_extension_granted()->set_deadline_date(command.deadline_date());
  return happened(target, command, context, &v1::Event::mutable_extension_granted,
                  std::move(event));
}

Decision decide(const Consultation& state, const v1::RefuseExtensionRequest& command,
                const Context& context) {
  const Target target = target_of(state, command.name());
  if (auto fault = fault_in(target, command.etag())) return *std::move(fault);
  if (target.extension == nullptr ||
      target.extension->content.state() != v1::Extension::STATE_ASKED) {
    return refusal(Rejection::kExtensionNotAsked);
  }
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  return happened(target, command, context, &v1::Event::mutable_extension_refused, {});
}

Decision decide(const Consultation& state, const v1::WithdrawExtensionRequest& command,
                const Context& context) {
  const Target target = target_of(state, command.name());
  if (auto fault = fault_in(target, command.etag())) return *std::move(fault);
  if (target.extension == nullptr ||
      (target.extension->content.state() != v1::Extension::STATE_ASKED &&
       !target.extension->deadline)) {
    return refusal(Rejection::kNoExtension);
  }
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  return happened(target, command, context, &v1::Event::mutable_extension_withdrawn, {});
}

Decision decide(const Consultation& state, const v1::EraseExtensionReasonsRequest& command,
                const Context&) {
  const Target target = target_of(state, command.name());
  if (target.round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (target.extension == nullptr) return refusal(Rejection::kNoExtension);
  v1::Event event;
  event.mutable_extension_reasons_erased()->set_extension(command.name());
  return erasing(target.extension->reason_keys, target.key.round, std::move(event));
}

void ask(Consultation& state, const v1::ExtensionAsked& fact, const Recorded& recorded) {
  change_extension(state, fact.extension(), recorded, [&](Extension& extension) {
    extension.content.set_state(v1::Extension::STATE_ASKED);
    extension.content.set_asked_date(fact.deadline_date());
    extension.content.set_asked_by(recorded.actor);
    *extension.content.mutable_ask_time() = platform::timestamp_of(recorded.at.recorded_at);
    extension.asked_reason_key = fact.reason().key();
    extension.reason_keys.push_back(fact.reason().key());
  });
}

void grant(Consultation& state, const v1::ExtensionGranted& fact, const Recorded& recorded) {
  change_extension(state, fact.extension(), recorded, [&](Extension& extension) {
    keep_decision(extension, v1::Extension::STATE_GRANTED, fact.reason().key(), recorded);
    extension.content.set_deadline_date(fact.deadline_date());
    extension.deadline = platform::parse_date(fact.deadline_date());
    extension.passed = false;
  });
}

void refuse(Consultation& state, const v1::ExtensionRefused& fact, const Recorded& recorded) {
  change_extension(state, fact.extension(), recorded, [&](Extension& extension) {
    keep_decision(extension, v1::Extension::STATE_REFUSED, fact.reason().key(), recorded);
  });
}

void withdraw(Consultation& state, const v1::ExtensionWithdrawn& fact, const Recorded& recorded) {
  change_extension(state, fact.extension(), recorded, [&](Extension& extension) {
    keep_decision(extension, v1::Extension::STATE_WITHDRAWN, fact.reason().key(), recorded);
    extension.content.clear_deadline_date();
    extension.deadline.reset();
    extension.passed = false;
  });
}

void erase(Consultation& state, const v1::ExtensionReasonsErased& fact, const Recorded& recorded) {
  change_extension(state, fact.extension(), recorded,
                   [](Extension& extension) { extension.reason_keys.clear(); });
}

}  // namespace kkr::consultation
