#include "services/consultation/domain/collection.h"

#include <gmock/gmock.h>

#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

Collection collection_of(const Story& story, int number) {
  return *story.state.collections.find(kRound)->find(number);
}

std::vector<std::string> changed(const Story& story, int number) {
  std::vector<std::string> codes;
  for (const auto& code : changed_since(story.state, kRound, collection_of(story, number))) {
    codes.push_back(code.text);
  }
  return codes;
}

void close(Story& story) { story.when(on<v1::CloseRoundRequest>(kRoundName)); }

TEST(CreateCollection, NamesTheFirstRuleThatIsBroken) {
  const Story open = asked();
  const Story closed = asked_in_phase(v1::Round::STATE_CLOSED);
  v1::CreateCollectionRequest command;
  command.set_round_etag("stale");
  v1::QuestionNote& note = *command.add_question_notes();
  note.set_question("borte");
  const auto repair = [&](auto change) {
    change(command);
    return command;
  };
  const struct {
    const Story& given;
    v1::CreateCollectionRequest when;
    Rejection then;
  } rows[] = {
      {open, repair([](auto&) {}), Rejection::kRoundUnknown},
      {open, repair([](auto& c) { c.set_parent(kRoundName); }), Rejection::kEtagStale},
      {open, repair([](auto& c) { c.clear_round_etag(); }), Rejection::kRoundNotClosed},
      {closed, repair([](auto&) {}), Rejection::kArgumentInvalid},
      {closed, repair([](auto& c) { c.mutable_question_notes(0)->set_text("Se bilag"); }),
       Rejection::kQuestionUnknown},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(CreateCollection, TakesEveryMunicipalityAsItStands) {
  Story story = asked();
  story.now = noon("2013-03-01");
  submit(story, submission("165"));
  submit(story, submission("165"));
  story.when(extend<v1::GrantExtensionRequest>("223", "2013-03-26", "ferie"));
  story.now = noon("2013-03-22");
  submit(story, submission("223"));
  close(story);
  v1::CreateCollectionRequest command;
  command.set_parent(kRoundName);
  command.set_outcome_note("Målene er skærpet");
  v1::QuestionNote& note = *command.add_question_notes();
  note.set_question("pilot");
  note.set_text("Mange pilotprojekter");
  story.when(command);

  const Collection made = collection_of(story, 1);
  EXPECT_EQ(made.position, story.log.size());
  ASSERT_EQ(made.content.entries_size(), 3);
  EXPECT_EQ(made.content.entries(0).municipality(), "101");
  EXPECT_EQ(made.content.entries(0).version(), 0);
  EXPECT_EQ(made.content.entries(1).version(), 2);
  EXPECT_EQ(made.content.entries(2).timeliness(), v1::TIMELINESS_WITHIN_EXTENSION);
  EXPECT_EQ(made.content.entries(2).extension_date(), "2013-03-26");
  EXPECT_EQ(story.documents.at("collections/hoering/1/outcome"), "Målene er skærpet");
  EXPECT_EQ(story.documents.at("collections/hoering/1/questions/pilot"), "Mange pilotprojekter");
  EXPECT_EQ(story.log.back().payload.find("Mange"), std::string::npos);
  EXPECT_EQ(story.round().phase, v1::Round::STATE_COLLECTED);

  const v1::CollectionTally tally = tally_of(story.state, kRound, made);
  EXPECT_EQ(tally.invited(), 3);
  EXPECT_EQ(tally.on_time(), 1);
  EXPECT_EQ(tally.within_extension(), 1);
  EXPECT_EQ(tally.missing(), 1);
}

TEST(Collection, CountsEachMunicipalityOnce) {
  Story story = asked();
  story.now = noon("2013-03-25");
  auto no_comments = submission("101");
  no_comments.set_kind(v1::ANSWER_KIND_NO_COMMENTS);
  no_comments.clear_values();
  submit(story, no_comments);
  submit(story, submission("165"));
  submit(story, submission("223"));
  story.when(because<v1::WithdrawAnswerRequest>(answer_name("223"), "fejl"));
  close(story);
  collect(story);
  const v1::CollectionTally tally = tally_of(story.state, kRound, collection_of(story, 1));
  EXPECT_EQ(tally.no_comments(), 1);
  EXPECT_EQ(tally.late(), 1);
  EXPECT_EQ(tally.missing(), 1);
  EXPECT_EQ(tally.on_time() + tally.within_extension() + tally.declined(), 0);
}

TEST(Collection, NeverChangesAndSaysWhatCameAfterIt) {
  Story story = asked();
  story.now = noon("2013-03-01");
  submit(story, submission("165"));
  close(story);
  collect(story);
  const std::string before = collection_of(story, 1).content.SerializeAsString();
  EXPECT_TRUE(changed(story, 1).empty());
  EXPECT_EQ(refused(submit(story, submission("101"))), Rejection::kRoundNotAccepting);

  story.when(because<v1::ReopenRoundRequest>(kRoundName, "Et brev kom bort"));
  submit(story, submission("101"));
  story.when(because<v1::WithdrawAnswerRequest>(answer_name("165"), "fejl"));
  EXPECT_EQ(changed(story, 1), (std::vector<std::string>{"101", "165"}));
  EXPECT_EQ(collection_of(story, 1).content.SerializeAsString(), before);

  close(story);
  collect(story);
  EXPECT_TRUE(changed(story, 2).empty());
  EXPECT_EQ(collection_of(story, 2).content.entries(0).version(), 1);
  EXPECT_EQ(changed(story, 1).size(), 2u);
}

TEST(EraseCollectionNotes, ErasesThemOnceAndNothingElse) {
  Story story = asked_in_phase(v1::Round::STATE_CLOSED);
  v1::CreateCollectionRequest command;
  command.set_parent(kRoundName);
  command.set_outcome_note("Målene er skærpet");
  v1::QuestionNote& note = *command.add_question_notes();
  note.set_question("pilot");
  note.set_text("Mange pilotprojekter");
  story.when(command);
  const auto erase = on<v1::EraseCollectionNotesRequest>(kRoundName + "/collections/1");
  EXPECT_EQ(effects_of(story.when(erase)).facts.size(), 1u);
  EXPECT_TRUE(story.documents.empty());
  EXPECT_EQ(collection_of(story, 1).content.question_notes_size(), 1);
  EXPECT_TRUE(effects_of(story.when(erase)).facts.empty());
  EXPECT_EQ(refused(story.when(on<v1::EraseCollectionNotesRequest>(kRoundName + "/collections/2"))),
            Rejection::kCollectionUnknown);
}

TEST(CollectionName, IsReadStrictly) {
  EXPECT_EQ(parse_collection_name(kRoundName + "/collections/12")->number, 12);
  for (const char* number : {"", "0", "-1", "1x", "99999999999"}) {
    EXPECT_FALSE(parse_collection_name(kRoundName + "/collections/" + number)) << number;
  }
}

}  // namespace
}  // namespace kkr::consultation
