#include "services/consultation/domain/collection_commands.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "services/consultation/domain/answer_documents.h"
#include "services/consultation/domain/arguments.h"
#include "services/consultation/domain/question_value.h"

namespace kkr::consultation {
namespace {

constexpr std::size_t kNoteLengthMax = 5'000;

v1::CollectionEntry entry_of(const Consultation& state, const RoundId& id, const Round& round,
                             const MunicipalityCode& code) {
  v1::CollectionEntry entry;
  entry.set_municipality(code.text);
  const Extension* extension = extension_of(round, code);
  if (extension != nullptr && extension->deadline) {
    entry.set_extension_date(platform::format_date(*extension->deadline));
  }
  const auto answer = state.answers.find(AnswerKey{id, code});
  const auto version = answer == nullptr ? nullptr : newest_version(*answer);
  if (version == nullptr) return entry;
  entry.set_version(version->content.number());
  entry.set_withdrawn(answer->withdrawn);
  if (answer->withdrawn) return entry;
  entry.set_timeliness(timeliness_of(round, code, *version));
  *entry.mutable_treatment() = answer->treatment;
  return entry;
}

void check_note(Arguments& arguments, const std::string& field, const std::string& text,
                std::size_t length_min) {
  arguments.text(field, text, length_min, kNoteLengthMax, platform::Lines::kMany);
  arguments.must(is_printable(text), field, "without control characters");
}

std::optional<Refusal> fault_in(const v1::CreateCollectionRequest& command) {
  Arguments arguments;
  std::set<std::string> noted;
  for (const v1::QuestionNote& note : command.question_notes()) {
    arguments.must(noted.insert(note.question()).second, "question_notes",
                   "each question at most once");
    check_note(arguments, "question_notes.text", note.text(), 1);
  }
  check_note(arguments, "outcome_note", command.outcome_note(), 0);
  return arguments.fault();
}

void keep_notes(const v1::CreateCollectionRequest& command, const RoundId& id,
                v1::CollectionCreated& fact, Effects& effects) {
  for (const v1::QuestionNote& note : command.question_notes()) {
    std::string key = question_note_key(id, fact.number(), note.question());
    v1::CollectionNote& kept = *fact.add_question_notes();
    kept.set_question(note.question());
    kept.mutable_text()->set_key(key);
    effects.private_writes.push_back({std::move(key), note.text()});
  }
  if (command.outcome_note().empty()) return;
  std::string key = outcome_note_key(id, fact.number());
  fact.mutable_outcome_note()->set_key(key);
  effects.private_writes.push_back({std::move(key), command.outcome_note()});
}

}  // namespace

Decision decide(const Consultation& state, const v1::CreateCollectionRequest& command,
                const Context&) {
  const auto name = parse_round_name(command.parent());
  const auto round = name ? state.rounds.find(name->round) : nullptr;
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.round_etag(), round->etag)) return refusal(Rejection::kEtagStale);
  if (round->phase != v1::Round::STATE_CLOSED && round->phase != v1::Round::STATE_COLLECTED) {
    return refusal(Rejection::kRoundNotClosed);
  }
  if (auto fault = fault_in(command)) return *std::move(fault);
  for (const v1::QuestionNote& note : command.question_notes()) {
    if (question_of(*round, note.question()) != nullptr) continue;
    return refusal(Rejection::kQuestionUnknown, {{"question", note.question()}});
  }

  const auto made = state.collections.find(name->round);
  Effects effects;
  v1::Event event;
  v1::CollectionCreated& fact = *event.mutable_collection_created();
  fact.set_number(made == nullptr ? 1 : static_cast<int>(made->size()) + 1);
  fact.set_collection(collection_name(name->region, name->round, fact.number()));
  for (const auto& [code, invitee] : *round->invited) {
    *fact.add_entries() = entry_of(state, name->round, *round, code);
  }
  keep_notes(command, name->round, fact, effects);
  effects.facts.push_back({stream_of(name->round), std::move(event)});
  return effects;
}

Decision decide(const Consultation& state, const v1::EraseCollectionNotesRequest& command,
                const Context&) {
  const auto name = parse_collection_name(command.name());
  const auto made = name ? state.collections.find(name->round) : nullptr;
  const auto collection = made == nullptr ? nullptr : made->find(name->number);
  if (collection == nullptr) return refusal(Rejection::kCollectionUnknown);
  Effects effects;
  if (collection->notes_erased) return effects;
  v1::Event event;
  event.mutable_collection_notes_erased()->set_collection(command.name());
  effects.facts.push_back({stream_of(name->round), std::move(event)});
  for (const v1::CollectionNote& note : collection->content.question_notes()) {
    effects.private_writes.push_back({note.text().key(), std::nullopt});
  }
  if (collection->content.has_outcome_note()) {
    effects.private_writes.push_back({collection->content.outcome_note().key(), std::nullopt});
  }
  return effects;
}

}  // namespace kkr::consultation
