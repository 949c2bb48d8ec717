// A domain small enough to see through, on which the platform is tested: notes by key, each with a
// text, a count of its writes and maybe a reminder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "kkr/notebook/v1/events.pb.h"
#include "services/platform/appender/command.h"
#include "services/platform/due_work/due_work.h"
#include "services/platform/follower/follower.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::notebook {

struct Note {
  std::string text;
  std::uint64_t writes = 0;
  std::optional<absl::Time> remind_at;
  std::uint64_t source_position = 0;
  std::uint64_t written_position = 0;
  std::string written_by;
  bool pinned = false;
  bool operator==(const Note&) const = default;
};

struct Notes {
  platform::PersistentMap<std::string, Note> notes;
  std::uint64_t reminders_passed = 0;
};

// In order of precedence.
enum class Rejection { kKeyMissing, kNoteExists, kNoteUnknown };

struct Notebook {
  using State = Notes;
  using Event = v1::Event;
  using Rejection = notebook::Rejection;
  static void evolve(State& state, const platform::Recorded<Event>& recorded);
  static std::string save_state(const State& state);
  static bool load_state(std::string_view saved, State& state);
  static constexpr int kStateVersion = 4;
};

using Command = platform::Command<Notebook>;
using Outcome = platform::Outcome<Notebook>;
using Committed = platform::Committed<Notebook>;
using Decision = platform::DecisionOf<v1::Event, Rejection>;
using Decide = decltype(Command::decide);

// Writes a note whether or not it exists.
Decide write(std::string key, std::string text, std::optional<absl::Time> remind_at = {});
// Writes a note that must not exist yet. A missing key is refused first.
Decide create(std::string key, std::string text);
// Zero events when there is no such note.
Decide remove(std::string key);
// Writes the note's number of writes so far, plus one, as its text: shows every lost update.
Decide count_up(std::string key);
// Two notes in one command.
Decide write_both(std::string first, std::string second);
// Puts a note at the top: a fact that the first version does not know.
Decide pin(std::string key);
// A note whose text stands outside the log.
Decide write_privately(std::string key, std::string text);
// Nothing to do, successfully.
Decide nothing();

// Copies the notes of another notebook, except those whose key begins with "own-".
platform::FollowRules<Notebook> copy_notes();
// Records the reminders that have come.
platform::DuePlan<Notebook> reminders();

}  // namespace kkr::notebook
