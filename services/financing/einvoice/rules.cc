#include "services/financing/einvoice/rules.h"

namespace kkr::financing::einvoice {

std::vector<Finding> broken_rules(const Invoice& invoice) {
  Findings findings;
  check_document(invoice, findings);
  check_parties(invoice, findings);
  check_payment(invoice, findings);
  check_lines(invoice, findings);
  check_vat(invoice, findings);
  check_arithmetic(invoice, findings);
  return findings.take();
}

}  // namespace kkr::financing::einvoice
