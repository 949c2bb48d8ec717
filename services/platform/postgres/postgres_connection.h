// One connection to PostgreSQL. Every call has an end: the server's time-outs, and one here for the
// case that the server, or the network to it, no longer answers. Knows no table.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "services/platform/postgres/postgres_error.h"
#include "services/platform/postgres/postgres_values.h"

namespace kkr::platform {

struct PostgresSettings {
  // As libpq takes it, `postgresql://…` or `host=… dbname=…`: with it comes TLS (sslmode,
  // sslrootcert, sslcert, sslkey). Carries no password.
  std::string conninfo;
  // Read at each connection, so that a password can be changed while the program runs. Empty: none.
  std::string password_file{};
  // Where names of tables are looked up.
  std::string schema = "public";
  std::string application_name = "kkr";
  std::chrono::milliseconds statement_timeout{5000};
  // Of a session that holds a transaction and says nothing, and of data that nobody acknowledges:
  // a holder that was stopped or cut off lets go of its locks by then. At most 2 s.
  std::chrono::milliseconds silence_max{2000};
};

using PostgresResult = std::variant<PostgresRows, PostgresError>;

// For one thread at a time. No call throws.
class PostgresConnection {
 public:
  // Connects to a server that takes writes (of several in the conninfo, the first such). The error
  // is for a server that is out of reach or refuses, and for a password file that cannot be read.
  static std::variant<PostgresConnection, PostgresError> open(const PostgresSettings& settings);

  // Runs one statement, prepared at its first use, in a round trip and a transaction of its own.
  // `sql` must be a literal: it is known again by its address.
  PostgresResult run(const char* sql, const PostgresParameters& parameters = {});
  // Runs one or more statements without parameters; rows are dropped. For set-up and migrations.
  std::optional<PostgresError> execute(const std::string& sql);
  // Adds rows of `COPY … FROM STDIN`: `copy` is the statement, `bytes` all of its input.
  std::optional<PostgresError> copy_in(const std::string& copy, std::string_view bytes);

  // Waits for what LISTEN asked for. The payloads of what came, none after `timeout`.
  std::variant<std::vector<std::string>, PostgresError> wait_for_notifications(
      std::chrono::milliseconds timeout);

  // False when the connection is lost, also when the server has hung up since the last call.
  bool usable();
  // No call takes longer than this from now on; for migrations, which are allowed to take long.
  void set_deadline(std::chrono::milliseconds call_max) { call_max_ = call_max; }
  int backend_pid() const { return PQbackendPID(connection_.get()); }
  // True when the server warned during the last call: a COMMIT is then not what it seems.
  bool warned() const { return heard_->warning; }

 private:
  friend class PostgresPipeline;
  using Instant = std::chrono::steady_clock::time_point;
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  // What the server said beside its answers.
  struct Heard {
    bool warning = false;
    bool farewell = false;
  };
  struct Step {
    const char* sql;
    PostgresParameters parameters;
  };

  // What was sent, in order: the statement it prepares, or null where one is run.
  using Commands = std::vector<const char*>;

  PostgresConnection(PGconn* connection, std::chrono::milliseconds call_max);
  std::variant<std::vector<PostgresRows>, PostgresError> run_all(const std::vector<Step>& steps);
  bool send(const Step& step, Commands& commands);
  std::optional<PostgresError> flush(Instant deadline);
  // The next result, nullptr between two; the error is for a connection that is lost.
  std::variant<PGresult*, PostgresError> next_result(Instant deadline);
  std::optional<PostgresError> take_results(const Commands& commands, Instant deadline,
                                            std::vector<PostgresRows>& rows);
  static void hear(void* heard, const PGresult* notice);
  std::optional<PostgresError> finish(Instant deadline);
  bool wait(short events, Instant deadline);
  PostgresError lost(std::string sentence);
  Instant deadline() const { return std::chrono::steady_clock::now() + call_max_; }

  std::unique_ptr<PGconn, Close> connection_;
  std::chrono::milliseconds call_max_;
  std::unordered_map<const char*, std::string> prepared_;  // Its name, by the statement.
  std::uint64_t names_given_ = 0;
  std::unique_ptr<Heard> heard_ = std::make_unique<Heard>();
  bool lost_ = false;
};

// Several statements in one round trip. After the first that fails, none is run.
class PostgresPipeline {
 public:
  // `connection` must outlive this.
  explicit PostgresPipeline(PostgresConnection& connection) : connection_(connection) {}

  PostgresPipeline& add(const char* sql, PostgresParameters parameters = {});
  // What each statement returned, in order. They make one transaction, or those that BEGIN and
  // COMMIT among them say; when this returns none is open.
  std::variant<std::vector<PostgresRows>, PostgresError> run();

 private:
  PostgresConnection& connection_;
  std::vector<PostgresConnection::Step> steps_;
};

}  // namespace kkr::platform
