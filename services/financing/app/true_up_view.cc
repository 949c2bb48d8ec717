#include "services/financing/app/true_up_view.h"

namespace kkr::financing {

v1::TrueUp shown(const TrueUp& true_up) {
  using platform::format_money;
  v1::TrueUp reply;
  reply.set_name(true_up.content.true_up());
  reply.set_charged_split(true_up.content.charged_split());
  reply.set_split(true_up.content.split());
  reply.set_state(true_up.state);
  reply.set_settlement(true_up.settlement);
  for (const v1::TrueUpDifference& difference : true_up.content.differences()) {
    const Money charged{difference.charged_oere()};
    const Money correct{difference.correct_oere()};
    v1::TrueUpRow& row = *reply.add_rows();
    row.set_code(difference.code());
    row.set_charged(format_money(charged));
    row.set_correct(format_money(correct));
    row.set_difference(format_money(correct - charged));
  }
  return reply;
}

}  // namespace kkr::financing
