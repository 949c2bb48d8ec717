// Writes letters to offices: asks the owner whether the notice holds, finds out who holds the
// office now, and what that person wishes. An office without a reachable person gets it in the
// municipality's mailbox, and the gap is shown.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kkr/notification/v1/preferences.pb.h"
#include "kkr/notification/v1/settings.pb.h"
#include "services/notification/sending/letter_desk.h"
#include "services/notification/sending/letter_writer.h"
#include "services/notification/sending/owners.h"

namespace kkr::notification {

// What the region has settled, read from its state at the moment of sending.
struct Wishes {
  std::function<v1::Preferences(const std::string& person)> of_person;
  std::function<v1::NotificationSettings()> of_region;  // As shown: nothing is left open.
  std::function<bool(v1::Occasion)> is_mandatory;
  // Whether a case system of the municipality is told of the notice that was due at that time.
  std::function<bool(v1::Occasion, const std::string& code, absl::Time due_at)> told_by_webhook;
};

class OfficeDesk final : public LetterDesk {
 public:
  // `domain`: of every Message-ID. All references must outlive the desk.
  OfficeDesk(std::string region, OwnerClient& owners, std::unique_ptr<LetterWriter> writer,
             Wishes wishes, std::string domain)
      : region_(std::move(region)),
        owners_(owners),
        writer_(std::move(writer)),
        wishes_(std::move(wishes)),
        domain_(std::move(domain)) {}

  std::variant<Ready, NotSent> prepare(const Send& send, absl::Time site_now) override;

 private:
  std::variant<Ready, NotSent> write(const Send& send, const Circumstances& circumstances,
                                     const Addressee& addressee, std::string gap,
                                     absl::Time site_now);

  const std::string region_;
  OwnerClient& owners_;
  const std::unique_ptr<LetterWriter> writer_;
  const Wishes wishes_;
  const std::string domain_;
};

}  // namespace kkr::notification
