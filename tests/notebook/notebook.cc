#include "tests/notebook/notebook.h"

#include <utility>

#include "services/platform/appender/fact_codec.h"

namespace kkr::notebook {
namespace {

using platform::Context;
using platform::Effects;
using platform::Fact;
using platform::Refusal;

google::protobuf::Timestamp to_proto(absl::Time at) {
  google::protobuf::Timestamp timestamp;
  const auto micros = absl::ToUnixMicros(at);
  timestamp.set_seconds(micros / 1'000'000);
  timestamp.set_nanos(static_cast<int>(micros % 1'000'000) * 1'000);
  return timestamp;
}

absl::Time from_proto(const google::protobuf::Timestamp& at) {
  return absl::FromUnixSeconds(at.seconds()) + absl::Nanoseconds(at.nanos());
}

Fact<v1::Event> written(const std::string& key, const std::string& text,
                        std::optional<absl::Time> remind_at = {}, std::uint64_t source = 0) {
  v1::Event event;
  v1::NoteWritten& note = *event.mutable_note_written();
  note.set_key(key);
  note.set_text(text);
  if (remind_at) *note.mutable_remind_at() = to_proto(*remind_at);
  note.set_source_position(source);
  return {"note-" + key, std::move(event)};
}

Fact<v1::Event> removed(const std::string& key) {
  v1::Event event;
  event.mutable_note_removed()->set_key(key);
  return {"note-" + key, std::move(event)};
}

Decision effects(std::vector<Fact<v1::Event>> facts,
                 std::vector<platform::PrivateWrite> writes = {}) {
  return Effects<v1::Event>{std::move(facts), std::move(writes)};
}

// The newest fact about a note stands in it: an older one that comes again changes nothing.
Decision copy_written(const Notes& state, const v1::NoteWritten& note, std::uint64_t position) {
  const auto present = state.notes.find(note.key());
  if (present != nullptr && present->source_position >= position) return effects({});
  return effects({written(note.key(), note.text(), {}, position)});
}

Decision copy_removed(const Notes& state, const std::string& key, std::uint64_t position) {
  const auto present = state.notes.find(key);
  if (present == nullptr || present->source_position >= position) return effects({});
  return effects({removed(key)});
}

Decision remove_copied_after(const Notes& state, std::uint64_t position) {
  std::vector<Fact<v1::Event>> facts;
  state.notes.for_each([&](const std::string& key, const Note& note) {
    if (note.source_position > position) facts.push_back(removed(key));
  });
  return effects(std::move(facts));
}

}  // namespace

void Notebook::evolve(State& state, const platform::Recorded<Event>& recorded) {
  const Event& event = recorded.event;
  switch (event.fact_case()) {
    case Event::kNoteWritten:
      state.notes.update(event.note_written().key(), [&](Note& note) {
        note.text = event.note_written().text();
        ++note.writes;
        note.remind_at.reset();
        if (event.note_written().has_remind_at()) {
          note.remind_at = from_proto(event.note_written().remind_at());
        }
        note.source_position = event.note_written().source_position();
        note.written_position = recorded.at.position;
        note.written_by = recorded.actor;
      });
      return;
    case Event::kNoteRemoved: state.notes.erase(event.note_removed().key()); return;
    case Event::kReminderPassed:
      ++state.reminders_passed;
      state.notes.update(event.reminder_passed().key(), [](Note& note) { note.remind_at.reset(); });
      return;
    case Event::kNotePinned:
      state.notes.update(event.note_pinned().key(), [](Note& note) { note.pinned = true; });
      return;
    case Event::FACT_NOT_SET: return;
  }
}

// A series of serialized facts, each behind the counts a fact does not hold.
std::string Notebook::save_state(const State& state) {
  std::string saved = std::to_string(state.reminders_passed) + "\n";
  state.notes.for_each([&saved](const std::string& key, const Note& note) {
    const auto fact = written(key, note.text, note.remind_at, note.source_position);
    const std::string bytes = fact.event.SerializeAsString();
    saved += std::to_string(note.writes) + " " + std::to_string(note.pinned) + " " +
             std::to_string(note.written_position) + " " + std::to_string(note.written_by.size()) +
             " " + std::to_string(bytes.size()) + "\n" + note.written_by + bytes;
  });
  return saved;
}

bool Notebook::load_state(std::string_view saved, State& state) {
  const auto number = [&saved] {
    std::uint64_t value = 0;
    while (!saved.empty() && saved.front() >= '0' && saved.front() <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(saved.front() - '0');
      saved.remove_prefix(1);
    }
    if (!saved.empty()) saved.remove_prefix(1);
    return value;
  };
  const auto bytes = [&saved](std::uint64_t size) {
    std::string taken(saved.substr(0, size));
    saved.remove_prefix(taken.size());
    return taken;
  };
  state.reminders_passed = number();
  while (!saved.empty()) {
    Note note;
    note.writes = number();
    note.pinned = number() != 0;
    note.written_position = number();
    const std::uint64_t actor_size = number();
    const std::uint64_t event_size = number();
    note.written_by = bytes(actor_size);
    v1::Event event;
    if (!event.ParseFromString(bytes(event_size)) || !event.has_note_written()) return false;
    note.text = event.note_written().text();
    note.source_position = event.note_written().source_position();
    if (event.note_written().has_remind_at()) {
      note.remind_at = from_proto(event.note_written().remind_at());
    }
    state.notes.set(event.note_written().key(), std::move(note));
  }
  return true;
}

Decide write(std::string key, std::string text, std::optional<absl::Time> remind_at) {
  return [=](const Notes&, const Context&) { return effects({written(key, text, remind_at)}); };
}

Decide create(std::string key, std::string text) {
  return [=](const Notes& state, const Context&) -> Decision {
    if (key.empty()) return Refusal<Rejection>{Rejection::kKeyMissing, {}};
    if (state.notes.contains(key))
      return Refusal<Rejection>{Rejection::kNoteExists, {{"key", key}}};
    return effects({written(key, text)});
  };
}

Decide remove(std::string key) {
  return [=](const Notes& state, const Context&) {
    return state.notes.contains(key) ? effects({removed(key)}) : effects({});
  };
}

Decide count_up(std::string key) {
  return [=](const Notes& state, const Context&) {
    const auto note = state.notes.find(key);
    const std::uint64_t writes = note == nullptr ? 0 : note->writes;
    return effects({written(key, std::to_string(writes + 1))});
  };
}

Decide write_both(std::string first, std::string second) {
  return [=](const Notes&, const Context&) {
    return effects({written(first, "first"), written(second, "second")});
  };
}

Decide pin(std::string key) {
  return [=](const Notes&, const Context&) {
    v1::Event event;
    event.mutable_note_pinned()->set_key(key);
    return effects({{"note-" + key, std::move(event)}});
  };
}

Decide write_privately(std::string key, std::string text) {
  return [=](const Notes&, const Context&) {
    return effects({written(key, "")}, {{"note/" + key, text}});
  };
}

Decide nothing() {
  return [](const Notes&, const Context&) { return effects({}); };
}

platform::FollowRules<Notebook> copy_notes() {
  return {[](const platform::RecordedEvent& recorded) -> Decide {
            v1::Event event;
            event.ParseFromString(recorded.payload);
            if (event.has_note_written() && !event.note_written().key().starts_with("own-")) {
              return [note = event.note_written(), position = recorded.position](const Notes& state,
                                                                                 const Context&) {
                return copy_written(state, note, position);
              };
            }
            if (!event.has_note_removed()) return {};
            return [key = event.note_removed().key(), position = recorded.position](
                       const Notes& state, const Context&) {
              return copy_removed(state, key, position);
            };
          },
          [](std::uint64_t position) -> Decide {
            return [position](const Notes& state, const Context&) {
              return remove_copied_after(state, position);
            };
          }};
}

platform::DuePlan<Notebook> reminders() {
  return {[](const Notes& state) {
            std::optional<absl::Time> next;
            state.notes.for_each([&next](const std::string&, const Note& note) {
              if (note.remind_at && (!next || *note.remind_at < *next)) next = note.remind_at;
            });
            return next;
          },
          [](const Notes& state, const Context& context) {
            std::vector<Fact<v1::Event>> facts;
            state.notes.for_each([&](const std::string& key, const Note& note) {
              if (!note.remind_at || *note.remind_at > context.now) return;
              v1::Event event;
              event.mutable_reminder_passed()->set_key(key);
              *event.mutable_reminder_passed()->mutable_remind_at() = to_proto(*note.remind_at);
              facts.push_back({"note-" + key, std::move(event)});
            });
            return effects(std::move(facts));
          }};
}

}  // namespace kkr::notebook
