// A payment: money that moved at the bank, and which invoices it pays. Pure.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "kkr/financing/v1/payment_events.pb.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"

namespace kkr::financing {

using platform::Money;

struct Payment {
  v1::PaymentRecorded content;  // With the allocations as they now are.
  Money returned;               // What was sent back of it.
  absl::Time created_at;
  std::string etag;
};

}  // namespace kkr::financing
