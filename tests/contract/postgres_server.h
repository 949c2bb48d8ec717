// A PostgreSQL of a test's own: a fresh cluster in a temporary folder, on a free port of 127.0.0.1
// and a socket in that folder. It ends with the test, also when the test is killed.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/contract/temporary_folder.h"

namespace kkr::platform {

struct PostgresServerOptions {
  // Without, a crash of the machine may lose what was committed; a crash of the server may not.
  bool fsync = false;
  std::vector<std::string> settings{};  // `name=value`, over those of the server's own.
};

class PostgresServer {
 public:
  // One for the whole test program, started when it is first asked for. A program that uses it is
  // one test to ctest (kkr_test … ONE_PROCESS): starting a server takes longer than most tests.
  static PostgresServer& shared();

  // Returns when the server takes connections. Ends the test program where it cannot be started.
  explicit PostgresServer(PostgresServerOptions options = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Makes an empty database and returns the conninfo to it; over TCP, because that is what breaks.
  std::string new_database();
  std::uint16_t port() const { return port_; }
  std::string folder() const { return folder_.path(); }

  void start();
  // Ends the server in good order, or as if it had been killed.
  void stop();
  void kill();
  // Nothing of the server runs until thaw().
  void freeze();
  void thaw();

 private:
  std::vector<std::string> command() const;
  bool answers() const;
  void end(int signal);
  void signal_all(int signal);

  const PostgresServerOptions options_;
  const TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
  int databases_ = 0;
};

}  // namespace kkr::platform
