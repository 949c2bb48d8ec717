// The namespaces of UBL 2.1 and the code lists that its elements use.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "services/financing/einvoice/invoice.h"

namespace kkr::financing::einvoice {

inline constexpr char kInvoiceNamespace[] =
    "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
inline constexpr char kCreditNoteNamespace[] =
    "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
inline constexpr char kAggregateNamespace[] =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
inline constexpr char kBasicNamespace[] =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

// What a document of one kind calls the elements in which the two kinds differ.
struct KindNames {
  const char* root;
  const char* name_space;
  const char* type_element;
  const char* type_code;
  const char* type_rule;
  const char* line;
  const char* quantity;
};

constexpr KindNames names_of(Kind kind) {
  if (kind == Kind::kInvoice) {
    return {"Invoice",
            kInvoiceNamespace,
            "cbc:InvoiceTypeCode",
            "380",
            "PEPPOL-EN16931-P0100",
            "cac:InvoiceLine",
            "cbc:InvoicedQuantity"};
  }
  return {"CreditNote",           kCreditNoteNamespace, "cbc:CreditNoteTypeCode", "381",
          "PEPPOL-EN16931-P0101", "cac:CreditNoteLine", "cbc:CreditedQuantity"};
}

// The rules that speak when an amount is missing, and when it is not one of two decimals.
struct AmountRules {
  std::string_view missing;
  std::string_view decimals;
};

}  // namespace kkr::financing::einvoice
