#include "services/consultation/app/board.h"

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.
using Row = v1::Invitee;

// What a municipality submitted, as the log would have it.
void submits(Story& story, const std::string& code, v1::AnswerKind kind,
             const std::string& received, v1::Timeliness timeliness) {
  v1::Event event;
  v1::AnswerSubmitted& fact = *event.mutable_answer_submitted();
  fact.set_answer(kRoundName + "/answers/" + code);
  const auto present = story.state.answers.find(AnswerKey{kRound, MunicipalityCode{code}});
  fact.mutable_version()->set_number(
      present == nullptr ? 1 : static_cast<int>(present->versions.size()) + 1);
  fact.mutable_version()->set_kind(kind);
  fact.mutable_version()->set_channel(v1::ANSWER_CHANNEL_LETTER);
  fact.mutable_version()->set_received_date(received);
  fact.mutable_version()->set_timeliness(timeliness);
  story.append("answer", event);
}

void takes_back(Story& story, const std::string& code) {
  v1::Event event;
  event.mutable_answer_withdrawn()->set_answer(kRoundName + "/answers/" + code);
  story.append("answer", event);
}

void drafts(Story& story, const std::string& code) {
  v1::Event event;
  event.mutable_draft_saved()->set_answer(kRoundName + "/answers/" + code);
  event.mutable_draft_saved()->set_question("arbejde");
  event.mutable_draft_saved()->mutable_value()->set_key("k");
  story.append("answer", event);
}

v1::ListInviteesResponse board(const Story& story, const std::string& after = "",
                               std::size_t size = 100) {
  return board_of(story.state, story.round(), "scope", platform::Page{after, size}, story.now);
}

Row row(const Story& story, const std::string& code) {
  const MunicipalityCode municipality{code};
  return board_row(story.state, story.round(), *invitee_of(story.round(), municipality), story.now);
}

TEST(Board, HasOneRowForEachInvitedMunicipalityInOrderOfCode) {
  const v1::ListInviteesResponse shown = board(opened());
  ASSERT_EQ(shown.invitees_size(), 2);
  EXPECT_EQ(shown.invitees(0).name(), kRoundName + "/invitees/101");
  EXPECT_EQ(shown.invitees(1).municipality().display_name(), "Albertslund");
  EXPECT_EQ(shown.invitees(1).answer_state(), Row::ANSWER_STATE_NOT_ANSWERED);
  EXPECT_EQ(shown.invitees(1).deadline_date(), "2013-03-19");
  EXPECT_FALSE(shown.invitees(1).overdue());
  EXPECT_EQ(shown.counts().invited(), 2);
  EXPECT_EQ(shown.counts().not_answered(), 2);
  EXPECT_EQ(shown.next_page_token(), "");
}

TEST(Board, IsEmptyForADraft) {
  EXPECT_EQ(board(drafted()).invitees_size(), 0);
  EXPECT_EQ(board(drafted()).counts().invited(), 0);
}

TEST(Board, TellsHowFarEachMunicipalityIs) {
  const struct {
    std::function<void(Story&)> happened;
    Row::AnswerState then;
  } rows[] = {
      {[](Story&) {}, Row::ANSWER_STATE_NOT_ANSWERED},
      {[](Story& story) { drafts(story, "165"); }, Row::ANSWER_STATE_DRAFT},
      {[](Story& story) {
         submits(story, "165", v1::ANSWER_KIND_ANSWER, "2013-03-19", v1::TIMELINESS_ON_TIME);
       },
       Row::ANSWER_STATE_ANSWERED},
      {[](Story& story) {
         submits(story, "165", v1::ANSWER_KIND_ANSWER, "2013-03-20", v1::TIMELINESS_LATE);
       },
       Row::ANSWER_STATE_ANSWERED_LATE},
      {[](Story& story) {
         submits(story, "165", v1::ANSWER_KIND_NO_COMMENTS, "2013-03-20", v1::TIMELINESS_LATE);
       },
       Row::ANSWER_STATE_NO_COMMENTS},
      {[](Story& story) {
         submits(story, "165", v1::ANSWER_KIND_DECLINES, "2013-03-19", v1::TIMELINESS_ON_TIME);
       },
       Row::ANSWER_STATE_DECLINED},
      {[](Story& story) {
         submits(story, "165", v1::ANSWER_KIND_ANSWER, "2013-03-19", v1::TIMELINESS_ON_TIME);
         takes_back(story, "165");
       },
       Row::ANSWER_STATE_WITHDRAWN},
  };
  for (const auto& one : rows) {
    Story story = opened();
    one.happened(story);
    EXPECT_EQ(row(story, "165").answer_state(), one.then);
    EXPECT_EQ(row(story, "101").answer_state(), Row::ANSWER_STATE_NOT_ANSWERED);
  }
}

