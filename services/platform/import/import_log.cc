#include "services/platform/import/import_log.h"

#include <chrono>
#include <utility>

#include "services/platform/attachments/file_attachment_store.h"
#include "services/platform/attachments/postgres_attachment_store.h"
#include "services/platform/event_store/postgres_log_copy.h"
#include "services/platform/event_store/postgres_tables.h"
#include "services/platform/event_store/sqlite_tables.h"
#include "services/platform/event_store/verify_postgres_log.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

using Wrong = std::optional<std::string>;

// No call of an import waits longer for PostgreSQL; nobody waits for an import.
constexpr auto kCallMax = std::chrono::minutes(10);
constexpr std::size_t kAll = static_cast<std::size_t>(-1) >> 1;

constexpr char kLive[] =
    "SELECT name FROM replicas WHERE expires_at > clock_timestamp() ORDER BY name LIMIT 1";
constexpr char kWant[] = "SELECT FROM want_write_version($1::bigint)";

Wrong sentence_of(std::optional<PostgresError> error) {
  if (!error) return std::nullopt;
  return std::move(error->sentence);
}

// One log on its way; after a failure the transaction is for the caller to end.
class LogImport {
 public:
  LogImport(PostgresConnection& connection, SqliteTables& source, const BackedUpLog& log,
            const ImportOptions& options)
      : connection_(connection),
        source_(source),
        log_(log),
        options_(options),
        service_(log.log.substr(0, log.log.find('/'))),
        region_(log.log.substr(log.log.find('/') + 1)) {}

  Wrong run() {
    auto wrong = nobody_serves();
    if (!wrong) wrong = create();
    if (!wrong) wrong = copy_rows();
    if (!wrong) wrong = copy_attachments();
    if (!wrong) wrong = copy_companions();
    if (!wrong) wrong = verify();
    return wrong;
  }

  const ImportedLog& imported() const { return imported_; }

 private:
  // Whoever serves a service reckons with nobody else making its logs.
  Wrong nobody_serves() {
    const auto found = connection_.run(kLive);
    if (const auto* error = std::get_if<PostgresError>(&found)) return error->sentence;
    const auto& live = std::get<PostgresRows>(found);
    if (live.empty()) return std::nullopt;
    return "the " + service_ + " service runs (replica " + std::string(live.text(0, 0)) +
           "): stop it before the import";
  }

  // The row of the log: from here on no other process can make one.
  Wrong create() {
    const auto meta = source_.meta();
    const auto head = source_.head();
    if (!meta.row || !head.row) return "the store " + log_.file + " does not say what it holds";
    meta_ = *meta.row;
    if (meta_.write_version > options_.version_read)
      return log_.log + " may hold facts of version " + std::to_string(meta_.write_version) +
             ", while this program reads up to version " + std::to_string(options_.version_read);
    meta_.generation = new_uuid();
    head_ = *head.row;
    head_.indexed_position = head_.indexed_sequence = 0;
    const auto created = PostgresTables(log_.log, region_).create(connection_, meta_, head_);
    if (const auto* error = std::get_if<PostgresError>(&created)) return error->sentence;
    if (!std::get<bool>(created))
      return "there is a log " + log_.log +
             " in this PostgreSQL already, and nothing is imported over it";
    const auto wanted = connection_.run(kWant, PostgresParameters().number(meta_.write_version));
    if (const auto* error = std::get_if<PostgresError>(&wanted)) return error->sentence;
    return std::nullopt;
  }

  Wrong copy_rows() {
    PostgresLogCopy copy(connection_, region_);
    std::optional<PostgresError> error;
    const auto take = [&](const auto& row) {
      error = copy.add(row);
      return !error;
    };
    int code = source_.events(1, head_.position, take);
    if (!error && code == SQLITE_OK) code = source_.requests(1, head_.request_sequence, take);
    if (!error && code == SQLITE_OK) code = source_.documents("", true, kAll, take);
    if (!error && code == SQLITE_OK) code = source_.checkpoints(take);
    if (!error && code != SQLITE_OK)
      return "the store " + log_.file + " cannot be read: " + sqlite3_errstr(code);
    if (!error) error = copy.finish();
    imported_.events = copy.events();
    imported_.requests = copy.requests();
    return sentence_of(std::move(error));
  }

  Wrong copy_attachments() {
    if (log_.attachments.empty()) return std::nullopt;
    FileAttachmentStore files(options_.backup / log_.attachments_folder);
    PostgresAttachmentCopy copy(connection_, region_);
    for (const auto& attachment : log_.attachments) {
      const auto read = files.get(attachment.sha256);  // Checks the content against its digest.
      const auto* content = std::get_if<std::string>(&read);
      if (content == nullptr)
        return "the attachment " + to_hex(attachment.sha256) + " of " + log_.log +
               " is missing or damaged";
      if (auto error = copy.add(attachment, *content)) return sentence_of(std::move(error));
      ++imported_.attachments;
    }
    return sentence_of(copy.finish());
  }

  Wrong copy_companions() {
    for (const auto& companion : log_.companions) {
      if (!options_.import_companion)
        return "the " + service_ + " service has no place for the file " + companion.file;
      if (auto wrong =
              options_.import_companion(options_.backup / companion.file, meta_, connection_))
        return companion.file + ": " + *wrong;
    }
    return std::nullopt;
  }

  Wrong verify() {
    const auto verified = verify_uncommitted_log(connection_, service_, region_);
    if (const auto* error = std::get_if<PostgresError>(&verified)) return error->sentence;
    const auto& report = std::get<VerifyReport>(verified);
    if (report.damage) return "what came into PostgreSQL is not sound: " + sentence_for(report);
    return std::nullopt;
  }

  PostgresConnection& connection_;
  SqliteTables& source_;
  const BackedUpLog& log_;
  const ImportOptions& options_;
  const std::string service_;
  const std::string region_;
  StoreMeta meta_;
  StoredHead head_;
  ImportedLog imported_;
};

}  // namespace

std::variant<ImportedLog, ImportError> import_log(PostgresConnection& connection,
                                                  const BackedUpLog& log,
                                                  const ImportOptions& options) {
  auto opened =
      SqliteConnection::open(options.backup / log.file, SqliteConnection::Purpose::kInspect);
  if (const auto* error = std::get_if<SqliteError>(&opened)) return ImportError{error->sentence};
  SqliteTables source(std::get<SqliteConnection>(opened));
  connection.set_deadline(kCallMax);
  if (auto error = connection.execute("SET statement_timeout = 0;"
                                      "SET idle_in_transaction_session_timeout = 0;BEGIN"))
    return ImportError{error->sentence};
  LogImport under_way(connection, source, log, options);
  auto wrong = under_way.run();
  if (wrong) {
    connection.execute("ROLLBACK");
    return ImportError{*wrong};
  }
  if (const auto error = connection.execute("COMMIT")) return ImportError{error->sentence};
  if (connection.warned())
    return ImportError{log.log + " is imported, but PostgreSQL did not wait for its standby"};
  return under_way.imported();
}

}  // namespace kkr::platform
