#include "services/notification/webhooks/webhook_sends.h"

#include <algorithm>
#include <utility>

#include "services/notification/domain/webhook.h"
#include "services/notification/webhooks/webhook_desk.h"

namespace kkr::notification {

// A post says what the mail to the same municipality says: its send differs in the recipient only.
std::vector<PlannedSend> webhook_sends(const Notification& state, const v1::NoticeDue& notice,
                                       std::uint64_t position,
                                       const std::vector<PlannedSend>& to_offices) {
  std::vector<PlannedSend> sends;
  for (const WebhookTold& told : webhooks_told(state, notice, position)) {
    const auto beside =
        std::find_if(to_offices.begin(), to_offices.end(), [&told](const PlannedSend& send) {
          return send.municipality == told.municipality.text && send.dropped_by.empty();
        });
    if (beside == to_offices.end()) continue;
    PlannedSend send = *beside;
    send.key.recipient = webhook_recipient(told.municipality.text, told.webhook.text);
    sends.push_back(std::move(send));
  }
  return sends;
}

}  // namespace kkr::notification
