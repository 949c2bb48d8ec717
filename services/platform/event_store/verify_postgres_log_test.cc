#include "services/platform/event_store/verify_postgres_log.h"

#include <gmock/gmock.h>

#include "services/platform/event_store/postgres_event_store.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

using testing::HasSubstr;

// 600 events of 300 commands, more than two slices; every command writes a document, one is erased.
class VerifyPostgresLog : public testing::Test {
 protected:
  VerifyPostgresLog() {
    const auto store = std::move(std::get<0>(
        PostgresEventStore::open(schema_.pool(), {.service = "test", .region = "hovedstaden"})));
    BatchBuilder batch(*store);
    for (int i = 0; i < 300; ++i) {
      const std::string id = std::to_string(i);
      batch.command("r" + id, {an_event("round-1"), an_event("round-" + id)},
                    {{"answer/" + id, i == 7 ? std::nullopt : std::optional<std::string>("ja")}});
    }
    value_of(store->append(batch.checkpoint({"registry/danmark", "g", 3, Hash{1}}).build()));
  }

  // The table a statement changes.
  static std::string table_of(const std::string& sql) {
    for (const std::string table : {"events", "requests", "documents", "checkpoints"})
      if (sql.find(" " + table) != std::string::npos) return table;
    return "logs";
  }

  VerifyReport report() {
    return std::get<VerifyReport>(verify_postgres_log(schema_.pool(), "test", "hovedstaden"));
  }

  PostgresTestSchema schema_;
};

TEST_F(VerifyPostgresLog, VouchesForALogThatIsAsItWasWritten) {
  EXPECT_EQ(report().damage, std::nullopt) << report().damage->sentence;
  EXPECT_THAT(sentence_for(report()), HasSubstr("sound up to position 600 (300 requests"));
}

TEST_F(VerifyPostgresLog, KnowsALogThatIsNotThere) {
  EXPECT_TRUE(std::holds_alternative<PostgresError>(
      verify_postgres_log(schema_.pool(), "test", "nordjylland")));
}

TEST_F(VerifyPostgresLog, FindsEachRowThatWasChangedOrLost) {
  const struct {
    const char* sql;
    std::uint64_t position;
  } rows[] = {
      {"UPDATE events SET payload = 'x' WHERE position = 300", 300},
      {"UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 600", 600},
      {"UPDATE events SET hash = decode(repeat('00', 32), 'hex') WHERE position = 5", 5},
      {"DELETE FROM events WHERE position = 257", 257},
      {"DELETE FROM events WHERE position > 590", 591},
      {"UPDATE requests SET last_position = 9 WHERE sequence = 4", 7},
      {"UPDATE requests SET command_digest = 'x' WHERE sequence = 4", 7},
      {"DELETE FROM requests WHERE sequence = 280", 559},
      {"DELETE FROM requests WHERE sequence = 300", 599},
      {"UPDATE documents SET value = 'nej' WHERE key = 'answer/9'", 20},
      {"UPDATE documents SET position = 3 WHERE key = 'answer/9'", 3},
      {"UPDATE documents SET value = 'back' WHERE key = 'answer/7'", 16},
      {"DELETE FROM documents WHERE key = 'answer/200'", 402},
      {"UPDATE checkpoints SET position = 4", 600},
      {"DELETE FROM checkpoints", 600},
      {"UPDATE logs SET demo = true", 600},
  };
  for (const auto& row : rows) {
    schema_.execute("CREATE TABLE kept AS TABLE " + table_of(row.sql));
    schema_.execute(row.sql);
    const auto damage = report().damage;
    ASSERT_TRUE(damage) << row.sql;
    EXPECT_LE(damage->position, row.position) << row.sql << ": " << damage->sentence;
    EXPECT_GE(damage->position + 1, row.position) << row.sql << ": " << damage->sentence;
    schema_.execute("DELETE FROM " + table_of(row.sql) + "; INSERT INTO " + table_of(row.sql) +
                    " TABLE kept; DROP TABLE kept");
    ASSERT_EQ(report().damage, std::nullopt) << row.sql;
  }
}

}  // namespace
}  // namespace kkr::platform
