#include "services/platform/postgres/postgres_connection.h"

#include <poll.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "services/platform/postgres/postgres_set_up.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

std::string first_line_of(const char* words) {
  std::string line = words == nullptr ? "" : words;
  line.erase(std::find(line.begin(), line.end(), '\n'), line.end());
  return line;
}

// The server's own words without its details, in which values of rows stand.
PostgresError error_in(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return {state == nullptr ? PostgresError::kConnectionLost : state,
          "PostgreSQL reports: " +
              first_line_of(words == nullptr ? PQresultErrorMessage(result) : words)};
}

bool is_error(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

}  // namespace

std::variant<PostgresConnection, PostgresError> PostgresConnection::open(
    const PostgresSettings& settings) {
  auto connected = connect(settings);
  if (auto* error = std::get_if<PostgresError>(&connected)) return std::move(*error);
  // The server ends a statement before this does: that leaves the connection usable.
  PostgresConnection connection(std::get<PGconn*>(connected),
                                settings.statement_timeout + settings.silence_max);
  if (auto error = connection.execute(session_settings(settings))) return std::move(*error);
  return connection;
}

PostgresConnection::PostgresConnection(PGconn* connection, milliseconds call_max)
    : connection_(connection), call_max_(call_max) {
  PQsetnonblocking(connection, 1);
  PQsetNoticeReceiver(connection, hear, heard_.get());
}

PostgresResult PostgresConnection::run(const char* sql, const PostgresParameters& parameters) {
  auto all = run_all({{sql, parameters}});
  if (auto* error = std::get_if<PostgresError>(&all)) return std::move(*error);
  return std::move(std::get<std::vector<PostgresRows>>(all).front());
}

std::variant<std::vector<PostgresRows>, PostgresError> PostgresConnection::run_all(
    const std::vector<Step>& steps) {
  heard_->warning = false;
  if (lost_) return lost("the connection to PostgreSQL was lost before");
  const Instant end = deadline();
  Commands commands;
  bool sent = PQenterPipelineMode(connection_.get()) == 1;
  for (const Step& step : steps) sent = sent && send(step, commands);
  if (!sent || PQpipelineSync(connection_.get()) != 1)
    return lost("cannot send to PostgreSQL: " + first_line_of(PQerrorMessage(connection_.get())));
  if (auto error = flush(end)) return std::move(*error);
  std::vector<PostgresRows> rows;
  auto error = take_results(commands, end, rows);
  if (lost_) return std::move(*error);
  PQexitPipelineMode(connection_.get());
  if (!error) return rows;
  if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) execute("ROLLBACK");
  return std::move(*error);
}

bool PostgresConnection::send(const Step& step, Commands& commands) {
  constexpr int kBinary = 1;
  PGconn* const connection = connection_.get();
  const auto [known, is_new] = prepared_.try_emplace(step.sql);
  if (is_new) {
    known->second = "kkr_" + std::to_string(++names_given_);
    if (PQsendPrepare(connection, known->second.c_str(), step.sql, 0, nullptr) != 1) return false;
    commands.push_back(step.sql);
  }
  const auto pointers = step.parameters.pointers();
  const auto lengths = step.parameters.lengths();
  const std::vector<int> formats(pointers.size(), kBinary);
  commands.push_back(nullptr);
  return PQsendQueryPrepared(connection, known->second.c_str(), step.parameters.count(),
                             pointers.data(), lengths.data(), formats.data(), kBinary) == 1;
}

// Reads while it writes: a server that cannot get rid of its answers reads nothing more.
std::optional<PostgresError> PostgresConnection::flush(Instant deadline) {
  for (;;) {
    const int left = PQflush(connection_.get());
    if (left == 0) return std::nullopt;
    if (left < 0) return lost("the connection to PostgreSQL broke while sending");
    if (!wait(POLLIN | POLLOUT, deadline)) return lost("PostgreSQL takes nothing more");
    if (PQconsumeInput(connection_.get()) != 1)
      return lost("the connection to PostgreSQL broke while sending");
  }
}

std::variant<PGresult*, PostgresError> PostgresConnection::next_result(Instant deadline) {
  while (PQisBusy(connection_.get()) == 1) {
    if (!wait(POLLIN, deadline)) return lost("PostgreSQL did not answer in time");
    if (PQconsumeInput(connection_.get()) != 1)
      return lost("the connection to PostgreSQL broke: " +
                  first_line_of(PQerrorMessage(connection_.get())));
  }
  PGresult* const result = PQgetResult(connection_.get());
  if (PQstatus(connection_.get()) == CONNECTION_OK) return result;
  const Result last(result);
  return lost(last ? error_in(last.get()).sentence : "PostgreSQL hung up");
}