TEST(Board, TellsWhenAndHowAnAnswerCame) {
  Story story = opened();
  story.now = noon("2013-03-20");
  submits(story, "165", v1::ANSWER_KIND_NO_COMMENTS, "2013-03-20", v1::TIMELINESS_LATE);
  EXPECT_EQ(row(story, "165").submit_time().seconds(), absl::ToUnixSeconds(story.now));
  EXPECT_EQ(row(story, "165").channel(), v1::ANSWER_CHANNEL_LETTER);
  EXPECT_TRUE(row(story, "165").late());
  EXPECT_FALSE(row(story, "101").has_submit_time());
}

TEST(Board, IsOverdueFromTheMidnightThatEndsTheMunicipalitysOwnDeadline) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  story.now = platform::end_of(*platform::parse_date("2013-03-19"));
  EXPECT_TRUE(row(story, "101").overdue());
  EXPECT_FALSE(row(story, "165").overdue());
  EXPECT_TRUE(row(story, "165").extended());
  EXPECT_EQ(row(story, "165").deadline_date(), "2013-04-02");
  story.now = platform::end_of(*platform::parse_date("2013-04-02"));
  EXPECT_TRUE(row(story, "165").overdue());
  submits(story, "165", v1::ANSWER_KIND_ANSWER, "2013-04-03", v1::TIMELINESS_LATE);
  EXPECT_FALSE(row(story, "165").overdue());
  takes_back(story, "165");
  EXPECT_TRUE(row(story, "165").overdue());
}

TEST(Board, ShowsThatAnExtensionWasAskedFor) {
  Story story = opened();
  story.when(extend<v1::AskExtensionRequest>("165", "2013-04-02", "møde"));
  EXPECT_TRUE(row(story, "165").extension_asked());
  EXPECT_FALSE(row(story, "165").extended());
}

TEST(Board, CountsOverAllRowsWhateverThePage) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  submits(story, "165", v1::ANSWER_KIND_ANSWER, "2013-04-02", v1::TIMELINESS_WITHIN_EXTENSION);
  story.now = noon("2013-04-03");
  const v1::ListInviteesResponse first = board(story, "", 1);
  ASSERT_EQ(first.invitees_size(), 1);
  EXPECT_EQ(first.invitees(0).municipality().code(), "101");
  EXPECT_EQ(first.counts().invited(), 2);
  EXPECT_EQ(first.counts().answered(), 1);
  EXPECT_EQ(first.counts().answered_within_extension(), 1);
  EXPECT_EQ(first.counts().extended(), 1);
  EXPECT_EQ(first.counts().not_answered(), 1);
  EXPECT_EQ(first.counts().overdue(), 1);
  EXPECT_EQ(platform::read_page_token("scope", first.next_page_token()), "101");
  const v1::ListInviteesResponse second = board(story, "101", 1);
  ASSERT_EQ(second.invitees_size(), 1);
  EXPECT_EQ(second.invitees(0).municipality().code(), "165");
  EXPECT_EQ(second.next_page_token(), "");
}

TEST(Board, SaysWhenTimeAloneWillChangeIt) {
  Story story = opened();
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-04-02", "ja"));
  const absl::Time first = platform::end_of(*platform::parse_date("2013-03-19"));
  const absl::Time second = platform::end_of(*platform::parse_date("2013-04-02"));
  EXPECT_EQ(board(story).next_change_time().seconds(), absl::ToUnixSeconds(first));
  story.now = first;
  EXPECT_EQ(board(story).next_change_time().seconds(), absl::ToUnixSeconds(second));
  story.now = second;
  EXPECT_FALSE(board(story).has_next_change_time());
}

}  // namespace
}  // namespace kkr::consultation
