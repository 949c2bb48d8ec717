#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

v1::AnswerVersion newest(const Story& story, const std::string& code = "165") {
  const auto version = newest_version(answer_of(story, code));
  return version == nullptr ? v1::AnswerVersion() : version->content;
}

TEST(SubmitAnswer, NamesTheFirstRuleThatIsBroken) {
  Story open = asked();
  open.now = noon("2013-03-01");
  const Story cancelled = asked_in_phase(v1::Round::STATE_CANCELLED);
  v1::SubmitAnswerRequest command;
  command.set_name(kRegion + "/rounds/x/answers/999");
  command.set_etag("stale");
  command.set_from_draft(true);
  command.set_draft_etag("stale");
  *command.add_values() = text_value("borte", "Ja");
  command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_DECIDED);
  command.mutable_treatment()->set_deciding_body("Kommunalbestyrelsen");
  const auto repair = [&](auto change) {
    change(command);
    return command;
  };
  const auto same = [](auto&) {};
  const struct {
    const Story& given;
    v1::SubmitAnswerRequest when;
    Rejection then;
    std::string field;
  } rows[] = {
      {cancelled, repair(same), Rejection::kRoundUnknown, ""},
      {cancelled, repair([](auto& c) { c.set_name(answer_name("999")); }), Rejection::kEtagStale,
       ""},
      {cancelled, repair([](auto& c) { c.clear_etag(); }), Rejection::kDraftChanged, ""},
      {cancelled, repair([](auto& c) { c.clear_draft_etag(); }), Rejection::kRoundNotAccepting, ""},
      {open, repair(same), Rejection::kMunicipalityNotInvited, ""},
      {open, repair([](auto& c) { c.set_name(kAnswerName); }), Rejection::kDraftEmpty, ""},
      {open, repair([](auto& c) { c.clear_from_draft(); }), Rejection::kArgumentInvalid, "kind"},
      {open, repair([](auto& c) { c.set_kind(v1::ANSWER_KIND_NO_COMMENTS); }),
       Rejection::kArgumentInvalid, "values"},
      {open, repair([](auto& c) { c.set_kind(v1::ANSWER_KIND_ANSWER); }),
       Rejection::kArgumentInvalid, "sign_off.signer"},
      {open, repair([](auto& c) { c.mutable_sign_off()->set_signer("E"); }),
       Rejection::kArgumentInvalid, "sign_off.sign_date"},
      {open, repair([](auto& c) { c.mutable_sign_off()->set_sign_date("2013-03-02"); }),
       Rejection::kArgumentInvalid, "sign_off.sign_date"},
      {open, repair([](auto& c) { c.mutable_sign_off()->set_sign_date("2013-03-01"); }),
       Rejection::kArgumentInvalid, "treatment.decision_date"},
      {open, repair([](auto& c) { c.mutable_treatment()->set_decision_date("2013-02-27"); }),
       Rejection::kQuestionUnknown, ""},
      {open, repair([](auto& c) { *c.mutable_values(0) = number_value("antal", "mange"); }),
       Rejection::kValueInvalid, ""},
      {open, repair([](auto& c) { *c.mutable_values(0) = number_value("antal", "7"); }),
       Rejection::kRequiredQuestionUnanswered, ""},
      {open, repair([](auto& c) { *c.add_values() = text_value("arbejde", "Ja"); }),
       Rejection::kExtractMissing, ""},
      {open,
       repair([](auto& c) { c.mutable_treatment()->set_extract_sha256(std::string(64, 'a')); }),
       Rejection::kAttachmentUnknown, ""},
  };
  for (const auto& row : rows) {
    const Decision decision =
        decide(row.given.state, row.when, {}, stored_files(), row.given.context());
    ASSERT_TRUE(std::holds_alternative<Refusal>(decision)) << row.when.ShortDebugString();
    EXPECT_EQ(refused(decision), row.then) << row.when.ShortDebugString();
    if (row.field.empty()) continue;
    EXPECT_EQ(refusal_of(decision).details.at("field"), row.field);
  }
}

