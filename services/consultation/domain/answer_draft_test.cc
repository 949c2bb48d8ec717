#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

std::string etag_of_question(const Story& story, const std::string& question) {
  return answer_of(story).draft.at(question).etag;
}

TEST(SaveDraft, NamesTheFirstRuleThatIsBroken) {
  const Story open = asked();
  const Story collected = asked_in_phase(v1::Round::STATE_COLLECTED);
  auto command = saving(text_value("borte", "Ja"), "stale");
  const auto repair = [&](auto change) {
    change(command);
    return command;
  };
  const struct {
    const Story& given;
    v1::SaveDraftRequest when;
    Rejection then;
  } rows[] = {
      {collected, repair([](auto& c) { c.set_name(kRegion + "/rounds/x/answers/999"); }),
       Rejection::kRoundUnknown},
      {collected, repair([](auto& c) { c.set_name(answer_name("999")); }),
       Rejection::kDraftChanged},
      {collected, repair([](auto& c) { c.clear_question_etag(); }), Rejection::kRoundNotAccepting},
      {open, command, Rejection::kMunicipalityNotInvited},
      {open, repair([](auto& c) { c.set_name(kAnswerName); }), Rejection::kQuestionUnknown},
      {open, repair([](auto& c) { c.mutable_value()->set_question("antal"); }),
       Rejection::kValueInvalid},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(SaveDraft, KeepsTheTextOutsideTheLog) {
  Story story = asked();
  story.when(saving(text_value("arbejde", "Hemmelig Hansen"), ""));
  ASSERT_FALSE(story.log.empty());
  EXPECT_EQ(story.log.back().payload.find("Hemmelig"), std::string::npos);
  EXPECT_EQ(story.log.back().stream, "answer-hoering-165");
  v1::QuestionValue kept;
  ASSERT_TRUE(kept.ParseFromString(story.documents.at("drafts/hoering/165/arbejde")));
  EXPECT_EQ(kept.text(), "Hemmelig Hansen");
}

TEST(SaveDraft, LetsTwoColleaguesEditDifferentQuestions) {
  Story story = asked();
  story.when(saving(text_value("arbejde", "A"), ""));
  const std::string seen = etag_of_question(story, "arbejde");
  EXPECT_EQ(effects_of(story.when(saving(number_value("antal", "7"), ""))).facts.size(), 1u);
  EXPECT_EQ(effects_of(story.when(saving(text_value("arbejde", "B"), seen))).facts.size(), 1u);
  EXPECT_EQ(answer_of(story).draft.size(), 2u);
}

TEST(SaveDraft, TellsTheSecondColleagueWhoWasFaster) {
  Story story = asked();
  story.actor = "persons/anna";
  story.when(saving(text_value("arbejde", "Annas"), ""));
  story.actor = "persons/bo";
  const Decision decision = story.when(saving(text_value("arbejde", "Bos"), ""));
  ASSERT_EQ(refused(decision), Rejection::kDraftChanged);
  const auto& details = refusal_of(decision).details;
  EXPECT_EQ(details.at("question"), "arbejde");
  EXPECT_EQ(details.at("changed_by"), "persons/anna");
  EXPECT_EQ(details.at("changed_at"), "2013-02-06T12:00:00+01:00");
  EXPECT_EQ(details.at("etag"), etag_of_question(story, "arbejde"));
}

TEST(SaveDraft, TellsThatTheDraftWasSubmittedMeanwhile) {
  Story story = asked();
  story.when(saving(text_value("arbejde", "A"), ""));
  const std::string seen = etag_of_question(story, "arbejde");
  auto command = submission();
  command.clear_values();
  command.set_from_draft(true);
  command.mutable_sign_off()->set_sign_date("2013-02-06");
  story.actor = "persons/anna";
  submit(story, command, {answer_of(story).draft_etag, {text_value("arbejde", "A")}});
  const Decision decision = story.when(saving(text_value("arbejde", "B"), seen));
  ASSERT_EQ(refused(decision), Rejection::kDraftChanged);
  EXPECT_EQ(refusal_of(decision).details.at("changed_by"), "persons/anna");
  EXPECT_EQ(refusal_of(decision).details.at("etag"), "");
}

TEST(SaveDraft, ClearsAQuestion) {
  Story story = asked();
  story.when(saving(text_value("arbejde", "A"), ""));
  v1::QuestionValue nothing;
  nothing.set_question("arbejde");
  story.when(saving(nothing, etag_of_question(story, "arbejde")));
  EXPECT_TRUE(story.documents.empty());
  EXPECT_EQ(answer_of(story).draft.at("arbejde").key, "");
}

TEST(SubmitFromDraft, RefusesADraftThatChangedSinceItWasRead) {
  Story story = asked();
  story.when(saving(text_value("arbejde", "A"), ""));
  const DraftRead read = {answer_of(story).draft_etag, {text_value("arbejde", "A")}};
  story.when(saving(number_value("antal", "7"), ""));
  auto command = submission();
  command.clear_values();
  command.set_from_draft(true);
  command.mutable_sign_off()->set_sign_date("2013-02-06");
  const Decision decision = submit(story, command, read);
  ASSERT_EQ(refused(decision), Rejection::kDraftChanged);
  EXPECT_EQ(refusal_of(decision).details.at("question"), "antal");
}

TEST(SubmitFromDraft, TakesTheValuesAndEmptiesTheDraft) {
  Story story = asked();
  story.when(saving(text_value("arbejde", "A"), ""));
  auto command = submission();
  command.clear_values();
  command.set_from_draft(true);
  command.set_draft_etag(answer_of(story).draft_etag);
  command.mutable_sign_off()->set_sign_date("2013-02-06");
  submit(story, command, {answer_of(story).draft_etag, {text_value("arbejde", "A")}});
  EXPECT_EQ(answer_of(story).versions.size(), 1u);
  EXPECT_TRUE(answer_of(story).draft.empty());
  EXPECT_FALSE(story.documents.contains("drafts/hoering/165/arbejde"));
  v1::AnswerBody body;
  ASSERT_TRUE(body.ParseFromString(story.documents.at(body_key_of(story))));
  EXPECT_EQ(body.values(0).text(), "A");
}

}  // namespace
}  // namespace kkr::consultation
