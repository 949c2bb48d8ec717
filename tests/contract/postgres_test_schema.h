// A migrated schema of a test's own, on the PostgreSQL that the tests of a program share.
#pragma once

#include <string>

#include "services/platform/postgres/postgres_pool.h"
#include "tests/contract/postgres_server.h"

namespace kkr::platform {

class PostgresTestSchema {
 public:
  // Of the service, in an empty database of `server`.
  explicit PostgresTestSchema(const std::string& service = "test",
                              PostgresServer& server = PostgresServer::shared());

  // To open further pools with.
  const PostgresSettings& settings() const { return pool_.settings(); }
  PostgresPool& pool() { return pool_; }
  // Runs statements behind the back of whoever works in the schema. Ends the test program when
  // they fail.
  void execute(const std::string& sql);
  // The first column of the first row, as text.
  std::string ask(const std::string& sql);

 private:
  PostgresPool pool_;
};

}  // namespace kkr::platform