TEST(SubmitAnswer, KeepsWordsAndNamesOutsideTheLog) {
  Story story = asked();
  story.now = noon("2013-03-01");
  submit(story, submission());
  EXPECT_EQ(newest(story).kind(), v1::ANSWER_KIND_ANSWER);
  EXPECT_EQ(newest(story).channel(), v1::ANSWER_CHANNEL_SUBMITTED);
  for (const auto& event : story.log) {
    EXPECT_EQ(event.payload.find("Vi begynder"), std::string::npos);
    EXPECT_EQ(event.payload.find("Eksempelsen"), std::string::npos);
  }
  v1::SignOff kept;
  ASSERT_TRUE(kept.ParseFromString(story.documents.at(sign_off_key_of(story))));
  EXPECT_EQ(kept.signer(), "Eksempel Eksempelsen");
}

TEST(SubmitAnswer, KeepsValuesInTheOrderOfTheQuestionsWithWarnings) {
  Story story = asked();
  story.now = noon("2013-03-01");
  auto command = submission();
  command.clear_values();
  *command.add_values() = number_value("antal", "2000");
  *command.add_values() = text_value("arbejde", "Ja");
  *command.add_values() = choice_value("sted", {});
  submit(story, command);
  v1::AnswerBody body;
  ASSERT_TRUE(body.ParseFromString(story.documents.at(body_key_of(story))));
  ASSERT_EQ(body.values_size(), 2);
  EXPECT_EQ(body.values(0).question(), "arbejde");
  EXPECT_EQ(body.values(1).question(), "antal");
  ASSERT_EQ(body.warnings_size(), 1);
  EXPECT_EQ(body.warnings(0).number(), "2000");
}

TEST(SubmitAnswer, IsJudgedByTheDeadlineThatHolds) {
  const struct {
    std::string date;
    v1::Timeliness then;
    v1::Timeliness once_extended;
  } rows[] = {
      {"2013-03-19", v1::TIMELINESS_ON_TIME, v1::TIMELINESS_ON_TIME},
      {"2013-03-20", v1::TIMELINESS_LATE, v1::TIMELINESS_WITHIN_EXTENSION},
      {"2013-03-26", v1::TIMELINESS_LATE, v1::TIMELINESS_WITHIN_EXTENSION},
      {"2013-03-27", v1::TIMELINESS_LATE, v1::TIMELINESS_LATE},
  };
  for (const auto& row : rows) {
    Story story = asked();
    story.now = noon(row.date);
    submit(story, submission());
    const auto version = newest_version(answer_of(story));
    const MunicipalityCode code{"165"};
    EXPECT_EQ(version->content.timeliness(), row.then) << row.date;
    EXPECT_EQ(timeliness_of(story.round(), code, *version), row.then) << row.date;
    // Granted afterwards: the answer is no longer late.
    story.now = noon("2013-03-20");
    story.when(extend<v1::GrantExtensionRequest>("165", "2013-03-26", "ferie"));
    EXPECT_EQ(timeliness_of(story.round(), code, *version), row.once_extended) << row.date;
  }
}

TEST(SubmitAnswer, StaysInTimeWhenItsExtensionIsWithdrawn) {
  Story story = asked();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-03-26", "ferie"));
  story.now = noon("2013-03-25");
  submit(story, submission());
  story.when(because<v1::WithdrawExtensionRequest>(extension_name("165"), "fejl"));
  EXPECT_EQ(
      timeliness_of(story.round(), MunicipalityCode{"165"}, *newest_version(answer_of(story))),
      v1::TIMELINESS_WITHIN_EXTENSION);
}

TEST(SubmitAnswer, IsAcceptedAfterTheRoundWasClosed) {
  Story story = asked_in_phase(v1::Round::STATE_CLOSED);
  story.now = noon("2013-04-02");
  submit(story, submission());
  EXPECT_EQ(newest(story).timeliness(), v1::TIMELINESS_LATE);
}

TEST(SubmitAnswer, MakesLaterVersions) {
  Story story = asked();
  story.now = noon("2013-03-01");
  submit(story, submission());
  const std::string first = answer_of(story).etag;
  auto again = submission();
  again.set_etag(first);
  submit(story, again);
  EXPECT_EQ(newest(story).number(), 2);
  EXPECT_EQ(answer_of(story).treatment.revision(), 2);
  EXPECT_NE(answer_of(story).etag, first);
  EXPECT_EQ(refused(submit(story, again)), Rejection::kEtagStale);
  EXPECT_TRUE(story.documents.contains(body_key_of(story)));
  EXPECT_TRUE(story.documents.contains(body_key_of(story, "165", 2)));
}

