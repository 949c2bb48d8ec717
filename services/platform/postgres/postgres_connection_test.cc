#include "services/platform/postgres/postgres_connection.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/contract/postgres_server.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Lt;

class PostgresConnectionTest : public testing::Test {
 protected:
  PostgresConnection connect(milliseconds statement_timeout = seconds(5)) {
    return std::move(
        std::get<PostgresConnection>(PostgresConnection::open(settings(statement_timeout))));
  }
  PostgresSettings settings(milliseconds statement_timeout = seconds(5)) const {
    return {.conninfo = conninfo_,
            .application_name = "kkr test",
            .statement_timeout = statement_timeout,
            .silence_max = milliseconds(400)};
  }
  static std::string text_of(const PostgresResult& result) {
    if (const auto* error = std::get_if<PostgresError>(&result)) return error->sentence;
    return std::string(std::get<PostgresRows>(result).text(0, 0));
  }
  static std::string state_of(const PostgresResult& result) {
    const auto* error = std::get_if<PostgresError>(&result);
    return error == nullptr ? "" : error->sqlstate;
  }

  // Empty, and this test's own.
  const std::string conninfo_ = PostgresServer::shared().new_database();
};

TEST_F(PostgresConnectionTest, BringsBackWhatItWasGiven) {
  auto connection = connect();
  const std::string bytes("\0\xff'\\", 4);
  const auto result = connection.run(
      "SELECT $1::bigint, $2::text, $3::bytea, $4::boolean, $5::text IS NULL",
      PostgresParameters().number(1ull << 40).text("høring").bytes(bytes).flag(true).null());
  const auto& rows = std::get<PostgresRows>(result);
  EXPECT_EQ(rows.number(0, 0), 1ull << 40);
  EXPECT_EQ(rows.text(0, 1), "høring");
  EXPECT_EQ(rows.text(0, 2), bytes);
  EXPECT_TRUE(rows.flag(0, 3));
  EXPECT_TRUE(rows.flag(0, 4));
}

TEST_F(PostgresConnectionTest, BringsColumnsAsRows) {
  constexpr char kUnnest[] =
      "SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[]) AS t(n, t, b)";
  auto connection = connect();
  const auto result =
      connection.run(kUnnest, PostgresParameters().numbers({1, 2}).texts({"a", ""}).byte_rows(
                                  {std::string_view("x"), std::nullopt}));
  const auto& rows = std::get<PostgresRows>(result);
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows.number(1, 0), 2u);
  EXPECT_EQ(rows.text(0, 1), "a");
  EXPECT_EQ(rows.text(0, 2), "x");
  EXPECT_TRUE(rows.is_null(1, 2));
  const auto none =
      connection.run(kUnnest, PostgresParameters().numbers({}).texts({}).byte_rows({}));
  EXPECT_TRUE(std::get<PostgresRows>(none).empty());
}

TEST_F(PostgresConnectionTest, RunsAPipelineWholeOrNotAtAll) {
  constexpr char kInsert[] = "INSERT INTO t VALUES ($1::bigint)";
  auto connection = connect();
  ASSERT_FALSE(connection.execute("CREATE TABLE t (n bigint PRIMARY KEY)"));
  PostgresPipeline twice(connection);
  twice.add("BEGIN").add(kInsert, PostgresParameters().number(1));
  twice.add(kInsert, PostgresParameters().number(1)).add("COMMIT").add("SELECT 1");
  const auto refused = twice.run();
  ASSERT_TRUE(std::holds_alternative<PostgresError>(refused));
  EXPECT_EQ(std::get<PostgresError>(refused).sqlstate, "23505");
  EXPECT_EQ(text_of(connection.run("SELECT count(*)::text FROM t")), "0");

  PostgresPipeline once(connection);
  once.add("BEGIN").add(kInsert, PostgresParameters().number(1)).add("COMMIT").add("SELECT 1");
  EXPECT_EQ(std::get<std::vector<PostgresRows>>(once.run()).size(), 4u);
  EXPECT_EQ(text_of(connection.run("SELECT count(*)::text FROM t")), "1");
}

TEST_F(PostgresConnectionTest, EndsAStatementThatTakesTooLong) {
  auto connection = connect(milliseconds(200));
  EXPECT_EQ(state_of(connection.run("SELECT pg_sleep(5)")), "57014");
  EXPECT_EQ(text_of(connection.run("SELECT 'still there'")), "still there");
}

