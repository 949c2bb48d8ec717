// Properties of any history of answers, whatever is asked in whatever order.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

// Something a clerk, a municipality or the secretariat might do next, sensible or not.
void do_something(Story& story) {
  const std::string code = *rc::gen::element<std::string>("101", "165", "223", "999");
  story.now += absl::Hours(*rc::gen::inRange(0, 72));
  switch (*rc::gen::inRange(0, 9)) {
    case 0: submit(story, submission(code)); return;
    case 1: record(story, letter("2013-03-10", code)); return;
    case 2: {
      auto command = saving(text_value("arbejde", "Ja"), "");
      command.set_name(answer_name(code));
      story.when(command);
      return;
    }
    case 3: {
      auto command = submission(code);
      command.clear_values();
      command.set_from_draft(true);
      submit(story, command, {answer_of(story, code).draft_etag, {text_value("arbejde", "Ja")}});
      return;
    }
    case 4: story.when(because<v1::WithdrawAnswerRequest>(answer_name(code), "fejl")); return;
    case 5: {
      v1::RecordTreatmentRequest command;
      command.set_name(answer_name(code));
      command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_SUBJECT_TO_APPROVAL);
      story.when(command, stored_files());
      return;
    }
    case 6: story.when(on<v1::CloseRoundRequest>(kRoundName)); return;
    case 7: collect(story); return;
    case 8: story.when(because<v1::ReopenRoundRequest>(kRoundName, "igen")); return;
  }
}

Story any_story() {
  Story story = asked();
  story.now = noon("2013-03-10");
  const int steps = *rc::gen::inRange(1, 60);
  for (int i = 0; i < steps; ++i) do_something(story);
  return story;
}

RC_GTEST_PROP(AnswerHistory, ReplaysToTheSameState, ()) {
  const Story story = any_story();
  Consultation replayed;
  for (const auto& event : story.log) Story::apply(event, replayed);
  RC_ASSERT(save_state(replayed) == save_state(story.state));
}

RC_GTEST_PROP(AnswerHistory, SurvivesASnapshotAnywhere, ()) {
  const Story story = any_story();
  const auto cut = *rc::gen::inRange<std::size_t>(0, story.log.size() + 1);
  Consultation before;
  for (std::size_t i = 0; i < cut; ++i) Story::apply(story.log[i], before);
  Consultation restored;
  RC_ASSERT(load_state(save_state(before), restored));
  for (std::size_t i = cut; i < story.log.size(); ++i) Story::apply(story.log[i], restored);
  RC_ASSERT(save_state(restored) == save_state(story.state));
}

RC_GTEST_PROP(AnswerHistory, CountsEveryMunicipalityOnceInEveryCollection, ()) {
  const Story story = any_story();
  const auto made = story.state.collections.find(kRound);
  if (made == nullptr) return;
  made->for_each([&](int, const Collection& collection) {
    const v1::CollectionTally tally = tally_of(story.state, kRound, collection);
    RC_ASSERT(tally.invited() == 3);
    RC_ASSERT(tally.on_time() + tally.within_extension() + tally.late() + tally.no_comments() +
                  tally.declined() + tally.missing() ==
              3);
  });
}

RC_GTEST_PROP(AnswerHistory, NumbersVersionsWithoutGapsAndKeepsTheirTexts, ()) {
  const Story story = any_story();
  story.state.answers.for_each([&](const AnswerKey&, const Answer& answer) {
    int next = 0;
    answer.versions.for_each([&](int number, const AnswerVersion& version) {
      RC_ASSERT(number == ++next);
      RC_ASSERT(story.documents.contains(version.content.body().key()));
    });
    for (const auto& [question, drafted] : answer.draft) {
      RC_ASSERT(story.documents.contains(drafted.key));
    }
  });
}

}  // namespace
}  // namespace kkr::consultation
