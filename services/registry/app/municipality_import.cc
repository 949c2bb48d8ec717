#include "services/registry/app/municipality_import.h"

#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/registry/domain/cluster.h"
#include "services/registry/domain/memberships.h"
#include "services/registry/domain/municipality.h"
#include "services/registry/domain/region.h"

namespace kkr::registry {
namespace {

// `Ærø-Midt` becomes `aeroe-midt`; what no id can hold becomes a dash.
std::string id_from(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
      {"æ", "ae"}, {"ø", "oe"}, {"å", "aa"}, {"Æ", "ae"}, {"Ø", "oe"}, {"Å", "aa"}};
  std::string id;
  while (!name.empty()) {
    std::size_t taken = 1;
    const char c = name.front();
    std::string written(1, c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    if (!platform::is_resource_id(written)) written = "-";
    for (const auto& [letter, latin] : kLetters) {
      if (!name.starts_with(letter)) continue;
      written = latin;
      taken = letter.size();
    }
    id += written;
    name.remove_prefix(taken);
  }
  return id;
}

class LineImport {
 public:
  LineImport(Sequence& sequence, const MunicipalityLine& line, const Context& context)
      : sequence_(sequence), line_(line), context_(context) {}

  std::optional<Refusal> run() {
    if (auto refusal = keep_municipality()) return refusal;
    if (line_.region.empty()) return std::nullopt;
    const auto region = find_region();
    if (!region) return refused("region", "no region has this name");
    if (auto refusal = keep_region_member(*region)) return refusal;
    return line_.cluster.empty() ? std::nullopt : keep_cluster_member(*region);
  }

 private:
  const State& state() const { return sequence_.state(); }

  Refusal refused(std::string column, std::string reason) const {
    return refuse_import({line_.line, std::move(column), std::move(reason)});
  }

  // Decides an ordinary command. Its fields have been checked, so only rules about what is on
  // record can refuse it.
  template <class Command>
  std::optional<Refusal> carry_out(const Command& command, std::string column, std::string reason) {
    if (!sequence_.take(decide(state(), command, context_), context_)) return std::nullopt;
    return refused(std::move(column), std::move(reason));
  }

  std::optional<Refusal> keep_municipality() {
    const std::string reason = "the line cannot be taken over";
    if (state().municipalities.contains(line_.name)) {
      v1::UpdateMunicipalityRequest command;
      *command.mutable_municipality() = line_.municipality;
      for (const char* field : {"display_name", "official_name", "cvr"}) {
        command.mutable_update_mask()->add_paths(field);
      }
      // An empty cell says nothing; what is known of EAN and mailbox stays.
      if (!line_.municipality.ean().empty()) command.mutable_update_mask()->add_paths("ean");
      if (!line_.municipality.mailbox().empty())
        command.mutable_update_mask()->add_paths("mailbox");
      if (auto refusal = carry_out(command, "code", reason)) return refusal;
    } else {
      v1::CreateMunicipalityRequest command;
      command.set_municipality_id(std::string(line_.name.id()));
      *command.mutable_municipality() = line_.municipality;
      if (auto refusal = carry_out(command, "code", reason)) return refusal;
    }
    return sequence_.take(record_populations(state(), line_.name, line_.populations), context_);
  }

  std::optional<RegionName> find_region() const {
    std::optional<RegionName> found;
    state().regions.for_each([&](const RegionName& name, const Region& region) {
      if (region.display_name == line_.region || name.id() == line_.region) found = name;
    });
    return found;
  }

  std::optional<Refusal> keep_region_member(const RegionName& name) {
    const auto region = state().regions.find(name);
    if (overlapping(region->members, line_.name, region->period) != nullptr) return std::nullopt;
    v1::AddRegionMemberRequest command;
    command.set_region(name.text);
    command.set_municipality(line_.name.text);
    write_period(region->period, command);
    return carry_out(command, "region", "the municipality is in another region at that time");
  }

  // The cluster of that name, made when there is none.
  std::variant<ClusterName, Refusal> keep_cluster(const RegionName& region) {
    std::optional<ClusterName> found;
    for_each_within(state().clusters, region.text, [&](const ClusterName& name, const auto& one) {
      if (one.display_name == line_.cluster) found = name;
    });
    if (found) return *found;
    v1::CreateClusterRequest command;
    command.set_parent(region.text);
    command.set_cluster_id(id_from(line_.cluster));
    command.mutable_cluster()->set_display_name(line_.cluster);
    if (auto refusal = carry_out(command, "cluster", "no cluster can have this name")) {
      return *refusal;
    }
    return child<ClusterName>(region.text, "clusters", command.cluster_id());
  }

  std::optional<Refusal> keep_cluster_member(const RegionName& region) {
    const auto kept = keep_cluster(region);
    if (const auto* refusal = std::get_if<Refusal>(&kept)) return *refusal;
    const ClusterName& name = std::get<ClusterName>(kept);
    const Membership* in_region = overlapping(state().regions.find(region)->members, line_.name,
                                              state().regions.find(region)->period);
    const auto cluster = state().clusters.find(name);
    if (overlapping(cluster->members, line_.name, in_region->period) != nullptr) {
      return std::nullopt;
    }
    v1::AddClusterMemberRequest command;
    command.set_name(name.text);
    command.set_municipality(line_.name.text);
    write_period(in_region->period, command);
    return carry_out(command, "cluster", "the municipality cannot be in this cluster");
  }

  Sequence& sequence_;
  const MunicipalityLine& line_;
  const Context& context_;
};

}  // namespace

Refusal refuse_import(const platform::CsvFault& fault) {
  return refuse(
      Rejection::kImportInvalid,
      {{"line", std::to_string(fault.line)}, {"column", fault.column}, {"reason", fault.reason}});
}

Decision decide_import(const State& state, const std::vector<MunicipalityLine>& lines,
                       const Context& context) {
  Sequence sequence(state);
  if (auto refusal = import_municipalities(sequence, lines, context)) return *refusal;
  return std::move(sequence).effects();
}

std::optional<Refusal> import_municipalities(Sequence& sequence,
                                             const std::vector<MunicipalityLine>& lines,
                                             const Context& context) {
  for (const MunicipalityLine& line : lines) {
    if (auto refusal = LineImport(sequence, line, context).run()) return refusal;
  }
  return std::nullopt;
}

}  // namespace kkr::registry
