#include "services/platform/event_store/log_check.h"

#include <algorithm>
#include <utility>

namespace kkr::platform {
namespace {

std::string event_name(std::uint64_t position) { return "event " + std::to_string(position); }

std::string in_quotes(const std::string& text) { return "'" + text + "'"; }

bool names(const RecordedEvent& event, const std::string& key, const std::string& digest) {
  v1::EventMetadata metadata;
  if (!metadata.ParseFromString(event.metadata)) return false;
  return std::any_of(
      metadata.documents().begin(), metadata.documents().end(),
      [&](const auto& named) { return named.key() == key && named.digest() == digest; });
}

std::string digest_of(const DocumentWrite& write) {
  if (!write.value) return {};
  return std::string(as_bytes(document_digest(write.salt, write.key, *write.value)));
}

}  // namespace

LogCheck::LogCheck(SqliteTables& tables, std::string log, Scope scope)
    : tables_(tables),
      log_(std::move(log)),
      scope_(scope),
      request_walk_(tables),
      next_position_(std::max<std::uint64_t>(scope.from_position, 1)),
      next_sequence_(std::max<std::uint64_t>(scope.from_sequence, 1)) {}

bool LogCheck::step() {
  bool more = false;
  head_ = tables_.head().row.value_or(StoredHead());  // A missing one is noted in the end.
  switch (phase_) {
    case Phase::kEvents: more = step_events(); break;
    case Phase::kRequests: more = step_requests(); break;
    case Phase::kFingerprints: more = scope_.index && step_fingerprints(); break;
    case Phase::kStreams: more = scope_.index && step_streams(); break;
    case Phase::kDocuments: more = scope_.documents && step_documents(); break;
    case Phase::kSingleRows: check_single_rows(); break;
    case Phase::kDone: return false;
  }
  started_ = more;
  if (!more) last_key_.clear();
  if (!more) phase_ = static_cast<Phase>(static_cast<int>(phase_) + 1);
  return phase_ != Phase::kDone;
}

bool LogCheck::step_events() {
  if (!started_ && next_position_ > 1) {
    const auto before = tables_.event(next_position_ - 1);
    if (!before.row) {
      note_unreadable(next_position_ - 1, event_name(next_position_ - 1), before.code);
      return false;
    }
    event_hash_ = before.row->hash;
  }
  std::size_t rows = 0;
  bool sound = true;
  const int code = tables_.events(next_position_, kSliceMax, [&](const RecordedEvent& event) {
    ++rows;
    return sound = accept(event);
  });
  if (!sound) return false;
  if (code != SQLITE_OK) return note_unreadable(next_position_, event_name(next_position_), code);
  if (rows == kSliceMax) return true;
  check_end_of_events();
  return false;
}

bool LogCheck::accept(const RecordedEvent& event) {
  if (event.position != next_position_)
    return note(next_position_, event_name(next_position_) + " is missing: the next row holds " +
                                    event_name(event.position));
  if (event_hash(log_, event_hash_, event) != event.hash)
    return note(next_position_, event_name(next_position_) +
                                    " does not match its hash: its row or the one before is not "
                                    "what was written");
  v1::EventMetadata metadata;
  if (!metadata.ParseFromString(event.metadata))
    return note(next_position_, event_name(next_position_) + " has metadata that cannot be read");
  if (!check_request_of(event, metadata) || !check_stream_of(event) ||
      !check_documents_of(event, metadata)) {
    return false;
  }
  event_hash_ = event.hash;
  ++next_position_;
  return true;
}

bool LogCheck::check_request_of(const RecordedEvent& event, const v1::EventMetadata& metadata) {
  if (metadata.request_id().empty()) return true;
  const auto found = request_walk_.at(event.position);
  const std::string what = "the request of " + event_name(event.position);
  if (found.code != SQLITE_OK) return note_unreadable(event.position, what, found.code);
  if (!found.row || found.row->request.request_id != metadata.request_id())
    return note(event.position, what + " is missing from the requests");
  if (found.row->request.first_position <= event.position) return true;
  return note(event.position, what + " is recorded for other positions");
}

bool LogCheck::check_stream_of(const RecordedEvent& event) {
  if (event.position > head_.indexed_position) return true;
  const auto end = tables_.stream(event.stream);
  const std::string what = "the end of the stream of " + event_name(event.position);
  if (!end.row) return note_unreadable(event.position, what, end.code);
  if (end.row->version >= event.version && end.row->position >= event.position) return true;
  return note(event.position, what + " is an older one");
}

bool LogCheck::check_documents_of(const RecordedEvent& event, const v1::EventMetadata& metadata) {
  for (const auto& named : metadata.documents()) {
    const auto found = tables_.document(named.key());
    const std::string what =
        "the document " + in_quotes(named.key()) + " that " + event_name(event.position) + " names";
    if (found.code != SQLITE_OK) return note_unreadable(event.position, what, found.code);
    if (!found.row) return note(event.position, what + " is missing");
    if (found.row->position < event.position)
      return note(event.position, what + " is an older one");
  }
  return true;
}

void LogCheck::check_end_of_events() {
  const auto head = tables_.head();
  if (!head.row) return;  // Noted with the single rows.
  if (head.row->position >= next_position_)
    note(next_position_, "the log ends before " + event_name(next_position_) +
                             ", but its head is " + event_name(head.row->position) +
                             ": its last events are missing");
  else if (head.row->position + 1 < next_position_)
    note(head.row->position + 1, "the log goes on after its head, " +
                                     event_name(head.row->position) +
                                     ": the head is older than the log");
  else if (head.row->hash != event_hash_)
    note(std::max<std::uint64_t>(head.row->position, 1),
         "the head names another hash than " + event_name(head.row->position) + " has");
}

bool LogCheck::step_requests() {
  if (!started_ && next_sequence_ > 1) {
    const auto before = tables_.request(next_sequence_ - 1);
    if (!before.row)
      return note_unreadable(next_position_, "request " + std::to_string(next_sequence_ - 1),
                             before.code);
    request_hash_ = before.row->hash;
    after_requests_ =
        std::max(before.row->request.first_position, before.row->request.last_position + 1);
  }
  std::size_t rows = 0;
  bool sound = true;
  const int code = tables_.requests(next_sequence_, kSliceMax, [&](const StoredRequest& row) {
    ++rows;
    return sound = accept(row);
  });
  if (!sound) return false;
  if (code != SQLITE_OK)
    return note_unreadable(after_requests_, "request " + std::to_string(next_sequence_), code);
  if (rows == kSliceMax) return true;
  check_end_of_requests();
  return false;
}

bool LogCheck::accept(const StoredRequest& row) {
  const std::string name = "request " + std::to_string(next_sequence_);
  if (row.sequence != next_sequence_)
    return note(after_requests_,
                name + " is missing: the next row holds request " + std::to_string(row.sequence));
  if (request_hash(log_, request_hash_, row.sequence, row.request) != row.hash)
    return note(after_requests_, name +
                                     " does not match its hash: its row or the one before is "
                                     "not what was written");
  if (row.sequence <= head_.indexed_sequence) {
    bool is_known = false;
    const int code = tables_.fingerprints_of(request_fingerprint(row.request.request_id),
                                             [&](const StoredFingerprint& known) {
                                               is_known = known.sequence == row.sequence;
                                               return !is_known;
                                             });
    if (!is_known) return note_unreadable(after_requests_, "the fingerprint of " + name, code);
  }
  request_hash_ = row.hash;
  after_requests_ = std::max(row.request.first_position, row.request.last_position + 1);
  ++next_sequence_;
  return true;
}

void LogCheck::check_end_of_requests() {
  const auto head = tables_.head();
  if (!head.row) return;
  if (head.row->request_sequence >= next_sequence_)
    note(after_requests_, "the requests end before request " + std::to_string(next_sequence_) +
                              ", but the head counts " +
                              std::to_string(head.row->request_sequence));
  else if (head.row->request_sequence + 1 != next_sequence_ ||
           head.row->request_hash != request_hash_)
    note(after_requests_, "the head does not agree with the last request");
}

template <class Row, class Read>
bool LogCheck::step_keys(const char* what, Read read) {
  std::size_t rows = 0;
  bool sound = true;
  const int code = read([&](const Row& row) {
    ++rows;
    return sound = accept(row);
  });
  if (!sound) return false;
  if (code != SQLITE_OK)
    return note_unreadable(next_position_, what + (" after " + in_quotes(last_key_)), code);
  return rows == kSliceMax;
}

bool LogCheck::step_fingerprints() {
  return step_keys<StoredFingerprint>("a fingerprint", [&](const auto& take) {
    return tables_.fingerprints(next_fingerprint_, kSliceMax, take);
  });
}

bool LogCheck::accept(const StoredFingerprint& row) {
  last_key_ = std::to_string(row.fingerprint);
  next_fingerprint_ = {row.fingerprint, row.sequence + 1};
  const auto found = tables_.request(row.sequence);
  const bool right =
      found.row && request_fingerprint(found.row->request.request_id) == row.fingerprint;
  return right ||
         note(after_requests_, "the fingerprint " + last_key_ + " leads to request " +
                                   std::to_string(row.sequence) + ", which is not its own");
}

bool LogCheck::step_streams() {
  return step_keys<StoredStream>(
      "a stream", [&](const auto& take) { return tables_.streams(last_key_, kSliceMax, take); });
}

bool LogCheck::accept(const StoredStream& row) {
  last_key_ = row.stream;
  const auto last = tables_.event(row.position);
  const bool right = last.row && last.row->stream == row.stream && last.row->version == row.version;
  return right || note(std::min(row.position, next_position_),
                       "the stream " + in_quotes(row.stream) + " does not end at event " +
                           std::to_string(row.position));
}

bool LogCheck::step_documents() {
  return step_keys<StoredDocument>("a document", [&](const auto& take) {
    return tables_.documents(last_key_, !started_, kSliceMax, take);
  });
}

bool LogCheck::accept(const StoredDocument& row) {
  last_key_ = row.write.key;
  const std::string what = "the document " + in_quotes(row.write.key);
  const auto event = tables_.event(row.position);
  if (event.code != SQLITE_OK) return note_unreadable(row.position, what, event.code);
  if (!event.row || !names(*event.row, row.write.key, row.digest))
    return note(std::min(row.position, next_position_),
                what + " is not the one that " + event_name(row.position) + " names");
  const bool salt_left = !row.write.value && !row.write.salt.empty();
  if (digest_of(row.write) != row.digest || salt_left)
    return note(row.position,
                what + " does not match the digest that " + event_name(row.position) + " names");
  return true;
}

void LogCheck::check_single_rows() {
  const std::string intact =
      damage_ ? "" : "; the events up to " + std::to_string(next_position_ - 1) + " are sound";
  const auto head = tables_.head();
  if (!head.row) {
    note_unreadable(next_position_, "the head of the log", head.code);
  } else {
    std::vector<Checkpoint> checkpoints;
    const int code = tables_.checkpoints([&](Checkpoint checkpoint) {
      checkpoints.push_back(std::move(checkpoint));
      return true;
    });
    if (code != SQLITE_OK)
      note_unreadable(next_position_, "a checkpoint", code);
    else if (checkpoints_hash(checkpoints) != head.row->checkpoints_hash)
      note(next_position_, "the checkpoints are not those that were written" + intact);
  }
  if (!scope_.snapshot) return;
  const auto snapshot = tables_.snapshot();
  if (snapshot.code != SQLITE_OK)
    note(next_position_,
         "the snapshot does not match its checksum; it is a cache and may be "
         "deleted" +
             intact);
}

bool LogCheck::note(std::uint64_t position, std::string sentence) {
  position = std::max<std::uint64_t>(position, 1);  // Whatever a damaged row says.
  if (!damage_ || position < damage_->position) damage_ = {position, std::move(sentence)};
  return false;
}

bool LogCheck::note_unreadable(std::uint64_t position, const std::string& what, int code) {
  if (code == SQLITE_OK) return note(position, what + " is missing");
  return note(position, what + " cannot be read: SQLite reports " + sqlite3_errstr(code));
}

}  // namespace kkr::platform
