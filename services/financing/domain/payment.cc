#include "services/financing/domain/payment.h"

namespace kkr::financing {

Money allocated_of(const Payment& payment) {
  Money sum;
  for (const v1::AllocatedAmount& part : payment.content.allocations()) {
    sum += Money{part.amount_oere()};
  }
  return sum;
}

Money unallocated_of(const Payment& payment) {
  return Money{payment.content.amount_oere()} - allocated_of(payment) - payment.returned;
}

v1::Payment::State state_of(const Payment& payment) {
  if (unallocated_of(payment) == Money{}) {
    return payment.returned == Money{} ? v1::Payment::STATE_MATCHED : v1::Payment::STATE_RETURNED;
  }
  if (!payment.content.allocations().empty()) return v1::Payment::STATE_PART_MATCHED;
  return payment.content.candidates().empty() ? v1::Payment::STATE_UNKNOWN
                                              : v1::Payment::STATE_AMBIGUOUS;
}

}  // namespace kkr::financing
