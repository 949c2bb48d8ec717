#include "services/registry/app/first_facts.h"

#include <algorithm>
#include <utility>

#include "embedded/registry_bodies.h"
#include "embedded/registry_clusters.h"
#include "embedded/registry_municipalities.h"
#include "embedded/registry_regions.h"
#include "services/platform/csv/csv_table.h"
#include "services/platform/event_store/sha256.h"
#include "services/registry/app/municipality_import.h"
#include "services/registry/domain/body.h"
#include "services/registry/domain/cluster.h"
#include "services/registry/domain/region.h"

namespace kkr::registry {
namespace {

constexpr char kPopulationSource[] = "Danmarks Statistik";

class FirstFacts {
 public:
  FirstFacts(const State& state, const Context& context) : sequence_(state), context_(context) {}

  std::optional<Refusal> take(const FactFiles& files) {
    if (auto refusal = for_each_row(files.regions, &FirstFacts::create_region)) return refusal;
    if (auto refusal = for_each_row(files.clusters, &FirstFacts::create_cluster)) return refusal;
    const auto lines = read_municipalities(files.municipalities, kPopulationSource);
    if (const auto* fault = std::get_if<platform::CsvFault>(&lines)) return refuse_import(*fault);
    if (auto refusal = import_municipalities(
            sequence_, std::get<std::vector<MunicipalityLine>>(lines), context_)) {
      return refusal;
    }
    if (auto refusal = for_each_row(files.regions, &FirstFacts::succeed)) return refusal;
    return for_each_row(files.bodies, &FirstFacts::create_body);
  }

  Effects effects() && { return std::move(sequence_).effects(); }

 private:
  using Row = platform::CsvTable::Row;
  using TakeRow = std::optional<Refusal> (FirstFacts::*)(const platform::CsvTable&, const Row&);

  std::optional<Refusal> for_each_row(std::string_view csv, TakeRow take_row) {
    const auto read = platform::CsvTable::read(csv);
    if (const auto* fault = std::get_if<platform::CsvFault>(&read)) return refuse_import(*fault);
    const auto& table = std::get<platform::CsvTable>(read);
    for (const Row& row : table.rows()) {
      if (auto refusal = (this->*take_row)(table, row)) return refusal;
    }
    return std::nullopt;
  }

  template <class Command>
  std::optional<Refusal> carry_out(const Row& row, const Command& command) {
    if (!sequence_.take(decide(sequence_.state(), command, context_), context_)) {
      return std::nullopt;
    }
    return refuse_import({row.line, "", "the rules of the registry refuse it"});
  }

  std::optional<Refusal> create_region(const platform::CsvTable& table, const Row& row) {
    v1::CreateRegionRequest command;
    command.set_region_id(table.cell(row, "id"));
    command.mutable_region()->set_display_name(table.cell(row, "name"));
    command.mutable_region()->set_official_name(table.cell(row, "official_name"));
    command.mutable_region()->set_from_date(table.cell(row, "from_date"));
    command.mutable_region()->set_to_date(table.cell(row, "to_date"));
    return carry_out(row, command);
  }

  std::optional<Refusal> create_cluster(const platform::CsvTable& table, const Row& row) {
    v1::CreateClusterRequest command;
    command.set_parent("regions/" + table.cell(row, "region"));
    command.set_cluster_id(table.cell(row, "id"));
    command.mutable_cluster()->set_display_name(table.cell(row, "name"));
    command.mutable_cluster()->set_verified(table.cell(row, "verified") == "yes");
    command.mutable_cluster()->set_note(table.cell(row, "note"));
    return carry_out(row, command);
  }

  std::optional<Refusal> create_body(const platform::CsvTable& table, const Row& row) {
    v1::CreateBodyRequest command;
    command.set_parent("regions/" + table.cell(row, "region"));
    command.set_body_id(table.cell(row, "id"));
    v1::BodyKind kind = v1::BODY_KIND_UNSPECIFIED;
    v1::BodyKind_Parse("BODY_KIND_" + table.cell(row, "kind"), &kind);
    command.mutable_body()->set_kind(kind);
    command.mutable_body()->set_display_name(table.cell(row, "name"));
    command.mutable_body()->set_from_date(table.cell(row, "from_date"));
    command.mutable_body()->set_to_date(table.cell(row, "to_date"));
    return carry_out(row, command);
  }

  // A region takes over the members that those named in `members_of` have on its eve.
  std::optional<Refusal> succeed(const platform::CsvTable& table, const Row& row) {
    const std::string predecessors = table.cell(row, "members_of");
    for (std::size_t at = 0; at < predecessors.size();) {
      const std::size_t end = std::min(predecessors.find(' ', at), predecessors.size());
      if (auto refusal = succeed_one(table, row, predecessors.substr(at, end - at))) return refusal;
      at = end + 1;
    }
    return std::nullopt;
  }

  std::optional<Refusal> succeed_one(const platform::CsvTable& table, const Row& row,
                                     const std::string& id) {
    const auto predecessor = sequence_.state().regions.find(RegionName{"regions/" + id});
    const auto from = platform::parse_date(table.cell(row, "from_date"));
    if (predecessor == nullptr || !from) {
      return refuse_import({row.line, "members_of", "there is no such region before it"});
    }
    for (const Membership& member : predecessor->members) {
      if (!member.period.contains(*from - 1)) continue;
      v1::AddRegionMemberRequest command;
      command.set_region("regions/" + table.cell(row, "id"));
      command.set_municipality(member.municipality.text);
      command.set_from_date(platform::format_date(*from));
      if (auto refusal = carry_out(row, command)) return refusal;
    }
    return std::nullopt;
  }

  Sequence sequence_;
  const Context& context_;
};

}  // namespace

FactFiles shipped_facts() {
  return {embedded::registry_regions(), embedded::registry_municipalities(),
          embedded::registry_clusters(), embedded::registry_bodies()};
}

std::string request_id_of(const FactFiles& files) {
  std::string all;
  for (const std::string_view file :
       {files.regions, files.municipalities, files.clusters, files.bodies}) {
    all += std::to_string(file.size()) + ":";
    all += file;
  }
  const platform::Hash hash = platform::sha256_of(all);
  std::string id;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    std::uint8_t byte = hash[i];
    if (i == 6) byte = static_cast<std::uint8_t>((byte & 0x0F) | 0x80);  // Version 8: our own.
    if (i == 8) byte = static_cast<std::uint8_t>((byte & 0x3F) | 0x80);
    constexpr char kDigits[] = "0123456789abcdef";
    id += kDigits[byte >> 4];
    id += kDigits[byte & 0x0F];
  }
  return id;
}

Decision decide_first_facts(const State& state, const FactFiles& files, const Context& context) {
  if (!state.regions.empty()) return Effects{};
  FirstFacts facts(state, context);
  if (auto refusal = facts.take(files)) return *refusal;
  return std::move(facts).effects();
}

}  // namespace kkr::registry
