#include "services/platform/backup/restore_site.h"

#include <gmock/gmock.h>

#include <fstream>

#include "services/platform/attachments/attachment_samples.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/populated_store.h"

namespace kkr::platform {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// A backup of one populated log with an attachment.
class RestoreSite : public testing::Test {
 protected:
  RestoreSite() {
    FileAttachmentStore attachments(folder_.path("files"));
    pdf_ = std::get<StoredAttachment>(attachments.put(sample_pdf(), "")).sha256;
    const auto store = original_.open();
    const auto result = backup_site({{store.get(), "consultation/hovedstaden.db", &attachments,
                                      "consultation/hovedstaden.attachments"}},
                                    backup_);
    EXPECT_TRUE(std::holds_alternative<Manifest>(result));
  }
  std::string restored(const std::string& name) const { return folder_.path("restored/" + name); }
  std::string why_not(const std::string& folder) {
    const auto result = restore_site(backup_, folder, nullptr);
    const auto* error = std::get_if<BackupError>(&result);
    return error == nullptr ? "restored" : error->sentence;
  }
  std::vector<std::string> names_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      names.push_back(entry.path().filename());
    return names;
  }

  const PopulatedStore original_;
  const TemporaryFolder folder_;
  const std::string backup_ = folder_.path("backup");
  Hash pdf_{};
};

TEST_F(RestoreSite, GivesTheSameLogANewGenerationAndVouchesForIt) {
  AnchorFile anchors(original_.anchor_path());
  const auto result = restore_site(backup_, folder_.path("restored"), &anchors);
  const auto& site = std::get<RestoredSite>(result);
  ASSERT_THAT(site.reports, SizeIs(1));
  const auto& head = site.reports[0].head;
  EXPECT_NE(head.generation, original_.head().generation);
  EXPECT_EQ(head.position, original_.head().position);
  EXPECT_EQ(head.hash, original_.head().hash);

  const auto path = restored("consultation/hovedstaden.db");
  {
    auto opened = SqliteEventStore::open({.path = path, .log = original_.log()});
    auto& store = *std::get<0>(opened);
    EXPECT_EQ(store.head(), head);
    const auto before = value_of(original_.open()->read(1, kSliceMax));
    EXPECT_EQ(value_of(store.read(1, kSliceMax)), before) << "events keep their generation";
    EXPECT_EQ(value_of(store.document("latest")), "udgave 46");
    EXPECT_EQ(value_of(store.checkpoints()), value_of(original_.open()->checkpoints()));
    EXPECT_TRUE(value_of(store.find_requests({"r50"})).front());
    const auto next =
        value_of(store.append(BatchBuilder(store).command("new", {an_event("round-1")}).build()));
    EXPECT_EQ(next.front().generation, head.generation);
    EXPECT_EQ(next.front().position, 79u);
  }
  FileAttachmentStore attachments(restored("consultation/hovedstaden.attachments"));
  EXPECT_EQ(std::get<std::string>(attachments.get(pdf_)), sample_pdf());
  const auto report =
      std::get<VerifyReport>(verify_log({path, original_.log(), original_.anchor_path()}));
  EXPECT_EQ(report.damage, std::nullopt) << sentence_for(report);
  EXPECT_EQ(report.anchors, 1u) << "the anchor of the new generation";
}

TEST_F(RestoreSite, TakesAnEmptyFolderAndNoOther) {
  std::filesystem::create_directories(folder_.path("restored"));
  EXPECT_EQ(why_not(folder_.path("restored") + "/"), "restored");
  EXPECT_EQ(why_not(folder_.path("restored")),
            "the folder " + folder_.path("restored") + " is not empty");
}

TEST_F(RestoreSite, RefusesABackupThatIsNotWhatItsManifestSays) {
  const auto before = names_in(folder_.path());
  const auto file = backup_ + "/consultation/hovedstaden.db";
  {
    std::fstream changed(file, std::ios::in | std::ios::out | std::ios::binary);
    changed.seekp(5000);
    changed.put('X');
  }
  EXPECT_EQ(why_not(folder_.path("restored")),
            "the file " + file + " is not the one the manifest describes");
  std::filesystem::remove(file);
  EXPECT_THAT(why_not(folder_.path("restored")), HasSubstr("cannot copy"));
  std::filesystem::remove(backup_ + "/manifest.json");
  EXPECT_THAT(why_not(folder_.path("restored")), HasSubstr("is not a finished backup"));
  EXPECT_THAT(names_in(folder_.path()), testing::UnorderedElementsAreArray(before))
      << "nothing half restored is left";
}

TEST_F(RestoreSite, BringsBackOneLogBesideOthers) {
  const auto site = folder_.path("site");
  std::filesystem::create_directories(site + "/registry");
  const auto back = restore_log(backup_, original_.log(), site, nullptr);
  EXPECT_EQ(std::get<VerifyReport>(back).head.position, 78u);
  const auto again = restore_log(backup_, original_.log(), site, nullptr);
  EXPECT_THAT(std::get<BackupError>(again).sentence, HasSubstr("exists: move it away first"));
  const auto other = restore_log(backup_, "registry/danmark", site, nullptr);
  EXPECT_EQ(std::get<BackupError>(other).sentence,
            "the backup does not hold the log registry/danmark");
}

}  // namespace
}  // namespace kkr::platform
