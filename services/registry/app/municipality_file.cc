#include "services/registry/app/municipality_file.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "services/platform/field/organisation_number.h"
#include "services/registry/domain/checks.h"
#include "services/registry/domain/municipality.h"

namespace kkr::registry {
namespace {

constexpr std::string_view kRequired[] = {"code", "name", "official_name", "cvr"};
constexpr std::string_view kOptional[] = {"ean", "mailbox", "region", "cluster"};
constexpr std::string_view kPopulation = "population_";

bool is_population(std::string_view column) {
  const std::string_view year = column.substr(std::min(kPopulation.size(), column.size()));
  return column.starts_with(kPopulation) &&
         platform::parse_date(std::string(year) + "-01-01").has_value();
}

std::optional<platform::CsvFault> check_columns(const platform::CsvTable& table) {
  for (const std::string_view column : kRequired) {
    if (!table.find(column))
      return platform::CsvFault{1, std::string(column), "the file lacks this column"};
  }
  for (const std::string& column : table.columns()) {
    const auto is_column = [&](std::string_view known) { return known == column; };
    if (!std::any_of(std::begin(kRequired), std::end(kRequired), is_column) &&
        !std::any_of(std::begin(kOptional), std::end(kOptional), is_column) &&
        !is_population(column)) {
      return platform::CsvFault{1, column, "no such column is known"};
    }
  }
  return std::nullopt;
}

// What is wrong with a name; empty when nothing is.
std::string name_fault(const std::string& text) {
  const auto refusal = check_text("name", text);
  if (!refusal) return "";
  if (refusal->rejection == Rejection::kTextTooShort) return "it is empty";
  if (refusal->rejection == Rejection::kTextTooLong) return "it has more than 200 characters";
  return "it holds a control character";
}

// The faults of single cells; the order is that of the columns in the sentence above.
std::optional<platform::CsvFault> check_cells(const platform::CsvTable& table,
                                              const platform::CsvTable::Row& row) {
  const auto fault = [&](std::string_view column, std::string reason) {
    return platform::CsvFault{row.line, std::string(column), std::move(reason)};
  };
  if (!is_municipality_code(table.cell(row, "code"))) {
    return fault("code", "a municipality code has three digits");
  }
  for (const std::string_view column : {"name", "official_name"}) {
    const std::string reason = name_fault(table.cell(row, column));
    if (!reason.empty()) return fault(column, reason);
  }
  if (!platform::is_cvr(table.cell(row, "cvr"))) {
    return fault("cvr", "a CVR number has eight digits, of which the last checks the others");
  }
  const std::string ean = table.cell(row, "ean");
  if (!ean.empty() && !platform::is_ean(ean)) {
    return fault("ean", "an EAN has thirteen digits, of which the last checks the others");
  }
  if (check_optional_email(table.cell(row, "mailbox"), "mailbox")) {
    return fault("mailbox", "it is no e-mail address");
  }
  if (!table.cell(row, "cluster").empty() && table.cell(row, "region").empty()) {
    return fault("cluster", "a cluster is named without a region");
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_count(const std::string& text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && count >= 0 && count <= kCountMax ? std::optional(count) : std::nullopt;
}

// An empty cell says nothing.
std::variant<std::vector<v1::Population>, platform::CsvFault> read_populations(
    const platform::CsvTable& table, const platform::CsvTable::Row& row,
    const std::string& source) {
  std::vector<v1::Population> populations;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string& column = table.columns()[i];
    if (!is_population(column) || row.cells[i].empty()) continue;
    const auto count = read_count(row.cells[i]);
    if (!count)
      return platform::CsvFault{row.line, column, "a population is a number from 0 to 10,000,000"};
    v1::Population& added = populations.emplace_back();
    added.set_reference_date(column.substr(kPopulation.size()) + "-01-01");
    added.set_count(*count);
    added.set_source(source);
  }
  std::sort(populations.begin(), populations.end(),
            [](const auto& a, const auto& b) { return a.reference_date() < b.reference_date(); });
  return populations;
}

}  // namespace

std::variant<std::vector<MunicipalityLine>, platform::CsvFault> read_municipalities(
    std::string_view csv, const std::string& population_source) {
  auto read = platform::CsvTable::read(csv);
  if (auto* fault = std::get_if<platform::CsvFault>(&read)) return std::move(*fault);
  const platform::CsvTable& table = std::get<platform::CsvTable>(read);
  if (auto fault = check_columns(table)) return *fault;

  std::vector<MunicipalityLine> lines;
  std::set<std::string> codes;
  for (const platform::CsvTable::Row& row : table.rows()) {
    if (auto fault = check_cells(table, row)) return *fault;
    const std::string code = table.cell(row, "code");
    if (!codes.insert(code).second) {
      return platform::CsvFault{row.line, "code", "the code stands on an earlier line already"};
    }
    auto populations = read_populations(table, row, population_source);
    if (auto* fault = std::get_if<platform::CsvFault>(&populations)) return std::move(*fault);

    MunicipalityLine& line = lines.emplace_back();
    line.line = row.line;
    line.name = child<MunicipalityName>("", "municipalities", code);
    line.municipality.set_name(line.name.text);
    line.municipality.set_display_name(table.cell(row, "name"));
    line.municipality.set_official_name(table.cell(row, "official_name"));
    line.municipality.set_cvr(table.cell(row, "cvr"));
    line.municipality.set_ean(table.cell(row, "ean"));
    line.municipality.set_mailbox(table.cell(row, "mailbox"));
    line.region = table.cell(row, "region");
    line.cluster = table.cell(row, "cluster");
    line.populations = std::get<std::vector<v1::Population>>(std::move(populations));
  }
  return lines;
}

}  // namespace kkr::registry
