// The contract over SQLite, and what only a file can do.
#include <gmock/gmock.h>

#include "services/notification/sending/send_table_contract.h"
#include "services/notification/sending/sqlite_send_table.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::notification {
namespace {

using testing::HasSubstr;

class SqliteRig final : public SendTableRig {
 public:
  SendTable& table() override { return *table_; }
  SqliteSendTable& sqlite() { return *table_; }
  void reopen() override {
    table_.reset();
    table_ = open();
  }
  void close() { table_.reset(); }
  std::string bytes() override { return bytes_in(folder_.path()); }
  bool zeroes_what_it_frees() const override { return true; }
  std::string path() const { return folder_.path("notification/sends.db"); }

 private:
  std::unique_ptr<SqliteSendTable> open() const {
    return std::move(std::get<std::unique_ptr<SqliteSendTable>>(
        SqliteSendTable::open({.path = path(), .log = "notification/hovedstaden"})));
  }

  const platform::TemporaryFolder folder_;
  std::unique_ptr<SqliteSendTable> table_ = open();
};

INSTANTIATE_TEST_SUITE_P(Sqlite, SendTableContract, testing::Values([] {
                           return std::unique_ptr<SendTableRig>(std::make_unique<SqliteRig>());
                         }));

TEST(SqliteSendTable, ACopyHoldsWhatTheTableHolds) {
  SqliteRig rig;
  value(rig.table().dispatch({{{"g", 1, {}}, {planned("165")}, {}}}, kSiteNow));
  const platform::TemporaryFolder folder;
  const std::string copy = folder.path("copy.db");
  EXPECT_EQ(rig.sqlite().copy_to(copy), std::nullopt);
  auto opened = SqliteSendTable::open({.path = copy, .log = "notification/hovedstaden"});
  auto& table = *std::get<std::unique_ptr<SqliteSendTable>>(opened);
  EXPECT_EQ(value(table.find(id(planned("165"))))->planned, planned("165"));
}

TEST(SqliteSendTable, AFileOfAnotherSiteIsNotOpened) {
  SqliteRig rig;
  rig.close();
  const auto refusal = [&](SqliteSendTableOptions options) {
    const auto opened = SqliteSendTable::open(std::move(options));
    const auto* error = std::get_if<platform::SqliteError>(&opened);
    return error == nullptr ? "opened" : error->sentence;
  };
  EXPECT_THAT(refusal({.path = rig.path(), .log = "notification/sjaelland"}), HasSubstr("another"));
  EXPECT_THAT(refusal({.path = rig.path(), .log = "notification/hovedstaden", .demo = true}),
              HasSubstr("another"));
}

}  // namespace
}  // namespace kkr::notification
