// A real file is damaged in every way a row can be, and at random bytes: whatever differs from what
// was written must be found. The seed is printed; KKR_SEED repeats a run.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "services/platform/event_store/verify_log.h"
#include "tests/contract/populated_store.h"

namespace kkr::platform {
namespace {

struct Table {
  std::string name;
  std::string key;
  std::vector<std::string> columns;  // All but the key.
};

const std::vector<Table>& tables() {
  static const std::vector<Table> kTables = {
      {"events",
       "position",
       {"generation", "stream", "version", "type", "payload", "metadata", "recorded_at", "hash"}},
      {"requests",
       "sequence",
       {"request_id", "command_digest", "first_position", "last_position", "hash"}},
      {"request_fingerprints", "fingerprint", {"sequence"}},
      {"streams", "stream", {"version", "position"}},
      {"documents", "key", {"value", "salt", "digest", "position"}},
      {"checkpoints", "source", {"generation", "position", "hash"}},
      {"meta", "only", {"log", "generation", "demo", "write_version", "checksum"}},
      {"head",
       "only",
       {"position", "hash", "request_sequence", "request_hash", "checkpoints_hash",
        "indexed_position", "indexed_sequence", "checksum"}},
  };
  return kTables;
}

class VerifyLogMutation : public testing::Test {
 protected:
  VerifyReport verified() const {
    const auto result = verify_log({store_.path(), store_.log(), store_.anchor_path()});
    if (const auto* report = std::get_if<VerifyReport>(&result)) return *report;
    ADD_FAILURE() << std::get<SqliteError>(result).sentence;
    return {};
  }
  // Damages, expects it to be found, and repairs.
  void expect_found(const std::string& sql) const {
    store_.change(sql);
    const auto report = verified();
    EXPECT_TRUE(report.damage) << sql;
    if (report.damage) {
      EXPECT_GE(report.damage->position, 1u) << sql;
      EXPECT_LE(report.damage->position, PopulatedStore::kEvents + 1) << sql;
    }
    store_.restore();
  }
  std::vector<std::string> keys_of(const Table& table) const {
    std::vector<std::string> keys;
    sqlite3* connection = nullptr;
    sqlite3_open(store_.path().c_str(), &connection);
    const auto sql = "SELECT quote(" + table.key + ") FROM " + table.name + " ORDER BY 1";
    sqlite3_exec(
        connection, sql.c_str(),
        [](void* found, int, char** columns, char**) {
          static_cast<std::vector<std::string>*>(found)->emplace_back(columns[0]);
          return 0;
        },
        &keys, nullptr);
    sqlite3_close(connection);
    store_.restore();
    return keys;
  }
  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  const PopulatedStore store_;
  const unsigned seed_ = [] {
    const char* given = std::getenv("KKR_SEED");
    const auto seed = given ? static_cast<unsigned>(std::atoll(given)) : std::random_device()();
    std::cout << "verify_log: KKR_SEED=" << seed << '\n';
    return seed;
  }();
  std::mt19937 random_{seed_};
};

// The affinity of the column decides which of the two takes: a number, or a longer text.
std::string change(const Table& table, const std::string& column, const std::string& key) {
  return "UPDATE " + table.name + " SET " + column + " = CASE typeof(" + column +
         ") WHEN 'integer' THEN 1000 + " + column + " WHEN 'text' THEN " + column +
         " || 'x' ELSE CAST(coalesce(" + column + ", '') || 'x' AS BLOB) END WHERE " + table.key +
         " = " + key;
}

std::string move(const Table& table, const std::string& from, const std::string& to) {
  return "UPDATE " + table.name + " SET " + table.key + " = " + to + " WHERE " + table.key + " = " +
         from + ";";
}

TEST_F(VerifyLogMutation, FindsEveryDeletedRowOfEveryTable) {
  for (const auto& table : tables()) {
    const auto keys = keys_of(table);
    ASSERT_FALSE(keys.empty()) << table.name;
    for (const auto& key : keys)
      expect_found("DELETE FROM " + table.name + " WHERE " + table.key + " = " + key);
  }
}

TEST_F(VerifyLogMutation, FindsEveryChangedColumnOfEveryTable) {
  for (const auto& table : tables()) {
    const auto keys = keys_of(table);
    for (const auto& column : table.columns) {
      const auto& key = keys[below(keys.size())];
      expect_found(change(table, column, key));
    }
  }
}

TEST_F(VerifyLogMutation, NamesAPositionOfTheLogThoughTheRowNamesNone) {
  expect_found("UPDATE streams SET position = 0");
}

TEST_F(VerifyLogMutation, FindsTwoSwappedRowsOfAnyTable) {
  for (const auto& table : tables()) {
    const auto keys = keys_of(table);
    if (keys.size() < 2) continue;
    for (int i = 0; i < 10; ++i) {
      const auto one = below(keys.size());
      const auto other = (one + 1 + below(keys.size() - 1)) % keys.size();
      expect_found(move(table, keys[one], "-1") + move(table, keys[other], keys[one]) +
                   move(table, "-1", keys[other]));
    }
  }
}

TEST_F(VerifyLogMutation, FindsEveryFlippedByteThatChangesARow) {
  const std::string whole = store_.bytes();
  const std::string contents = store_.contents();
  ASSERT_NE(contents, "unreadable");
  store_.restore();
  const int flips = std::getenv("KKR_LONG") ? 20'000 : 500;
  int found = 0;
  for (int i = 0; i < flips; ++i) {
    std::string flipped = whole;
    const auto offset = below(flipped.size());
    const auto bit = below(8);
    flipped[offset] = static_cast<char>(flipped[offset] ^ (1 << bit));
    store_.overwrite(flipped);
    const auto report = verified();
    if (report.damage) {
      ++found;
      EXPECT_GE(report.damage->position, 1u);
      EXPECT_LE(report.damage->position, PopulatedStore::kEvents + 1) << report.damage->sentence;
    } else {
      EXPECT_EQ(store_.contents(), contents) << "byte " << offset << " bit " << bit;
    }
  }
  EXPECT_GT(found, flips / 10) << "the rest of a small store's pages is empty";
}

}  // namespace
}  // namespace kkr::platform
