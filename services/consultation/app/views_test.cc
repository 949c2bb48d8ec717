#include "services/consultation/app/views.h"

#include "gtest/gtest.h"
#include "services/consultation/app/stored_story.h"
#include "services/consultation/domain/round_content.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.

const LocalDate kToday = *platform::parse_date("2013-02-06");

TEST(RoundView, AddsToTheContentWhereTheRoundStands) {
  Story story = opened();
  platform::MemoryEventStore store;
  Texts texts(store);
  const v1::Round shown_round = shown(story.round(), kToday, texts);
  EXPECT_EQ(shown_round.title(), draft().round().title());
  EXPECT_EQ(shown_round.state(), v1::Round::STATE_OPEN);
  EXPECT_EQ(shown_round.invited_count(), 2);
  EXPECT_EQ(shown_round.registry_position(), 98U);
  EXPECT_EQ(shown_round.open_time().seconds(), absl::ToUnixSeconds(story.now));
  EXPECT_EQ(shown_round.etag(), "2-11112222");
  EXPECT_EQ(shown_round.warnings_size(), 0);
  EXPECT_FALSE(shown_round.has_state_reason());
}

// Also fields added later: nothing here names one.
TEST(RoundView, ShowsEveryTextAClientMaySet) {
  Round round = drafted().round();
  const auto* descriptor = v1::Round::descriptor();
  const auto* reflection = v1::Round::GetReflection();
  v1::Round allowed = round.content;
  int texts_set = 0;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) continue;
    reflection->SetString(&allowed, field, "text of " + field->name());
  }
  round.content = round_content_of(allowed, kRoundName);
  platform::MemoryEventStore store;
  Texts texts(store);
  const v1::Round reply = shown(round, kToday, texts);
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) continue;
    if (reflection->GetString(round.content, field).empty()) continue;
    EXPECT_EQ(reflection->GetString(reply, field), reflection->GetString(round.content, field));
    ++texts_set;
  }
  EXPECT_GE(texts_set, 6);
}

TEST(RoundView, WarnsInADraftByTheDay) {
  platform::MemoryEventStore store;
  Texts texts(store);
  EXPECT_EQ(shown(drafted().round(), kToday, texts).warnings_size(), 0);
  const v1::Round late = shown(drafted().round(), *platform::parse_date("2013-03-18"), texts);
  ASSERT_EQ(late.warnings_size(), 1);
  EXPECT_EQ(late.warnings(0).working_days(), 1);
}

TEST(ExtensionView, ShowsTheReasonsUntilTheyAreErased) {
  Story story = opened();
  story.when(extend<v1::AskExtensionRequest>("165", "2013-04-02", "Udvalget mødes sent"));
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "Efter aftale"));
  const auto store = stored(story);
  Texts texts(*store);
  const v1::Extension before = shown(story.extension("165"), texts);
  EXPECT_EQ(before.asked_reason().text(), "Udvalget mødes sent");
  EXPECT_EQ(before.decided_reason().text(), "Efter aftale");
  EXPECT_FALSE(before.decided_reason().erased());
  story.documents.clear();
  const auto erased = stored(story);
  Texts texts_after(*erased);
  const v1::Extension after = shown(story.extension("165"), texts_after);
  EXPECT_EQ(after.decided_reason().text(), "");
  EXPECT_TRUE(after.decided_reason().erased());
  EXPECT_EQ(after.deadline_date(), "2013-04-02");
  EXPECT_FALSE(texts_after.failure());
}

TEST(PaperView, NamesItsAttachments) {
  Story story;
  v1::CreatePaperRequest command;
  command.set_parent(kRegion);
  command.set_paper_id("rammepapir");
  command.mutable_paper()->set_title("Rammepapir");
  story.when(command);
  auto version = on<v1::AddPaperVersionRequest>(kPaperName);
  version.add_attachments()->set_sha256("ab12");
  v1::Attachment held;
  held.set_sha256("ab12");
  story.when(version, std::vector<v1::Attachment>{held});
  const v1::Paper shown_paper = shown(*story.state.papers.find(PaperId{"rammepapir"}));
  EXPECT_EQ(shown_paper.versions(0).attachments(0).name(), kRegion + "/attachments/ab12");
  EXPECT_EQ(shown_paper.create_time().seconds(), absl::ToUnixSeconds(story.now));
  EXPECT_EQ(shown_paper.etag(), "2-11112222");
}

}  // namespace
}  // namespace kkr::consultation
