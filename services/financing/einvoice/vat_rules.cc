// VAT: S at 25 %, E exempt with a reason, O outside its scope. The treatment is the agreement's;
// here it is only held to be told right.
#include <algorithm>
#include <string>
#include <string_view>

#include "services/financing/einvoice/rules.h"

namespace kkr::financing::einvoice {
namespace {

using platform::format_money;
using platform::Money;

// `BR-S-08` and its sisters of the other categories.
std::string rule(VatCategory category, std::string_view number) {
  return "BR-" + std::string(letter_of(category)) + "-" + std::string(number);
}

bool has_line_of(const Invoice& invoice, VatCategory category) {
  return std::any_of(invoice.lines.begin(), invoice.lines.end(),
                     [&](const Line& line) { return line.vat_category == category; });
}

bool rate_fits(VatCategory category, const std::optional<Decimal>& rate) {
  switch (category) {
    case VatCategory::kStandardRate: return rate && equals(*rate, 25);
    case VatCategory::kExempt: return rate && equals(*rate, 0);
    case VatCategory::kOutsideScope: return !rate;
    case VatCategory::kUnknown: break;
  }
  return true;
}

const char* rate_text(VatCategory category) {
  if (category == VatCategory::kStandardRate) return "is 25 %";
  return category == VatCategory::kExempt ? "is 0 %" : "is not stated at all";
}

// Of the lines in the category. S is one rate here, so that its lines are one sum.
void check_category(const Invoice& invoice, VatCategory category, Findings& findings) {
  const auto stated =
      std::count_if(invoice.vat.begin(), invoice.vat.end(),
                    [&](const VatBreakdown& vat) { return vat.category == category; });
  const bool used = has_line_of(invoice, category);
  findings.require(stated == (used ? 1 : 0), rule(category, "01"),
                   "The VAT breakdown (BG-23) names category {} {} times; {} line is of it.",
                   letter_of(category), stated, used ? "a" : "no");
  if (!used && stated == 0) return;
  const bool seller_has_number = !invoice.seller.vat_number.empty();
  if (category != VatCategory::kOutsideScope) {
    findings.require(seller_has_number, rule(category, "02"),
                     "A line is of VAT category {}, which needs the seller's VAT number (BT-31).",
                     letter_of(category));
    return;
  }
  findings.require(!seller_has_number && invoice.buyer.vat_number.empty(), "BR-O-02",
                   "The supply is outside the scope of VAT (O), so no VAT number may stand in the "
                   "invoice (BT-31, BT-48).");
}

void check_rate(const Line& line, Findings& findings) {
  findings.require(rate_fits(line.vat_category, line.vat_rate), rule(line.vat_category, "05"),
                   "The VAT rate of line {} (BT-152) is {}; in category {} it {}.", line.id,
                   line.vat_rate ? format_decimal(*line.vat_rate) : std::string("missing"),
                   letter_of(line.vat_category), rate_text(line.vat_category));
}

// `VATEX-EU-132`, or one of its points, `VATEX-EU-132-1A` to `…-1Q`: exemptions of public interest.
bool is_article_132(std::string_view code) {
  constexpr std::string_view kArticle = "VATEX-EU-132";
  if (code == kArticle) return true;
  const bool is_point = code.size() == kArticle.size() + 3 && code.starts_with(kArticle) &&
                        code.substr(kArticle.size(), 2) == "-1";
  return is_point && code.back() >= 'A' && code.back() <= 'Q';
}

void check_reason(const VatBreakdown& vat, Findings& findings) {
  const std::string rule_id = rule(vat.category, "10");
  const bool outside_code = vat.reason_code == kOutsideVatCode;
  switch (vat.category) {
    case VatCategory::kStandardRate:
      findings.require(vat.reason.empty() && vat.reason_code.empty(), rule_id,
                       "VAT category S has a reason for not paying VAT (BT-120, BT-121).");
      return;
    case VatCategory::kExempt:
      findings.require(!vat.reason.empty(), rule_id,
                       "VAT category E does not say why the supply is exempt (BT-120).");
      findings.require(!outside_code, "PEPPOL-EN16931-P0105",
                       "The code {} (BT-121) belongs to VAT category O.", vat.reason_code);
      findings.require(outside_code || vat.reason_code.empty() || is_article_132(vat.reason_code),
                       "BR-CL-22",
                       "The reason code (BT-121) is '{}', not one of article 132 (VATEX-EU-132…).",
                       vat.reason_code);
      return;
    case VatCategory::kOutsideScope:
      findings.require(!vat.reason.empty() && outside_code, rule_id,
                       "VAT category O needs the code {} (BT-121) and the reason in words "
                       "(BT-120); they are '{}' and '{}'.",
                       kOutsideVatCode, vat.reason_code, vat.reason);
      return;
    case VatCategory::kUnknown: return;
  }
}

void check_breakdown(const Invoice& invoice, const VatBreakdown& vat, Findings& findings) {
  findings.require(vat.category != VatCategory::kUnknown, "BR-47",
                   "A part of the VAT breakdown (BG-23) has no category (BT-118).");
  if (vat.category == VatCategory::kUnknown) return;
  findings.require(rate_fits(vat.category, vat.rate), "BR-48",
                   "The VAT rate of category {} in the breakdown (BT-119) is {}; it {}.",
                   letter_of(vat.category),
                   vat.rate ? format_decimal(*vat.rate) : std::string("missing"),
                   rate_text(vat.category));
  Money taxable;
  for (const Line& line : invoice.lines) {
    if (line.vat_category == vat.category) taxable += line.net;
  }
  findings.require(vat.taxable == taxable, rule(vat.category, "08"),
                   "The taxable amount of category {} (BT-116) is {}; its lines make {}.",
                   letter_of(vat.category), format_money(vat.taxable), format_money(taxable));
  const auto tax = percentage(vat.taxable, vat.rate.value_or(Decimal{}));
  findings.require(tax == vat.tax, rule(vat.category, "09"),
                   "The VAT of category {} (BT-117) is {}; {} % of {} is {}.",
                   letter_of(vat.category), format_money(vat.tax),
                   format_decimal(vat.rate.value_or(Decimal{})), format_money(vat.taxable),
                   tax ? format_money(*tax) : std::string("more than can be charged"));
  check_reason(vat, findings);
}

// O and another category in one invoice: then nothing else about its VAT can be right either.
bool is_mixed(const Invoice& invoice, Findings& findings) {
  const auto other = [](VatCategory category) {
    return category != VatCategory::kOutsideScope && category != VatCategory::kUnknown;
  };
  const bool lines_mixed = has_line_of(invoice, VatCategory::kOutsideScope) &&
                           std::any_of(invoice.lines.begin(), invoice.lines.end(),
                                       [&](const Line& line) { return other(line.vat_category); });
  findings.require(!lines_mixed, "BR-O-12",
                   "Some lines are outside the scope of VAT (O) and some are not: they need an "
                   "invoice each.");
  const auto outside = std::count_if(
      invoice.vat.begin(), invoice.vat.end(),
      [](const VatBreakdown& vat) { return vat.category == VatCategory::kOutsideScope; });
  const auto others = std::count_if(invoice.vat.begin(), invoice.vat.end(),
                                    [&](const VatBreakdown& vat) { return other(vat.category); });
  const bool breakdown_mixed = outside > 0 && others > 0;
  findings.require(lines_mixed || !breakdown_mixed, "BR-O-11",
                   "The VAT breakdown (BG-23) names category O beside another one.");
  return lines_mixed || breakdown_mixed;
}

}  // namespace

void check_vat(const Invoice& invoice, Findings& findings) {
  findings.require(!invoice.vat.empty(), "BR-CO-18", "The invoice has no VAT breakdown (BG-23).");
  if (invoice.vat.empty() || is_mixed(invoice, findings)) return;
  for (const VatCategory category :
       {VatCategory::kStandardRate, VatCategory::kExempt, VatCategory::kOutsideScope}) {
    check_category(invoice, category, findings);
  }
  for (const Line& line : invoice.lines) check_rate(line, findings);
  for (const VatBreakdown& vat : invoice.vat) check_breakdown(invoice, vat, findings);
}

}  // namespace kkr::financing::einvoice
