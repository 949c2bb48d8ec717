// What only a store on a server can go through: leases that change hands, connections that die in a
// COMMIT, servers that are promoted, and rows changed behind its back.
#include "services/platform/event_store/postgres_event_store.h"

#include <gmock/gmock.h>

#include <thread>

#include "services/platform/postgres/postgres_schema.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

using Store = std::unique_ptr<PostgresEventStore>;

class PostgresEventStoreTest : public testing::Test {
 protected:
  Store open(std::shared_ptr<const HeldLease> lease = nullptr) {
    return std::move(std::get<Store>(PostgresEventStore::open(
        schema_.pool(), {.service = "test", .region = "hovedstaden", .lease = std::move(lease)})));
  }
  // The lease under `epoch`, as the row says it or as somebody only thinks.
  static std::shared_ptr<HeldLease> held(std::uint64_t epoch) {
    auto lease = std::make_shared<HeldLease>();
    lease->hold(epoch);
    return lease;
  }
  void grant(std::uint64_t epoch) {
    schema_.execute("INSERT INTO leases VALUES ('hovedstaden', " + std::to_string(epoch) +
                    ") ON CONFLICT (region) DO UPDATE SET epoch = excluded.epoch");
  }
  static Batch one_event(const EventStore& store, const std::string& id) {
    return BatchBuilder(store).command(id, {an_event("round-1")}, {{"answer/" + id, "ja"}}).build();
  }

  PostgresTestSchema schema_;
};

TEST_F(PostgresEventStoreTest, AppendsOnlyUnderTheLeaseItHolds) {
  grant(7);
  const auto lease = held(0);
  const auto store = open(lease);
  EXPECT_EQ(failure_of(store->append(one_event(*store, "a"))), StoreFailure::kNotHolder);
  lease->hold(6);
  EXPECT_EQ(failure_of(store->append(one_event(*store, "b"))), StoreFailure::kNotHolder);
  lease->hold(7);
  EXPECT_THAT(value_of(store->append(one_event(*store, "c"))), SizeIs(1));
}

TEST_F(PostgresEventStoreTest, CommitsNothingOnceASuccessorHasTheLease) {
  grant(1);
  const auto before = open(held(1));
  value_of(before->append(one_event(*before, "a")));
  grant(2);
  EXPECT_EQ(failure_of(before->append(one_event(*before, "b"))), StoreFailure::kNotHolder);
  const auto after = open(held(2));
  value_of(after->append(one_event(*after, "c")));
  EXPECT_EQ(failure_of(before->append(one_event(*before, "d"))), StoreFailure::kNotHolder);
  EXPECT_EQ(schema_.ask("SELECT string_agg(request_id, ',' ORDER BY sequence) FROM requests"),
            "a,c");
}

TEST_F(PostgresEventStoreTest, IsRaisedByWhoeverHoldsTheLeaseAndByNobodyElse) {
  grant(1);
  const auto before = open(held(1));
  const auto follower = open(held(0));
  value_of(before->append(one_event(*before, "a")));
  EXPECT_EQ(failure_of(follower->raise_write_version(2)), StoreFailure::kNotHolder);
  grant(2);
  EXPECT_EQ(failure_of(before->raise_write_version(2)), StoreFailure::kNotHolder);
  const auto after = open(held(2));
  value_of(after->raise_write_version(2));
  value_of(after->append(one_event(*after, "b")));
  EXPECT_EQ(follower->write_version(), 1u) << "it does not know of it yet";
  value_of(follower->recover());
  EXPECT_EQ(follower->write_version(), 2u);
  EXPECT_EQ(open()->damage(), std::nullopt);
}

TEST_F(PostgresEventStoreTest, BeginsALogAtTheVersionThatIsWanted) {
  schema_.execute("SELECT * FROM want_write_version(3)");
  EXPECT_EQ(open()->write_version(), 3u);
  EXPECT_EQ(open()->damage(), std::nullopt);
}

TEST_F(PostgresEventStoreTest, MakesASuccessorWaitForTheAppendThatIsUnderWay) {
  grant(1);
  auto appending = std::get<PostgresConnection>(PostgresConnection::open(schema_.settings()));
  ASSERT_FALSE(appending.execute("BEGIN; SELECT check_lease('hovedstaden', 1)"));
  std::atomic<bool> raised = false;
  std::thread successor([&] {
    grant(2);
    raised = true;
  });
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_FALSE(raised);
  ASSERT_FALSE(appending.execute("COMMIT"));
  successor.join();
  EXPECT_TRUE(raised);
}

