// Writes what a case system is told: asks the owner whether the notice still holds, and where the
// webhook's posts go now. Knows no person.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "services/notification/sending/letter_desk.h"
#include "services/notification/sending/owners.h"

namespace kkr::notification {

// How a letter says that it is a post to a webhook; its `name` is then the webhook's resource name.
inline constexpr char kWebhookChannel[] = "WEBHOOK";

// `municipalities/165/webhooks/{webhook}`: who stands in a send's key.
std::string webhook_recipient(const std::string& municipality, const std::string& webhook);
bool is_webhook_recipient(const std::string& recipient);

class WebhookDesk final : public LetterDesk {
 public:
  // The URL of `regions/{region}/webhooks/{webhook}` as of now; nullopt when it was removed.
  using UrlOf = std::function<std::optional<std::string>(const std::string& webhook)>;

  // The owners must outlive the desk.
  WebhookDesk(OwnerClient& owners, UrlOf url_of) : owners_(owners), url_of_(std::move(url_of)) {}

  std::variant<Ready, NotSent> prepare(const Send& send, absl::Time site_now) override;

 private:
  OwnerClient& owners_;
  const UrlOf url_of_;
};

}  // namespace kkr::notification
