#include "services/platform/backup/companion.h"

#include <gmock/gmock.h>

#include <fstream>

#include "services/platform/event_store/sqlite_connection.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using testing::SizeIs;

class CompanionTest : public testing::Test {
 protected:
  CompanionTest() {
    std::filesystem::create_directories(folder_.path("notification/hovedstaden"));
    auto opened = SqliteConnection::open(path(), SqliteConnection::Purpose::kServe);
    std::get<SqliteConnection>(opened).execute("CREATE TABLE t (x); INSERT INTO t VALUES ('kept')");
  }
  std::string path() const { return folder_.path("notification/hovedstaden/sends.db"); }

  TemporaryFolder folder_;
};

TEST_F(CompanionTest, IsFoundBesideItsLogAndCopied) {
  const auto found = companions_in(folder_.path(), "notification/hovedstaden");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].file, "notification/hovedstaden/sends.db");
  EXPECT_EQ(found[0].copy_to(folder_.path("copy.db")), std::nullopt);
  auto opened =
      SqliteConnection::open(folder_.path("copy.db"), SqliteConnection::Purpose::kInspect);
  auto select = std::get<SqliteConnection>(opened).prepare("SELECT x FROM t");
  auto row = select();
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.text(0), "kept");
}

TEST_F(CompanionTest, OneThatIsDamagedIsTold) {
  EXPECT_EQ(fault_in_companion(path()), std::nullopt);
  {
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4096);
    file << std::string(4096, '\x5a');
  }
  EXPECT_THAT(fault_in_companion(path()).value_or("sound"), testing::Not("sound"));
}

TEST_F(CompanionTest, ALogWithoutAFolderHasNone) {
  EXPECT_THAT(companions_in(folder_.path(), "registry/danmark"), SizeIs(0));
}

}  // namespace
}  // namespace kkr::platform
