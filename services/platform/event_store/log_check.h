// Checks a store's rows against the hashes in them, slice by slice, so that it can run between
// batches. Memory does not grow with the log. Reports; repairs nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/platform/event_store/request_walk.h"
#include "services/platform/event_store/sqlite_tables.h"

namespace kkr::platform {

// What is wrong, in a sentence, and the first position the store cannot vouch for because of it.
struct Damage {
  std::uint64_t position = 0;
  std::string sentence;
  bool operator==(const Damage&) const = default;
};

class LogCheck {
 public:
  // What to look at; by default everything.
  struct Scope {
    std::uint64_t from_position = 1;  // Trusts the hash of the row before.
    std::uint64_t from_sequence = 1;  // Likewise, of requests.
    bool documents = true;
    bool index = true;  // request_fingerprints and streams, from their side too.
    bool snapshot = true;
  };
  // `tables` must outlive this. `log`: the name the store ought to have.
  LogCheck(SqliteTables& tables, std::string log) : LogCheck(tables, std::move(log), Scope()) {}
  LogCheck(SqliteTables& tables, std::string log, Scope scope);

  // Checks at most kSliceMax rows; the file must not change meanwhile, but may between steps.
  // Returns false when all has been looked at.
  bool step();
  // Of all found so far, the one with the lowest position.
  const std::optional<Damage>& damage() const { return damage_; }
  // The last event and request found sound, without one missing before them in the scope.
  std::uint64_t events() const { return next_position_ - 1; }
  const Hash& last_event_hash() const { return event_hash_; }
  std::uint64_t requests() const { return next_sequence_ - 1; }

 private:
  enum class Phase { kEvents, kRequests, kFingerprints, kStreams, kDocuments, kSingleRows, kDone };

  bool step_events();
  bool step_requests();
  bool step_fingerprints();
  bool step_streams();
  bool step_documents();
  void check_single_rows();

  bool accept(const RecordedEvent& event);
  bool accept(const StoredRequest& row);
  bool accept(const StoredFingerprint& row);
  bool accept(const StoredStream& row);
  bool accept(const StoredDocument& row);
  bool check_request_of(const RecordedEvent& event, const v1::EventMetadata& metadata);
  bool check_stream_of(const RecordedEvent& event);
  bool check_documents_of(const RecordedEvent& event, const v1::EventMetadata& metadata);
  void check_end_of_events();
  void check_end_of_requests();

  // Always false, so that a check can return it.
  bool note(std::uint64_t position, std::string sentence);
  bool note_unreadable(std::uint64_t position, const std::string& what, int code);

  // One slice of a table that is read in the order of its keys.
  template <class Row, class Read>
  bool step_keys(const char* what, Read read);

  SqliteTables& tables_;
  const std::string log_;
  const Scope scope_;
  RequestWalk request_walk_;
  StoredHead head_;  // As of this step.
  Phase phase_ = Phase::kEvents;
  bool started_ = false;  // Within the phase.
  std::uint64_t next_position_;
  Hash event_hash_{};
  std::uint64_t next_sequence_;
  Hash request_hash_{};
  std::uint64_t after_requests_ = 1;  // The position after those the requests so far account for.
  std::string last_key_;
  StoredFingerprint next_fingerprint_;
  std::optional<Damage> damage_;
};

}  // namespace kkr::platform
