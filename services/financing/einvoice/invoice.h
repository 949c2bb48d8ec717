// An invoice or credit note in the terms of EN 16931, the European norm, whose BT and BG numbers
// stand beside them. It knows no syntax, so that another one can be written from it, and no
// municipality. It has room for what the invoices of a joint budget say; there are no allowances,
// charges, prepayments, attachments or second currencies in it, and a file with any is refused.
// A text that is not given is empty. Dates are local days, `YYYY-MM-DD`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/financing/einvoice/decimal.h"
#include "services/platform/money/money.h"

namespace kkr::financing::einvoice {

inline constexpr char kSpecification[] =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
inline constexpr char kProcess[] = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
inline constexpr char kGlnScheme[] = "0088";        // EAN, the location number of 13 digits.
inline constexpr char kCvrScheme[] = "0184";        // The 8 digits of a Danish legal entity.
inline constexpr char kCaseNumberScheme[] = "AMH";  // The case number of an authority.
inline constexpr char kOutsideVatCode[] = "VATEX-EU-O";

enum class Kind { kInvoice, kCreditNote };  // BT-3: 380, 381.

// The categories that a jointly run secretariat can meet. kUnknown is refused by the rules.
enum class VatCategory { kUnknown, kStandardRate, kExempt, kOutsideScope };  // S, E, O.

struct Identifier {
  std::string scheme;
  std::string value;

  bool operator==(const Identifier&) const = default;
};

struct Address {
  std::string street;             // BT-35, BT-50
  std::string additional_street;  // BT-36, BT-51
  std::string city;               // BT-37, BT-52
  std::string post_code;          // BT-38, BT-53
  std::string country;            // BT-40, BT-55: two letters of ISO 3166-1.

  bool operator==(const Address&) const = default;
};

struct Contact {
  std::string name;       // BT-41, BT-56
  std::string telephone;  // BT-42, BT-57
  std::string email;      // BT-43, BT-58

  bool operator==(const Contact&) const = default;
};

struct Party {              // BG-4 seller, BG-7 buyer
  Identifier endpoint;      // BT-34, BT-49: where the file is sent.
  std::string name;         // BT-27, BT-44: as registered.
  Identifier legal_entity;  // BT-30, BT-47
  std::string vat_number;   // BT-31, BT-48: `DK` and 8 digits.
  Address address;          // BG-5, BG-8
  Contact contact;          // BG-6, BG-9

  bool operator==(const Party&) const = default;
};

struct Period {       // BG-14
  std::string start;  // BT-73
  std::string end;    // BT-74

  bool operator==(const Period&) const = default;
};

struct PrecedingInvoice {  // BG-3
  std::string number;      // BT-25
  std::string issue_date;  // BT-26

  bool operator==(const PrecedingInvoice&) const = default;
};

struct Payment {             // BG-16
  std::string code;          // BT-81: UNTDID 4461, `42` an account, `93` a payment slip.
  std::string reference;     // BT-83: what the payer has to state.
  std::string account;       // BT-84: account number, IBAN or creditor number.
  std::string account_name;  // BT-85
  std::string institution;   // BT-86: the registration number of a Danish bank.

  bool operator==(const Payment&) const = default;
};

struct VatBreakdown {                            // BG-23
  platform::Money taxable;                       // BT-116
  platform::Money tax;                           // BT-117
  VatCategory category = VatCategory::kUnknown;  // BT-118
  std::optional<Decimal> rate;                   // BT-119: none outside the scope of VAT.
  std::string reason_code;                       // BT-121
  std::string reason;                            // BT-120

  bool operator==(const VatBreakdown&) const = default;
};

struct Totals {                 // BG-22
  platform::Money lines;        // BT-106
  platform::Money without_vat;  // BT-109
  platform::Money vat;          // BT-110
  platform::Money with_vat;     // BT-112
  platform::Money payable;      // BT-115

  bool operator==(const Totals&) const = default;
};

struct Classification {  // BT-158
  std::string list;      // BT-158-1: `TST` is UNSPSC.
  std::string version;   // BT-158-2
  std::string code;

  bool operator==(const Classification&) const = default;
};

struct Line {                   // BG-25
  std::string id;               // BT-126
  std::string note;             // BT-127
  Decimal quantity;             // BT-129: negative to take money back.
  std::string unit;             // BT-130: UN/ECE recommendation 20, `C62` one.
  platform::Money net;          // BT-131
  std::string accounting_cost;  // BT-133
  std::string description;      // BT-154
  std::string name;             // BT-153
  Classification classification;
  VatCategory vat_category = VatCategory::kUnknown;  // BT-151
  std::optional<Decimal> vat_rate;                   // BT-152: none outside the scope of VAT.
  Decimal price;                                     // BT-146: kroner, not below zero.
  std::optional<Decimal> base_quantity;              // BT-149: what the price is for, 1 if none.

  bool operator==(const Line&) const = default;
};

struct Invoice {
  Kind kind = Kind::kInvoice;
  std::string specification = kSpecification;  // BT-24
  std::string process = kProcess;              // BT-23
  std::string number;                          // BT-1
  std::string issue_date;                      // BT-2
  std::string due_date;                        // BT-9
  std::string note;                            // BT-22
  std::string currency = "DKK";                // BT-5
  std::string accounting_cost;                 // BT-19
  std::string buyer_reference;                 // BT-10
  Period period;
  std::string order_reference;  // BT-13
  std::vector<PrecedingInvoice> preceding;
  std::string contract_reference;  // BT-12
  Identifier case_number;          // BT-18
  Party seller;
  Party buyer;
  Payment payment;
  std::string payment_terms;  // BT-20
  std::vector<VatBreakdown> vat;
  Totals totals;
  std::vector<Line> lines;

  bool operator==(const Invoice&) const = default;
};

// The letter of the category in every syntax; empty for kUnknown.
constexpr std::string_view letter_of(VatCategory category) {
  switch (category) {
    case VatCategory::kStandardRate: return "S";
    case VatCategory::kExempt: return "E";
    case VatCategory::kOutsideScope: return "O";
    case VatCategory::kUnknown: break;
  }
  return "";
}

}  // namespace kkr::financing::einvoice
