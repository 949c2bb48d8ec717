#include "services/platform/postgres/postgres_copy.h"

#include <gtest/gtest.h>

#include "tests/contract/postgres_server.h"

namespace kkr::platform {
namespace {

class PostgresCopyTest : public testing::Test {
 protected:
  PostgresCopyTest()
      : connection_(std::get<PostgresConnection>(
            PostgresConnection::open({.conninfo = PostgresServer::shared().new_database()}))) {
    EXPECT_FALSE(
        connection_.execute("CREATE TABLE t (n bigint PRIMARY KEY, s text, b bytea, "
                            "f boolean)"));
  }
  static PostgresParameters row(std::uint64_t number, std::string_view bytes) {
    PostgresParameters row;
    row.number(number).text("høring").bytes(bytes).flag(true);
    return row;
  }
  std::string rows() {
    auto found =
        connection_.run("SELECT count(*)::text || ' ' || coalesce(sum(length(b)), 0) FROM t");
    return std::string(std::get<PostgresRows>(found).text(0, 0));
  }

  PostgresConnection connection_;
};

TEST_F(PostgresCopyTest, BringsEachValueAsItIs) {
  const std::string bytes("\0\xff\\.\n", 5);
  PostgresCopy copy(connection_, "t (n, s, b, f)");
  EXPECT_FALSE(copy.add(row(1ull << 40, bytes)));
  EXPECT_FALSE(copy.add(PostgresParameters().number(2).text("").null().flag(false)));
  EXPECT_EQ(rows(), "0 0") << "not sent before the chunk is full";
  EXPECT_FALSE(copy.finish());
  EXPECT_EQ(copy.rows(), 2u);
  const auto found = connection_.run("SELECT n, s, b, f FROM t ORDER BY n DESC");
  const auto& read = std::get<PostgresRows>(found);
  EXPECT_EQ(read.number(0, 0), 1ull << 40);
  EXPECT_EQ(read.text(0, 1), "høring");
  EXPECT_EQ(read.text(0, 2), bytes);
  EXPECT_TRUE(read.flag(0, 3));
  EXPECT_EQ(read.text(1, 1), "");
  EXPECT_TRUE(read.is_null(1, 2));
  EXPECT_FALSE(read.flag(1, 3));
}

TEST_F(PostgresCopyTest, SendsChunksWhileRowsCome) {
  PostgresCopy copy(connection_, "t (n, s, b, f)");
  const std::string bytes(PostgresCopy::kChunkBytes / 4, 'b');
  for (std::uint64_t i = 1; i <= 10; ++i) ASSERT_FALSE(copy.add(row(i, bytes)));
  EXPECT_EQ(rows(), "8 " + std::to_string(8 * bytes.size())) << "the connection is free meanwhile";
  ASSERT_FALSE(copy.finish());
  EXPECT_EQ(rows(), "10 " + std::to_string(10 * bytes.size()));
  EXPECT_FALSE(copy.finish()) << "nothing is left to send";
}

TEST_F(PostgresCopyTest, GoesWithItsTransaction) {
  ASSERT_FALSE(connection_.execute("BEGIN"));
  PostgresCopy copy(connection_, "t (n, s, b, f)");
  ASSERT_FALSE(copy.add(row(1, "b")));
  ASSERT_FALSE(copy.finish());
  ASSERT_FALSE(connection_.execute("ROLLBACK"));
  EXPECT_EQ(rows(), "0 0");
}

TEST_F(PostgresCopyTest, TellsOfARowThatIsRefused) {
  PostgresCopy copy(connection_, "t (n, s, b, f)");
  ASSERT_FALSE(copy.add(row(1, "b")));
  ASSERT_FALSE(copy.add(row(1, "b")));
  const auto error = copy.finish();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->sqlstate, "23505") << error->sentence;
  EXPECT_EQ(rows(), "0 0");
  PostgresCopy no_utf8(connection_, "t (n, s, b, f)");
  ASSERT_FALSE(no_utf8.add(PostgresParameters().number(2).text("\xff").null().flag(true)));
  EXPECT_TRUE(no_utf8.finish());
}

}  // namespace
}  // namespace kkr::platform
