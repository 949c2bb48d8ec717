// The port that puts a notice into words: the region's template for the occasion and language, and
// the mail made of it, signed. Finds out nothing by itself.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "kkr/consultation/v1/round.pb.h"
#include "kkr/financing/v1/dunnings.pb.h"
#include "kkr/financing/v1/invoice.pb.h"
#include "kkr/notification/v1/notice_events.pb.h"
#include "services/notification/sending/send.h"

namespace kkr::notification {

// Whom a letter goes to, as the registry says now.
struct Addressee {
  std::string person;  // `persons/{person}`; empty: it goes to the municipality's mailbox.
  std::string name;    // Of the person or the municipality.
  std::string address;
  std::string language;      // `da` or `en`.
  std::string office_title;  // Empty when there is no such office.
  std::string municipality;  // Its name, such as `Albertslund Kommune`.
  std::string region_title;  // Of the region, such as `Hovedstaden`.
};

// What it is about, as its owner says now.
struct Circumstances {
  v1::NoticeDue notice;  // Without recipients.
  std::optional<consultation::v1::Round> round;
  std::optional<consultation::v1::Invitee> invitee;  // Deadline and answer of the municipality.
  std::optional<financing::v1::Invoice> invoice;
  std::optional<financing::v1::Dunning> dunning;
};

class LetterWriter {
 public:
  virtual ~LetterWriter() = default;

  // The whole letter, `message` complete with `message_id` (without angle brackets) and, where a
  // key is configured, its signature; or why it cannot be written, in a sentence without names.
  // Several threads may call at once.
  virtual std::variant<Letter, std::string> write(const Send& send, const Addressee& addressee,
                                                  const Circumstances& circumstances,
                                                  const std::string& message_id,
                                                  absl::Time site_now) = 0;
};

}  // namespace kkr::notification
