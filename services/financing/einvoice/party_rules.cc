// Who sells, who buys, and where the file is sent.
#include <algorithm>
#include <string_view>

#include "services/financing/einvoice/rules.h"
#include "services/platform/field/organisation_number.h"

namespace kkr::financing::einvoice {
namespace {

// What the rules about one of the two parties are called, and how to speak of it.
struct Role {
  const char* name;
  const char* name_missing;
  const char* address_missing;
  const char* country_missing;
  const char* endpoint_missing;
  const char* scheme_missing;
};
constexpr Role kSeller{"seller", "BR-06", "BR-08", "BR-09", "PEPPOL-EN16931-R020", "BR-62"};
constexpr Role kBuyer{"buyer", "BR-07", "BR-10", "BR-11", "PEPPOL-EN16931-R010", "BR-63"};

bool has_eight_digits(std::string_view text) {
  return text.size() == 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void check_cvr(const char* what, const Role& role, const std::string& number, Findings& findings) {
  if (number.empty()) return;
  findings.require(has_eight_digits(number), "PEPPOL-COMMON-R042",
                   "The {}'s {} is '{}'; a CVR number has 8 digits.", role.name, what, number);
  findings.require(!has_eight_digits(number) || platform::is_cvr(number), "KKR-CVR",
                   "The {}'s {} is {}, which no CVR number can be: its check digit is wrong.",
                   role.name, what, number);
}

void check_endpoint(const Role& role, const Identifier& endpoint, Findings& findings) {
  findings.require(!endpoint.value.empty(), role.endpoint_missing,
                   "The {} has no electronic address (EAN or CVR number).", role.name);
  if (endpoint.value.empty()) return;
  findings.require(!endpoint.scheme.empty(), role.scheme_missing,
                   "The {}'s electronic address {} has no scheme.", role.name, endpoint.value);
  const bool known = endpoint.scheme == kGlnScheme || endpoint.scheme == kCvrScheme;
  findings.require(endpoint.scheme.empty() || known, "PEPPOL-EN16931-CL008",
                   "The scheme of the {}'s electronic address is '{}', neither {} (EAN) nor {} "
                   "(CVR).",
                   role.name, endpoint.scheme, kGlnScheme, kCvrScheme);
  findings.require(endpoint.scheme != kGlnScheme || platform::is_ean(endpoint.value),
                   "PEPPOL-COMMON-R040",
                   "The {}'s EAN number is '{}'; it has 13 digits, the last of which is a check "
                   "digit.",
                   role.name, endpoint.value);
  if (endpoint.scheme == kCvrScheme) {
    check_cvr("electronic address", role, endpoint.value, findings);
  }
}

void check_address(const Role& role, const Address& address, Findings& findings) {
  findings.require(address != Address{}, role.address_missing, "The {} has no postal address.",
                   role.name);
  if (address == Address{}) return;
  findings.require(!address.country.empty(), role.country_missing,
                   "The {}'s postal address has no country.", role.name);
  findings.require(address.country.empty() || address.country == "DK", "KKR-COUNTRY",
                   "The {}'s country is '{}', not DK.", role.name, address.country);
}

void check_party(const Role& role, const Party& party, Findings& findings) {
  findings.require(!party.name.empty(), role.name_missing, "The {} has no name.", role.name);
  check_endpoint(role, party.endpoint, findings);
  check_address(role, party.address, findings);
  check_cvr("legal entity", role, party.legal_entity.value, findings);
  const std::string& vat = party.vat_number;
  findings.require(vat.empty() || vat.starts_with("DK"), "BR-CO-09",
                   "The {}'s VAT number is '{}'; it begins with DK.", role.name, vat);
  findings.require(!vat.starts_with("DK") || has_eight_digits(std::string_view(vat).substr(2)),
                   "KKR-VAT-NUMBER", "The {}'s VAT number is '{}'; DK is followed by 8 digits.",
                   role.name, vat);
}

}  // namespace

void check_parties(const Invoice& invoice, Findings& findings) {
  check_party(kSeller, invoice.seller, findings);
  check_party(kBuyer, invoice.buyer, findings);
  const Identifier& seller = invoice.seller.legal_entity;
  findings.require(!seller.value.empty(), "DK-R-002",
                   "The seller's legal entity (CVR number, BT-30) is missing.");
  findings.require(seller.value.empty() || seller.scheme == kCvrScheme, "DK-R-014",
                   "The scheme of the seller's legal entity (BT-30) is '{}', not {} (CVR).",
                   seller.scheme, kCvrScheme);
  const Identifier& buyer = invoice.buyer.legal_entity;
  findings.require(buyer.value.empty() || buyer.scheme == kCvrScheme, "BR-CL-11",
                   "The scheme of the buyer's legal entity (BT-47) is '{}', not {} (CVR).",
                   buyer.scheme, kCvrScheme);
}

}  // namespace kkr::financing::einvoice