TEST_F(PostgresEventStoreTest, FollowsWhatAnotherProcessAppends) {
  grant(1);
  const auto leader = open(held(1));
  const auto follower = open(held(0));
  value_of(leader->append(one_event(*leader, "a")));
  value_of(leader->append(
      BatchBuilder(*leader).checkpoint({"registry/danmark", "g", 3, Hash{1}}).build()));
  EXPECT_THAT(value_of(follower->read(1, 9)), IsEmpty()) << "it does not know of it yet";
  EXPECT_EQ(value_of(follower->recover()), leader->head());
  EXPECT_EQ(value_of(follower->read(1, 9)), value_of(leader->read(1, 9)));
  EXPECT_THAT(value_of(follower->checkpoints()), SizeIs(1));
  EXPECT_EQ(failure_of(follower->append(one_event(*follower, "b"))), StoreFailure::kNotHolder);
}

TEST_F(PostgresEventStoreTest, HasALeaderThatTookOverGoOnWithTheStreams) {
  grant(1);
  const auto before = open(held(1));
  const auto lease = held(0);
  const auto after = open(lease);
  value_of(before->append(one_event(*before, "a")));
  grant(2);
  lease->hold(2);
  value_of(after->recover());
  EXPECT_EQ(value_of(after->append(one_event(*after, "b"))).front().version, 2u);
}

TEST_F(PostgresEventStoreTest, IsToldOfByNotification) {
  auto listener = std::get<PostgresConnection>(PostgresConnection::open(schema_.settings()));
  ASSERT_FALSE(listener.execute("LISTEN kkr_test"));
  const auto store = open();
  value_of(store->append(one_event(*store, "a")));
  EXPECT_THAT(std::get<0>(listener.wait_for_notifications(std::chrono::seconds(10))),
              ElementsAre("hovedstaden"));
}

// A trigger that takes its time holds the COMMIT up until the connection has been cut.
class DeathInCommit : public PostgresEventStoreTest,
                      public testing::WithParamInterface<const char*> {};

TEST_P(DeathInCommit, LeavesTheOutcomeToRecovery) {
  grant(1);
  const auto store = open(held(1));
  value_of(store->append(one_event(*store, "a")));
  const Batch batch = one_event(*store, "b");
  schema_.execute(
      "CREATE FUNCTION delay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "IF NEW.request_id = 'b' THEN PERFORM pg_sleep(0.5); END IF; RETURN NULL; END $$;"
      "CREATE CONSTRAINT TRIGGER delay AFTER INSERT ON requests DEFERRABLE INITIALLY DEFERRED "
      "FOR EACH ROW EXECUTE FUNCTION delay()");
  std::thread fault([&] {
    std::this_thread::sleep_for(milliseconds(200));
    schema_.execute(GetParam());
  });
  EXPECT_EQ(failure_of(store->append(batch)), StoreFailure::kOutcomeUnknown);
  fault.join();
  EXPECT_EQ(failure_of(store->append(batch)), StoreFailure::kOutcomeUnknown) << "until recover()";
  const LogHead head = value_of(store->recover());
  const auto found = value_of(store->find_requests({"b"}));
  EXPECT_EQ(found.front().has_value(), head.position == 2);
  EXPECT_THAT(value_of(store->read(1, 9)), SizeIs(head.position));
  value_of(store->append(one_event(*store, "c")));
}

