#include "services/notification/letters/letter_variables.h"

#include "absl/strings/str_cat.h"
#include "services/notification/domain/occasions.h"
#include "services/notification/letters/written_date.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

std::string local_date(const google::protobuf::Timestamp& instant) {
  return platform::format_date(platform::local_date_of(platform::instant_of(instant)));
}

std::string last_part(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// The resource a reader of the notice wants to see, and how.
std::string path_of(const Circumstances& about) {
  const v1::NoticeDue& notice = about.notice;
  if (is_about_money(notice.occasion())) {
    const std::string invoice = about.invoice ? about.invoice->name() : notice.subject();
    return invoice + ":document?format=FORMAT_HTML";
  }
  if (notice.occasion() == v1::OCCASION_COLLECTION_READY) {
    return notice.subject() + ":export?format=EXPORT_FORMAT_HTML";
  }
  return notice.occasion() == v1::OCCASION_ANSWER_RECEIVED ? notice.subject() : notice.round();
}

void add_round(Variables& variables, const Circumstances& about, Tongue tongue,
               platform::LocalDate today) {
  const consultation::v1::Round round = about.round.value_or(consultation::v1::Round());
  variables["round"] = round.title();
  variables["case_number"] = round.case_number();
  variables["meeting"] = round.meeting().title();
  variables["meeting_date"] = written_date(round.meeting().date(), tongue);
  variables["meeting_place"] = round.meeting().place();
  const std::string deadline =
      about.invitee ? about.invitee->deadline_date() : about.notice.deadline_date();
  variables["deadline"] = written_day(deadline, tongue);
  variables["deadline_date"] = written_date(deadline, tongue);
  variables["deadline_in"] = written_distance(today, deadline, tongue);
  variables["former_deadline"] = written_day(round.deadline_date(), tongue);
  const std::string council = variables["council"];
  variables["place"] = tongue == Tongue::kDanish
                           ? "høringens side hos " + council + " (linket nedenfor)"
                           : "the hearing's page at " + council + " (link below)";
}

// What happened to the round or the answer, by the day it happened on.
void add_event(Variables& variables, const Circumstances& about, Tongue tongue) {
  const v1::NoticeDue& notice = about.notice;
  const std::string day = written_date(local_date(notice.due_time()), tongue);
  variables["received_date"] = about.invitee && about.invitee->has_submit_time()
                                   ? written_date(local_date(about.invitee->submit_time()), tongue)
                                   : day;
  variables["answer_version"] = notice.step();
  variables["late"] = about.invitee && about.invitee->late() ? "1" : "";
  variables["closed_date"] = about.round && about.round->has_close_time()
                                 ? written_date(local_date(about.round->close_time()), tongue)
                                 : day;
  variables["collection_date"] = day;
  variables["collection_number"] = last_part(notice.subject());
}

std::string account_of(const financing::v1::Invoice& invoice, Tongue tongue) {
  const std::string& bank = invoice.account().registration_number();
  const std::string& account = invoice.account().account_number();
  if (tongue == Tongue::kDanish) {
    return absl::StrCat("reg.nr. ", bank, ", kontonr. ", account, ", ",
                        invoice.seller().official_name());
  }
  return absl::StrCat("bank ", bank, ", account ", account, ", ", invoice.seller().official_name());
}

void add_invoice(Variables& variables, const Circumstances& about, Tongue tongue) {
  const financing::v1::Invoice invoice = about.invoice.value_or(financing::v1::Invoice());
  variables["invoice_number"] = invoice.number();
  variables["year"] = std::to_string(invoice.charged_year());
  variables["amount"] = written_amount(invoice.payable(), tongue);
  variables["due_date"] = written_date(invoice.due_date(), tongue);
  variables["place"] = account_of(invoice, tongue);
  if (!about.dunning) return;
  variables["amount"] = written_amount(about.dunning->outstanding(), tongue);
  variables["due_date"] = written_date(about.dunning->due_date(), tongue);
  variables["former_due_date"] = written_date(about.dunning->passed_date(), tongue);
  variables["dunning_step"] = last_part(about.dunning->name());
}

}  // namespace

Variables variables_of(const Addressee& addressee, const Circumstances& circumstances,
                       const std::string& public_url, absl::Time site_now) {
  const Tongue tongue = tongue_of(addressee.language);
  Variables variables;
  variables["recipient"] = addressee.name;
  variables["municipality"] = addressee.municipality;
  variables["office"] = addressee.person.empty() ? "" : addressee.office_title;
  variables["council"] = "KKR " + addressee.region_title;
  variables["action_url"] = public_url + "/v1/" + path_of(circumstances);
  if (is_about_money(circumstances.notice.occasion())) {
    add_invoice(variables, circumstances, tongue);
  } else {
    add_round(variables, circumstances, tongue, platform::local_date_of(site_now));
    add_event(variables, circumstances, tongue);
  }
  return variables;
}

}  // namespace kkr::notification
