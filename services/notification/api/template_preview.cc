#include "services/notification/api/template_preview.h"

#include <optional>
#include <utility>
#include <variant>

#include "services/notification/letters/letter_variables.h"
#include "services/notification/templates/template_text.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

grpc::Status subject_unknown() {
  return platform::error_status(grpc::StatusCode::NOT_FOUND, "SUBJECT_UNKNOWN",
                                "There is nothing of that name that such a notice could be about.");
}

grpc::Status no_reply() {
  return platform::error_status(grpc::StatusCode::UNAVAILABLE, "OWNER_UNAVAILABLE",
                                "The service that knows the subject gives no reply.");
}

std::string last_part(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// The name's first four parts: the round or the invoice it is, or belongs to.
std::string belongs_to(const std::string& name) {
  std::size_t end = 0;
  for (int parts = 0; parts < 4 && end != std::string::npos; ++parts) {
    end = name.find('/', end + (parts > 0 ? 1 : 0));
  }
  return name.substr(0, end);
}

// The notice there would be about the subject; nullopt when the occasion has no such subject.
std::optional<v1::NoticeDue> notice_about(const std::string& subject, v1::Occasion occasion,
                                          absl::Time now) {
  const std::string owner = belongs_to(subject);
  const bool of_round = platform::match_name("regions/{region}/rounds/{round}", owner).has_value();
  const bool of_invoice =
      platform::match_name("regions/{region}/invoices/{invoice}", owner).has_value();
  const bool money = occasion == v1::OCCASION_INVOICE_ISSUED || occasion == v1::OCCASION_DUNNING;
  if (money ? !of_invoice : !of_round) return std::nullopt;
  v1::NoticeDue notice;
  notice.set_occasion(occasion);
  notice.set_subject(money ? owner : subject);
  notice.set_step(occasion == v1::OCCASION_DUNNING ? last_part(subject) : "1");
  if (!money) notice.set_round(owner);
  *notice.mutable_due_time() = platform::timestamp_of(now);
  return notice;
}

Addressee addressee_of(const Office& office, v1::Language language) {
  Addressee addressee;
  addressee.person = office.person;
  addressee.name = office.person.empty() ? office.municipality : office.name;
  addressee.address = office.person.empty() ? office.mailbox : office.address;
  addressee.language = language == v1::LANGUAGE_ENGLISH ? "en" : "da";
  addressee.office_title = office.title;
  addressee.municipality = office.municipality;
  addressee.region_title = office.region_title;
  return addressee;
}

}  // namespace

grpc::Status TemplatePreviewer::preview(const Notification& state, const Named<TemplateId>& id,
                                        const v1::TemplateContent& content,
                                        const v1::PreviewTemplateRequest& request, absl::Time now,
                                        v1::TemplatePreview& made) {
  const auto notice = notice_about(request.subject(), id.id.occasion, now);
  if (!notice || region_of(request.subject()) != id.region) return subject_unknown();
  const auto asked = owners_.circumstances(*notice, request.municipality());
  const auto* about = std::get_if<Circumstances>(&asked);
  if (about == nullptr) return no_reply();
  const bool known = about->round ? about->invitee.has_value() : about->invoice.has_value();
  if (!known || (id.id.occasion == v1::OCCASION_DUNNING && !about->dunning)) {
    return subject_unknown();
  }
  const auto found = owners_.office("municipalities/" + request.municipality() + "/offices/" +
                                        state.settings.offices_for(id.id.occasion).front(),
                                    id.region);
  const auto* office = std::get_if<Office>(&found);
  if (office == nullptr) return no_reply();
  made = render(content,
                variables_of(addressee_of(*office, id.id.language), *about, public_url_, now));
  return grpc::Status::OK;
}

}  // namespace kkr::notification
