#include "services/notification/sending/sqlite_send_table.h"

#include <filesystem>

#include "services/notification/sending/sends_schema.h"
#include "services/notification/sending/sqlite_send_statements.h"
#include "services/platform/event_store/sqlite_schema.h"

namespace kkr::notification {

using platform::SqliteConnection;
using platform::SqliteError;
using platform::StoreFailure;

namespace {

constexpr int kWalFramesMax = 4096;  // Then the log of changes is folded into the file.

}  // namespace

SqliteSendTable::SqliteSendTable(SqliteSendTableOptions options, SqliteConnection connection)
    : options_(std::move(options)),
      region_(options_.log.substr(options_.log.find('/') + 1)),
      connection_(std::move(connection)) {}

SqliteSendTable::~SqliteSendTable() = default;

std::variant<std::unique_ptr<SqliteSendTable>, SqliteError> SqliteSendTable::open(
    SqliteSendTableOptions options) {
  std::error_code ignored;  // Opening says what is wrong.
  std::filesystem::create_directories(std::filesystem::path(options.path).parent_path(), ignored);
  auto opened =
      SqliteConnection::open(options.path, SqliteConnection::Purpose::kServe, options.vfs);
  if (auto* error = std::get_if<SqliteError>(&opened)) return *error;
  std::unique_ptr<SqliteSendTable> table(
      new SqliteSendTable(std::move(options), std::move(std::get<SqliteConnection>(opened))));
  if (auto error = table->prepare_file()) return *error;
  return table;
}

std::optional<SqliteError> SqliteSendTable::prepare_file() {
  const int format = platform::format_of(connection_);
  if (format > kSendsFormat)
    return SqliteError{SQLITE_MISMATCH, "the sends were written by a newer kkr"};
  if (format == 0) {
    const int code = connection_.execute(std::string("BEGIN IMMEDIATE;") + kSendsSchema +
                                         "PRAGMA user_version = 1;");
    if (code != SQLITE_OK) return connection_.error(code);
    auto meta = connection_.prepare("INSERT INTO meta VALUES (1, ?, ?)");
    if (const int put = meta(options_.log, std::uint64_t{options_.demo}).run(); put != SQLITE_OK)
      return connection_.error(put);
    if (const int done = connection_.execute("COMMIT"); done != SQLITE_OK)
      return connection_.error(done);
  }
  {
    auto meta = connection_.prepare("SELECT log, demo FROM meta");
    auto row = meta();
    if (!row.next()) return SqliteError{SQLITE_CORRUPT, "the sends do not say whose they are"};
    if (row.text(0) != options_.log || (row.number(1) != 0) != options_.demo)
      return SqliteError{SQLITE_MISMATCH, options_.path + " holds the sends of another site"};
  }
  statements_ = std::make_unique<Statements>(connection_);
  sqlite3_wal_hook(
      connection_.raw(),
      [](void* frames, sqlite3*, const char*, int count) {
        *static_cast<int*>(frames) = count;
        return SQLITE_OK;
      },
      &wal_frames_);
  return std::nullopt;
}

template <class Work>
std::optional<StoreFailure> SqliteSendTable::transact(Work work) {
  int code = connection_.execute("BEGIN IMMEDIATE");
  if (code == SQLITE_OK) code = work();
  if (code == SQLITE_OK) code = connection_.execute("COMMIT");
  if (code == SQLITE_OK) {
    fold_in_when_long();
    return std::nullopt;
  }
  if (connection_.in_transaction()) connection_.execute("ROLLBACK");
  return platform::failure_for(code);
}

void SqliteSendTable::fold_in_when_long() {
  if (wal_frames_ < kWalFramesMax) return;
  connection_.execute("PRAGMA wal_checkpoint(PASSIVE)");
  wal_frames_ = 0;
}

int SqliteSendTable::put_in(const PlannedSend& planned, absl::Time site_now, std::size_t& added) {
  const SendKey& key = planned.key;
  const std::string id = id_of(region_, key);
  const bool dropped = !planned.dropped_by.empty();
  const std::string_view state = name_of(dropped ? SendState::kDropped : SendState::kPlanned);
  const std::string_view why = dropped ? std::string_view(planned.dropped_by) : reason::kDue;
  const int code =
      statements_
          ->put_in(id, key.occasion, key.subject, key.recipient, key.step, planned.municipality,
                   planned.round, micros(planned.due_at), platform::Blob{planned.facts}, state, why,
                   std::uint64_t{!dropped}, micros(site_now))
          .run();
  if (code != SQLITE_OK || sqlite3_changes(connection_.raw()) == 0) return code;
  ++added;
  const auto number = sqlite3_last_insert_rowid(connection_.raw());
  return statements_
      ->note(static_cast<std::uint64_t>(number), state, why, std::uint64_t{0}, std::string_view(),
             micros(site_now))
      .run();
}

TableResult<std::size_t> SqliteSendTable::dispatch(const std::vector<Dispatch>& dispatches,
                                                   absl::Time site_now) {
  if (dispatches.empty()) return std::size_t{0};
  const std::lock_guard lock(mutex_);
  std::size_t added = 0;
  const auto failed = transact([&] {
    int code = SQLITE_OK;
    for (const Dispatch& dispatch : dispatches)
      for (const PlannedSend& planned : dispatch.sends)
        if (code == SQLITE_OK) code = put_in(planned, site_now, added);
    const DispatchedTo& to = dispatches.back().to;
    if (code == SQLITE_OK)
      code = statements_->mark_dispatched(to.generation, to.position, to.hash).run();
    return code;
  });
  if (failed) return *failed;
  return added;
}

int SqliteSendTable::move(std::int64_t number, const Transition& to) {
  const auto row = static_cast<std::uint64_t>(number);
  const int code = statements_->move(name_of(to.state), to.reason, micros(to.at), row).run();
  if (code != SQLITE_OK) return code;
  return statements_
      ->note(row, name_of(to.state), to.reason, static_cast<std::uint64_t>(to.code), to.detail,
             micros(to.at))
      .run();
}

TableResult<std::vector<Send>> SqliteSendTable::lease(const LeaseTerms& terms) {
  const std::lock_guard lock(mutex_);
  std::vector<Send> leased;
  const auto failed = transact([&] {
    {
      auto row = statements_->due(micros(terms.machine_now), micros(terms.site_now),
                                  std::uint64_t{terms.sends_max});
      while (row.next()) leased.push_back(read_send(row));
      if (row.code() != SQLITE_OK) return row.code();
    }
    for (Send& send : leased) {
      const bool lost = send.state == SendState::kSending;
      const Transition to{SendState::kSending, lost ? reason::kLeaseExpired : reason::kLeased, 0,
                          "", terms.site_now};
      int code = statements_
                     ->take(terms.holder, micros(terms.expires_at),
                            static_cast<std::uint64_t>(send.number))
                     .run();
      if (code == SQLITE_OK) code = move(send.number, to);
      if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
  });
  if (failed) return *failed;
  return leased;
}

TableResult<std::size_t> SqliteSendTable::end_leases() {
  const std::lock_guard lock(mutex_);
  const int code = statements_->end_leases().run();
  if (code != SQLITE_OK) return platform::failure_for(code);
  return static_cast<std::size_t>(sqlite3_changes(connection_.raw()));
}

TableResult<std::vector<std::string>> SqliteSendTable::write_letters(
    const std::string& holder, const std::vector<Written>& letters) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> kept;
  const auto failed = transact([&] {
    for (const Written& written : letters) {
      const Letter& letter = written.letter;
      const int code =
          statements_
              ->write(written.message_id, letter.channel, letter.person, letter.address,
                      letter.name, letter.language, letter.subject, letter.text, letter.html,
                      platform::Blob{letter.message}, written.id, holder, letter.person)
              .run();
      if (code != SQLITE_OK) return code;
      if (sqlite3_changes(connection_.raw()) > 0) kept.push_back(written.id);
    }
    return SQLITE_OK;
  });
  if (failed) return *failed;
  return kept;
}

TableResult<std::size_t> SqliteSendTable::settle(const std::string& holder,
                                                 const std::vector<Outcome>& outcomes) {
  const std::lock_guard lock(mutex_);
  std::size_t taken = 0;
  const auto failed = transact([&] {
    for (const Outcome& outcome : outcomes) {
      std::int64_t number = 0;
      {
        auto row = statements_->held(outcome.id, holder);
        if (row.next()) number = static_cast<std::int64_t>(row.number(0));
        if (row.code() != SQLITE_OK) return row.code();
      }
      if (number == 0) continue;
      int code =
          statements_
              ->let_go(outcome.gap, micros(outcome.next_attempt_at), micros(outcome.held_until),
                       std::uint64_t{!outcome.tried}, static_cast<std::uint64_t>(number))
              .run();
      if (code == SQLITE_OK) code = move(number, outcome.transition);
      if (code != SQLITE_OK) return code;
      ++taken;
    }
    return SQLITE_OK;
  });
  if (failed) return *failed;
  return taken;
}

TableResult<std::optional<Send>> SqliteSendTable::retry(const std::string& id,
                                                        absl::Time site_now) {
  const std::lock_guard lock(mutex_);
  auto found = find_locked(id);
  const auto* send = std::get_if<std::optional<Send>>(&found);
  if (send == nullptr || !*send) return found;
  if ((*send)->state == SendState::kDeferred) {
    const int code = statements_->hasten(static_cast<std::uint64_t>((*send)->number)).run();
    if (code != SQLITE_OK) return platform::failure_for(code);
    return find_locked(id);
  }
  if ((*send)->state != SendState::kFailed) return found;
  const std::int64_t number = (*send)->number;
  const auto failed = transact([&] {
    const auto row = static_cast<std::uint64_t>(number);
    int code = statements_->empty_letter(row).run();
    if (code == SQLITE_OK) code = statements_->renew(row).run();
    if (code != SQLITE_OK) return code;
    return move(number, {SendState::kPlanned, reason::kMended, 0, "", site_now});
  });
  if (failed) return *failed;
  return find_locked(id);
}

int SqliteSendTable::empty_letter(std::int64_t number) {
  const auto row = static_cast<std::uint64_t>(number);
  int code = statements_->empty_letter(row).run();
  if (code == SQLITE_OK) code = statements_->empty_details(row).run();
  // Whoever is sending it now would still write down what the server says of the address.
  if (code == SQLITE_OK) code = statements_->drop_lease(row).run();
  return code;
}

TableResult<std::monostate> SqliteSendTable::erase(const std::vector<KeptLetter>& letters,
                                                   bool thoroughly) {
  if (letters.empty()) return std::monostate{};
  const std::lock_guard lock(mutex_);
  const auto failed = transact([&] {
    int code = SQLITE_OK;
    for (const KeptLetter& letter : letters)
      if (code == SQLITE_OK) code = empty_letter(letter.number);
    return code;
  });
  if (failed) return *failed;
  // What was erased still stands in the write-ahead log, which is emptied. The file's own pages are
  // zeroed as they are let go; only a rewritten file is certain to hold no remnant.
  const int code =
      connection_.execute(std::string("PRAGMA wal_checkpoint(TRUNCATE);") +
                          (thoroughly ? "VACUUM;" : "") + "PRAGMA wal_checkpoint(TRUNCATE)");
  wal_frames_ = 0;
  if (code != SQLITE_OK) return platform::failure_for(code);
  return std::monostate{};
}

std::optional<std::string> SqliteSendTable::copy_to(const std::string& path) {
  const std::lock_guard lock(mutex_);
  sqlite3* target = nullptr;
  int code =
      sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::error_code ignored;  // As with the table itself.
  std::filesystem::permissions(path, std::filesystem::perms::others_all,
                               std::filesystem::perm_options::remove, ignored);
  if (code == SQLITE_OK) {
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", connection_.raw(), "main");
    code = backup == nullptr ? sqlite3_errcode(target) : sqlite3_backup_step(backup, -1);
    if (backup != nullptr) sqlite3_backup_finish(backup);
  }
  sqlite3_close(target);
  if (code == SQLITE_DONE) return std::nullopt;
  return "the copy " + path + " cannot be written: " + sqlite3_errstr(code);
}

}  // namespace kkr::notification
