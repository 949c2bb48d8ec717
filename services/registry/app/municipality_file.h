// A file of municipalities: what each line says, checked by itself. Whether it agrees with what is
// on record is decided later.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kkr/registry/v1/municipality.pb.h"
#include "services/platform/csv/csv_table.h"
#include "services/registry/domain/names.h"

namespace kkr::registry {

// One line.
struct MunicipalityLine {
  std::size_t line = 0;
  MunicipalityName name;
  v1::Municipality municipality;            // Display and official name, CVR, EAN, mailbox.
  std::string region;                       // A display name or an id; empty for not stated.
  std::string cluster;                      // A display name; empty for not stated.
  std::vector<v1::Population> populations;  // In order of reference dates.
};

// The lines, ordered as in the file, or the first fault. `population_source` stands in every
// population.
std::variant<std::vector<MunicipalityLine>, platform::CsvFault> read_municipalities(
    std::string_view csv, const std::string& population_source);

}  // namespace kkr::registry
