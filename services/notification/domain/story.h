// The words of the tests that begin with a round: the hearing of 2013 asks three municipalities
// until 19 March, and is reminded of 14, 7 and 2 days before.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/notification/domain/following.h"
#include "services/notification/domain/reminder_commands.h"
#include "services/notification/domain/state.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification::story {

inline constexpr char kRound[] = "regions/hovedstaden/rounds/sundhed-2013";
inline constexpr char kInvoice[] = "regions/hovedstaden/invoices/165-2013-1";

// A local time of 2013.
inline absl::Time at(int month, int day, int hour = 9) {
  return absl::FromCivil(absl::CivilHour(2013, month, day, hour), platform::copenhagen());
}

// Why it was refused; nullopt when it was not.
inline std::optional<Rejection> rejection_in(const Decision& decision) {
  const auto* fault = std::get_if<Refusal>(&decision);
  return fault == nullptr ? std::nullopt : std::optional(fault->rejection);
}

// A region's state, told what happens; every command must succeed unless its refusal is asked for.
class Scene {
 public:
  Notification state;
  std::map<std::string, std::string> documents;  // What stands beside the log.
  absl::Time now = at(2, 6, 12);

  Context context() const { return {now, "secretariat", "id-" + std::to_string(position_)}; }

  // The facts that were recorded.
  std::vector<v1::Event> take(Decision decision) {
    const auto* fault = std::get_if<Refusal>(&decision);
    EXPECT_EQ(fault, nullptr) << "was refused: " << static_cast<int>(fault->rejection);
    std::vector<v1::Event> events;
    if (fault != nullptr) return events;
    for (const auto& write : std::get<Effects>(decision).private_writes) {
      if (write.value) {
        documents[write.key] = *write.value;
      } else {
        EXPECT_EQ(documents.erase(write.key), 1U) << write.key;
      }
    }
    for (const auto& fact : std::get<Effects>(decision).facts) {
      record(fact.event);
      events.push_back(fact.event);
    }
    return events;
  }

  template <class Command>
  std::vector<v1::Event> tell(const Command& command) {
    return take(decide(state, command, context()));
  }

  template <class Command>
  Rejection refused(const Command& command) const {
    const Decision decision = decide(state, command, context());
    const auto* fault = std::get_if<Refusal>(&decision);
    EXPECT_NE(fault, nullptr) << "was not refused";
    return fault == nullptr ? Rejection{} : fault->rejection;
  }

  std::vector<v1::Event> open(const std::string& deadline = "2013-03-19",
                              const std::string& round = kRound) {
    v1::RoundFollowed fact;
    fact.set_round(round);
    fact.set_title("Sundhed");
    *fact.mutable_opened_at() = platform::timestamp_of(now);
    fact.set_deadline_date(deadline);
    for (const char* code : {"101", "147", "165"}) fact.add_municipalities(code);
    fact.set_source_position(++source_);
    return take(follow(state, fact, context()));
  }

  std::vector<v1::Event> answer(const std::string& code, std::optional<int> version = 1) {
    v1::AnswerFollowed fact;
    fact.set_answer(std::string(kRound) + "/answers/" + code);
    fact.set_answered(version.has_value());
    *fact.mutable_changed_at() = platform::timestamp_of(now);
    fact.set_source_position(++source_);
    return take(follow(state, fact, version, context()));
  }
  std::vector<v1::Event> withdraw(const std::string& code) { return answer(code, std::nullopt); }

  // An empty date takes the extension back.
  std::vector<v1::Event> extend(const std::string& code, const std::string& date) {
    v1::DeadlineFollowed fact;
    fact.set_extension(std::string(kRound) + "/extensions/" + code);
    fact.set_deadline_date(date);
    *fact.mutable_changed_at() = platform::timestamp_of(now);
    fact.set_source_position(++source_);
    return take(follow(state, fact, context()));
  }

  std::vector<v1::Event> enter(Phase phase) {
    v1::RoundPhaseFollowed fact;
    fact.set_round(kRound);
    fact.set_phase(phase);
    *fact.mutable_changed_at() = platform::timestamp_of(now);
    fact.set_source_position(++source_);
    return take(follow(state, fact, context()));
  }

  // The reminders recorded at that time, each as `step: recipients; dropped RULE: recipients`.
  std::vector<std::string> remind(absl::Time when) {
    now = when;
    std::vector<std::string> lines;
    for (const v1::Event& event : take(record_due(state, context()))) {
      lines.push_back(line_of(event.notice_due()));
    }
    return lines;
  }

  // Everything that is planned, each as `date step: recipients`.
  std::vector<std::string> plan() const {
    std::vector<std::string> lines;
    for (const PlannedReminder& one : plan_of(*find_round(state, kRound), state.settings)) {
      std::string line = absl::FormatTime("%m-%d %H ", one.send_at, platform::copenhagen()) +
                         step_of(one.id) + ":";
      for (const Recipient& recipient : one.recipients) line += " " + recipient.municipality.text;
      lines.push_back(line);
    }
    return lines;
  }

  static std::string line_of(const v1::NoticeDue& notice) {
    std::string line = notice.step() + ":";
    for (const auto& recipient : notice.recipients()) line += " " + recipient.municipality();
    for (const auto& dropped : notice.dropped()) {
      line += " " + dropped.recipient().municipality() + "=" +
              v1::DropRule_Name(dropped.rule()).substr(std::string("DROP_RULE_").size());
    }
    return line;
  }

  // Sets the log of the consultation service back.
  void roll_back_to(std::uint64_t position) {
    take(roll_back(state, "consultation/hovedstaden", position));
    source_ = 0;
  }
  std::uint64_t source() const { return source_; }
  // Of the last fact.
  std::uint64_t position() const { return position_; }

 private:
  void record(const v1::Event& event) {
    platform::RecordedEvent place;
    place.generation = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
    place.position = ++position_;
    place.recorded_at = now;
    evolve(state, Recorded{place, "secretariat", event});
  }

  std::uint64_t position_ = 0;
  std::uint64_t source_ = 0;
};

}  // namespace kkr::notification::story
