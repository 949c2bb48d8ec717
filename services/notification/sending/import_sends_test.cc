#include "services/notification/sending/import_sends.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "services/notification/sending/postgres_send_table.h"
#include "services/notification/sending/send_table_contract.h"
#include "services/notification/sending/sqlite_send_table.h"
#include "tests/contract/postgres_test_schema.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::notification {
namespace {

using platform::PostgresConnection;
using platform::SqliteConnection;
using platform::StoreMeta;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kLog[] = "notification/hovedstaden";

// A file with sends in every state: sent, deferred, leased, planned, dropped, and one whose letter
// was erased.
class ImportSends : public testing::Test {
 protected:
  ImportSends() : connection_(open_migrated(schema_)) {
    const auto table = open_file();
    std::vector<PlannedSend> sends;
    for (const char* code : {"101", "147", "151", "153", "155"}) sends.push_back(planned(code));
    sends.back().dropped_by = "WITHDRAWN";
    value(table->dispatch({{{"g", 7, platform::Hash{7}}, sends, {}}}, kSiteNow));
    lease(*table, 4);
    const std::string sent = id(planned("101")), late = id(planned("147"));
    const std::string erased = id(planned("151"));
    value(
        table->write_letters("one", {{sent, "<1@kkr>", letter_to("persons/a", "a@x.example")},
                                     {late, "<2@kkr>", letter_to("persons/b", "b@x.example")},
                                     {erased, "<3@kkr>", letter_to("persons/c", "c@x.example")}}));
    Outcome done{.id = sent, .transition = {SendState::kSent, "DELIVERED", 250, "OK", kSiteNow}};
    Outcome gone{.id = erased, .transition = {SendState::kSent, "DELIVERED", 250, "c", kSiteNow}};
    Outcome later{
        .id = late,
        .transition = {SendState::kDeferred, "SMTP", 451, "senere, tak – \xc3\xa6", kSiteNow},
        .gap = "ADDRESS_MISSING",
        .next_attempt_at = kMachineNow + absl::Minutes(1)};
    EXPECT_EQ(value(table->settle("one", {done, gone, later})), 3u);
    value(table->erase(value(table->letters_of("persons/c")), false));
  }

  static PostgresConnection open_migrated(platform::PostgresTestSchema& schema) {
    auto connection = std::get<PostgresConnection>(PostgresConnection::open(schema.settings()));
    if (const auto error = migrate(connection, schema.settings().schema, sends_migrations()))
      ADD_FAILURE() << error->sentence;
    return connection;
  }
  std::unique_ptr<SqliteSendTable> open_file() const {
    return std::move(std::get<std::unique_ptr<SqliteSendTable>>(
        SqliteSendTable::open({.path = path(), .log = kLog})));
  }
  static std::vector<Send> lease(SendTable& table, std::size_t sends_max,
                                 absl::Time machine_now = kMachineNow) {
    return value(table.lease({.holder = "one",
                              .machine_now = machine_now,
                              .expires_at = machine_now + absl::Minutes(5),
                              .site_now = kSiteNow,
                              .sends_max = sends_max}));
  }
  std::optional<std::string> imported(const StoreMeta& log = {kLog, "g", false, 1}) {
    return import_sends()(path(), log, connection_);
  }
  // The first column of each row.
  std::vector<std::string> ask_file(const std::string& sql) const {
    auto opened = SqliteConnection::open(path(), SqliteConnection::Purpose::kInspect);
    auto statement = std::get<SqliteConnection>(opened).prepare(sql.c_str());
    auto row = statement();
    std::vector<std::string> found;
    while (row.next()) found.emplace_back(row.text(0));
    return found;
  }
  // What stands in a column, from row to row.
  std::string in_file(const std::string& table, const std::string& key,
                      const std::string& column) const {
    std::string all;
    for (const std::string& value : ask_file(
             fmt::format("SELECT hex(coalesce({}, '-')) FROM {} ORDER BY {}", column, table, key)))
      all += value + ",";
    return all;
  }
  static std::string in_postgres(const std::string& table, const std::string& key,
                                 const std::string& column) {
    const bool bytes = column == "hash" || column == "facts" || column == "message";
    const char* const plain = column == "untried" ? "{}::int::text" : "{}::text";
    const std::string value =
        bytes ? column : "convert_to(" + fmt::format(fmt::runtime(plain), column) + ", 'UTF8')";
    return fmt::format(
        "SELECT string_agg(v, '') FROM (SELECT upper(encode(coalesce({}, '-'), 'hex')) || ',' AS v "
        "FROM {} ORDER BY {}) AS rows",
        value, table, key);
  }
  std::string path() const { return folder_.path("sends.db"); }

