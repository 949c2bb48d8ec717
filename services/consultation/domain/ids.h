// The ids of this service and the resource names they are part of. Parsing refuses whatever is not
// exactly such a name; what an id stands for may still be unknown.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kkr::consultation {

struct PaperId {
  std::string text;
  auto operator<=>(const PaperId&) const = default;
};

struct RoundId {
  std::string text;
  auto operator<=>(const RoundId&) const = default;
};

// Such as `165`.
struct MunicipalityCode {
  std::string text;
  auto operator<=>(const MunicipalityCode&) const = default;
};

// What one municipality answers to one round.
struct AnswerKey {
  RoundId round;
  MunicipalityCode municipality;
  auto operator<=>(const AnswerKey&) const = default;
};

// The parts of a resource name, `regions/{region}` and on. The id is empty for the region itself.
struct PaperName {
  std::string region;
  PaperId paper;
};
struct RoundName {
  std::string region;
  RoundId round;
};
// `regions/{region}/rounds/{round}/{kind}/{municipality code}`.
struct RoundMemberName {
  std::string region;
  AnswerKey key;
};

// nullopt for anything but a name of the kind. `kind` is a collection such as `extensions`.
std::optional<std::string> parse_region_name(std::string_view name);
std::optional<PaperName> parse_paper_name(std::string_view name);
std::optional<RoundName> parse_round_name(std::string_view name);
std::optional<RoundMemberName> parse_round_member_name(std::string_view name,
                                                       std::string_view kind);

// Whether it is `regions/{region}/{collection}/{id}`.
bool is_name_in(std::string_view name, std::string_view collection);

// For names that stand in the log and were checked before they got there. An empty id when the
// name is none.
PaperId paper_of(std::string_view name);
RoundId round_of(std::string_view name);
AnswerKey round_member_of(std::string_view name, std::string_view kind);

std::string paper_name(std::string_view region, const PaperId& paper);
std::string round_name(std::string_view region, const RoundId& round);

// The stream an aggregate's events stand in.
std::string stream_of(const PaperId& paper);
std::string stream_of(const RoundId& round);
std::string stream_of(const AnswerKey& answer);

// An id a client may wish for: `[a-z][a-z0-9-]*`, at most `length_max` characters.
bool is_wishable_id(std::string_view id, std::size_t length_max = 63);

}  // namespace kkr::consultation

template <>
struct std::hash<kkr::consultation::PaperId> {
  std::size_t operator()(const kkr::consultation::PaperId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::consultation::RoundId> {
  std::size_t operator()(const kkr::consultation::RoundId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::consultation::AnswerKey> {
  std::size_t operator()(const kkr::consultation::AnswerKey& key) const noexcept {
    const std::size_t round = std::hash<std::string>{}(key.round.text);
    return round * 31 + std::hash<std::string>{}(key.municipality.text);
  }
};