TEST_F(PostgresConnectionTest, GivesUpAServerThatNoLongerAnswers) {
  auto connection = connect(milliseconds(200));
  PostgresServer::shared().freeze();
  const auto begin = steady_clock::now();
  EXPECT_EQ(state_of(connection.run("SELECT 1")), PostgresError::kConnectionLost);
  EXPECT_THAT(steady_clock::now() - begin, Lt(seconds(3)));
  PostgresServer::shared().thaw();
  EXPECT_FALSE(connection.usable());
  EXPECT_EQ(state_of(connection.run("SELECT 1")), PostgresError::kConnectionLost);
}

TEST_F(PostgresConnectionTest, NoticesThatTheServerHungUp) {
  auto connection = connect();
  EXPECT_TRUE(connection.usable());
  PostgresServer::shared().kill();
  EXPECT_FALSE(connection.usable());
  EXPECT_TRUE(std::holds_alternative<PostgresError>(PostgresConnection::open(settings())));
  PostgresServer::shared().start();
}

TEST_F(PostgresConnectionTest, LetsGoOfItsLocksWhenItFallsSilent) {
  auto silent = connect();
  auto other = connect();
  ASSERT_FALSE(silent.execute("CREATE TABLE t (n bigint)"));
  ASSERT_FALSE(silent.execute("BEGIN; LOCK TABLE t"));
  EXPECT_FALSE(other.execute("DROP TABLE t")) << "waits no longer than silence_max";
  EXPECT_FALSE(silent.usable());
}

TEST_F(PostgresConnectionTest, TellsItsServerWhatToExpect) {
  auto connection = connect();
  const std::pair<const char*, const char*> expected[] = {
      {"SELECT current_setting('statement_timeout')", "5s"},
      {"SELECT current_setting('idle_in_transaction_session_timeout')", "400ms"},
      {"SELECT current_setting('tcp_user_timeout')", "400"},
      {"SELECT current_setting('synchronous_commit')", "on"},
      {"SELECT current_setting('application_name')", "kkr test"}};
  for (const auto& [sql, value] : expected) EXPECT_EQ(text_of(connection.run(sql)), value);
}

TEST_F(PostgresConnectionTest, WaitsForNotifications) {
  auto listener = connect();
  auto speaker = connect();
  ASSERT_FALSE(listener.execute("LISTEN kkr_test"));
  const auto wait = [&](milliseconds timeout) {
    return std::get<std::vector<std::string>>(listener.wait_for_notifications(timeout));
  };
  EXPECT_THAT(wait(milliseconds(20)), IsEmpty());
  std::thread later([&] { speaker.execute("NOTIFY kkr_test, 'hovedstaden'"); });
  EXPECT_THAT(wait(seconds(10)), ElementsAre("hovedstaden"));
  later.join();
}

TEST_F(PostgresConnectionTest, CopiesRowsIn) {
  auto connection = connect();
  ASSERT_FALSE(connection.execute("CREATE TABLE t (n bigint, s text)"));
  std::string rows;
  for (int i = 0; i < 50'000; ++i) rows += std::to_string(i) + "\tsome text\n";
  EXPECT_FALSE(connection.copy_in("COPY t FROM STDIN", rows));
  EXPECT_EQ(text_of(connection.run("SELECT count(*)::text FROM t")), "50000");
  EXPECT_TRUE(connection.copy_in("COPY t FROM STDIN", "not a number\tx\n"));
  EXPECT_EQ(text_of(connection.run("SELECT count(*)::text FROM t")), "50000");
}

TEST_F(PostgresConnectionTest, SaysWhyItCannotConnect) {
  auto nowhere = settings();
  nowhere.conninfo += " port=1";
  const auto refused = PostgresConnection::open(nowhere);
  ASSERT_TRUE(std::holds_alternative<PostgresError>(refused));
  EXPECT_THAT(std::get<PostgresError>(refused).sentence, HasSubstr("Connection refused"));

  auto no_password = settings();
  no_password.password_file = "/nowhere/password";
  const auto unread = PostgresConnection::open(no_password);
  ASSERT_TRUE(std::holds_alternative<PostgresError>(unread));
  EXPECT_THAT(std::get<PostgresError>(unread).sentence, HasSubstr("/nowhere/password"));
}

}  // namespace
}  // namespace kkr::platform
