#include "services/notification/sending/office_desk.h"

#include <algorithm>
#include <utility>

#include "services/notification/domain/occasions.h"
#include "services/notification/sending/holds.h"
#include "services/notification/sending/pacing.h"
#include "services/platform/time/local_date.h"

namespace kkr::notification {
namespace {

NotSent deferred(const char* why) { return {SendState::kDeferred, why, "", "", std::nullopt}; }
NotSent dropped(const char* why) { return {SendState::kDropped, why, "", "", std::nullopt}; }
NotSent failed(const char* why, std::string detail, const char* gap) {
  return {SendState::kFailed, why, std::move(detail), gap, std::nullopt};
}

std::string language_of(v1::Language wished, v1::Language of_region) {
  return language_tag(wished == v1::LANGUAGE_UNSPECIFIED ? of_region : wished);
}

const char* gap_of(const Office& office) {
  if (office.person.empty()) return gap::kNoPerson;
  return office.address.empty() ? gap::kNoAddress : "";
}

}  // namespace

std::variant<Ready, NotSent> OfficeDesk::prepare(const Send& send, absl::Time site_now) {
  v1::NoticeDue notice;
  if (!notice.ParseFromString(send.planned.facts))
    return failed(reason::kTextMissing, "what the log says of it cannot be read", "");
  const v1::Occasion occasion = notice.occasion();
  const auto asked = owners_.circumstances(std::move(notice), send.planned.municipality);
  const auto* circumstances = std::get_if<Circumstances>(&asked);
  if (circumstances == nullptr) return deferred(reason::kOwnerUnavailable);
  if (!holds(*circumstances, platform::local_date_of(site_now)))
    return dropped(reason::kNoLongerHolds);

  const auto found = owners_.office(send.planned.key.recipient, region_);
  const auto* office = std::get_if<Office>(&found);
  if (office == nullptr) return deferred(reason::kRegistryUnavailable);
  const auto settings = wishes_.of_region();
  const std::string lacking = gap_of(*office);
  if (!lacking.empty()) {
    if (office->mailbox.empty()) return failed(reason::kNoAddress, "", gap::kNoMailbox);
    return write(send, *circumstances,
                 {"", office->municipality, office->mailbox,
                  language_of(v1::LANGUAGE_UNSPECIFIED, settings.language()), office->title,
                  office->municipality, office->region_title},
                 lacking, site_now);
  }
  const auto wished = wishes_.of_person(office->person);
  if (wished.channel() == v1::CHANNEL_WEBHOOK &&
      wishes_.told_by_webhook(occasion, send.planned.municipality, send.planned.due_at))
    return dropped(reason::kToldByWebhook);
  if (!wishes_.is_mandatory(occasion)) {
    const auto& off = wished.turned_off();
    if (std::find(off.begin(), off.end(), occasion) != off.end())
      return dropped(reason::kTurnedOff);
    const auto held = digest_at(wished.digest(), settings.send_hour(), site_now);
    if (held && send.reason == reason::kDue)
      return NotSent{SendState::kDeferred, reason::kDigest, "", "", held};
  }
  return write(send, *circumstances,
               {office->person, office->name, office->address,
                language_of(wished.language(), settings.language()), office->title,
                office->municipality, office->region_title},
               "", site_now);
}

std::variant<Ready, NotSent> OfficeDesk::write(const Send& send, const Circumstances& circumstances,
                                               const Addressee& addressee, std::string gap,
                                               absl::Time site_now) {
  if (send.letter && send.letter->person == addressee.person &&
      send.letter->address == addressee.address)
    return Ready{*send.letter, send.message_id, std::move(gap)};
  const std::string message_id =
      send.message_id.empty() ? message_id_of(send.id, domain_) : send.message_id;
  auto written = writer_->write(send, addressee, circumstances, message_id, site_now);
  if (auto* why_not = std::get_if<std::string>(&written))
    return failed(reason::kTextMissing, std::move(*why_not), "");
  return Ready{std::get<Letter>(std::move(written)), message_id, std::move(gap)};
}

}  // namespace kkr::notification
