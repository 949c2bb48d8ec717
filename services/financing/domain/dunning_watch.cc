#include "services/financing/domain/dunning_watch.h"

namespace kkr::financing {

void dun(Financing& state, const v1::InvoiceDunned& fact, const Recorded& recorded) {
  const auto name = parse_invoice_name(fact.invoice());
  if (!name) return;
  state.invoices.update(name->id, [&](Invoice& invoice) {
    invoice.dunnings.push_back({fact, recorded.at.recorded_at});
    invoice.etag = etag_of(recorded);
  });
}

}  // namespace kkr::financing