std::optional<PostgresError> PostgresConnection::take_results(const Commands& commands,
                                                              Instant deadline,
                                                              std::vector<PostgresRows>& rows) {
  std::optional<PostgresError> first_error;
  for (std::size_t taken = 0; taken < commands.size();) {
    auto next = next_result(deadline);
    if (auto* error = std::get_if<PostgresError>(&next)) return std::move(*error);
    Result result(std::get<PGresult*>(next));
    if (!result) {  // After each command's results.
      ++taken;
      continue;
    }
    if (is_error(result.get()) && !first_error) first_error = error_in(result.get());
    if (commands[taken] == nullptr) {
      rows.emplace_back(result.release());
    } else if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
      prepared_.erase(commands[taken]);  // Failed, or was not reached.
    }
  }
  auto sync = next_result(deadline);
  if (auto* error = std::get_if<PostgresError>(&sync)) return std::move(*error);
  const Result end(std::get<PGresult*>(sync));
  if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC)
    return lost("PostgreSQL answered out of turn");
  return first_error;
}

std::optional<PostgresError> PostgresConnection::execute(const std::string& sql) {
  heard_->warning = false;
  if (lost_) return lost("the connection to PostgreSQL was lost before");
  const Instant end = deadline();
  if (PQsendQuery(connection_.get(), sql.c_str()) != 1) return lost("cannot send to PostgreSQL");
  if (auto error = flush(end)) return error;
  return finish(end);
}

std::optional<PostgresError> PostgresConnection::finish(Instant deadline) {
  std::optional<PostgresError> first_error;
  for (;;) {
    auto next = next_result(deadline);
    if (auto* error = std::get_if<PostgresError>(&next)) return std::move(*error);
    const Result result(std::get<PGresult*>(next));
    if (!result) return first_error;
    if (is_error(result.get()) && !first_error) first_error = error_in(result.get());
  }
}

std::optional<PostgresError> PostgresConnection::copy_in(const std::string& copy,
                                                         std::string_view bytes) {
  constexpr std::size_t kChunk = 64 * 1024;
  if (lost_) return lost("the connection to PostgreSQL was lost before");
  if (PQsendQuery(connection_.get(), copy.c_str()) != 1) return lost("cannot send to PostgreSQL");
  if (auto error = flush(deadline())) return error;
  auto begun = next_result(deadline());
  if (auto* error = std::get_if<PostgresError>(&begun)) return std::move(*error);
  const Result result(std::get<PGresult*>(begun));
  if (!result || PQresultStatus(result.get()) != PGRES_COPY_IN) {
    auto error = result ? error_in(result.get()) : PostgresError{"", "PostgreSQL took no rows"};
    finish(deadline());
    return error;
  }
  while (!bytes.empty()) {
    const std::string_view chunk = bytes.substr(0, kChunk);
    const int put = PQputCopyData(connection_.get(), chunk.data(), static_cast<int>(chunk.size()));
    if (put < 0) return lost("cannot send rows to PostgreSQL");
    if (put == 1) bytes.remove_prefix(chunk.size());
    if (auto error = flush(deadline())) return error;
  }
  if (PQputCopyEnd(connection_.get(), nullptr) < 0) return lost("cannot send rows to PostgreSQL");
  if (auto error = flush(deadline())) return error;
  return finish(deadline());
}

std::variant<std::vector<std::string>, PostgresError> PostgresConnection::wait_for_notifications(
    milliseconds timeout) {
  struct Free {
    void operator()(PGnotify* notify) const { PQfreemem(notify); }
  };
  const Instant end = steady_clock::now() + timeout;
  std::vector<std::string> payloads;
  for (bool more = true; more && !lost_;) {
    if (PQconsumeInput(connection_.get()) != 1)
      return lost("the connection to PostgreSQL broke while listening");
    while (const std::unique_ptr<PGnotify, Free> notify{PQnotifies(connection_.get())})
      payloads.emplace_back(notify->extra);
    if (!payloads.empty()) return payloads;
    more = wait(POLLIN, end);
  }
  if (lost_) return lost("the connection to PostgreSQL was lost before");
  return payloads;
}

bool PostgresConnection::usable() {
  while (!lost_ && wait(POLLIN, steady_clock::now())) {
    const bool heard = PQconsumeInput(connection_.get()) == 1;
    PQisBusy(
        connection_.get());  // Reads what was heard: the last word comes before the hanging up.
    if (!heard || heard_->farewell) lost("PostgreSQL hung up");
  }
  return !lost_;
}

void PostgresConnection::hear(void* heard, const PGresult* notice) {
  const char* field = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  const std::string_view severity = field == nullptr ? "" : field;
  auto& all = *static_cast<Heard*>(heard);
  all.warning |= severity == "WARNING";
  all.farewell |= severity == "FATAL" || severity == "PANIC";
}

// False when nothing happened until the deadline.
bool PostgresConnection::wait(short events, Instant deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
  pollfd socket{PQsocket(connection_.get()), events, 0};
  const int ready = ::poll(&socket, 1, static_cast<int>(std::max(left, milliseconds(0)).count()));
  return ready != 0;  // Interrupted: the caller looks again.
}

PostgresError PostgresConnection::lost(std::string sentence) {
  lost_ = true;
  return {PostgresError::kConnectionLost, std::move(sentence)};
}

PostgresPipeline& PostgresPipeline::add(const char* sql, PostgresParameters parameters) {
  steps_.push_back({sql, std::move(parameters)});
  return *this;
}

std::variant<std::vector<PostgresRows>, PostgresError> PostgresPipeline::run() {
  return connection_.run_all(steps_);
}

}  // namespace kkr::platform
