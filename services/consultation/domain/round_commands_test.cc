#include "services/consultation/domain/round_commands.h"

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.

template <class Command>
Command seen(Command command, const std::string& etag) {
  command.set_etag(etag);
  return command;
}

v1::CreateRoundRequest about_paper(v1::CreateRoundRequest command, int version) {
  command.mutable_round()->set_paper(kPaperName);
  command.mutable_round()->set_paper_version(version);
  return command;
}

v1::CreateRoundRequest with_id(v1::CreateRoundRequest command, const std::string& id) {
  command.set_round_id(id);
  return command;
}

v1::UpdateRoundRequest update(const std::string& name, const std::string& title) {
  v1::UpdateRoundRequest command;
  *command.mutable_round() = draft().round();
  command.mutable_round()->set_name(name);
  command.mutable_round()->set_title(title);
  return command;
}

Story draft_with(const std::string& deadline, bool question) {
  v1::CreateRoundRequest command = draft();
  command.mutable_round()->set_deadline_date(deadline);
  if (!question) command.mutable_round()->clear_questions();
  Story story;
  story.when(command);
  return story;
}

TEST(CreateRound, NamesTheFirstRuleThatIsBroken) {
  v1::CreateRoundRequest untitled = about_paper(draft(), 1);
  untitled.mutable_round()->clear_title();
  v1::CreateRoundRequest homeless = with_id(untitled, "Hoering 1");
  homeless.set_parent("region/hovedstaden");
  const struct {
    Story given;
    v1::CreateRoundRequest when;
    Rejection then;
    std::string field;
  } rows[] = {
      {drafted(), with_id(homeless, kRound.text), Rejection::kRoundExists, ""},
      {Story{}, homeless, Rejection::kArgumentInvalid, "parent"},
      {Story{}, with_id(untitled, "Hoering 1"), Rejection::kArgumentInvalid, "round_id"},
      {Story{}, untitled, Rejection::kArgumentInvalid, "round.title"},
      {Story{}, about_paper(draft(), 1), Rejection::kPaperVersionUnknown, ""},
  };
  for (const auto& row : rows) {
    const Decision decision = decide(row.given.state, row.when, row.given.context());
    EXPECT_EQ(refused(decision), row.then) << row.when.ShortDebugString();
    const auto& details = refusal_of(decision).details;
    EXPECT_EQ(details.count("field") ? details.at("field") : "", row.field);
  }
}

TEST(CreateRound, TakesAVersionOfItsOwnRegionsPaperOnly) {
  Story story;
  v1::CreatePaperRequest paper;
  paper.set_parent(kRegion);
  paper.set_paper_id("rammepapir");
  paper.mutable_paper()->set_title("Rammepapir");
  story.when(paper);
  auto version = on<v1::AddPaperVersionRequest>(kPaperName);
  version.add_attachments()->set_sha256("ab");
  story.when(version, std::vector<v1::Attachment>{version.attachments(0)});
  v1::CreateRoundRequest foreign = about_paper(draft(), 1);
  foreign.mutable_round()->set_paper("regions/sjaelland/papers/rammepapir");
  EXPECT_EQ(refused(decide(story.state, foreign, story.context())),
            Rejection::kPaperVersionUnknown);
  EXPECT_EQ(refused(decide(story.state, about_paper(draft(), 2), story.context())),
            Rejection::kPaperVersionUnknown);
  EXPECT_EQ(effects_of(story.when(about_paper(draft(), 1))).facts.size(), 1U);
}

TEST(CreateRound, MakesADraftUnderTheIdWishedFor) {
  Story story;
  v1::CreateRoundRequest command = draft();
  command.mutable_round()->set_state(v1::Round::STATE_COLLECTED);
  command.mutable_round()->set_invited_count(29);
  story.when(command);
  EXPECT_EQ(story.round().phase, v1::Round::STATE_DRAFT);
  EXPECT_EQ(story.round().content.name(), kRoundName);
  EXPECT_EQ(story.round().content.state(), v1::Round::STATE_UNSPECIFIED);
  EXPECT_EQ(story.round().content.invited_count(), 0);
  EXPECT_EQ(story.round().created_at, story.now);
  EXPECT_EQ(story.round().etag, "1-11112222");
}

