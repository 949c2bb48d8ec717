// One notice to one recipient and what became of it. The key says which one it is, for ever; who
// got it and what was written is personal and goes when the person is erased or the time is up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace kkr::notification {

// Made at most once. Nothing in it is personal.
struct SendKey {
  std::string occasion;   // The name of the enumerator without its prefix, such as `REMINDER`.
  std::string subject;    // The resource it is about, such as `regions/hovedstaden/rounds/{round}`.
  std::string recipient;  // The office, `municipalities/165/offices/sundhedsdirektoer`.
  std::string step;       // Which of several, such as `2013-03-19-14`; empty where there is one.
  bool operator==(const SendKey&) const = default;
};

enum class SendState { kPlanned, kSending, kSent, kDeferred, kFailed, kDropped };

// `PLANNED` and so on; nullopt for other words.
std::string_view name_of(SendState state);
std::optional<SendState> parse_send_state(std::string_view name);
// Nothing more happens to it by itself.
bool is_final(SendState state);

// Why a send is in its state. Shown to the secretariat, and stable.
namespace reason {
inline constexpr char kDue[] = "DUE";                             // planned
inline constexpr char kLeased[] = "LEASED";                       // sending
inline constexpr char kLeaseExpired[] = "LEASE_EXPIRED";          // sending: a sender was killed
inline constexpr char kAccepted[] = "ACCEPTED";                   // sent
inline constexpr char kOwnerUnavailable[] = "OWNER_UNAVAILABLE";  // deferred: nobody could say
inline constexpr char kRegistryUnavailable[] = "REGISTRY_UNAVAILABLE";  // deferred
inline constexpr char kRateLimited[] = "RATE_LIMITED";                  // deferred
inline constexpr char kDigest[] = "DIGEST";                             // deferred until the digest
inline constexpr char kPersonErased[] = "PERSON_ERASED";                // deferred: look up anew
inline constexpr char kTryAgain[] = "TRY_AGAIN";              // deferred: 4xx or no connection
inline constexpr char kOutcomeUnknown[] = "OUTCOME_UNKNOWN";  // deferred: cut off after the data
inline constexpr char kRefused[] = "REFUSED";                 // failed: 5xx
inline constexpr char kNoAddress[] = "NO_ADDRESS";            // failed
inline constexpr char kTextMissing[] = "TEXT_MISSING";        // failed: no template renders it
inline constexpr char kGaveUp[] = "GAVE_UP";                  // failed: tried for too long
inline constexpr char kNoLongerHolds[] = "NO_LONGER_HOLDS";   // dropped: the owner says so
inline constexpr char kTurnedOff[] = "TURNED_OFF";            // dropped: by preference
inline constexpr char kToldByWebhook[] = "TOLD_BY_WEBHOOK";   // dropped: by preference
inline constexpr char kWebhookRemoved[] = "WEBHOOK_REMOVED";  // dropped
inline constexpr char kSendsLost[] = "SENDS_LOST";            // dropped: was it sent? nobody knows
inline constexpr char kMended[] = "MENDED";                   // planned again by the secretariat
}  // namespace reason

// What the secretariat has to look after; empty for nothing.
namespace gap {
inline constexpr char kNoPerson[] = "NO_PERSON";    // Nobody holds the office: mailbox instead.
inline constexpr char kNoAddress[] = "NO_ADDRESS";  // Whoever holds it has none: mailbox instead.
inline constexpr char kNoMailbox[] = "NO_MAILBOX";  // Neither can be reached: nothing was sent.
inline constexpr char kRefused[] = "REFUSED";       // The receiving server refused it for good.
}  // namespace gap

// What the log said of it when it fell due.
struct PlannedSend {
  SendKey key;
  std::string municipality;  // Its code; empty when the recipient belongs to none.
  std::string round;         // The round it belongs to, by name; empty for invoices.
  absl::Time due_at;         // The instant it was planned for.
  std::string facts;         // The fact of the log, serialized, as whoever renders it needs it.
  std::string dropped_by;    // The rule by which the plan dropped it; empty: it is to be sent.
  bool operator==(const PlannedSend&) const = default;
};

// Whom it goes to and what is written. Personal, all of it.
struct Letter {
  std::string channel;  // `EMAIL`.
  std::string person;   // `persons/{person}`; empty for a mailbox.
  std::string address;
  std::string name;      // Of the person or the municipality.
  std::string language;  // `da`, `en`.
  std::string subject;
  std::string text;
  std::string html;
  std::string message;  // As handed to the channel, byte by byte; repeated like this.
  bool operator==(const Letter&) const = default;
};

// One change of state.
struct Transition {
  SendState state = SendState::kPlanned;
  std::string reason;
  int code = 0;        // Of the server's reply, such as 250; 0 for none.
  std::string detail;  // What a server said; personal, because it may repeat the address.
  absl::Time at;       // By the clock of the site.
  bool operator==(const Transition&) const = default;
};

struct Send {
  std::int64_t number = 0;  // In order of dispatch, from 1.
  std::string id;           // See id_of(): the last part of `regions/{region}/sends/{send}`.
  PlannedSend planned;
  SendState state = SendState::kPlanned;
  std::string reason;
  int code = 0;
  std::string detail;
  std::string gap;
  absl::Time changed_at;
  int attempts = 0;                           // How often it was handed to a channel.
  std::optional<absl::Time> next_attempt_at;  // By the machine's time; only while deferred.
  std::string message_id;                     // Without angle brackets; empty until it was written.
  std::optional<Letter> letter;  // nullopt before it was written and after it was erased.
};

// 32 hexadecimal digits that follow from region and key alone, whatever happens to the log.
std::string id_of(std::string_view region, const SendKey& key);
// The Message-ID of the send, `{id}@{domain}`, without angle brackets.
std::string message_id_of(std::string_view id, std::string_view domain);

}  // namespace kkr::notification
