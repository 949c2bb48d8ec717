#include "services/platform/postgres/postgres_schema.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/contract/postgres_server.h"

namespace kkr::platform {
namespace {

class PostgresSchemaTest : public testing::Test {
 protected:
  PostgresConnection connect(const std::string& schema = "kkr_test") {
    return std::move(std::get<PostgresConnection>(
        PostgresConnection::open({.conninfo = conninfo_, .schema = schema})));
  }
  int format() {
    auto connection = connect();
    return std::get<int>(postgres_format(connection, "part"));
  }

  const std::string conninfo_ = PostgresServer::shared().new_database();
};

TEST_F(PostgresSchemaTest, RunsEachMigrationOnce) {
  auto connection = connect();
  EXPECT_EQ(format(), 0);
  const PostgresMigrations first{"part", {"CREATE TABLE t (n bigint)"}};
  EXPECT_FALSE(migrate(connection, "kkr_test", first));
  EXPECT_FALSE(migrate(connection, "kkr_test", first));
  EXPECT_EQ(format(), 1);
  const PostgresMigrations both{
      "part", {first.steps[0], "ALTER TABLE t ADD m bigint; INSERT INTO t VALUES (1, 2)"}};
  EXPECT_FALSE(migrate(connection, "kkr_test", both));
  EXPECT_FALSE(migrate(connection, "kkr_test", first)) << "an older program leaves it alone";
  EXPECT_EQ(format(), 2);
}

TEST_F(PostgresSchemaTest, LeavesTheSchemaAsItWasWhenAMigrationFails) {
  auto connection = connect();
  EXPECT_TRUE(migrate(connection, "kkr_test",
                      {"part", {"CREATE TABLE a (n bigint)", "CREATE TABLE b (); SELECT 1/0"}}));
  EXPECT_EQ(format(), 1);
  EXPECT_FALSE(connection.execute("INSERT INTO a VALUES (1)"));
  EXPECT_TRUE(connection.execute("SELECT * FROM b"));
}

TEST_F(PostgresSchemaTest, LetsOneOfManyMigrate) {
  const PostgresMigrations slow{
      "part", {"CREATE TABLE a (n bigint); SELECT pg_sleep(0.2)", "CREATE TABLE b (n bigint)"}};
  std::vector<std::thread> migrators;
  for (int i = 0; i < 4; ++i) {
    migrators.emplace_back([&] {
      auto connection = connect();
      EXPECT_FALSE(migrate(connection, "kkr_test", slow));
    });
  }
  for (auto& migrator : migrators) migrator.join();
  EXPECT_EQ(format(), 2);
}

TEST_F(PostgresSchemaTest, HoldsEveryServiceInASchemaOfItsOwn) {
  for (const std::string service : {"registry", "consultation"}) {
    const std::string schema = postgres_schema_of(service);
    auto connection = connect(schema);
    EXPECT_FALSE(migrate(connection, schema, platform_migrations()));
    EXPECT_FALSE(connection.execute("SELECT * FROM " + schema + ".events"));
  }
}

}  // namespace
}  // namespace kkr::platform
