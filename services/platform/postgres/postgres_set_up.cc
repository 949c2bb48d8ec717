#include "services/platform/postgres/postgres_set_up.h"

#include <fstream>
#include <iterator>
#include <vector>

namespace kkr::platform {
namespace {

constexpr const char* kConnectMaxSeconds = "2";  // For each server of the conninfo.

bool read_password(const std::string& path, std::string& password) {
  std::ifstream file(path);
  password.assign(std::istreambuf_iterator<char>(file), {});
  password.erase(password.find_last_not_of("\r\n") + 1);
  return file.is_open() && !file.bad();
}

std::string in_ms(std::chrono::milliseconds time) { return std::to_string(time.count()); }

}  // namespace

std::variant<PGconn*, PostgresError> connect(const PostgresSettings& settings) {
  std::string password;
  if (!settings.password_file.empty() && !read_password(settings.password_file, password))
    return PostgresError{"28P01", "cannot read the password file " + settings.password_file};
  const std::string silence_max = in_ms(settings.silence_max);
  // What stands before the conninfo can be changed by it, what stands behind cannot.
  std::vector<const char*> keys{
      "connect_timeout", "target_session_attrs", "keepalives_idle", "keepalives_interval",
      "dbname",          "application_name",     "client_encoding", "tcp_user_timeout"};
  std::vector<const char*> values{kConnectMaxSeconds,
                                  "read-write",
                                  "1",
                                  "1",
                                  settings.conninfo.c_str(),
                                  settings.application_name.c_str(),
                                  "UTF8",
                                  silence_max.c_str()};
  if (!password.empty()) {
    keys.push_back("password");
    values.push_back(password.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  constexpr int kExpandDbname = 1;
  PGconn* const connection = PQconnectdbParams(keys.data(), values.data(), kExpandDbname);
  if (PQstatus(connection) == CONNECTION_OK) return connection;
  std::string words = PQerrorMessage(connection);
  words.erase(words.find_last_not_of('\n') + 1);
  PQfinish(connection);
  return PostgresError{"08001", "cannot connect to PostgreSQL: " + words};
}

// Each statement finds its rows by a key, so plans need no statistics: those of a table that was
// small a minute ago would have whole tables read.
std::string session_settings(const PostgresSettings& settings) {
  const std::string silence_max = in_ms(settings.silence_max);
  return "SET search_path = " + quoted_name(settings.schema) +
         ";SET statement_timeout = " + in_ms(settings.statement_timeout) +
         ";SET idle_in_transaction_session_timeout = " + silence_max +
         ";SET tcp_user_timeout = " + silence_max +
         ";SET tcp_keepalives_idle = 1;SET tcp_keepalives_interval = 1"
         ";SET plan_cache_mode = force_generic_plan;SET jit = off"
         ";SET enable_seqscan = off;SET enable_bitmapscan = off"
         ";SELECT set_config('synchronous_commit', 'on', false)"
         " WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";
}

std::string quoted_name(const std::string& name) {
  std::string quoted = "\"";
  for (const char letter : name) quoted.append(letter == '"' ? 2 : 1, letter);
  return quoted + "\"";
}

}  // namespace kkr::platform