TEST(CreateRound, TakesTheIdOfTheContextWhenNoneIsWishedFor) {
  Story story;
  story.when(with_id(draft(), ""));
  EXPECT_TRUE(story.state.rounds.contains(RoundId{"id1"}));
}

TEST(UpdateRound, NamesTheFirstRuleThatIsBroken) {
  v1::UpdateRoundRequest bad = update(kRoundName, "");
  bad.mutable_round()->set_etag("0-stale");
  bad.mutable_update_mask()->add_paths("colour");
  v1::UpdateRoundRequest fresh = bad;
  fresh.mutable_round()->clear_etag();
  v1::UpdateRoundRequest masked = update(kRoundName, "");
  v1::UpdateRoundRequest papered = update(kRoundName, "Ny");
  papered.mutable_round()->set_paper(kPaperName);
  papered.mutable_round()->set_paper_version(2);
  const struct {
    Story given;
    v1::UpdateRoundRequest when;
    Rejection then;
  } rows[] = {
      {Story{}, bad, Rejection::kRoundUnknown},
      {opened(), bad, Rejection::kEtagStale},
      {opened(), fresh, Rejection::kRoundNotDraft},
      {drafted(), fresh, Rejection::kArgumentInvalid},
      {drafted(), masked, Rejection::kArgumentInvalid},
      {drafted(), papered, Rejection::kPaperVersionUnknown},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(UpdateRound, ReplacesTheContentAndChangesTheEtag) {
  Story story = drafted();
  v1::UpdateRoundRequest command = update(kRoundName, "Ny titel");
  command.mutable_round()->set_etag(story.round().etag);
  command.mutable_round()->clear_deadline_date();
  story.when(command);
  EXPECT_EQ(story.round().content.title(), "Ny titel");
  EXPECT_FALSE(story.round().deadline);
  EXPECT_EQ(story.round().etag, "2-11112222");
}

TEST(UpdateRound, WithAMaskTouchesOnlyWhatItNames) {
  Story story = drafted();
  v1::UpdateRoundRequest command;
  command.mutable_round()->set_name(kRoundName);
  command.mutable_round()->set_title("Ny titel");
  command.mutable_update_mask()->add_paths("title");
  story.when(command);
  EXPECT_EQ(story.round().content.title(), "Ny titel");
  EXPECT_EQ(story.round().content.deadline_date(), "2013-03-19");
  EXPECT_EQ(story.round().content.questions_size(), 1);
}

TEST(UpdateRound, WithoutADifferenceYieldsNoEvent) {
  Story story = drafted();
  const Decision decision = story.when(update(kRoundName, draft().round().title()));
  EXPECT_TRUE(effects_of(decision).facts.empty());
}

TEST(OpenRound, NamesTheFirstRuleThatIsBroken) {
  const auto open = on<v1::OpenRoundRequest>(kRoundName);
  ResolvedInvitation nobody = resolved();
  nobody.invited.clear();
  ResolvedInvitation outdated = nobody;
  outdated.round_etag = "0-stale";
  const struct {
    Story given;
    v1::OpenRoundRequest when;
    ResolvedInvitation whom;
    Rejection then;
  } rows[] = {
      {Story{}, seen(open, "0-stale"), outdated, Rejection::kRoundUnknown},
      {opened(), seen(open, "0-stale"), outdated, Rejection::kEtagStale},
      {opened(), open, outdated, Rejection::kRoundNotDraft},
      {draft_with("", false), open, outdated, Rejection::kDeadlineMissing},
      {draft_with("2013-02-05", false), open, outdated, Rejection::kDeadlineNotInFuture},
      {draft_with("2013-02-06", false), open, outdated, Rejection::kNoQuestions},
      {draft_with("2013-02-06", true), open, outdated, Rejection::kEtagStale},
      {draft_with("2013-02-06", true), open, nobody, Rejection::kNobodyInvited},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.whom, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(OpenRound, KeepsWhomItInvitedAndFromWhichRegistryPosition) {
  const Story story = opened();
  EXPECT_EQ(story.round().phase, v1::Round::STATE_OPEN);
  EXPECT_EQ(story.round().opened_at, story.now);
  EXPECT_EQ(story.round().registry_position, 98U);
  ASSERT_EQ(story.round().invited->size(), 2U);
  EXPECT_EQ(invitee_of(story.round(), MunicipalityCode{"165"})->display_name(), "Albertslund");
  EXPECT_EQ(invitee_of(story.round(), MunicipalityCode{"999"}), nullptr);
}

TEST(OpenRound, SaysInItsFactAllAFollowerNeeds) {
  Story story = drafted();
  const Decision decision = story.when(on<v1::OpenRoundRequest>(kRoundName), resolved());
  const v1::RoundOpened& fact = effects_of(decision).facts.at(0).event.round_opened();
  EXPECT_EQ(fact.round().name(), kRoundName);
  EXPECT_EQ(fact.round().opens_date(), "2013-02-06");
  EXPECT_EQ(fact.round().invitation().as_of_date(), "2013-02-06");
  EXPECT_EQ(fact.round().deadline_date(), "2013-03-19");
  EXPECT_EQ(fact.invited_size(), 2);
  EXPECT_EQ(fact.registry_generation(), "g");
}

TEST(CloseRound, NamesTheFirstRuleThatIsBroken) {
  const auto close = on<v1::CloseRoundRequest>(kRoundName);
  EXPECT_EQ(refused(Story{}.when(seen(close, "0-stale"))), Rejection::kRoundUnknown);
  EXPECT_EQ(refused(drafted().when(seen(close, "0-stale"))), Rejection::kEtagStale);
  EXPECT_EQ(refused(drafted().when(close)), Rejection::kRoundNotOpen);
  EXPECT_EQ(refused(closed().when(close)), Rejection::kRoundNotOpen);
}

TEST(ReopenRound, NamesTheFirstRuleThatIsBroken) {
  const auto reopen = on<v1::ReopenRoundRequest>(kRoundName);
  EXPECT_EQ(refused(Story{}.when(seen(reopen, "0-stale"))), Rejection::kRoundUnknown);
  EXPECT_EQ(refused(opened().when(seen(reopen, "0-stale"))), Rejection::kEtagStale);
  EXPECT_EQ(refused(opened().when(reopen)), Rejection::kRoundNotClosed);
  EXPECT_EQ(refused(closed().when(reopen)), Rejection::kReasonMissing);
}

TEST(ReopenRound, MakesAClosedRoundOpenAgain) {
  Story story = closed();
  EXPECT_TRUE(story.round().closed_at);
  story.when(because<v1::ReopenRoundRequest>(kRoundName, "Et svar var blevet væk"));
  EXPECT_EQ(story.round().phase, v1::Round::STATE_OPEN);
  EXPECT_FALSE(story.round().closed_at);
  EXPECT_EQ(story.documents.at(story.round().reason_key), "Et svar var blevet væk");
}

TEST(CancelRound, NamesTheFirstRuleThatIsBroken) {
  const auto cancel = on<v1::CancelRoundRequest>(kRoundName);
  EXPECT_EQ(refused(Story{}.when(seen(cancel, "0-stale"))), Rejection::kRoundUnknown);
  EXPECT_EQ(refused(closed().when(seen(cancel, "0-stale"))), Rejection::kEtagStale);
  EXPECT_EQ(refused(closed().when(cancel)), Rejection::kRoundNotOpen);
  EXPECT_EQ(refused(drafted().when(cancel)), Rejection::kReasonMissing);
  EXPECT_EQ(refused(opened().when(cancel)), Rejection::kReasonMissing);
}

TEST(CancelRound, EndsADraftOrAnOpenRound) {
  Story story = opened();
  story.when(because<v1::CancelRoundRequest>(kRoundName, "Papiret er trukket"));
  EXPECT_EQ(story.round().phase, v1::Round::STATE_CANCELLED);
}

TEST(EraseRoundReasons, LeavesNoReason) {
  const auto erase = on<v1::EraseRoundReasonsRequest>(kRoundName);
  EXPECT_EQ(refused(Story{}.when(erase)), Rejection::kRoundUnknown);
  Story story = closed();
  EXPECT_TRUE(effects_of(story.when(erase)).facts.empty());
  story.when(because<v1::ReopenRoundRequest>(kRoundName, "Inger glemte et svar"));
  story.when(because<v1::CancelRoundRequest>(kRoundName, "Inger trak papiret"));
  ASSERT_EQ(story.documents.size(), 2U);
  story.when(erase);
  EXPECT_TRUE(story.documents.empty());
  EXPECT_EQ(story.round().phase, v1::Round::STATE_CANCELLED);
}

}  // namespace
}  // namespace kkr::consultation