// The backend that holds the COMMIT up is ended; or all connections are.
INSTANTIATE_TEST_SUITE_P(
    Postgres, DeathInCommit,
    testing::Values("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'COMMIT'",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND pid <> pg_backend_pid()"));

TEST_F(PostgresEventStoreTest, LetsNothingIntoTheLogAfterARecovery) {
  const auto store = open();
  value_of(store->append(one_event(*store, "a")));
  // What a cut connection may still have on its way: the append as it was sent before recover().
  const auto late = [&](const std::string& writer) {
    auto connection = std::get<PostgresConnection>(PostgresConnection::open(schema_.settings()));
    const auto error = connection.execute(
        "SELECT advance_log(region, 0, '" + writer +
        "', generation, position, hash, "
        "request_sequence, position, hash, request_sequence, request_hash, checkpoints_hash, "
        "checksum) FROM logs");
    return error ? error->sqlstate : "";
  };
  const std::string writer = schema_.ask("SELECT writer FROM logs");
  EXPECT_EQ(late(writer), "");
  EXPECT_THAT(value_of(open()->append(BatchBuilder(*open()).command("b", {}).build())), IsEmpty());
  EXPECT_EQ(late(writer), kNotHolderState);
  EXPECT_EQ(failure_of(store->append(one_event(*store, "c"))), StoreFailure::kNotHolder);
}

TEST_F(PostgresEventStoreTest, BeginsAGenerationWhenThePostgresIsAnother) {
  const auto follower = open(held(0));
  const auto before = open();
  value_of(before->append(one_event(*before, "a")));
  const std::string generation = before->head().generation;
  schema_.execute("UPDATE logs SET place = 'another cluster/00000001'");
  grant(1);
  const auto store = open(held(1));
  EXPECT_EQ(store->head().generation, generation) << "reading changes nothing";
  EXPECT_NE(value_of(store->recover()).generation, generation);
  EXPECT_EQ(value_of(follower->recover()), store->head());
  const auto recorded = value_of(store->append(one_event(*store, "b")));
  EXPECT_EQ(recorded.front().generation, store->head().generation);
  EXPECT_THAT(value_of(store->read(1, 9)), SizeIs(2)) << "the chain goes on over generations";
}

TEST_F(PostgresEventStoreTest, FollowsNoFurtherBeforeTheNewGenerationHasBegun) {
  grant(1);
  const auto leader = open(held(1));
  const auto follower = open(held(0));
  value_of(leader->append(one_event(*leader, "a")));
  value_of(follower->recover());
  schema_.execute("UPDATE logs SET place = 'another cluster/00000001'");
  EXPECT_EQ(failure_of(follower->recover()), StoreFailure::kUnavailable);
  EXPECT_EQ(follower->head(), leader->head());
  grant(2);
  const auto successor = open(held(2));
  value_of(successor->recover());
  value_of(follower->recover());
  EXPECT_NE(follower->head().generation, leader->head().generation);
}

TEST_F(PostgresEventStoreTest, DoesNotTakeARestoredLogForADamagedOne) {
  const auto leader = open();
  value_of(leader->append(one_event(*leader, "a")));
  schema_.execute("CREATE TABLE saved AS SELECT * FROM logs");
  value_of(leader->append(one_event(*leader, "b")));
  const auto follower = open(held(0));
  EXPECT_EQ(follower->head().position, 2u);
  schema_.execute(
      "DELETE FROM events WHERE position = 2; DELETE FROM logs;"
      "INSERT INTO logs SELECT * FROM saved");
  EXPECT_EQ(failure_of(follower->read(2, 1)), StoreFailure::kUnavailable);
  EXPECT_EQ(follower->damage(), std::nullopt);
  EXPECT_EQ(value_of(follower->recover()).position, 1u);
}

struct Tampering {
  const char* sql;
  const char* sentence;
};
class TamperedLog : public PostgresEventStoreTest, public testing::WithParamInterface<Tampering> {};

TEST_P(TamperedLog, OpensReadOnlyAndSaysWhy) {
  {
    const auto store = open();
    for (const char* id : {"a", "b", "c"}) value_of(store->append(one_event(*store, id)));
  }
  schema_.execute(GetParam().sql);
  const auto store = open();
  EXPECT_THAT(store->damage(), Optional(HasSubstr(GetParam().sentence)));
  EXPECT_THAT(store->damage(), Optional(HasSubstr("test/hovedstaden is read-only")));
  EXPECT_EQ(failure_of(store->append(one_event(*store, "d"))), StoreFailure::kDamaged);
}

INSTANTIATE_TEST_SUITE_P(
    Postgres, TamperedLog,
    testing::Values(Tampering{"UPDATE events SET payload = 'x' WHERE position = 2", "event 2 "},
                    Tampering{"DELETE FROM events WHERE position = 2", "event 2 "},
                    Tampering{"DELETE FROM events WHERE position = 3", "its last event"},
                    Tampering{"UPDATE logs SET position = 2", "the row that says where it ends"},
                    Tampering{"UPDATE logs SET generation = 'x'",
                              "the row that says where it ends"}));

TEST_F(PostgresEventStoreTest, NeverServesARowThatWasChangedWhileItIsOpen) {
  const auto store = open();
  for (const char* id : {"a", "b", "c"}) value_of(store->append(one_event(*store, id)));
  schema_.execute(
      "UPDATE events SET type = 'x' WHERE position = 2;"
      "UPDATE documents SET value = 'nej' WHERE key = 'answer/a'");
  EXPECT_THAT(value_of(store->read(1, 9)), SizeIs(1)) << "what stands before it is served";
  EXPECT_EQ(failure_of(store->read(2, 9)), StoreFailure::kDamaged);
  EXPECT_EQ(failure_of(store->document("answer/a")), StoreFailure::kDamaged);
  EXPECT_EQ(value_of(store->document("answer/b")), "ja");
  EXPECT_THAT(store->damage(), Optional(HasSubstr("event 2 ")));
}

TEST_F(PostgresEventStoreTest, AsksForAMigrationThatIsMissing) {
  PostgresPool elsewhere({.conninfo = schema_.settings().conninfo, .schema = "kkr_other"}, 1);
  const auto opened =
      PostgresEventStore::open(elsewhere, {.service = "other", .region = "hovedstaden"});
  ASSERT_TRUE(std::holds_alternative<PostgresError>(opened));
  EXPECT_THAT(std::get<PostgresError>(opened).sentence, HasSubstr("run `kkr-other migrate`"));
}

TEST_F(PostgresEventStoreTest, ListsTheRegionsOfItsSchema) {
  open();
  value_of(std::get<Store>(
               PostgresEventStore::open(schema_.pool(), {.service = "test", .region = "danmark"}))
               ->recover());
  EXPECT_THAT(std::get<0>(postgres_regions(schema_.pool())), ElementsAre("danmark", "hovedstaden"));
}

}  // namespace
}  // namespace kkr::platform
