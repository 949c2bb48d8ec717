#include "services/financing/domain/invoice.h"

#include <algorithm>

namespace kkr::financing {

v1::Invoice::State state_of(const Invoice& invoice) {
  if (!invoice.credited_by.empty()) return v1::Invoice::STATE_CREDITED;
  if (invoice.disputed_from) return v1::Invoice::STATE_DISPUTED;
  if (!is_credit_note(invoice) && invoice.paid > Money{}) {
    return invoice.paid < Money{invoice.content->payable_oere()} ? v1::Invoice::STATE_PART_PAID
                                                                 : v1::Invoice::STATE_PAID;
  }
  return invoice.delivered ? v1::Invoice::STATE_DELIVERED : v1::Invoice::STATE_ISSUED;
}

bool is_credit_note(const Invoice& invoice) {
  return invoice.content->kind() == v1::Invoice::KIND_CREDIT_NOTE;
}

Money outstanding_of(const Invoice& invoice) {
  if (is_credit_note(invoice) || invoice.content->internal() || !invoice.credited_by.empty()) {
    return Money{};
  }
  return std::max(Money{}, Money{invoice.content->payable_oere()} - invoice.paid);
}

}  // namespace kkr::financing
