#include "services/platform/import/import_log.h"

#include <gmock/gmock.h>

#include "services/platform/attachments/attachment_samples.h"
#include "services/platform/attachments/postgres_attachment_store.h"
#include "services/platform/backup/backup_site.h"
#include "services/platform/event_store/postgres_event_store.h"
#include "services/platform/event_store/verify_postgres_log.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/populated_store.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// A backup of one log with rows in every table and an attachment, and an empty schema for it.
class ImportLog : public testing::Test {
 protected:
  ImportLog() {
    FileAttachmentStore attachments(folder_.path("files"));
    pdf_ = std::get<StoredAttachment>(attachments.put(sample_pdf(), "")).sha256;
    const auto store = original_.open();
    log_ = backed_up({store.get(), "hovedstaden.db", &attachments, "attachments"});
  }

  BackedUpLog backed_up(const BackupSource& source) {
    options_.backup = folder_.path("backup-" + source.store->log().substr(0, 4));
    const auto result = backup_site({source}, options_.backup);
    EXPECT_TRUE(std::holds_alternative<Manifest>(result));
    return std::get<Manifest>(result).logs.front();
  }
  // The sentence, or what was imported.
  std::string imported() {
    const auto result = import_log(connection_, log_, options_);
    if (const auto* error = std::get_if<ImportError>(&result)) return error->sentence;
    const auto& [events, requests, attachments] = std::get<ImportedLog>(result);
    return std::to_string(events) + " " + std::to_string(requests) + " " +
           std::to_string(attachments);
  }
  std::unique_ptr<PostgresEventStore> open() {
    return std::move(std::get<0>(PostgresEventStore::open(
        schema_.pool(), {.service = "consultation", .region = "hovedstaden"})));
  }
  std::string rows() {
    return schema_.ask(
        "SELECT (SELECT count(*) FROM logs) + (SELECT count(*) FROM events) + "
        "(SELECT count(*) FROM requests) + (SELECT count(*) FROM documents) + "
        "(SELECT count(*) FROM checkpoints) + (SELECT count(*) FROM attachments) + "
        "(SELECT count(*) FROM wanted_version) || ''");
  }
  void change_backup(const std::string& sql) const {
    auto opened =
        SqliteConnection::open(options_.backup / log_.file, SqliteConnection::Purpose::kServe);
    EXPECT_EQ(std::get<SqliteConnection>(opened).execute(sql), SQLITE_OK) << sql;
  }

  const PopulatedStore original_;
  const TemporaryFolder folder_;
  PostgresTestSchema schema_{"consultation"};
  PostgresConnection connection_ =
      std::get<PostgresConnection>(PostgresConnection::open(schema_.settings()));
  ImportOptions options_;
  BackedUpLog log_;
  Hash pdf_{};
};

TEST_F(ImportLog, BringsEveryRowAsItWasWritten) {
  ASSERT_EQ(imported(), "78 50 1");
  const auto store = open();
  const auto original = original_.open();
  ASSERT_EQ(store->damage(), std::nullopt);
  EXPECT_EQ(value_of(store->read(1, kSliceMax)), value_of(original->read(1, kSliceMax)));
  EXPECT_EQ(value_of(store->checkpoints()), value_of(original->checkpoints()));
  EXPECT_EQ(value_of(store->documents("", "", kSliceMax)),
            value_of(original->documents("", "", kSliceMax)));
  std::vector<std::string> ids{"unknown"};
  for (std::uint64_t number = 1; number <= PopulatedStore::kRequests; ++number)
    ids.push_back("r" + std::to_string(number));
  EXPECT_EQ(value_of(store->find_requests(ids)), value_of(original->find_requests(ids)));
  EXPECT_EQ(schema_.ask("SELECT count(*)::text FROM documents WHERE value IS NULL"), "8")
      << "that a text was erased is known";
  EXPECT_EQ(value_of(store->snapshot()), std::nullopt) << "a cache is not taken along";
  PostgresAttachmentStore attachments(schema_.pool(), "hovedstaden");
  EXPECT_EQ(std::get<std::string>(attachments.get(pdf_)), sample_pdf());
  EXPECT_EQ(std::get<StoredAttachment>(attachments.describe(pdf_)), log_.attachments.front());
}

