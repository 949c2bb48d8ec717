#include "services/platform/event_store/verify_log.h"

#include "services/platform/event_store/anchor_file.h"
#include "services/platform/event_store/sqlite_schema.h"
#include "services/platform/event_store/sqlite_tables.h"

namespace kkr::platform {
namespace {

void note(VerifyReport& report, std::uint64_t position, std::string sentence) {
  if (!report.damage || position < report.damage->position)
    report.damage = {position, std::move(sentence)};
}

// What the file says it is. False when its rows cannot be checked at all.
bool check_description(SqliteConnection& connection, SqliteTables& tables, VerifyReport& report) {
  const int format = format_of(connection);
  if (format != sqlite_format()) {
    note(report, 1,
         "the file says it has format " + std::to_string(format) + ", not " +
             std::to_string(sqlite_format()));
    return false;
  }
  const auto meta = tables.meta();
  if (meta.row) report.head.generation = meta.row->generation;
  if (!meta.row)
    note(report, 1,
         "the row that says what the store is, is missing or does not match its "
         "checksum");
  else if (meta.row->log != report.log)
    note(report, 1, "the store holds the log " + meta.row->log);
  return !meta.row || meta.row->log == report.log;
}

// What no row shows: indexes, and pages that do not belong together.
void check_structure(SqliteConnection& connection, VerifyReport& report, std::uint64_t next) {
  auto check = connection.prepare("PRAGMA integrity_check(100)");
  const std::string sound = "; the events up to " + std::to_string(next - 1) + " are sound";
  auto row = check();
  while (row.next()) {
    std::string complaint(row.text(0));
    if (complaint == "ok") return;
    complaint.append(sound);
    note(report, next, "SQLite finds the file inconsistent: " + complaint);
  }
  if (row.code() != SQLITE_OK)
    note(report, next, std::string("SQLite cannot check the file: ") + sqlite3_errstr(row.code()));
}

// Compares one log with its anchors, one after the other.
class AnchorCheck {
 public:
  AnchorCheck(SqliteTables& tables, VerifyReport& report) : tables_(tables), report_(report) {}

  void compare(const Anchor& anchor) {
    last_generation_ = anchor.generation;
    if (anchor.generation != report_.head.generation) return;  // A life before a restore.
    ++report_.anchors;
    if (holds_event(anchor) && holds_request(anchor)) agreed_ = anchor.position;
  }

  void finish() {
    if (last_generation_.empty() || last_generation_ == report_.head.generation) return;
    note(report_, 1,
         "the anchor file knows the log under generation " + last_generation_ +
             ", the store has generation " + report_.head.generation +
             ": it is not the one that was served last");
  }

 private:
  bool holds_event(const Anchor& anchor) {
    if (anchor.position > report_.head.position) {
      note(report_, report_.head.position + 1,
           "the log ends at position " + std::to_string(report_.head.position) +
               ", but the anchor file has seen position " + std::to_string(anchor.position) +
               ": its last events are missing");
      return false;
    }
    const auto event = anchor.position == 0 ? Found<RecordedEvent>{RecordedEvent{}, SQLITE_OK}
                                            : tables_.event(anchor.position);
    if (event.row && event.row->hash == anchor.hash) return true;
    note(report_, agreed_ + 1,
         "event " + std::to_string(anchor.position) + " is not the one the anchor file has seen");
    return false;
  }

  bool holds_request(const Anchor& anchor) {
    if (anchor.request_sequence == 0) return true;
    const auto request = tables_.request(anchor.request_sequence);
    if (request.row && request.row->hash == anchor.request_hash) return true;
    note(report_, agreed_ + 1,
         "request " + std::to_string(anchor.request_sequence) +
             " is missing or not the one the anchor file has seen");
    return false;
  }

  SqliteTables& tables_;
  VerifyReport& report_;
  std::string last_generation_;
  std::uint64_t agreed_ = 0;  // The last position that an anchor agreed to.
};

bool check_anchors(const std::string& path, SqliteTables& tables, VerifyReport& report) {
  AnchorCheck check(tables, report);
  const auto read =
      read_anchors(path, report.log, [&](const Anchor& anchor) { check.compare(anchor); });
  check.finish();
  report.unreadable_anchors = read.unreadable_lines;
  return read.opened;
}

}  // namespace

std::variant<VerifyReport, SqliteError> verify_log(const VerifyOptions& options) {
  VerifyReport report;
  report.log = options.log;
  auto opened = SqliteConnection::open(options.path, SqliteConnection::Purpose::kInspect);
  if (const auto* error = std::get_if<SqliteError>(&opened)) {
    if (failure_for(error->code) != StoreFailure::kDamaged) return *error;
    note(report, 1, error->sentence);
    return report;
  }
  auto& connection = std::get<SqliteConnection>(opened);
  SqliteTables tables(connection);
  if (!check_description(connection, tables, report)) return report;

  LogCheck check(tables, options.log);
  while (check.step()) {
  }
  if (check.damage()) note(report, check.damage()->position, check.damage()->sentence);
  report.head.position = check.events();
  report.head.hash = check.last_event_hash();
  report.requests = check.requests();
  check_structure(connection, report, check.events() + 1);
  if (!options.anchor.empty() && !check_anchors(options.anchor, tables, report))
    return SqliteError{SQLITE_CANTOPEN, "the anchor file " + options.anchor + " cannot be read"};
  return report;
}

std::string sentence_for(const VerifyReport& report) {
  std::string sentence = report.log + ": ";
  if (report.damage) {
    sentence += "cannot vouch for position " + std::to_string(report.damage->position) + ": " +
                report.damage->sentence;
  } else {
    sentence += "sound up to position " + std::to_string(report.head.position) + " (" +
                std::to_string(report.requests) + " requests, " + std::to_string(report.anchors) +
                " anchors, hash " + to_hex(report.head.hash).substr(0, 16) + ")";
  }
  if (report.unreadable_anchors > 0)
    sentence += "; " + std::to_string(report.unreadable_anchors) +
                " lines of the anchor file were skipped, because they do not match their checksum";
  return sentence;
}

}  // namespace kkr::platform
