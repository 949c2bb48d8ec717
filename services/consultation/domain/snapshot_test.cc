// The state is a function of the log: replayed, saved and loaded, or loaded in the middle and
// replayed from there, it is the same.
#include <random>

#include "gtest/gtest.h"
#include "services/consultation/domain/deadline_watch.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.

v1::Event answered(const std::string& code, int version) {
  v1::Event event;
  v1::AnswerSubmitted& fact = *event.mutable_answer_submitted();
  fact.set_answer(kRoundName + "/answers/" + code);
  fact.mutable_version()->set_number(version);
  fact.mutable_version()->set_received_date("2013-03-01");
  fact.mutable_version()->mutable_body()->set_key("answer/hoering/" + code + "/1");
  fact.mutable_treatment()->set_kind(v1::TREATMENT_KIND_ADMINISTRATIVE);
  return event;
}

v1::Event draft_saved(const std::string& code, const std::string& question) {
  v1::Event event;
  event.mutable_draft_saved()->set_answer(kRoundName + "/answers/" + code);
  event.mutable_draft_saved()->set_question(question);
  event.mutable_draft_saved()->mutable_value()->set_key("draft/hoering/" + code);
  return event;
}

v1::Event collected(int number) {
  v1::Event event;
  event.mutable_collection_created()->set_collection(kRoundName + "/collections/" +
                                                     std::to_string(number));
  event.mutable_collection_created()->set_number(number);
  event.mutable_collection_created()->add_entries()->set_municipality("165");
  return event;
}

v1::CreatePaperRequest paper(const std::string& id) {
  v1::CreatePaperRequest command;
  command.set_parent(kRegion);
  command.set_paper_id(id);
  command.mutable_paper()->set_title("Rammepapir");
  return command;
}

v1::Attachment file() {
  v1::Attachment attachment;
  attachment.set_sha256(std::string(64, 'a'));
  return attachment;
}

// One step of somebody's work; many are refused, as in life.
void step(Story& story, unsigned choice, unsigned variant) {
  const std::string code = variant % 2 == 0 ? "165" : "101";
  const std::string date =
      platform::format_date(platform::local_date_of(story.now) + static_cast<int>(variant % 60));
  switch (choice % 16) {
    case 0: story.when(draft()); return;
    case 1: story.when(on<v1::OpenRoundRequest>(kRoundName), resolved()); return;
    case 2: story.when(extend<v1::AskExtensionRequest>(code, date, "møde")); return;
    case 3: story.when(extend<v1::GrantExtensionRequest>(code, date, "ja")); return;
    case 4: story.when(because<v1::RefuseExtensionRequest>(extension_name(code), "nej")); return;
    case 5: story.when(because<v1::WithdrawExtensionRequest>(extension_name(code), "nej")); return;
    case 6:
      if (variant % 7 == 0) story.when(on<v1::CloseRoundRequest>(kRoundName));
      return;
    case 7: story.when(because<v1::ReopenRoundRequest>(kRoundName, "igen")); return;
    case 8: story.now += absl::Hours(24 * (variant % 12)); return;
    case 9: story.record(record_due(story.state, story.context())); return;
    case 10: story.when(paper(variant % 2 == 0 ? "rammepapir" : "nyt")); return;
    case 11: {
      auto command = on<v1::AddPaperVersionRequest>(kPaperName);
      *command.add_attachments() = file();
      story.when(command, std::vector<v1::Attachment>{file()});
      return;
    }
    case 12: {
      auto command = on<v1::ApprovePaperRequest>(kPaperName);
      command.set_version(static_cast<int>(variant % 3));
      command.set_approved_by(kRegion + "/bodies/kkr");
      command.set_approved_date("2013-02-04");
      story.when(command);
      return;
    }
    case 15:
      story.when(on<v1::EraseExtensionReasonsRequest>(extension_name(code)));
      story.when(on<v1::EraseRoundReasonsRequest>(kRoundName));
      return;
    case 13: story.append("answer", draft_saved(code, "arbejde")); return;
    default: {
      const auto present = story.state.answers.find(AnswerKey{kRound, MunicipalityCode{code}});
      const int number = present == nullptr ? 1 : static_cast<int>(present->versions.size()) + 1;
      story.append("answer", answered(code, number));
      return;
    }
  }
}

Story lived(unsigned seed, int steps) {
  Story story;
  std::mt19937 random(seed);
  for (int i = 0; i < steps; ++i) {
    const unsigned choice = static_cast<unsigned>(random());
    step(story, choice, static_cast<unsigned>(random() >> 8));
  }
  return story;
}

TEST(State, IsAFunctionOfTheLog) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const Story story = lived(seed, 200);
    Consultation replayed;
    for (const auto& event : story.log) Story::apply(event, replayed);
    EXPECT_EQ(save_state(replayed), save_state(story.state)) << "seed " << seed;
  }
}

TEST(State, IsTheSameFromASnapshotAnywhereInTheLog) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const Story story = lived(seed, 120);
    const std::string expected = save_state(story.state);
    Consultation before;
    for (std::size_t cut = 0; cut < story.log.size(); ++cut) {
      Consultation state;
      ASSERT_TRUE(load_state(save_state(before), state));
      ASSERT_EQ(next_due(state), next_due(before)) << "seed " << seed << ", position " << cut;
      for (std::size_t i = cut; i < story.log.size(); ++i) Story::apply(story.log[i], state);
      ASSERT_EQ(save_state(state), expected) << "seed " << seed << ", position " << cut;
      Story::apply(story.log[cut], before);
    }
  }
}

TEST(State, SavesWhichDeadlinesHavePassed) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  story.now = noon("2013-04-03");
  story.record(record_due(story.state, story.context()));
  Consultation state;
  ASSERT_TRUE(load_state(save_state(story.state), state));
  EXPECT_TRUE(state.rounds.find(kRound)->deadline_passed);
  EXPECT_TRUE(extension_of(*state.rounds.find(kRound), MunicipalityCode{"165"})->passed);
  EXPECT_EQ(next_due(state), std::nullopt);
}

TEST(State, SavesEverything) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  story.append("answer", draft_saved("101", "arbejde"));
  story.append("answer", answered("165", 1));
  story.append("collection", collected(1));
  Consultation state;
  ASSERT_TRUE(load_state(save_state(story.state), state));
  const auto round = state.rounds.find(kRound);
  EXPECT_EQ(round->phase, v1::Round::STATE_COLLECTED);
  EXPECT_EQ(round->invited->size(), 2U);
  EXPECT_EQ(round->opened_at, story.now);
  EXPECT_EQ(platform::format_date(*round->deadline), "2013-03-19");
  EXPECT_EQ(platform::format_date(deadline_of(*round, MunicipalityCode{"165"})), "2013-04-02");
  const auto answer = state.answers.find(AnswerKey{kRound, MunicipalityCode{"165"}});
  EXPECT_EQ(answer->versions.find(1)->content.received_date(), "2013-03-01");
  EXPECT_EQ(answer->etag, "5-11112222");
  const auto saved = state.answers.find(AnswerKey{kRound, MunicipalityCode{"101"}});
  EXPECT_EQ(saved->draft.at("arbejde").changed_by, "secretariat");
  EXPECT_EQ(state.collections.find(kRound)->find(1)->position, 6U);
}

TEST(State, RefusesASnapshotThatIsNone) {
  Consultation state;
  EXPECT_FALSE(load_state("\xff\xff no snapshot", state));
}

}  // namespace
}  // namespace kkr::consultation
