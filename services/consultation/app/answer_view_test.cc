#include "services/consultation/app/answer_view.h"

#include "services/consultation/app/stored_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

v1::Answer show(const Story& story, AnswerDetail detail = AnswerDetail::kFull) {
  const auto store = stored(story);
  Texts texts(*store);
  const auto in = answer_in(story.state, "hovedstaden", {kRound, MunicipalityCode{"165"}});
  v1::Answer answer = shown(in, *newest_version(*in.answer), detail, texts);
  EXPECT_FALSE(texts.failure());
  return answer;
}

Story answered() {
  Story story = asked();
  story.now = noon("2013-03-20");
  auto command = submission();
  *command.add_values() = number_value("antal", "2000");
  command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_DECIDED);
  command.mutable_treatment()->set_deciding_body("Kommunalbestyrelsen");
  command.mutable_treatment()->set_decision_date("2013-02-27");
  command.mutable_treatment()->set_extract_sha256(kExtract);
  submit(story, command);
  return story;
}

TEST(AnswerView, ShowsWhatWasSubmitted) {
  const v1::Answer answer = show(answered());
  EXPECT_EQ(answer.name(), kAnswerName);
  EXPECT_EQ(answer.version(), 1);
  EXPECT_EQ(answer.values(0).text(), "Vi begynder i det små.");
  EXPECT_EQ(answer.warnings(0).number(), "2000");
  EXPECT_EQ(answer.sign_off().signer(), "Eksempel Eksempelsen");
  EXPECT_EQ(answer.treatment().deciding_body(), "Kommunalbestyrelsen");
  EXPECT_EQ(answer.treatment().extract_sha256(), kExtract);
  EXPECT_EQ(answer.timeliness(), v1::TIMELINESS_LATE);
  EXPECT_EQ(answer.received_date(), "2013-03-20");
  EXPECT_EQ(answer.record_time().seconds(), absl::ToUnixSeconds(noon("2013-03-20")));
  EXPECT_EQ(answer.recorded_by(), "secretariat");
  EXPECT_FALSE(answer.etag().empty());
}

TEST(AnswerView, LeavesTextsOutOfLists) {
  const v1::Answer answer = show(answered(), AnswerDetail::kSummary);
  EXPECT_TRUE(answer.values().empty());
  EXPECT_FALSE(answer.has_sign_off());
  EXPECT_EQ(answer.kind(), v1::ANSWER_KIND_ANSWER);
}

TEST(AnswerView, SaysWhatWasErased) {
  Story story = answered();
  story.documents.erase(sign_off_key_of(story));
  EXPECT_TRUE(show(story).sign_off_erased());
  EXPECT_FALSE(show(story).values_erased());
  EXPECT_FALSE(show(story).has_sign_off());
  story.documents.erase(body_key_of(story));
  EXPECT_TRUE(show(story).values_erased());
}

TEST(AnswerView, ShowsWhyAnAnswerWasWithdrawn) {
  Story story = answered();
  story.when(because<v1::WithdrawAnswerRequest>(kAnswerName, "Sendt ved en fejl"));
  EXPECT_TRUE(show(story).withdrawn());
  EXPECT_EQ(show(story).withdrawal_reason().text(), "Sendt ved en fejl");
}

TEST(DraftView, ShowsTheSavedQuestionsInTheRoundsOrder) {
  Story story = asked();
  story.when(saving(number_value("antal", "2000"), ""));
  story.when(saving(text_value("arbejde", "Ja"), ""));
  const auto store = stored(story);
  Texts texts(*store);
  const auto in = answer_in(story.state, "hovedstaden", {kRound, MunicipalityCode{"165"}});
  const v1::Draft draft = shown_draft(in, texts);
  EXPECT_EQ(draft.name(), kAnswerName + "/draft");
  ASSERT_EQ(draft.questions_size(), 2);
  EXPECT_EQ(draft.questions(0).value().text(), "Ja");
  EXPECT_EQ(draft.questions(0).changed_by(), "secretariat");
  EXPECT_EQ(draft.questions(1).warnings(0).number(), "2000");
  EXPECT_EQ(draft.etag(), draft.questions(0).question_etag());

  const DraftRead read = read_draft(in, texts);
  EXPECT_EQ(read.etag, draft.etag());
  EXPECT_EQ(read.values.size(), 2u);
}

TEST(DraftView, IsEmptyWhenNothingIsSaved) {
  const Story story = asked();
  const auto store = stored(story);
  Texts texts(*store);
  const auto in = answer_in(story.state, "hovedstaden", {kRound, MunicipalityCode{"165"}});
  EXPECT_TRUE(shown_draft(in, texts).questions().empty());
  EXPECT_EQ(shown_draft(in, texts).etag(), "");
}

}  // namespace
}  // namespace kkr::consultation
