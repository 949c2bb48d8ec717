// The port to the sends of one region: what is to be sent to whom, and what became of it. A row is
// made once for each key and stays for ever; what is personal in it can be erased. Knows nothing of
// mail, and decides nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/notification/sending/send.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::notification {

// Where in the log of the region dispatching has come to.
struct DispatchedTo {
  std::string generation;
  std::uint64_t position = 0;
  platform::Hash hash{};
  bool operator==(const DispatchedTo&) const = default;
};

// What one fact of the log makes of the table.
struct Dispatch {
  DispatchedTo to;
  std::vector<PlannedSend> sends;
  std::vector<std::string> erased_persons;
};

// Instants of this machine, for leases and back-off: `absl::Now()`, never the site's clock.
struct LeaseTerms {
  std::string holder;  // Another one for each sender that ever ran.
  absl::Time machine_now;
  absl::Time expires_at;
  absl::Time site_now;  // Stands in the transition; a send held until later than this stays.
  std::size_t sends_max = 64;
};

// What a holder says of a send at the end of its work on it.
struct Outcome {
  std::string id;
  Transition transition;  // Any state but kSending.
  std::string gap{};
  std::optional<absl::Time> next_attempt_at{};  // Deferred: by this machine's time …
  std::optional<absl::Time> held_until{};       // … or by the site's.
  bool tried = true;                            // Counts as a try; see has_untried().
};

// A send that has a letter, of which a channel may have a copy.
struct KeptLetter {
  std::int64_t number = 0;
  std::string message_id;  // Empty when it was never handed over.
};

// What is asked for; what is empty does not narrow.
struct SendFilter {
  std::string occasion{};
  std::string subject{};  // Or what stands under it.
  std::string municipality{};
  std::string step{};
  std::string channel{};
  std::optional<SendState> state{};
  bool gaps_only = false;
};

// How many sends of a round are in which state.
struct SendCount {
  std::string occasion;
  SendState state = SendState::kPlanned;
  std::uint64_t count = 0;
};

// What one municipality was sent of one round.
struct Contacted {
  std::optional<absl::Time> invited_at;
  int reminders = 0;  // Steps, to whichever of its offices.
  std::optional<absl::Time> last_reminded_at;
};

template <class T>
using TableResult = platform::StoreResult<T>;

// All calls block and may come from any thread. No call throws. A failure has changed nothing.
class SendTable {
 public:
  virtual ~SendTable() = default;

  // nullopt: nothing was dispatched yet.
  virtual TableResult<std::optional<DispatchedTo>> dispatched_to() = 0;
  // Puts in the sends that are not there yet and moves the mark, in one transaction. Returns how
  // many were new. What is there already is left alone, so a fact may come again.
  virtual TableResult<std::size_t> dispatch(const std::vector<Dispatch>& dispatches,
                                            absl::Time site_now) = 0;

  // Takes sends that are due: planned, deferred and their time has come, or sending with a lease
  // that has run out. They are in kSending and the holder's when this returns, oldest first.
  virtual TableResult<std::vector<Send>> lease(const LeaseTerms& terms) = 0;
  // Ends every lease: for a table that only one process can have open, at its start.
  virtual TableResult<std::size_t> end_leases() = 0;
  // Keeps what is about to be handed to the channel and counts the attempt. Sends that the holder
  // has lost, and letters to erased persons, are skipped; returns the ids that were kept.
  struct Written {
    std::string id;
    std::string message_id;
    Letter letter;
  };
  virtual TableResult<std::vector<std::string>> write_letters(
      const std::string& holder, const std::vector<Written>& letters) = 0;
  // Ends the holder's work on these sends. Those it has lost are skipped; returns how many were
  // taken.
  virtual TableResult<std::size_t> settle(const std::string& holder,
                                          const std::vector<Outcome>& outcomes) = 0;
  // The earliest instants at which lease() will find something: by this machine's time, and by the
  // site's. A send that is due now counts as `machine_now` at the latest.
  struct Wakes {
    std::optional<absl::Time> machine;
    std::optional<absl::Time> site;
  };
  virtual TableResult<Wakes> next_wakes() = 0;
  // Whether a send due by `site_instant` has never been tried, or is being tried now.
  virtual TableResult<bool> has_untried(absl::Time site_instant) = 0;
  // Since when, by the site's time, the oldest send that should have gone by `site_now` has been
  // waiting, whether tried or not; nullopt when none is. One that is held has been waiting since it
  // was to be let go.
  virtual TableResult<std::optional<absl::Time>> oldest_unsent(absl::Time site_now) = 0;

  // Has a failed send tried again, with its person and text looked up anew, and a deferred one at
  // once; id and Message-ID stay. nullopt for an unknown id; a send in another state is returned as
  // it is.
  virtual TableResult<std::optional<Send>> retry(const std::string& id, absl::Time site_now) = 0;

  virtual TableResult<std::optional<Send>> find(const std::string& id) = 0;
  virtual TableResult<std::vector<Transition>> transitions(const std::string& id) = 0;
  // Newest first; those with a smaller number than `before`, 0 for all.
  virtual TableResult<std::vector<Send>> list(const SendFilter& filter, std::int64_t before,
                                              std::size_t limit) = 0;
  // In order of recipients, those after `after`: the newest send of each that ended sent or failed,
  // where it met a gap.
  virtual TableResult<std::vector<Send>> gaps(const std::string& after, std::size_t limit) = 0;
  virtual TableResult<std::vector<SendCount>> count(const std::string& round) = 0;
  // By municipality code: everybody there is a send for. Only what was sent counts.
  virtual TableResult<std::map<std::string, Contacted>> contacted(const std::string& round) = 0;

  // The sends whose letters go to the person. From now on none to them is kept any more.
  virtual TableResult<std::vector<KeptLetter>> letters_of(const std::string& person) = 0;
  // At most `limit` sends that ended before and still have their letters.
  virtual TableResult<std::vector<KeptLetter>> letters_ended(absl::Time ended_before,
                                                             std::size_t limit) = 0;
  // Empties these letters, and what servers said of them, in the files as well: `thoroughly` by
  // writing the whole file anew. Sends that are not final are looked up anew.
  virtual TableResult<std::monostate> erase(const std::vector<KeptLetter>& letters,
                                            bool thoroughly) = 0;
};

}  // namespace kkr::notification