  const platform::TemporaryFolder folder_;
  platform::PostgresTestSchema schema_{"notification"};
  PostgresConnection connection_;
};

std::vector<Send> shown(SendTable& table) { return value(table.list({}, 0, 100)); }

TEST_F(ImportSends, BringsEverySendAndWhatBecameOfIt) {
  EXPECT_EQ(imported(), std::nullopt);
  const auto file = open_file();
  PostgresSendTable table(schema_.pool(), "hovedstaden");
  ASSERT_THAT(shown(table), SizeIs(5));
  EXPECT_EQ(value(table.dispatched_to()), value(file->dispatched_to()));
  for (const Send& send : shown(*file)) {
    EXPECT_TRUE(value(table.transitions(send.id)) == value(file->transitions(send.id))) << send.id;
    EXPECT_TRUE(value(table.find(send.id))->letter == send.letter) << send.id;
    EXPECT_TRUE(value(table.find(send.id))->planned == send.planned) << send.id;
  }
  EXPECT_EQ(value(table.next_wakes()).machine, value(file->next_wakes()).machine);
  EXPECT_EQ(value(table.has_untried(kSiteNow)), value(file->has_untried(kSiteNow)));
  for (const char* person : {"persons/a", "persons/b", "persons/c"})
    EXPECT_EQ(value(table.letters_of(person)).size(), value(file->letters_of(person)).size());
}

// Whatever columns the file has.
TEST_F(ImportSends, BringsEveryColumnOfEachTable) {
  ASSERT_EQ(imported(), std::nullopt);
  const std::pair<std::string, std::string> tables[] = {{"dispatched", "position"},
                                                        {"sends", "number"},
                                                        {"erased_persons", "person"},
                                                        {"transitions", "send, turn"}};
  for (const auto& [table, key] : tables) {
    const auto columns = ask_file("SELECT name FROM pragma_table_info('" + table + "')");
    ASSERT_THAT(columns, Not(IsEmpty())) << table;
    for (const std::string& column : columns) {
      if (column == "only") continue;  // The file holds one row, and says so.
      EXPECT_EQ(schema_.ask(in_postgres(table, key, column)), in_file(table, key, column))
          << table << "." << column;
    }
  }
}

TEST_F(ImportSends, GoesOnWhereTheFileEnded) {
  ASSERT_EQ(imported(), std::nullopt);
  PostgresSendTable table(schema_.pool(), "hovedstaden");
  EXPECT_EQ(value(table.dispatch({{{"g", 8, {}}, {planned("101"), planned("157")}, {}}}, kSiteNow)),
            1u)
      << "what was sent is known again";
  EXPECT_EQ(shown(table).front().number, 6);
  EXPECT_THAT(lease(table, 10), SizeIs(1)) << "neither what is another's nor what is over";
  value(table.end_leases());
  EXPECT_THAT(lease(table, 10, kMachineNow + absl::Minutes(2)), SizeIs(3));
  EXPECT_THAT(value(table.write_letters(
                  "one", {{id(planned("153")), "<4@kkr>", letter_to("persons/c", "c@x.example")}})),
              SizeIs(0))
      << "the person is erased";
}

TEST_F(ImportSends, RefusesTheSendsOfAnotherSite) {
  EXPECT_THAT(imported({"notification/sjaelland", "g", false, 1}).value_or(""),
              HasSubstr("another"));
  EXPECT_THAT(imported({kLog, "g", true, 1}).value_or(""), HasSubstr("another"));
  {
    auto opened = SqliteConnection::open(path(), SqliteConnection::Purpose::kServe);
    std::get<SqliteConnection>(opened).execute("PRAGMA user_version = 2");
  }
  EXPECT_THAT(imported().value_or(""), HasSubstr("format 2"));
  EXPECT_EQ(schema_.ask("SELECT count(*)::text FROM sends"), "0");
}

}  // namespace
}  // namespace kkr::notification
