#include "services/consultation/domain/ids.h"

#include <algorithm>
#include <vector>

namespace kkr::consultation {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What may stand between two slashes of a name.
bool is_segment(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower(c) || is_digit(c) || c == '-' || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::vector<std::string_view> split_at_slashes(std::string_view name) {
  std::vector<std::string_view> segments;
  while (true) {
    const std::size_t slash = name.find('/');
    segments.push_back(name.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    name.remove_prefix(slash + 1);
  }
}

// The values of `collections[i]/value` pairs; empty when the name has another shape.
std::vector<std::string_view> values_of(std::string_view name,
                                        std::initializer_list<std::string_view> collections) {
  const std::vector<std::string_view> segments = split_at_slashes(name);
  if (segments.size() != 2 * collections.size()) return {};
  std::vector<std::string_view> values;
  auto collection = collections.begin();
  for (std::size_t i = 0; i < segments.size(); i += 2, ++collection) {
    if (segments[i] != *collection || !is_segment(segments[i + 1])) return {};
    values.push_back(segments[i + 1]);
  }
  return values;
}

}  // namespace

std::optional<std::string> parse_region_name(std::string_view name) {
  const auto values = values_of(name, {"regions"});
  if (values.empty()) return std::nullopt;
  return std::string(values[0]);
}

std::optional<PaperName> parse_paper_name(std::string_view name) {
  const auto values = values_of(name, {"regions", "papers"});
  if (values.empty()) return std::nullopt;
  return PaperName{std::string(values[0]), PaperId{std::string(values[1])}};
}

std::optional<RoundName> parse_round_name(std::string_view name) {
  const auto values = values_of(name, {"regions", "rounds"});
  if (values.empty()) return std::nullopt;
  return RoundName{std::string(values[0]), RoundId{std::string(values[1])}};
}

std::optional<RoundMemberName> parse_round_member_name(std::string_view name,
                                                       std::string_view kind) {
  const auto values = values_of(name, {"regions", "rounds", kind});
  if (values.empty()) return std::nullopt;
  return RoundMemberName{
      std::string(values[0]),
      AnswerKey{RoundId{std::string(values[1])}, MunicipalityCode{std::string(values[2])}}};
}

bool is_name_in(std::string_view name, std::string_view collection) {
  return !values_of(name, {"regions", collection}).empty();
}

PaperId paper_of(std::string_view name) {
  auto parsed = parse_paper_name(name);
  return parsed ? std::move(parsed->paper) : PaperId{};
}

RoundId round_of(std::string_view name) {
  auto parsed = parse_round_name(name);
  return parsed ? std::move(parsed->round) : RoundId{};
}

AnswerKey round_member_of(std::string_view name, std::string_view kind) {
  auto parsed = parse_round_member_name(name, kind);
  return parsed ? std::move(parsed->key) : AnswerKey{};
}

std::string paper_name(std::string_view region, const PaperId& paper) {
  return joined({"regions/", region, "/papers/", paper.text});
}

std::string round_name(std::string_view region, const RoundId& round) {
  return joined({"regions/", region, "/rounds/", round.text});
}

std::string stream_of(const PaperId& paper) { return joined({"paper-", paper.text}); }
std::string stream_of(const RoundId& round) { return joined({"round-", round.text}); }
std::string stream_of(const AnswerKey& answer) {
  return joined({"answer-", answer.round.text, "-", answer.municipality.text});
}

bool is_wishable_id(std::string_view id, std::size_t length_max) {
  return !id.empty() && id.size() <= length_max && is_lower(id.front()) &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

}  // namespace kkr::consultation
