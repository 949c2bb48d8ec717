// What a run of a charge would issue on a day, and what hinders it: the preview and the run are
// made from the same plan. Pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/financing/domain/invoice_draft.h"

namespace kkr::financing {

struct PlannedInvoice {
  v1::InvoiceIssued issued;  // As it will be issued.
  std::string display_name;  // Of the buyer.
  Money share;
  Money carried;  // What earlier years add or take away.
  std::vector<v1::ChargeFault> faults;
};

struct ChargePlan {
  Named<YearKey> year;
  SplitPtr split;
  LocalDate issue_date;
  std::vector<v1::ChargeFault> faults;   // Of the whole.
  std::vector<PlannedInvoice> invoices;  // In order of municipality code.
};

// The plan for `regions/{region}/agreements/{agreement}/charges/{year}-annual` on a day, or why
// there is none.
std::variant<ChargePlan, Refusal> plan_charge(const Financing& state, std::string_view charge,
                                              LocalDate today);

// Whether nothing but a document could hinder it.
bool is_runnable(const ChargePlan& plan);

}  // namespace kkr::financing
