// Posts letters to case systems. A receiver that has just not answered is not waited for again at
// once, so that one that hangs does not hold up everybody else's letters.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "services/notification/sending/carrier.h"
#include "services/notification/webhooks/webhook_client.h"

namespace kkr::notification {

class WebhookCarrier final : public Carrier {
 public:
  // The secret of `regions/{region}/webhooks/{webhook}` as of now; nullopt when it cannot be read.
  using SecretOf = std::function<std::optional<std::string>(const std::string& webhook)>;

  WebhookCarrier(WebhookLimits limits, SecretOf secret_of,
                 std::chrono::milliseconds rest = std::chrono::seconds(30))
      : client_(limits), secret_of_(std::move(secret_of)), rest_(rest) {}

  platform::MailOutcome hand_over(const std::string& message_id, const Letter& letter) override;
  std::string domain_of(const Letter& letter) override;
  // Nothing is kept.
  bool forget(const std::string&) override { return true; }

 private:
  using Steady = std::chrono::steady_clock;

  bool is_resting(const std::string& host);
  void let_rest(const std::string& host);

  WebhookClient client_;
  const SecretOf secret_of_;
  const std::chrono::milliseconds rest_;
  std::mutex mutex_;
  std::map<std::string, Steady::time_point> resting_until_;  // By host.
};

}  // namespace kkr::notification
