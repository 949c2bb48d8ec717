// The lease table contract over PostgreSQL: a real server, one for all. And what only sessions of a
// server can do: stay in the way when their process is stopped.
#include <gmock/gmock.h>

#include <array>
#include <memory>
#include <thread>

#include "services/platform/lease/postgres_lease_table.h"
#include "tests/contract/lease_table_contract.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

using namespace std::chrono_literals;
using testing::Optional;

class PostgresRig final : public LeaseTableRig {
 public:
  LeaseTable& table_of(std::size_t replica) override { return *tables_.at(replica); }
  void want_write_version(std::uint64_t version) override {
    schema_.execute("INSERT INTO wanted_version (version) VALUES (" + std::to_string(version) +
                    ")");
  }
  void pass(std::chrono::milliseconds time) override { std::this_thread::sleep_for(time); }

 private:
  std::unique_ptr<LeaseTable> open() {
    return std::make_unique<PostgresLeaseTable>(schema_.settings());
  }

  PostgresTestSchema schema_;
  std::array<std::unique_ptr<LeaseTable>, 3> tables_{open(), open(), open()};
};

INSTANTIATE_TEST_SUITE_P(Postgres, LeaseTableContract, testing::Values([] {
                           return std::unique_ptr<LeaseTableRig>(std::make_unique<PostgresRig>());
                         }));

class PostgresLeaseTableTest : public testing::Test {
 protected:
  PostgresSettings settings_of(const Replica& replica) {
    PostgresSettings settings = schema_.settings();
    settings.application_name = postgres_session_name(replica.instance);
    return settings;
  }

  const Replica a_{"6f9619ff-8b86-4d11-b42d-00c04fc964f0", "a", "a:1"};
  const Replica b_{"6f9619ff-8b86-4d11-b42d-00c04fc964f1", "b", "b:1"};
  PostgresTestSchema schema_;
  PostgresLeaseTable table_of_a_{settings_of(a_)};
  PostgresLeaseTable table_of_b_{settings_of(b_)};
};

// The session has checked its lease and then said nothing more: its process was stopped.
TEST_F(PostgresLeaseTableTest, IsNotHeldUpByATransactionThatTheHolderLeftOpen) {
  table_of_a_.renew(a_, 100ms);
  ASSERT_THAT(table_of_a_.take(a_, "fyn", 0), Optional(1));
  auto open = std::get<PostgresConnection>(PostgresConnection::open(settings_of(a_)));
  ASSERT_FALSE(open.execute("BEGIN; SELECT check_lease('fyn', 1)"));
  std::this_thread::sleep_for(150ms);
  table_of_b_.renew(b_, 10s);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(table_of_b_.take(b_, "fyn", 1), Optional(2));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 900ms);
  EXPECT_TRUE(open.execute("COMMIT")) << "its session is gone";
  // The holder before finds its way back, and sees that it is no longer the holder.
  const auto view = table_of_a_.renew(a_, 10s);
  ASSERT_TRUE(view.has_value() || (table_of_a_.renew(a_, 10s)).has_value());
}

TEST_F(PostgresLeaseTableTest, LeavesTheSessionsOfAHolderThatLivesAlone) {
  table_of_a_.renew(a_, 10s);
  ASSERT_THAT(table_of_a_.take(a_, "fyn", 0), Optional(1));
  auto open = std::get<PostgresConnection>(PostgresConnection::open(settings_of(a_)));
  ASSERT_FALSE(open.execute("BEGIN; SELECT check_lease('fyn', 1)"));
  table_of_b_.renew(b_, 10s);
  EXPECT_EQ(table_of_b_.take(b_, "fyn", 1), std::nullopt);
  EXPECT_FALSE(open.execute("COMMIT"));
}

TEST_F(PostgresLeaseTableTest, HearsOfLogsThatGrow) {
  table_of_a_.wait(1ms);
  schema_.execute("NOTIFY " + schema_.settings().schema + ", 'hovedstaden'");
  LeaseNews news;
  for (int i = 0; i < 100 && news.grown.empty(); ++i) news = table_of_a_.wait(100ms);
  EXPECT_EQ(news.grown, std::vector<std::string>{"hovedstaden"});
}

TEST_F(PostgresLeaseTableTest, TellsWhereTheLogsEnd) {
  schema_.execute(
      "INSERT INTO logs VALUES ('fyn', 'g', false, 2, 7, '', 0, '', '', '', 'place', 'w', 0)");
  const auto view = table_of_a_.renew(a_, 10s);
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->logs, (std::vector<LogEnd>{{"fyn", "g", 7, 2}}));
}

// What an operator asks for: see raise_write_version.h.
TEST_F(PostgresLeaseTableTest, RaisesNothingWhileAProcessThatLivesReadsLess) {
  Replica later = a_;
  later.version_read = 2;
  table_of_a_.renew(later, 10s);
  table_of_b_.renew(b_, 200ms);
  const auto behind = [this] {
    auto connection = std::get<PostgresConnection>(PostgresConnection::open(schema_.settings()));
    const auto rows = std::get<PostgresRows>(
        connection.run("SELECT name || ' ' || version_read FROM want_write_version(2)"));
    return rows.empty() ? "" : std::string(rows.text(0, 0));
  };
  EXPECT_EQ(behind(), "b 1");
  EXPECT_EQ(table_of_a_.renew(later, 10s)->wanted_version, 1u);
  std::this_thread::sleep_for(250ms);
  EXPECT_EQ(behind(), "");
  EXPECT_EQ(table_of_a_.renew(later, 10s)->wanted_version, 2u);
}

// Promoted or restored: the log was begun on another server than the one it is on now.
TEST_F(PostgresLeaseTableTest, LetsGoOfALogWhosePostgresIsAnotherThanBefore) {
  schema_.execute(
      "INSERT INTO logs VALUES ('fyn', 'g', false, 1, 7, '', 0, '', '', '', 'place', 'w', 0),"
      " ('als', 'g', false, 1, 7, '', 0, '', '', '', current_place(), 'w', 0)");
  table_of_a_.renew(a_, 10s);
  ASSERT_THAT(table_of_a_.take(a_, "fyn", 0), Optional(1));
  ASSERT_THAT(table_of_a_.take(a_, "als", 0), Optional(1));
  EXPECT_EQ(table_of_a_.renew(a_, 10s)->leases,
            (std::vector<LeaseRow>{{"als", 1, a_.instance}, {"fyn", 1, a_.instance}}))
      << "of the same connection the server is the same";
  PostgresLeaseTable connected_again(settings_of(a_));
  EXPECT_EQ(connected_again.renew(a_, 10s)->leases,
            (std::vector<LeaseRow>{{"als", 1, a_.instance}, {"fyn", 2, ""}}));
}

TEST_F(PostgresLeaseTableTest, FindsItsWayBackToAServerThatWasStarted) {
  ASSERT_TRUE(table_of_a_.renew(a_, 10s).has_value());
  schema_.execute(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'kkr %'");
  bool back = false;
  for (int i = 0; i < 100 && !back; ++i) back = table_of_a_.renew(a_, 10s).has_value();
  EXPECT_TRUE(back);
}

}  // namespace
}  // namespace kkr::platform
