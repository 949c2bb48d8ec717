// Charges, and the invoices, credit notes and vouchers they issue: how far each has come. Pure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/financing/v1/charge_events.pb.h"
#include "kkr/financing/v1/payment_events.pb.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

using platform::LocalDate;
using platform::Money;

// One year's charge.
struct Charge {
  std::string name;
  std::optional<v1::ChargeRun> run;  // Absent until it has been run.
  std::optional<absl::Time> prepared_at;
  std::optional<absl::Time> run_at;
  std::string etag;
};

struct Dunning {
  v1::InvoiceDunned content;
  absl::Time created_at;
};

struct Invoice {
  std::shared_ptr<const v1::InvoiceIssued> content;  // Never null, never changes.
  absl::Time issued_at;
  std::optional<LocalDate> delivered;
  std::optional<LocalDate> disputed_from;  // Set while it is disputed.
  int disputed_days = 0;                   // How long settled disputes stopped the clock.
  std::string dispute_reason_key;
  std::string credited_by;        // The credit note's name; empty unless credited.
  Money paid;                     // By the allocations of payments.
  std::vector<Dunning> dunnings;  // Step n stands at n - 1.
  std::string etag;
};

v1::Invoice::State state_of(const Invoice& invoice);
bool is_credit_note(const Invoice& invoice);
// What is still owed: zero for a credit note, a voucher and what is credited; never below zero.
Money outstanding_of(const Invoice& invoice);

}  // namespace kkr::financing
