#include "services/platform/lease/postgres_lease_table.h"

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/log/log.h"
#include "services/platform/postgres/postgres_set_up.h"

namespace kkr::platform {
namespace {

// A look that takes longer is given up: the lease may be over by then.
constexpr auto kCallMax = std::chrono::milliseconds(1'000);
// What the thread that waits looks at besides the database.
constexpr auto kWaitSlice = std::chrono::milliseconds(25);
// Tells a lease from a region in a notification; no region is called so.
constexpr std::string_view kLeaseNews = "lease ";

// A heartbeat need not survive the server: one that is lost is only older than it might be.
constexpr char kQuickly[] = "SELECT set_config('synchronous_commit', 'off', true)";
constexpr char kHeartbeat[] =
    "INSERT INTO replicas (instance, name, address, refuses, version_read, expires_at)"
    " VALUES ($1::text::uuid, $2::text, $3::text, $4::text[], $5::bigint,"
    "         clock_timestamp() + $6::bigint * interval '1 millisecond')"
    " ON CONFLICT (instance) DO UPDATE SET name = excluded.name, address = excluded.address,"
    " refuses = excluded.refuses, version_read = excluded.version_read,"
    " expires_at = excluded.expires_at";
constexpr char kBury[] =
    "DELETE FROM replicas WHERE expires_at < clock_timestamp() - interval '1 minute'";
// What is led here of a PostgreSQL that was another one before. Whoever takes it again begins a new
// generation: see current_place().
constexpr char kLetGo[] =
    "UPDATE leases SET epoch = leases.epoch + 1, holder = NULL FROM logs"
    " WHERE leases.region = logs.region AND leases.holder = $1::text::uuid"
    "   AND logs.place <> current_place()";
constexpr char kReplicas[] =
    "SELECT instance::text, name, address, array_to_string(refuses, E'\\x1f'), version_read"
    " FROM replicas"
    " WHERE expires_at > clock_timestamp() ORDER BY instance";
constexpr char kLeases[] =
    "SELECT region, epoch, coalesce(holder::text, '') FROM leases ORDER BY region";
constexpr char kLogs[] =
    "SELECT region, generation, position, write_version FROM logs ORDER BY region";
constexpr char kWantedVersion[] = "SELECT wanted_write_version()";

constexpr char kEndSessions[] =
    "SELECT pg_terminate_backend(session.pid) FROM pg_stat_activity AS session"
    " JOIN leases AS lease ON session.application_name = $3::text || lease.holder::text"
    " WHERE lease.region = $1::text AND lease.epoch = $2::bigint"
    "   AND session.usename = current_user AND session.pid <> pg_backend_pid()"
    "   AND NOT EXISTS (SELECT FROM replicas AS replica WHERE replica.instance = lease.holder"
    "                   AND replica.expires_at > clock_timestamp())";
constexpr char kTake[] =
    "WITH taken AS ("
    "  INSERT INTO leases AS lease (region, epoch, holder)"
    "  SELECT $1::text, 1, $3::text::uuid WHERE $2::bigint = 0"
    "      OR EXISTS (SELECT FROM leases WHERE region = $1::text)"
    "  ON CONFLICT (region) DO UPDATE SET epoch = lease.epoch + 1, holder = excluded.holder"
    "  WHERE lease.epoch = $2::bigint AND NOT EXISTS ("
    "    SELECT FROM replicas AS replica WHERE replica.instance = lease.holder"
    "    AND replica.expires_at > clock_timestamp())"
    "  RETURNING epoch)"
    " SELECT epoch, pg_notify($4::text, $5::text) FROM taken";
constexpr char kHandOver[] =
    "WITH given AS ("
    "  UPDATE leases SET epoch = epoch + 1, holder = nullif($4::text, '')::uuid"
    "  WHERE region = $1::text AND epoch = $2::bigint AND holder = $3::text::uuid RETURNING epoch)"
    " SELECT epoch, pg_notify($5::text, $6::text) FROM given";
constexpr char kLeave[] =
    "WITH gone AS (DELETE FROM replicas WHERE instance = $1::text::uuid),"
    " freed AS (UPDATE leases SET epoch = epoch + 1, holder = NULL"
    "           WHERE holder = $1::text::uuid)"
    " SELECT pg_notify($2::text, $3::text)";

constexpr char kSessionPrefix[] = "kkr ";

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

LeaseView view_of(const PostgresRows& replicas, const PostgresRows& leases,
                  const PostgresRows& logs) {
  LeaseView view;
  for (int row = 0; row < replicas.size(); ++row) {
    view.replicas.push_back({std::string(replicas.text(row, 0)), std::string(replicas.text(row, 1)),
                             std::string(replicas.text(row, 2)),
                             split(replicas.text(row, 3), '\x1f'), replicas.number(row, 4)});
  }
  for (int row = 0; row < leases.size(); ++row) {
    view.leases.push_back({std::string(leases.text(row, 0)), leases.number(row, 1),
                           std::string(leases.text(row, 2))});
  }
  for (int row = 0; row < logs.size(); ++row) {
    view.logs.push_back({std::string(logs.text(row, 0)), std::string(logs.text(row, 1)),
                         logs.number(row, 2), logs.number(row, 3)});
  }
  return view;
}

void complain(const PostgresError& error) {
  log(LogLevel::kWarning, "the lease table cannot be used", {{"why", error.sentence}});
}

}  // namespace

std::string postgres_session_name(const std::string& instance) { return kSessionPrefix + instance; }

PostgresLeaseTable::PostgresLeaseTable(PostgresSettings settings)
    : settings_([&settings] {
        settings.statement_timeout = std::min(settings.statement_timeout, kCallMax);
        return std::move(settings);
      }()) {}

std::optional<LeaseView> PostgresLeaseTable::renew(const Replica& self,
                                                   std::chrono::milliseconds time_to_live) {
  const std::lock_guard lock(calls_mutex_);
  PostgresConnection* const connection = connected(calls_);
  if (connection == nullptr) return std::nullopt;
  const std::vector<std::string_view> refuses(self.refuses.begin(), self.refuses.end());
  PostgresParameters heartbeat;
  heartbeat.text(self.instance)
      .text(self.name)
      .text(self.address)
      .texts(refuses)
      .number(self.version_read)
      .number(static_cast<std::uint64_t>(time_to_live.count()));
  PostgresPipeline pipeline(*connection);
  pipeline.add("BEGIN").add(kQuickly).add(kHeartbeat, std::move(heartbeat)).add(kBury);
  if (!place_is_known_) pipeline.add(kLetGo, PostgresParameters().text(self.instance));
  pipeline.add(kReplicas).add(kLeases).add(kLogs).add(kWantedVersion).add("COMMIT");
  const auto result = pipeline.run();
  if (const auto* error = std::get_if<PostgresError>(&result)) {
    complain(*error);
    return std::nullopt;
  }
  place_is_known_ = true;
  const auto& rows = std::get<0>(result);
  const std::size_t first = rows.size() - 5;
  LeaseView view = view_of(rows[first], rows[first + 1], rows[first + 2]);
  view.wanted_version = rows[first + 3].number(0, 0);
  return view;
}

std::optional<std::uint64_t> PostgresLeaseTable::take(const Replica& self,
                                                      const std::string& region,
                                                      std::uint64_t seen) {
  const std::lock_guard lock(calls_mutex_);
  PostgresConnection* const connection = connected(calls_);
  if (connection == nullptr) return std::nullopt;
  const auto ended = connection->run(
      kEndSessions, PostgresParameters().text(region).number(seen).text(kSessionPrefix));
  const auto taken = connection->run(kTake, PostgresParameters()
                                                .text(region)
                                                .number(seen)
                                                .text(self.instance)
                                                .text(settings_.schema)
                                                .text(std::string(kLeaseNews) + region));
  for (const auto* result : {&ended, &taken}) {
    const auto* error = std::get_if<PostgresError>(result);
    if (error == nullptr) continue;
    complain(*error);
    return std::nullopt;
  }
  const auto& rows = std::get<PostgresRows>(taken);
  return rows.empty() ? std::nullopt : std::optional(rows.number(0, 0));
}

bool PostgresLeaseTable::hand_over(const Replica& self, const std::string& region,
                                   std::uint64_t epoch, const std::string& successor) {
  const std::lock_guard lock(calls_mutex_);
  PostgresConnection* const connection = connected(calls_);
  if (connection == nullptr) return false;
  const auto given = connection->run(kHandOver, PostgresParameters()
                                                    .text(region)
                                                    .number(epoch)
                                                    .text(self.instance)
                                                    .text(successor)
                                                    .text(settings_.schema)
                                                    .text(std::string(kLeaseNews) + region));
  const auto* rows = std::get_if<PostgresRows>(&given);
  if (rows == nullptr) complain(std::get<PostgresError>(given));
  return rows != nullptr && !rows->empty();
}

void PostgresLeaseTable::leave(const Replica& self) {
  const std::lock_guard lock(calls_mutex_);
  PostgresConnection* const connection = connected(calls_);
  if (connection == nullptr) return;
  const auto left = connection->run(
      kLeave, PostgresParameters().text(self.instance).text(settings_.schema).text(kLeaseNews));
  if (const auto* error = std::get_if<PostgresError>(&left)) complain(*error);
}

LeaseNews PostgresLeaseTable::wait(std::chrono::milliseconds at_most) {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  const auto is_over = [&] { return std::chrono::steady_clock::now() >= deadline; };
  LeaseNews news;
  do {
    if (!listen()) {
      std::this_thread::sleep_for(std::min(kWaitSlice, at_most));
      continue;
    }
    auto heard = listening_->wait_for_notifications(std::min(kWaitSlice, at_most));
    if (std::holds_alternative<PostgresError>(heard)) {
      listening_.reset();
      continue;
    }
    for (std::string& payload : std::get<0>(heard)) {
      if (payload.starts_with(kLeaseNews)) {
        news.leases_changed = true;
      } else {
        news.grown.push_back(std::move(payload));
      }
    }
  } while (!news.leases_changed && news.grown.empty() && !interrupted_.exchange(false) &&
           !is_over());
  return news;
}

PostgresConnection* PostgresLeaseTable::connected(std::optional<PostgresConnection>& connection) {
  if (connection && connection->usable()) return &*connection;
  connection.reset();
  if (&connection == &calls_) place_is_known_ = false;
  auto opened = PostgresConnection::open(settings_);
  if (const auto* error = std::get_if<PostgresError>(&opened)) {
    complain(*error);
    return nullptr;
  }
  connection = std::get<PostgresConnection>(std::move(opened));
  return &*connection;
}

bool PostgresLeaseTable::listen() {
  if (listening_ && listening_->usable()) return true;
  if (connected(listening_) == nullptr) return false;
  if (!listening_->execute("LISTEN " + quoted_name(settings_.schema))) return true;
  listening_.reset();
  return false;
}

}  // namespace kkr::platform
