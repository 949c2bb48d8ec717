#include "services/notification/letters/template_letter_writer.h"

#include <utility>

#include "services/notification/domain/occasions.h"
#include "services/notification/letters/letter_variables.h"
#include "services/notification/templates/template_text.h"
#include "services/platform/mail/compose.h"

namespace kkr::notification {
namespace {

platform::Message message_of(const Letter& letter, const std::string& message_id,
                             absl::Time site_now) {
  platform::Message message;
  message.message_id = message_id;
  message.date = site_now;
  message.to = {letter.name, letter.address};
  message.subject = letter.subject;
  message.text = letter.text;
  message.html = letter.html;
  message.language = letter.language;
  return message;
}

}  // namespace

std::variant<Letter, std::string> TemplateLetterWriter::write(const Send& send,
                                                              const Addressee& addressee,
                                                              const Circumstances& circumstances,
                                                              const std::string& message_id,
                                                              absl::Time site_now) {
  const auto content =
      materials_.template_of(circumstances.notice.occasion(), language_of_tag(addressee.language));
  if (!content) return "The template cannot be read.";
  const v1::TemplatePreview words =
      render(*content, variables_of(addressee, circumstances, materials_.public_url, site_now));
  Letter letter;
  letter.channel = "EMAIL";
  letter.person = addressee.person;
  letter.address = addressee.address;
  letter.name = addressee.name;
  letter.language = addressee.language;
  letter.subject = platform::one_line(words.subject());
  letter.text = words.text();
  letter.html = words.html();
  platform::Message message = message_of(letter, message_id, site_now);
  message.from = materials_.sender;
  if (materials_.calendar_part) {
    message.calendar = materials_.calendar_part(send, addressee, circumstances);
  }
  auto mail = platform::compose(message);
  if (const auto* bytes = std::get_if<std::string>(&mail); bytes && materials_.signer != nullptr) {
    mail = materials_.signer->sign(*bytes);
  }
  if (auto* fault = std::get_if<platform::MailFault>(&mail)) return std::move(fault->reason);
  letter.message = std::get<std::string>(std::move(mail));
  return letter;
}

}  // namespace kkr::notification
