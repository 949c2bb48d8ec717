#include "services/notification/letters/region_letters.h"

#include <utility>

#include "services/notification/app/template_view.h"

namespace kkr::notification {

std::unique_ptr<LetterWriter> letter_writer_of(platform::RegionLog<Domain>& log,
                                               const platform::MailConfig& mail,
                                               const platform::DkimSigner* signer) {
  LetterMaterials materials;
  materials.sender = mail.sender();
  materials.signer = signer;
  materials.public_url = mail.public_url;
  materials.template_of = [&log](v1::Occasion occasion, v1::Language language) {
    const auto at = log.state();
    const TemplateId id{occasion, language};
    return content_of(at->state, id, newest_version(at->state, id), log.store());
  };
  return std::make_unique<TemplateLetterWriter>(std::move(materials));
}

}  // namespace kkr::notification