TEST_F(ImportLog, GoesOnUnderANewGeneration) {
  ASSERT_EQ(imported(), "78 50 1");
  const auto store = open();
  EXPECT_NE(store->head().generation, original_.head().generation);
  EXPECT_EQ(store->head().position, original_.head().position);
  EXPECT_EQ(store->head().hash, original_.head().hash);
  const auto next =
      value_of(store->append(BatchBuilder(*store).command("new", {an_event("round-1")}).build()));
  EXPECT_EQ(next.front().generation, store->head().generation);
  EXPECT_EQ(next.front().position, 79u);
  const auto verified = verify_postgres_log(schema_.pool(), "consultation", "hovedstaden");
  EXPECT_EQ(std::get<VerifyReport>(verified).damage, std::nullopt);
}

TEST_F(ImportLog, KeepsWhatKindOfLogItIsWhateverItsSize) {
  {
    auto opened = SqliteEventStore::open(
        {.path = folder_.path("demo.db"), .log = "consultation/hovedstaden", .demo = true});
    const auto store = std::move(std::get<0>(opened));
    BatchBuilder batch(*store);
    for (int i = 0; i < 600; ++i)
      batch.command("r" + std::to_string(i), {an_event("round-1", std::string(4096, 'p'))});
    value_of(store->append(batch.build()));
    value_of(store->raise_write_version(3));
    std::filesystem::remove_all(options_.backup);
    log_ = backed_up({store.get(), "hovedstaden.db", nullptr});
  }
  options_.version_read = 2;
  EXPECT_THAT(imported(), HasSubstr("may hold facts of version 3"));
  EXPECT_EQ(rows(), "0");
  options_.version_read = 4;
  ASSERT_EQ(imported(), "600 600 0");
  EXPECT_TRUE(open()->is_demo());
  EXPECT_EQ(open()->write_version(), 3u);
  EXPECT_EQ(schema_.ask("SELECT wanted_write_version()::text"), "3")
      << "whoever reads less does not start";
}

TEST_F(ImportLog, NeverTouchesALogThatIsThere) {
  open();
  EXPECT_THAT(imported(), HasSubstr("there is a log consultation/hovedstaden"));
  EXPECT_EQ(rows(), "1");
  schema_.execute("DELETE FROM logs");
  ASSERT_EQ(imported(), "78 50 1");
  const LogHead head = open()->head();
  EXPECT_THAT(imported(), HasSubstr("nothing is imported over it"));
  EXPECT_EQ(open()->head(), head);
}

TEST_F(ImportLog, IsNotForAServiceThatRuns) {
  schema_.execute(
      "INSERT INTO replicas (instance, name, address, expires_at) VALUES "
      "(gen_random_uuid(), 'here', '', clock_timestamp() + interval '1 minute'), "
      "(gen_random_uuid(), 'gone', '', clock_timestamp() - interval '1 second')");
  EXPECT_THAT(imported(), HasSubstr("the consultation service runs (replica here)"));
  schema_.execute("DELETE FROM replicas WHERE name = 'here'");
  EXPECT_EQ(imported(), "78 50 1");
}

TEST_F(ImportLog, LeavesNothingOfALogThatDoesNotArriveWhole) {
  const auto attachment = FileAttachmentStore(options_.backup / log_.attachments_folder)
                              .path_of(pdf_, log_.attachments.front().media_type);
  std::filesystem::rename(attachment, folder_.path("away"));
  EXPECT_THAT(imported(), HasSubstr("is missing or damaged"));
  EXPECT_EQ(rows(), "0");
  std::filesystem::rename(folder_.path("away"), attachment);

  change_backup("UPDATE events SET payload = x'78' WHERE position = 40");
  EXPECT_THAT(imported(), HasSubstr("cannot vouch for position 40"));
  EXPECT_EQ(rows(), "0");
}

TEST_F(ImportLog, TakesItsCompanionsAlongOrNothing) {
  log_.companions.push_back({"sends.db", 0, {}});
  EXPECT_THAT(imported(), HasSubstr("no place for the file sends.db"));
  EXPECT_EQ(rows(), "0");
  std::optional<std::string> wrong = "it is torn";
  options_.import_companion = [&](const std::filesystem::path& file, const StoreMeta& log,
                                  PostgresConnection& connection) {
    EXPECT_EQ(file, options_.backup / "sends.db");
    EXPECT_EQ(log.log, log_.log);
    EXPECT_FALSE(connection.execute("CREATE TABLE beside (n bigint)"));
    return wrong;
  };
  EXPECT_EQ(imported(), "sends.db: it is torn");
  EXPECT_EQ(rows(), "0");
  wrong = std::nullopt;
  EXPECT_EQ(imported(), "78 50 1") << "and what the first try made is gone";
  EXPECT_EQ(schema_.ask("SELECT count(*)::text FROM beside"), "0");
}

}  // namespace
}  // namespace kkr::platform
