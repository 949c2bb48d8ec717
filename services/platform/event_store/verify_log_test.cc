#include "services/platform/event_store/verify_log.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "services/platform/event_store/store_keeper.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/populated_store.h"

namespace kkr::platform {
namespace {

using testing::HasSubstr;

class VerifyLog : public testing::Test {
 protected:
  // The report on the store as it is now.
  VerifyReport verified(bool with_anchor = true) const {
    const auto result = verify_log({store_.path(), store_.log(), with_anchor ? anchor() : ""});
    if (const auto* error = std::get_if<SqliteError>(&result)) {
      ADD_FAILURE() << error->sentence;
      return {};
    }
    return std::get<VerifyReport>(result);
  }
  std::uint64_t damaged_position(bool with_anchor = true) const {
    const auto report = verified(with_anchor);
    return report.damage ? report.damage->position : 0;
  }
  std::string anchor() const { return store_.anchor_path(); }

  PopulatedStore store_;
};

TEST_F(VerifyLog, VouchesForASoundStoreAndChangesNothing) {
  const auto before = store_.bytes();
  const auto report = verified();
  EXPECT_EQ(report.damage, std::nullopt);
  EXPECT_EQ(report.head, store_.head());
  EXPECT_EQ(report.requests, PopulatedStore::kRequests);
  EXPECT_EQ(report.anchors, 2u);
  EXPECT_EQ(sentence_for(report),
            "consultation/hovedstaden: sound up to position 78 (50 requests, 2 anchors, hash " +
                to_hex(store_.head().hash).substr(0, 16) + ")");
  EXPECT_EQ(store_.bytes(), before);
  EXPECT_FALSE(std::filesystem::exists(store_.path() + "-wal"));
}

TEST_F(VerifyLog, NamesTheFirstOfTheEventsThatAreNotWhatWasWritten) {
  const struct {
    const char* sql;
    std::uint64_t position;
    const char* reason;
  } rows[] = {
      {"UPDATE events SET type = type || 'x' WHERE position = 7", 7, "not match its hash"},
      {"UPDATE events SET hash = randomblob(32) WHERE position = 7", 7, "not match its hash"},
      {"DELETE FROM events WHERE position = 9", 9, "the next row holds event 10"},
      {"DELETE FROM events WHERE position = 1", 1, "the next row holds event 2"},
      {"DELETE FROM events WHERE position = 78", 78, "its last events are missing"},
      {"DELETE FROM events", 1, "its last events are missing"},
      {"UPDATE events SET position = -1 WHERE position = 5;"
       "UPDATE events SET position = 5 WHERE position = 8;"
       "UPDATE events SET position = 8 WHERE position = -1",
       5, "not match its hash"},
      {"INSERT INTO events SELECT 79, generation, 'x', 1, type, payload, metadata, recorded_at, "
       "hash FROM events WHERE position = 78",
       79, "not match its hash"},
      {"DELETE FROM requests WHERE request_id = 'r12'", 19, "request of event 19 is missing"},
  };
  for (const auto& row : rows) {
    store_.change(row.sql);
    const auto report = verified(false);
    ASSERT_TRUE(report.damage) << row.sql;
    EXPECT_EQ(report.damage->position, row.position) << row.sql << ": " << report.damage->sentence;
    EXPECT_THAT(report.damage->sentence, HasSubstr(row.reason)) << row.sql;
    store_.restore();
  }
}

TEST_F(VerifyLog, MissesTheLastRequestEvenWhenItLeftNoEvent) {
  store_.change("DELETE FROM requests WHERE request_id = 'r50'");
  const auto report = verified(false);
  ASSERT_TRUE(report.damage);
  EXPECT_EQ(report.damage->position, 79u);
  EXPECT_EQ(report.damage->sentence, "the requests end before request 50, but the head counts 50");
}

TEST_F(VerifyLog, FindsADocumentThatWasSetBack) {
  store_.set_back_document("latest");  // Replaced since.
  const auto replaced = verified(false);
  ASSERT_TRUE(replaced.damage);
  EXPECT_THAT(replaced.damage->sentence, HasSubstr("the document 'latest' that event"));
  EXPECT_THAT(replaced.damage->sentence, HasSubstr("names is an older one"));
  store_.restore();
  store_.set_back_document("answer/16");  // Erased since.
  const auto erased = verified(false);
  ASSERT_TRUE(erased.damage);
  EXPECT_THAT(erased.damage->sentence, HasSubstr("the document 'answer/16' that event"));
}

TEST_F(VerifyLog, NeedsTheAnchorForATailThatWasCutWithoutTrace) {
  store_.set_back_to_half();
  EXPECT_EQ(damaged_position(false), 0u) << "an older copy is consistent in itself";
  const auto report = verified();
  ASSERT_TRUE(report.damage);
  EXPECT_EQ(report.damage->position, 41u);
  EXPECT_THAT(report.damage->sentence,
              HasSubstr("the anchor file has seen position 78: its last events are missing"));
}

TEST_F(VerifyLog, NeedsTheAnchorForAnotherLogInItsPlace) {
  const PopulatedStore other;
  std::filesystem::copy_file(other.path(), store_.path(),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(damaged_position(false), 0u);
  const auto report = verified();
  ASSERT_TRUE(report.damage);
  EXPECT_EQ(report.damage->position, 1u);
  EXPECT_THAT(report.damage->sentence, HasSubstr("not the one that was served last"));
}

TEST_F(VerifyLog, SkipsALineOfTheAnchorFileThatWasNotFinished) {
  std::ofstream(anchor(), std::ios::app) << "2013-02-06T08:00:00Z consultation/hovedst";
  const auto report = verified();
  EXPECT_EQ(report.damage, std::nullopt);
  EXPECT_EQ(report.unreadable_anchors, 1u);
  EXPECT_THAT(sentence_for(report), HasSubstr("1 lines of the anchor file were skipped"));
}

TEST_F(VerifyLog, ReadsWhatAKilledProcessLeftAndLeavesIt) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t writer = ::fork();
  if (writer == 0) {
    const auto store = store_.open();
    value_of(store->append(BatchBuilder(*store).command("late", {an_event("round-1")}).build()));
    [[maybe_unused]] const auto written = ::write(ready[1], "x", 1);
    ::pause();
  }
  char byte;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto busy = verify_log({store_.path(), store_.log(), ""});
  EXPECT_EQ(std::get<SqliteError>(busy).sentence,
            "another kkr process uses the store " + store_.path());
  ::kill(writer, SIGKILL);
  ::waitpid(writer, nullptr, 0);

  const auto wal = store_.path() + "-wal";
  const auto size = std::filesystem::file_size(wal);
  EXPECT_EQ(verified().damage, std::nullopt);
  EXPECT_EQ(verified().head.position, 79u);
  EXPECT_EQ(std::filesystem::file_size(wal), size);
}

TEST_F(VerifyLog, SaysWhatIsOutOfReach) {
  const auto missing = verify_log({store_.path() + "x", store_.log(), ""});
  EXPECT_THAT(std::get<SqliteError>(missing).sentence, HasSubstr("unable to open database file"));
  const auto no_anchor = verify_log({store_.path(), store_.log(), anchor() + "x"});
  EXPECT_THAT(std::get<SqliteError>(no_anchor).sentence, HasSubstr("cannot be read"));
}

TEST_F(VerifyLog, NamesPositionOneForAFileThatSqliteCannotRead) {
  auto bytes = store_.bytes();
  bytes.replace(0, 20, "Not a database at all");
  store_.overwrite(bytes);
  const auto report = verified();
  ASSERT_TRUE(report.damage);
  EXPECT_EQ(report.damage->position, 1u);
  EXPECT_THAT(report.damage->sentence, HasSubstr("file is not a database"));
}

}  // namespace
}  // namespace kkr::platform
