#include "services/notification/letters/region_letters.h"

#include <utility>

#include "services/notification/app/notice_calendar.h"
#include "services/notification/app/template_view.h"
#include "services/notification/domain/occasions.h"

namespace kkr::notification {

CalendarOrigin calendar_origin(const platform::MailConfig& mail) {
  const platform::Mailbox sender = mail.sender();
  return {{sender.name, sender.address}, mail.public_url};
}

std::unique_ptr<LetterWriter> letter_writer_of(platform::RegionLog<Domain>& log,
                                               const platform::MailConfig& mail,
                                               const platform::DkimSigner* signer) {
  LetterMaterials materials;
  materials.sender = mail.sender();
  materials.signer = signer;
  const CalendarOrigin origin = calendar_origin(mail);
  materials.public_url = mail.public_url;
  materials.template_of = [&log](v1::Occasion occasion, v1::Language language) {
    const auto at = log.state();
    const TemplateId id{occasion, language};
    return content_of(at->state, id, newest_version(at->state, id), log.store());
  };
  materials.calendar_part = [&log, origin](const Send& send, const Addressee& addressee,
                                           const Circumstances& circumstances) {
    return calendar_part_of(log.state()->state, circumstances.notice, send.planned.municipality,
                            language_of_tag(addressee.language), origin,
                            {addressee.name, addressee.address});
  };
  return std::make_unique<TemplateLetterWriter>(std::move(materials));
}

}  // namespace kkr::notification
