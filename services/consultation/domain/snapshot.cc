// Saves and loads the whole state, and papers and rounds in detail. Dates that are parsed once for
// speed are parsed again from the content.
#include <memory>
#include <utility>

#include "kkr/consultation/v1/snapshot.pb.h"
#include "services/consultation/domain/answer_snapshot.h"
#include "services/consultation/domain/state.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

using platform::parse_date;

void save(const Paper& paper, v1::PaperSnapshot& saved) {
  *saved.mutable_content() = paper.content;
  saved.set_etag(paper.etag);
  *saved.mutable_created_at() = platform::timestamp_of(paper.created_at);
  *saved.mutable_updated_at() = platform::timestamp_of(paper.updated_at);
}

Paper loaded(v1::PaperSnapshot& saved) {
  Paper paper;
  paper.content.Swap(saved.mutable_content());
  paper.etag = saved.etag();
  paper.created_at = platform::instant_of(saved.created_at());
  paper.updated_at = platform::instant_of(saved.updated_at());
  return paper;
}

void save(const Extension& extension, v1::ExtensionSnapshot& saved) {
  *saved.mutable_content() = extension.content;
  saved.set_asked_reason_key(extension.asked_reason_key);
  saved.set_decided_reason_key(extension.decided_reason_key);
  saved.set_passed(extension.passed);
  saved.set_etag(extension.etag);
  saved.mutable_reason_keys()->Assign(extension.reason_keys.begin(), extension.reason_keys.end());
}

Extension loaded(v1::ExtensionSnapshot& saved) {
  Extension extension;
  extension.content.Swap(saved.mutable_content());
  extension.asked_reason_key = saved.asked_reason_key();
  extension.decided_reason_key = saved.decided_reason_key();
  extension.deadline = parse_date(extension.content.deadline_date());
  extension.passed = saved.passed();
  extension.etag = saved.etag();
  extension.reason_keys.assign(saved.reason_keys().begin(), saved.reason_keys().end());
  return extension;
}

void save(const Round& round, v1::RoundSnapshot& saved) {
  *saved.mutable_content() = round.content;
  saved.set_phase(round.phase);
  for (const auto& [code, invited] : *round.invited) *saved.add_invited() = invited;
  saved.set_registry_position(round.registry_position);
  for (const auto& [code, extension] : round.extensions) save(extension, *saved.add_extensions());
  saved.set_deadline_passed(round.deadline_passed);
  saved.set_reason_key(round.reason_key);
  *saved.mutable_created_at() = platform::timestamp_of(round.created_at);
  if (round.opened_at) *saved.mutable_opened_at() = platform::timestamp_of(*round.opened_at);
  if (round.closed_at) *saved.mutable_closed_at() = platform::timestamp_of(*round.closed_at);
  saved.set_etag(round.etag);
  saved.mutable_reason_keys()->Assign(round.reason_keys.begin(), round.reason_keys.end());
}

Round loaded(v1::RoundSnapshot& saved) {
  Round round;
  round.content.Swap(saved.mutable_content());
  round.phase = saved.phase();
  round.deadline = parse_date(round.content.deadline_date());
  Invited invited;
  for (const v1::InvitedMunicipality& one : saved.invited()) {
    invited.emplace(MunicipalityCode{one.code()}, one);
  }
  round.invited = std::make_shared<const Invited>(std::move(invited));
  round.registry_position = saved.registry_position();
  for (v1::ExtensionSnapshot& extension : *saved.mutable_extensions()) {
    const auto code = round_member_of(extension.content().name(), "extensions").municipality;
    round.extensions.emplace(code, loaded(extension));
  }
  round.deadline_passed = saved.deadline_passed();
  round.reason_key = saved.reason_key();
  round.created_at = platform::instant_of(saved.created_at());
  if (saved.has_opened_at()) round.opened_at = platform::instant_of(saved.opened_at());
  if (saved.has_closed_at()) round.closed_at = platform::instant_of(saved.closed_at());
  round.etag = saved.etag();
  round.reason_keys.assign(saved.reason_keys().begin(), saved.reason_keys().end());
  return round;
}

}  // namespace

// One object after the other, through one message that keeps its memory: that of all of them would
// take many times the text. Messages written behind each other are read as one.
std::string save_state(const Consultation& state) {
  std::string text;
  v1::ConsultationSnapshot part;
  const auto write_part = [&] {
    part.AppendToString(&text);
    part.Clear();
  };
  state.papers.for_each([&](const PaperId&, const Paper& paper) {
    save(paper, *part.add_papers());
    write_part();
  });
  state.rounds.for_each([&](const RoundId&, const Round& round) {
    save(round, *part.add_rounds());
    write_part();
  });
  state.answers.for_each([&](const AnswerKey& key, const Answer& answer) {
    save(key, answer, *part.add_answers());
    write_part();
  });
  state.collections.for_each([&](const RoundId&, const Collections& of_round) {
    of_round.for_each([&](int, const Collection& collection) {
      save(collection, *part.add_collections());
      write_part();
    });
  });
  return text;
}

bool load_state(std::string_view saved_text, Consultation& state) {
  v1::ConsultationSnapshot saved;
  if (!saved.ParseFromArray(saved_text.data(), static_cast<int>(saved_text.size()))) return false;
  for (v1::PaperSnapshot& paper : *saved.mutable_papers()) {
    const PaperId id = paper_of(paper.content().name());
    state.papers.set(id, loaded(paper));
  }
  for (v1::RoundSnapshot& round : *saved.mutable_rounds()) {
    const RoundId id = round_of(round.content().name());
    state.rounds.set(id, loaded(round));
  }
  for (v1::AnswerSnapshot& answer : *saved.mutable_answers()) {
    const AnswerKey key{RoundId{answer.round()}, MunicipalityCode{answer.municipality()}};
    state.answers.set(key, loaded(answer));
  }
  for (v1::CollectionSnapshot& collection : *saved.mutable_collections()) {
    const auto name = parse_collection_name(collection.content().collection());
    if (!name) return false;
    state.collections.update(name->round, [&](Collections& of_round) {
      of_round.set(name->number, loaded(collection));
    });
  }
  return true;
}

}  // namespace kkr::consultation
