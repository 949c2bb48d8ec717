// For tests: a region's log in memory, and the words to tell a story with. Every command is decided
// and, when it is not refused, its events are recorded as the platform would.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/consultation/domain/extension_commands.h"
#include "services/consultation/domain/paper_commands.h"
#include "services/consultation/domain/round_commands.h"

namespace kkr::consultation::story {

inline const std::string kRegion = "regions/hovedstaden";
inline const std::string kRoundName = kRegion + "/rounds/hoering";
inline const std::string kPaperName = kRegion + "/papers/rammepapir";
inline const RoundId kRound{"hoering"};

// Noon of a local day.
inline absl::Time noon(std::string_view date) {
  return platform::start_of(*platform::parse_date(date)) + absl::Hours(12);
}

class Story {
 public:
  Consultation state;
  absl::Time now = noon("2013-02-06");
  std::string actor = "secretariat";
  std::vector<platform::RecordedEvent> log;
  std::map<std::string, std::string> documents;

  Context context() const { return {now, actor, "id" + std::to_string(log.size() + 1)}; }

  // Decides and, unless refused, records.
  template <class Command, class... Others>
  Decision when(const Command& command, const Others&... others) {
    return record(decide(state, command, others..., context()));
  }

  Decision record(Decision decision) {
    if (const auto* effects = std::get_if<Effects>(&decision)) {
      for (const auto& fact : effects->facts) append(fact.stream, fact.event);
      for (const auto& write : effects->private_writes) {
        if (write.value) {
          documents[write.key] = *write.value;
        } else {
          documents.erase(write.key);
        }
      }
    }
    return decision;
  }

  void append(const std::string& stream, const v1::Event& event) {
    platform::RecordedEvent recorded;
    recorded.generation = "11112222-0000-4000-8000-000000000000";
    recorded.position = log.size() + 1;
    recorded.stream = stream;
    recorded.payload = event.SerializeAsString();
    recorded.metadata = actor;  // Stands in for EventMetadata.
    recorded.recorded_at = now;
    log.push_back(std::move(recorded));
    apply(log.back(), state);
  }

  static void apply(const platform::RecordedEvent& recorded, Consultation& state) {
    v1::Event event;
    event.ParseFromString(recorded.payload);
    evolve(state, Recorded{recorded, recorded.metadata, event});
  }

  // The round everything is about.
  const Round& round() const { return *(held_ = state.rounds.find(kRound)); }
  const Extension& extension(const std::string& code) const {
    return *extension_of(round(), MunicipalityCode{code});
  }

 private:
  mutable std::shared_ptr<const Round> held_;
};

// Why it was refused; fails the test by throwing when it was not.
inline Rejection refused(const Decision& decision) { return std::get<Refusal>(decision).rejection; }
inline const Refusal& refusal_of(const Decision& decision) { return std::get<Refusal>(decision); }
inline const Effects& effects_of(const Decision& decision) { return std::get<Effects>(decision); }

inline v1::Question text_question(const std::string& id) {
  v1::Question question;
  question.set_id(id);
  question.set_title("Hvordan vil kommunen arbejde med målsætningerne?");
  question.mutable_text();
  return question;
}

// The hearing of 6 February 2013.
inline v1::CreateRoundRequest draft() {
  v1::CreateRoundRequest command;
  command.set_parent(kRegion);
  command.set_round_id(kRound.text);
  v1::Round& round = *command.mutable_round();
  round.set_title("Politiske målsætninger på sundhedsområdet");
  *round.add_questions() = text_question("arbejde");
  round.set_deadline_date("2013-03-19");
  return command;
}

inline v1::InvitedMunicipality municipality(const std::string& code, const std::string& name) {
  v1::InvitedMunicipality invited;
  invited.set_code(code);
  invited.set_display_name(name);
  return invited;
}

inline ResolvedInvitation resolved() {
  ResolvedInvitation resolved;
  resolved.as_of_date = "2013-02-06";
  resolved.invited = {municipality("101", "København"), municipality("165", "Albertslund")};
  resolved.registry_generation = "g";
  resolved.registry_position = 98;
  return resolved;
}

template <class Command>
Command on(const std::string& name) {
  Command command;
  command.set_name(name);
  return command;
}

template <class Command>
Command because(const std::string& name, const std::string& reason) {
  Command command = on<Command>(name);
  command.set_reason(reason);
  return command;
}

inline std::string extension_name(const std::string& code) {
  return kRoundName + "/extensions/" + code;
}

template <class Command>
Command extend(const std::string& code, const std::string& date, const std::string& reason) {
  Command command = because<Command>(extension_name(code), reason);
  command.set_deadline_date(date);
  return command;
}

inline Story drafted() {
  Story story;
  story.when(draft());
  return story;
}

inline Story opened() {
  Story story = drafted();
  story.when(on<v1::OpenRoundRequest>(kRoundName), resolved());
  return story;
}

inline Story closed() {
  Story story = opened();
  story.when(on<v1::CloseRoundRequest>(kRoundName));
  return story;
}

}  // namespace kkr::consultation::story
