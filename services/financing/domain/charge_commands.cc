#include "services/financing/domain/charge_commands.h"

#include <algorithm>

namespace kkr::financing {

void prepare(Financing& state, const v1::ChargePrepared& fact, const Recorded& recorded) {
  const auto name = parse_charge_name(fact.charge());
  if (!name) return;
  state.charges.update(name->id, [&](Charge& charge) {
    charge.name = fact.charge();
    charge.prepared_at = recorded.at.recorded_at;
    charge.etag = etag_of(recorded);
  });
}

void run(Financing& state, const v1::ChargeRun& fact, const Recorded& recorded) {
  const auto name = parse_charge_name(fact.charge());
  if (!name) return;
  state.charges.update(name->id, [&](Charge& charge) {
    charge.name = fact.charge();
    charge.run = fact;
    charge.run_at = recorded.at.recorded_at;
    charge.etag = etag_of(recorded);
  });
  state.agreements.update(name->id.agreement, [&](Agreement& agreement) {
    agreement.charged_year = std::max(agreement.charged_year, name->id.year);
    agreement.charged_on = platform::local_date_of(recorded.at.recorded_at);
    agreement.etag = etag_of(recorded);
  });
  post(state, fact.overhead(), recorded.at.recorded_at);
}

}  // namespace kkr::financing
