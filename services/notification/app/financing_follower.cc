#include "services/notification/app/financing_follower.h"

#include <utility>

#include "kkr/financing/v1/events.pb.h"
#include "services/notification/domain/following.h"

namespace kkr::notification {
namespace {

using Rules = platform::FollowRules<Domain>;

// Notice is given of invoices only: a credit note asks for nothing, and a voucher is sent to
// nobody.
Rules::Decide issued(const financing::v1::InvoiceIssued& issued,
                     const platform::RecordedEvent& recorded) {
  if (issued.internal() || issued.kind() != financing::v1::Invoice::KIND_INVOICE) return nullptr;
  return
      [happening = Happening{v1::OCCASION_INVOICE_ISSUED,
                             issued.invoice(),
                             "1",
                             recorded.recorded_at,
                             {MunicipalityCode{issued.buyer().code()}},
                             {}}](const Notification& state, const Context& context) -> Decision {
        return follow(state, happening, context);
      };
}

Rules::Decide interpret_financing(const platform::RecordedEvent& recorded) {
  if (recorded.type != "invoice_issued" && recorded.type != "invoice_dunned") return nullptr;
  financing::v1::Event event;
  if (!event.ParseFromString(recorded.payload)) return nullptr;
  if (event.has_invoice_issued()) return issued(event.invoice_issued(), recorded);
  return [dunned = event.invoice_dunned(), at = recorded.recorded_at](
             const Notification& state, const Context& context) -> Decision {
    return follow_dunning(state, dunned.invoice(), dunned.step(), at, context);
  };
}

}  // namespace

std::string financing_log(std::string_view region) { return "financing/" + std::string(region); }

platform::FollowRules<Domain> follow_financing() {
  Rules rules;
  rules.interpret = interpret_financing;
  return rules;
}

}  // namespace kkr::notification