TEST(SubmitAnswer, TakesNoCommentsAndDeclinesWithoutABody) {
  for (const auto kind : {v1::ANSWER_KIND_NO_COMMENTS, v1::ANSWER_KIND_DECLINES}) {
    Story story = asked();
    story.now = noon("2013-03-01");
    auto command = submission();
    command.set_kind(kind);
    command.clear_values();
    submit(story, command);
    EXPECT_EQ(newest(story).kind(), kind);
    EXPECT_EQ(newest(story).body().key(), "");
    EXPECT_TRUE(has_answered(answer_of(story)));
  }
}

TEST(RecordAnswer, NamesTheFirstRuleThatIsBroken) {
  Story open = asked();
  open.now = noon("2013-03-25");
  v1::RecordAnswerRequest command = letter("2013-02-05");
  command.clear_channel();
  command.set_letter_sha256("abc");
  *command.add_values() = text_value("borte", "Ja");
  const auto repair = [&](auto change) {
    change(command);
    return command;
  };
  const struct {
    v1::RecordAnswerRequest when;
    Rejection then;
    std::string field;
  } rows[] = {
      {repair([](auto&) {}), Rejection::kArgumentInvalid, "channel"},
      {repair([](auto& c) { c.set_channel(v1::ANSWER_CHANNEL_SUBMITTED); }),
       Rejection::kArgumentInvalid, "channel"},
      {repair([](auto& c) { c.set_channel(v1::ANSWER_CHANNEL_LETTER); }),
       Rejection::kArgumentInvalid, "received_date"},
      {repair([](auto& c) { c.set_received_date("2013-03-26"); }), Rejection::kArgumentInvalid,
       "letter_sha256"},
      {repair([](auto& c) { c.clear_letter_sha256(); }), Rejection::kQuestionUnknown, ""},
      {repair([](auto& c) { c.clear_values(); }), Rejection::kReceivedInFuture, ""},
      {repair([](auto& c) { c.set_received_date("2013-03-25"); }), Rejection::kLetterMissing, ""},
      {repair([](auto& c) { c.set_letter_sha256(std::string(64, 'a')); }),
       Rejection::kAttachmentUnknown, ""},
  };
  for (const auto& row : rows) {
    const Decision decision = decide(open.state, row.when, stored_files(), open.context());
    ASSERT_TRUE(std::holds_alternative<Refusal>(decision)) << row.when.ShortDebugString();
    EXPECT_EQ(refused(decision), row.then) << row.when.ShortDebugString();
    if (row.field.empty()) continue;
    EXPECT_EQ(refusal_of(decision).details.at("field"), row.field);
  }
}

TEST(RecordAnswer, IsJudgedByTheDayItWasReceivedAndKeepsBothTimes) {
  Story story = asked();
  story.now = noon("2013-03-25");
  record(story, letter("2013-03-19"));
  const auto version = newest_version(answer_of(story));
  EXPECT_EQ(version->content.timeliness(), v1::TIMELINESS_ON_TIME);
  EXPECT_EQ(version->content.received_date(), "2013-03-19");
  EXPECT_EQ(version->recorded_at, noon("2013-03-25"));
  EXPECT_EQ(version->content.letter_sha256(), kLetter);

  record(story, letter("2013-03-20", "101"));
  EXPECT_EQ(newest(story, "101").timeliness(), v1::TIMELINESS_LATE);
}

TEST(RecordAnswer, MayLackWhatTheLetterLeavesOut) {
  Story story = asked();
  story.now = noon("2013-03-25");
  auto command = letter("2013-03-19");
  *command.add_values() = number_value("antal", "7");
  EXPECT_EQ(effects_of(record(story, command)).facts.size(), 1u);
  EXPECT_EQ(newest(story).sign_off().key(), "");
}

}  // namespace
}  // namespace kkr::consultation
