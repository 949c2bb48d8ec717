#include "services/platform/postgres/postgres_pool.h"

#include <gmock/gmock.h>

#include <future>

#include "tests/contract/postgres_server.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;

class PostgresPoolTest : public testing::Test {
 protected:
  static PostgresPool::Handle taken(PostgresPool& pool) {
    return std::get<PostgresPool::Handle>(pool.take());
  }

  const std::string conninfo_ = PostgresServer::shared().new_database();
  PostgresPool pool_{{.conninfo = conninfo_, .statement_timeout = milliseconds(500)}, 2};
};

TEST_F(PostgresPoolTest, KeepsAConnectionForTheNextOne) {
  const int first = taken(pool_)->backend_pid();
  EXPECT_EQ(taken(pool_)->backend_pid(), first);
}

TEST_F(PostgresPoolTest, OpensNoMoreThanItMay) {
  auto first = std::make_unique<PostgresPool::Handle>(taken(pool_));
  const auto second = taken(pool_);
  EXPECT_NE((*first)->backend_pid(), second->backend_pid());
  const auto refused = pool_.take();
  ASSERT_TRUE(std::holds_alternative<PostgresError>(refused));
  EXPECT_EQ(std::get<PostgresError>(refused).sqlstate, "53300");

  auto third = std::async(std::launch::async, [this] { return taken(pool_)->backend_pid(); });
  const int given_back = (*first)->backend_pid();
  first.reset();
  EXPECT_EQ(third.get(), given_back) << "whoever waits gets the first that is given back";
}

TEST_F(PostgresPoolTest, ReplacesConnectionsThatAreLost) {
  taken(pool_);
  PostgresServer::shared().kill();
  EXPECT_TRUE(std::holds_alternative<PostgresError>(pool_.take()));
  PostgresServer::shared().start();
  EXPECT_TRUE(std::holds_alternative<PostgresRows>(taken(pool_)->run("SELECT 1")));
  EXPECT_EQ(pool_.in_use(), 0u);
}

}  // namespace
}  // namespace kkr::platform
