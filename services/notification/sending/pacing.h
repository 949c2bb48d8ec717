// When a send is tried: again after a failure, not too many to one domain, and together in a digest
// for those who want it so. Arithmetic on instants that are passed in; asks no clock.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "kkr/notification/v1/preferences.pb.h"

namespace kkr::notification {

struct BackOff {
  absl::Duration first = absl::Minutes(1);
  absl::Duration longest = absl::Hours(4);  // Each wait is twice the one before, up to this.
  absl::Duration give_up_after = absl::Hours(5 * 24);
};

// How long to wait after the attempt with this number, from 1; nullopt when it was the last one.
std::optional<absl::Duration> wait_after(int attempts, const BackOff& back_off);

// Spaces out what goes to one receiving domain. Any thread.
class DomainPace {
 public:
  // `per_minute` 0: no limit. `burst` may go at once.
  DomainPace(int per_minute, int burst) : per_minute_(per_minute), burst_(burst) {}

  // When the send may go: `now`, or a later instant that is kept for it, so that it goes when it
  // asks again at that instant. Keeps one instant for each send that waits.
  absl::Time slot_for(const std::string& send, const std::string& domain, absl::Time now);

 private:
  const int per_minute_;
  const int burst_;
  std::mutex mutex_;
  std::map<std::string, absl::Time> next_;   // By domain: the first instant not given away.
  std::map<std::string, absl::Time> slots_;  // By send: what was kept for it.
};

// When a notice that is due at `now` goes to a person who wants this digest: the send hour of the
// next working day, or of the next one that is the first of its week; nullopt for at once. Local
// hours, Europe/Copenhagen.
std::optional<absl::Time> digest_at(v1::Preferences::Digest digest, int send_hour, absl::Time now);

}  // namespace kkr::notification
