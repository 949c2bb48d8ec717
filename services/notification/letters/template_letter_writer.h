// Writes letters from the region's templates: fills in the variables, makes the mail and signs it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "kkr/notification/v1/templates.pb.h"
#include "services/notification/sending/letter_writer.h"
#include "services/platform/mail/dkim_signer.h"
#include "services/platform/mail/message.h"

namespace kkr::notification {

// What letters are made with. The functions may be called by several threads at once.
struct LetterMaterials {
  platform::Mailbox sender;
  const platform::DkimSigner* signer = nullptr;  // Null: mails are not signed.
  std::string public_url;                        // Without a slash at the end.
  // The template of the region; nullopt when it cannot be read now.
  std::function<std::optional<v1::TemplateContent>(v1::Occasion, v1::Language)> template_of;
  // The deadline as a calendar entry, where the occasion has one; may be left out.
  std::function<std::optional<platform::CalendarPart>(const Send&, const Addressee&,
                                                      const Circumstances&)>
      calendar_part{};
};

class TemplateLetterWriter final : public LetterWriter {
 public:
  explicit TemplateLetterWriter(LetterMaterials materials) : materials_(std::move(materials)) {}

  std::variant<Letter, std::string> write(const Send& send, const Addressee& addressee,
                                          const Circumstances& circumstances,
                                          const std::string& message_id,
                                          absl::Time site_now) override;

 private:
  const LetterMaterials materials_;
};

}  // namespace kkr::notification
