// A payment: money that moved at the bank, and which invoices it pays. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/financing/v1/payment_events.pb.h"
#include "kkr/financing/v1/payments.pb.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"

namespace kkr::financing {

using platform::Money;

struct Payment {
  v1::PaymentRecorded content;  // With the allocations as they now are.
  Money returned;               // What was sent back of it, or settled of money that went out.
  Money unseen_return;          // What of that no bank's file has shown yet.
  std::vector<std::string> return_movements;  // The identities of those that were shown.
  std::uint64_t position = 0;                 // Where it was recorded.
  absl::Time created_at;
  std::string etag;
};

// What of it pays invoices.
Money allocated_of(const Payment& payment);
// What pays nothing and has not been sent back; below zero for money that went out.
Money unallocated_of(const Payment& payment);
v1::Payment::State state_of(const Payment& payment);

}  // namespace kkr::financing
