// The contract over PostgreSQL, and what only several processes can do to each other.
#include "services/notification/sending/postgres_send_table.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "services/notification/sending/send_table_contract.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::notification {
namespace {

using platform::PostgresConnection;
using platform::PostgresServer;
using platform::PostgresTestSchema;
using testing::IsEmpty;
using testing::SizeIs;

class PostgresRig final : public SendTableRig {
 public:
  PostgresRig() {
    auto connection = std::get<PostgresConnection>(PostgresConnection::open(schema_.settings()));
    if (const auto error = migrate(connection, schema_.settings().schema, sends_migrations()))
      ADD_FAILURE() << error->sentence;
  }
  SendTable& table() override { return *table_; }
  void reopen() override { table_.emplace(schema_.pool(), "hovedstaden"); }
  std::string bytes() override {
    schema_.execute("CHECKPOINT");
    const std::string database =
        schema_.ask("SELECT oid::text FROM pg_database WHERE datname = current_database()");
    return bytes_in(PostgresServer::shared().folder() + "/cluster/base/" + database);
  }
  bool zeroes_what_it_frees() const override { return false; }
  PostgresTestSchema& schema() { return schema_; }

 private:
  PostgresTestSchema schema_{"notification"};
  std::optional<PostgresSendTable> table_{std::in_place, schema_.pool(), "hovedstaden"};
};

INSTANTIATE_TEST_SUITE_P(Postgres, SendTableContract, testing::Values([] {
                           return std::unique_ptr<SendTableRig>(std::make_unique<PostgresRig>());
                         }));

std::vector<PlannedSend> many(int first, int last) {
  std::vector<PlannedSend> sends;
  for (int code = first; code <= last; ++code) sends.push_back(planned(std::to_string(code)));
  return sends;
}

TEST(PostgresSendTable, GivesASendToOneOfManySenders) {
  PostgresRig rig;
  value(rig.table().dispatch({{{"g", 1, {}}, many(101, 400), {}}}, kSiteNow));
  std::mutex mutex;
  std::multiset<std::string> leased;
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back([&, holder = std::to_string(i)] {
      for (;;) {
        const auto sends = value(rig.table().lease({.holder = holder,
                                                    .machine_now = kMachineNow,
                                                    .expires_at = kMachineNow + absl::Minutes(5),
                                                    .site_now = kSiteNow,
                                                    .sends_max = 7}));
        if (sends.empty()) return;
        const std::lock_guard lock(mutex);
        for (const Send& send : sends) leased.insert(send.id);
      }
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_THAT(leased, SizeIs(300));
  EXPECT_THAT(std::set<std::string>(leased.begin(), leased.end()), SizeIs(300));
}

TEST(PostgresSendTable, NumbersWhatTwoProcessesDispatchAtOnce) {
  PostgresRig rig;
  std::vector<std::thread> dispatchers;
  for (int i = 0; i < 2; ++i) {
    dispatchers.emplace_back([&] {
      for (int code = 101; code < 160; ++code)
        value(rig.table().dispatch({{{"g", 1, {}}, many(code, code + 2), {}}}, kSiteNow));
    });
  }
  for (auto& dispatcher : dispatchers) dispatcher.join();
  EXPECT_EQ(rig.schema().ask("SELECT count(*) || ' ' || max(number) FROM sends"), "61 61");
  EXPECT_EQ(rig.schema().ask("SELECT count(*)::text FROM transitions"), "61");
}

TEST(PostgresSendTable, KeepsTheSendsOfRegionsApart) {
  PostgresRig rig;
  PostgresSendTable other(rig.schema().pool(), "nordjylland");
  value(rig.table().dispatch({{{"g", 1, {}}, many(101, 103), {}}}, kSiteNow));
  EXPECT_THAT(value(other.list({}, 0, 10)), IsEmpty());
  EXPECT_EQ(value(other.dispatched_to()), std::nullopt);
  value(other.dispatch({{{"g", 1, {}}, many(101, 101), {}}}, kSiteNow));
  EXPECT_EQ(value(other.list({}, 0, 10)).front().number, 1);
}

}  // namespace
}  // namespace kkr::notification
