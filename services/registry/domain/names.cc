#include "services/registry/domain/names.h"

#include <algorithm>
#include <vector>

#include "services/platform/field/resource_name.h"

namespace kkr::registry {
namespace {

constexpr std::size_t kCodeLength = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<std::string_view> parts_of(std::string_view name) {
  std::vector<std::string_view> parts;
  for (std::size_t slash = name.find('/'); slash != name.npos; slash = name.find('/')) {
    parts.push_back(name.substr(0, slash));
    name.remove_prefix(slash + 1);
  }
  parts.push_back(name);
  return parts;
}

// Ids stand at every second place of a name.
std::string stream(std::string_view kind, std::string_view name) {
  const std::vector<std::string_view> parts = parts_of(name);
  std::string stream(kind);
  for (std::size_t i = 1; i < parts.size(); i += 2) {
    stream.append(i == 1 ? "-" : ".").append(parts[i]);
  }
  return stream;
}

}  // namespace

bool is_municipality_code(std::string_view text) {
  return text.size() == kCodeLength && std::all_of(text.begin(), text.end(), is_digit);
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  const std::vector<std::string_view> parts = parts_of(text);
  const std::vector<std::string_view> wanted = parts_of(pattern);
  return std::equal(parts.begin(), parts.end(), wanted.begin(), wanted.end(),
                    [](std::string_view part, std::string_view want) {
                      if (want == "*") return platform::is_resource_id(part);
                      if (want == "#") return is_municipality_code(part);
                      return part == want;
                    });
}

template <>
std::optional<OfficeName> OfficeName::parse(std::string_view text) {
  if (!matches_pattern(text, MunicipalityOfficePattern::kText) &&
      !matches_pattern(text, BodyOfficePattern::kText)) {
    return std::nullopt;
  }
  return OfficeName{std::string(text)};
}

RegionName region_of(std::string_view name_within_a_region) {
  const std::size_t collection_end = name_within_a_region.find('/');
  const std::size_t id_end = name_within_a_region.find('/', collection_end + 1);
  return RegionName{std::string(name_within_a_region.substr(0, id_end))};
}

std::string stream_of(const RegionName& name) { return stream("region", name.text); }
std::string stream_of(const ClusterName& name) { return stream("cluster", name.text); }
std::string stream_of(const BodyName& name) { return stream("body", name.text); }
std::string stream_of(const MunicipalityName& name) { return stream("municipality", name.text); }
std::string stream_of(const PersonName& name) { return stream("person", name.text); }
std::string stream_of(const OfficeName& name) { return stream("office", name.text); }

}  // namespace kkr::registry
