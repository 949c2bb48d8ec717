// The letters of one region: written from its templates as its state has them at that moment.
#pragma once

#include <memory>

#include "services/notification/app/deadline_calendar.h"
#include "services/notification/domain/state.h"
#include "services/notification/letters/template_letter_writer.h"
#include "services/platform/mail/mail_config.h"
#include "services/platform/region/region_logs.h"

namespace kkr::notification {

// Where the calendars of this site come from: whoever its mails come from.
CalendarOrigin calendar_origin(const platform::MailConfig& mail);

// The log must outlive the writer; `signer`, null for mails without a signature, too.
std::unique_ptr<LetterWriter> letter_writer_of(platform::RegionLog<Domain>& log,
                                               const platform::MailConfig& mail,
                                               const platform::DkimSigner* signer);

}  // namespace kkr::notification
