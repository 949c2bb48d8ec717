// Each line by itself.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "services/financing/einvoice/rules.h"
#include "services/financing/einvoice/totals.h"

namespace kkr::financing::einvoice {
namespace {

// One, each, piece, hour, day, month, year and lump sum.
constexpr std::array<std::string_view, 8> kUnits = {"C62", "EA",  "H87", "HUR",
                                                    "DAY", "MON", "ANN", "LS"};

void check_amounts(const Line& line, Findings& findings) {
  findings.require(!line.unit.empty(), "BR-23", "Line {} has a quantity without a unit (BT-130).",
                   line.id);
  const bool known = std::find(kUnits.begin(), kUnits.end(), line.unit) != kUnits.end();
  findings.require(line.unit.empty() || known, "BR-CL-23",
                   "The unit of line {} (BT-130) is '{}', not one that is used here.", line.id,
                   line.unit);
  findings.require(line.price.digits >= 0, "BR-27",
                   "The price of line {} is {}; money is given back by a quantity below zero.",
                   line.id, format_decimal(line.price));
  const bool divisible = !line.base_quantity || line.base_quantity->digits > 0;
  findings.require(divisible, "PEPPOL-EN16931-R121",
                   "The quantity that the price of line {} is for (BT-149) is not above zero.",
                   line.id);
  if (!divisible) return;
  const auto net = net_of(line);
  findings.require(net == line.net, "PEPPOL-EN16931-R120",
                   "The amount of line {} (BT-131) is {}; its quantity and price make {}.", line.id,
                   platform::format_money(line.net),
                   net ? platform::format_money(*net) : std::string("more than can be charged"));
}

void check_classification(const Line& line, Findings& findings) {
  const Classification& kind = line.classification;
  if (kind.code.empty()) return;
  findings.require(!kind.list.empty(), "BR-65",
                   "The classification {} of line {} (BT-158) does not name its list.", kind.code,
                   line.id);
  findings.require(kind.list.empty() || kind.list == "TST", "BR-CL-13",
                   "Line {} is classified by the list '{}', not TST (UNSPSC).", line.id, kind.list);
  findings.require(
      kind.list != "TST" || kind.version == "19.05.01" || kind.version == "26.08.01", "DK-R-003",
      "Line {} is classified by version '{}' of UNSPSC, neither 19.05.01 nor 26.08.01.", line.id,
      kind.version);
}

}  // namespace

void check_lines(const Invoice& invoice, Findings& findings) {
  std::set<std::string_view> ids;
  for (const Line& line : invoice.lines) {
    findings.require(!line.id.empty(), "BR-21", "A line has no number (BT-126).");
    findings.require(line.id.empty() || ids.insert(line.id).second, "KKR-LINE-ID",
                     "Two lines have the number {} (BT-126).", line.id);
    findings.require(!line.name.empty(), "BR-25", "Line {} does not name what it is for (BT-153).",
                     line.id);
    findings.require(line.vat_category != VatCategory::kUnknown, "BR-CO-04",
                     "Line {} has no VAT category (BT-151).", line.id);
    check_amounts(line, findings);
    check_classification(line, findings);
  }
}

}  // namespace kkr::financing::einvoice
