#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

Story answered() {
  Story story = asked();
  story.now = noon("2013-03-01");
  submit(story, submission());
  return story;
}

v1::RecordTreatmentRequest decided() {
  v1::RecordTreatmentRequest command;
  command.set_name(kAnswerName);
  command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_DECIDED);
  command.mutable_treatment()->set_deciding_body("Kommunalbestyrelsen");
  command.mutable_treatment()->set_decision_date("2013-02-27");
  command.mutable_treatment()->set_extract_sha256(kExtract);
  return command;
}

TEST(WithdrawAnswer, NamesTheFirstRuleThatIsBroken) {
  Story given = answered();
  auto command = because<v1::WithdrawAnswerRequest>(kRegion + "/rounds/x/answers/165", "");
  EXPECT_EQ(refused(given.when(command)), Rejection::kRoundUnknown);
  command.set_name(answer_name("101"));
  EXPECT_EQ(refused(given.when(command)), Rejection::kAnswerUnknown);
  command.set_name(kAnswerName);
  command.set_etag("stale");
  EXPECT_EQ(refused(given.when(command)), Rejection::kEtagStale);
  command.clear_etag();
  given.state.rounds.update(kRound, [](Round& r) { r.phase = v1::Round::STATE_COLLECTED; });
  EXPECT_EQ(refused(given.when(command)), Rejection::kRoundNotAccepting);
  given.state.rounds.update(kRound, [](Round& r) { r.phase = v1::Round::STATE_OPEN; });
  EXPECT_EQ(refused(given.when(command)), Rejection::kReasonMissing);
  command.set_reason("Sendt ved en fejl");
  EXPECT_EQ(effects_of(given.when(command)).facts.size(), 1u);
  EXPECT_EQ(refused(given.when(command)), Rejection::kAnswerWithdrawn);
}

TEST(WithdrawAnswer, LeavesTheVersionsAndMakesRoomForTheNext) {
  Story story = answered();
  story.when(because<v1::WithdrawAnswerRequest>(kAnswerName, "Sendt ved en fejl"));
  EXPECT_FALSE(has_answered(answer_of(story)));
  EXPECT_EQ(story.documents.at("withdrawals/hoering/165/1"), "Sendt ved en fejl");
  submit(story, submission());
  EXPECT_TRUE(has_answered(answer_of(story)));
  EXPECT_EQ(newest_version(answer_of(story))->content.number(), 2);
}

TEST(RecordTreatment, NamesTheFirstRuleThatIsBroken) {
  Story given = answered();
  auto command = decided();
  command.clear_treatment();
  const auto when = [&] {
    return refused(decide(given.state, command, stored_files(), given.context()));
  };
  command.set_name(kRegion + "/rounds/x/answers/165");
  EXPECT_EQ(when(), Rejection::kRoundUnknown);
  command.set_name(answer_name("101"));
  EXPECT_EQ(when(), Rejection::kAnswerUnknown);
  command.set_name(kAnswerName);
  command.set_etag("stale");
  EXPECT_EQ(when(), Rejection::kEtagStale);
  command.clear_etag();
  given.state.rounds.update(kRound, [](Round& r) { r.phase = v1::Round::STATE_CANCELLED; });
  EXPECT_EQ(when(), Rejection::kRoundCancelled);
  given.state.rounds.update(kRound, [](Round& r) { r.phase = v1::Round::STATE_OPEN; });
  EXPECT_EQ(when(), Rejection::kArgumentInvalid);
  *command.mutable_treatment() = decided().treatment();
  command.mutable_treatment()->clear_extract_sha256();
  EXPECT_EQ(when(), Rejection::kExtractMissing);
  command.mutable_treatment()->set_extract_sha256(std::string(64, 'a'));
  EXPECT_EQ(when(), Rejection::kAttachmentUnknown);
}

TEST(RecordTreatment, ChangesTheTreatmentWithoutAnotherVersionAlsoOnceCollected) {
  Story story = answered();
  story.state.rounds.update(kRound, [](Round& r) { r.phase = v1::Round::STATE_COLLECTED; });
  story.when(decided(), stored_files());
  const Answer answer = answer_of(story);
  EXPECT_EQ(answer.versions.size(), 1u);
  EXPECT_EQ(answer.treatment.kind(), v1::TREATMENT_KIND_DECIDED);
  EXPECT_EQ(answer.treatment.decision_date(), "2013-02-27");
  EXPECT_EQ(answer.treatment.revision(), 2);
  EXPECT_EQ(story.documents.at("deciding-bodies/hoering/165/2"), "Kommunalbestyrelsen");
}

TEST(RecordTreatment, SaysNothingOfABodyUnlessItDecided) {
  Story story = answered();
  auto command = decided();
  command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_SUBJECT_TO_APPROVAL);
  const Decision decision = story.when(command, stored_files());
  ASSERT_EQ(refused(decision), Rejection::kArgumentInvalid);
  EXPECT_EQ(refusal_of(decision).details.at("field"), "treatment.deciding_body");
}

}  // namespace
}  // namespace kkr::consultation
