#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

TEST(EraseAnswerTexts, LeavesNoDocumentAndEveryFact) {
  Story story = asked();
  story.now = noon("2013-03-01");
  auto command = submission();
  command.mutable_sign_off()->set_person("persons/anna");
  submit(story, command);
  story.when(because<v1::WithdrawAnswerRequest>(kAnswerName, "Sendt ved en fejl"));
  submit(story, submission());
  auto treatment = on<v1::RecordTreatmentRequest>(kAnswerName);
  treatment.mutable_treatment()->set_kind(v1::TREATMENT_KIND_DECIDED);
  treatment.mutable_treatment()->set_deciding_body("Kommunalbestyrelsen");
  treatment.mutable_treatment()->set_decision_date("2013-02-27");
  treatment.mutable_treatment()->set_extract_sha256(kExtract);
  story.when(treatment, stored_files());
  story.when(saving(text_value("arbejde", "Udkast"), ""));
  EXPECT_EQ(story.documents.size(), 7u);  // Two bodies, two signatures, reason, body, draft.

  EXPECT_EQ(effects_of(story.when(on<v1::EraseAnswerTextsRequest>(kAnswerName))).facts.size(), 1u);
  EXPECT_TRUE(story.documents.empty());
  const Answer answer = answer_of(story);
  EXPECT_EQ(answer.versions.size(), 2u);
  EXPECT_TRUE(answer.draft.empty());
  EXPECT_TRUE(answer.versions.find(1)->sign_off_erased);
  EXPECT_EQ(answer.versions.find(1)->content.signed_by(), "");
}

TEST(EraseAnswerTexts, DoesNothingTwiceUnlessSomethingWasWrittenSince) {
  Story story = asked();
  story.now = noon("2013-03-01");
  submit(story, submission());
  const auto command = on<v1::EraseAnswerTextsRequest>(kAnswerName);
  story.when(command);
  EXPECT_TRUE(effects_of(story.when(command)).facts.empty());
  submit(story, submission());
  EXPECT_EQ(effects_of(story.when(command)).facts.size(), 1u);
  EXPECT_TRUE(story.documents.empty());
}

TEST(EraseAnswerTexts, NamesTheFirstRuleThatIsBroken) {
  Story story = asked();
  EXPECT_EQ(refused(story.when(on<v1::EraseAnswerTextsRequest>(kRegion + "/rounds/x/answers/165"))),
            Rejection::kRoundUnknown);
  EXPECT_EQ(refused(story.when(on<v1::EraseAnswerTextsRequest>(kAnswerName))),
            Rejection::kAnswerUnknown);
}

TEST(EraseSignOffs, RemovesThatPersonsSignaturesAndNothingElse) {
  Story story = asked();
  story.now = noon("2013-03-01");
  auto command = submission();
  command.mutable_sign_off()->set_person("persons/anna");
  submit(story, command);
  submit(story, submission("101"));
  EXPECT_TRUE(erase_sign_offs(story.state, "hovedstaden", "persons/bo").facts.empty());
  story.record(erase_sign_offs(story.state, "hovedstaden", "persons/anna"));
  EXPECT_FALSE(story.documents.contains(sign_off_key_of(story)));
  EXPECT_TRUE(story.documents.contains(sign_off_key_of(story, "101")));
  EXPECT_TRUE(story.documents.contains(body_key_of(story)));
  EXPECT_TRUE(newest_version(answer_of(story))->sign_off_erased);
  EXPECT_TRUE(erase_sign_offs(story.state, "hovedstaden", "persons/anna").facts.empty());
}

}  // namespace
}  // namespace kkr::consultation
