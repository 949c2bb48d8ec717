// The names by which resources are known, one type per kind of resource, so that a cluster is never
// looked up among bodies. Holds only well-formed names: each is made by its `parse`.
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::registry {

// A well-formed resource name, such as `regions/hovedstaden`. `Pattern` tells how it is made: `*`
// stands for an id and `#` for a municipality code.
template <class Pattern>
struct Name {
  std::string text;

  // Nullopt: not a name of this kind.
  static std::optional<Name> parse(std::string_view text);
  // The last part of the name.
  std::string_view id() const { return std::string_view(text).substr(text.rfind('/') + 1); }
  friend auto operator<=>(const Name&, const Name&) = default;
};

struct RegionPattern {
  static constexpr std::string_view kText = "regions/*";
};
struct ClusterPattern {
  static constexpr std::string_view kText = "regions/*/clusters/*";
};
struct BodyPattern {
  static constexpr std::string_view kText = "regions/*/bodies/*";
};
struct MunicipalityPattern {
  static constexpr std::string_view kText = "municipalities/#";
};
struct PersonPattern {
  static constexpr std::string_view kText = "persons/*";
};
struct MunicipalityOfficePattern {
  static constexpr std::string_view kText = "municipalities/#/offices/*";
};
struct BodyOfficePattern {
  static constexpr std::string_view kText = "regions/*/bodies/*/offices/*";
};
struct OfficePattern {};  // Either of the two above.

using RegionName = Name<RegionPattern>;
using ClusterName = Name<ClusterPattern>;
using BodyName = Name<BodyPattern>;
using MunicipalityName = Name<MunicipalityPattern>;
using PersonName = Name<PersonPattern>;
using OfficeName = Name<OfficePattern>;

// Three digits, such as `165`.
bool is_municipality_code(std::string_view text);
// Whether `text` is made like `pattern`.
bool matches_pattern(std::string_view text, std::string_view pattern);

template <class Pattern>
std::optional<Name<Pattern>> Name<Pattern>::parse(std::string_view text) {
  if (!matches_pattern(text, Pattern::kText)) return std::nullopt;
  return Name{std::string(text)};
}
template <>
std::optional<OfficeName> OfficeName::parse(std::string_view text);

// The name of a new resource, `{parent}/{collection}/{id}`, or `{collection}/{id}` without a
// parent.
template <class NewName>
NewName child(std::string_view parent, std::string_view collection, std::string_view id) {
  std::string text(parent);
  if (!text.empty()) text += '/';
  text.append(collection).append("/").append(id);
  return NewName{std::move(text)};
}

// The region a cluster or body belongs to.
RegionName region_of(std::string_view name_within_a_region);

// The stream of an aggregate's events: `{kind}-{its ids, joined by dots}`.
std::string stream_of(const RegionName& name);
std::string stream_of(const ClusterName& name);
std::string stream_of(const BodyName& name);
std::string stream_of(const MunicipalityName& name);
std::string stream_of(const PersonName& name);
std::string stream_of(const OfficeName& name);

}  // namespace kkr::registry

template <class Pattern>
struct std::hash<kkr::registry::Name<Pattern>> {
  std::size_t operator()(const kkr::registry::Name<Pattern>& name) const {
    return std::hash<std::string>{}(name.text);
  }
};
