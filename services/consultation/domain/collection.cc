#include "services/consultation/domain/collection.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {
namespace {

constexpr int kNumberMax = 1'000'000;

bool is_missing(const v1::CollectionEntry& entry) {
  return entry.version() == 0 || entry.withdrawn();
}

void count(const v1::CollectionEntry& entry, v1::AnswerKind kind, v1::CollectionTally& tally) {
  tally.set_invited(tally.invited() + 1);
  if (is_missing(entry)) return tally.set_missing(tally.missing() + 1);
  if (kind == v1::ANSWER_KIND_NO_COMMENTS) return tally.set_no_comments(tally.no_comments() + 1);
  if (kind == v1::ANSWER_KIND_DECLINES) return tally.set_declined(tally.declined() + 1);
  if (entry.timeliness() == v1::TIMELINESS_LATE) return tally.set_late(tally.late() + 1);
  if (entry.timeliness() == v1::TIMELINESS_WITHIN_EXTENSION) {
    return tally.set_within_extension(tally.within_extension() + 1);
  }
  tally.set_on_time(tally.on_time() + 1);
}

v1::AnswerKind kind_of(const Consultation& state, const AnswerKey& key, int version) {
  const auto answer = state.answers.find(key);
  const auto found = answer == nullptr ? nullptr : answer->versions.find(version);
  return found == nullptr ? v1::ANSWER_KIND_UNSPECIFIED : found->content.kind();
}

}  // namespace

std::optional<CollectionName> parse_collection_name(std::string_view name) {
  auto parsed = parse_round_member_name(name, "collections");
  CollectionName collection;
  if (!parsed || !absl::SimpleAtoi(parsed->key.municipality.text, &collection.number) ||
      collection.number < 1 || collection.number > kNumberMax) {
    return std::nullopt;
  }
  collection.region = std::move(parsed->region);
  collection.round = std::move(parsed->key.round);
  return collection;
}

std::string collection_name(std::string_view region, const RoundId& round, int number) {
  return absl::StrCat(round_name(region, round), "/collections/", number);
}

v1::CollectionTally tally_of(const Consultation& state, const RoundId& round,
                             const Collection& collection) {
  v1::CollectionTally tally;
  for (const v1::CollectionEntry& entry : collection.content.entries()) {
    const AnswerKey key{round, MunicipalityCode{entry.municipality()}};
    count(entry, kind_of(state, key, entry.version()), tally);
  }
  return tally;
}

std::vector<MunicipalityCode> changed_since(const Consultation& state, const RoundId& round,
                                            const Collection& collection) {
  std::vector<MunicipalityCode> changed;
  for (const v1::CollectionEntry& entry : collection.content.entries()) {
    MunicipalityCode code{entry.municipality()};
    const auto answer = state.answers.find(AnswerKey{round, code});
    const int version = answer == nullptr ? 0 : static_cast<int>(answer->versions.size());
    const bool withdrawn = answer != nullptr && answer->withdrawn;
    if (version != entry.version() || withdrawn != entry.withdrawn()) {
      changed.push_back(std::move(code));
    }
  }
  return changed;
}

void collect(Consultation& state, const v1::CollectionCreated& fact, const Recorded& recorded) {
  const RoundId round = round_member_of(fact.collection(), "collections").round;
  state.collections.update(round, [&](Collections& collections) {
    collections.set(fact.number(), Collection{fact, recorded.at.position, recorded.at.recorded_at,
                                              recorded.actor, false});
  });
  if (!state.rounds.contains(round)) return;
  state.rounds.update(round, [&](Round& changed) {
    changed.phase = v1::Round::STATE_COLLECTED;
    changed.etag = etag_of(recorded);
  });
}

void erase(Consultation& state, const v1::CollectionNotesErased& fact, const Recorded&) {
  const auto name = parse_collection_name(fact.collection());
  if (!name) return;
  state.collections.update(name->round, [&](Collections& collections) {
    if (!collections.contains(name->number)) return;
    collections.update(name->number, [](Collection& one) { one.notes_erased = true; });
  });
}

}  // namespace kkr::consultation
