#include "services/notification/domain/following.h"

#include <gmock/gmock.h>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::at;
using story::kInvoice;
using story::kRound;
using story::Scene;
using testing::ElementsAre;
using testing::IsEmpty;

// The notices among the events, each as `OCCASION subject's last part step: recipients`.
std::vector<std::string> notices_in(const std::vector<v1::Event>& events) {
  std::vector<std::string> lines;
  for (const v1::Event& event : events) {
    if (!event.has_notice_due()) continue;
    const v1::NoticeDue& notice = event.notice_due();
    lines.push_back(v1::Occasion_Name(notice.occasion()).substr(std::string("OCCASION_").size()) +
                    " " + notice.subject().substr(notice.subject().rfind('/') + 1) + " " +
                    Scene::line_of(notice));
  }
  return lines;
}

TEST(Follow, InvitesWhoeverTheRoundAsks) {
  Scene scene;
  const auto events = scene.open();
  EXPECT_THAT(notices_in(events), ElementsAre("INVITATION sundhed-2013 1: 101 147 165"));
  EXPECT_EQ(events.back().notice_due().deadline_date(), "2013-03-19");
  EXPECT_EQ(events.back().notice_due().recipients(0).office(), "sundhedsdirektoer");
}

TEST(Follow, TakesAFactInOnce) {
  Scene scene;
  scene.open();
  v1::RoundPhaseFollowed again;
  again.set_round(kRound);
  again.set_phase(v1::RoundPhaseFollowed::PHASE_CLOSED);
  again.set_source_position(1);
  EXPECT_THAT(scene.take(follow(scene.state, again, scene.context())), IsEmpty());
}

TEST(Follow, GivesNoticeOfEachVersionOfAnAnswerButOfNoWithdrawal) {
  Scene scene;
  scene.open();
  EXPECT_THAT(notices_in(scene.answer("165", 1)), ElementsAre("ANSWER_RECEIVED 165 1: 165"));
  EXPECT_THAT(notices_in(scene.answer("165", 2)), ElementsAre("ANSWER_RECEIVED 165 2: 165"));
  EXPECT_THAT(notices_in(scene.withdraw("165")), IsEmpty());
}

TEST(Follow, GivesNoticeOfAnExtensionWithItsDeadlineAndCountsItsMoves) {
  Scene scene;
  scene.open();
  auto events = scene.extend("165", "2013-04-02");
  EXPECT_THAT(notices_in(events), ElementsAre("EXTENSION_GRANTED 165 2013-04-02: 165"));
  EXPECT_EQ(events.back().notice_due().deadline_date(), "2013-04-02");
  EXPECT_EQ(events.front().deadline_followed().deadline_version(), 1);
  events = scene.extend("165", "");
  EXPECT_THAT(notices_in(events), IsEmpty());
  EXPECT_EQ(events.front().deadline_followed().deadline_date(), "2013-03-19");
  EXPECT_EQ(events.front().deadline_followed().deadline_version(), 2);
  EXPECT_THAT(notices_in(scene.extend("165", "2013-04-02")),
              ElementsAre("EXTENSION_GRANTED 165 2013-04-02-3: 165"));
  // What was only asked for moves nothing when it is withdrawn.
  EXPECT_THAT(scene.extend("147", ""), IsEmpty());
}

TEST(Follow, GivesNoticeOfEachCloseAndOfACancellation) {
  Scene scene;
  scene.open();
  EXPECT_THAT(notices_in(scene.enter(v1::RoundPhaseFollowed::PHASE_CLOSED)),
              ElementsAre("ROUND_CLOSED sundhed-2013 1: 101 147 165"));
  EXPECT_THAT(notices_in(scene.enter(v1::RoundPhaseFollowed::PHASE_OPEN)), IsEmpty());
  EXPECT_THAT(notices_in(scene.enter(v1::RoundPhaseFollowed::PHASE_CLOSED)),
              ElementsAre("ROUND_CLOSED sundhed-2013 2: 101 147 165"));
  EXPECT_THAT(notices_in(scene.enter(v1::RoundPhaseFollowed::PHASE_CANCELLED)),
              ElementsAre("ROUND_CANCELLED sundhed-2013 1: 101 147 165"));
}

TEST(Follow, GivesNoticeOfAnInvoiceAndOfEachStepOfItsDunningOnce) {
  Scene scene;
  const Happening issued{v1::OCCASION_INVOICE_ISSUED, kInvoice, "1", scene.now, {{"147"}}, {}};
  const auto dun = [&](int step) {
    return scene.take(follow_dunning(scene.state, kInvoice, step, scene.now, scene.context()));
  };
  EXPECT_THAT(dun(1), IsEmpty());
  const auto events = scene.take(follow(scene.state, issued, scene.context()));
  EXPECT_THAT(notices_in(events), ElementsAre("INVOICE_ISSUED 165-2013-1 1: 147"));
  EXPECT_EQ(events.front().notice_due().recipients(0).office(), "oekonomi");
  EXPECT_THAT(scene.take(follow(scene.state, issued, scene.context())), IsEmpty());
  EXPECT_THAT(notices_in(dun(1)), ElementsAre("DUNNING 165-2013-1 1: 147"));
  EXPECT_THAT(dun(1), IsEmpty());
  EXPECT_THAT(notices_in(dun(2)), ElementsAre("DUNNING 165-2013-1 2: 147"));
}

TEST(Follow, DropsANoticeOfWhatHappenedLongAgo) {
  Scene scene;
  const absl::Time then = scene.now;
  scene.now = then + absl::Hours(24 * 15);
  const Happening issued{v1::OCCASION_INVOICE_ISSUED, kInvoice, "1", then, {{"147"}}, {}};
  EXPECT_THAT(notices_in(scene.take(follow(scene.state, issued, scene.context()))),
              ElementsAre("INVOICE_ISSUED 165-2013-1 1: 147=TOO_LATE"));
}

TEST(Follow, KnowsNothingOfARoundThatWasNotOpened) {
  Scene scene;
  EXPECT_THAT(scene.answer("165"), IsEmpty());
  EXPECT_THAT(scene.extend("165", "2013-04-02"), IsEmpty());
  EXPECT_THAT(scene.enter(v1::RoundPhaseFollowed::PHASE_CANCELLED), IsEmpty());
}

TEST(RollBack, LearnsARoundAnewAndNoticesNothingTwice) {
  Scene scene;
  scene.open();
  scene.remind(at(3, 5));
  scene.answer("165");
  scene.roll_back_to(1);
  EXPECT_EQ(next_due(scene.state), std::nullopt);
  scene.now = at(2, 6, 12);
  EXPECT_THAT(notices_in(scene.open()), IsEmpty());
  EXPECT_THAT(scene.remind(at(3, 12)), ElementsAre("2013-03-19-7: 101 147 165"));
}

TEST(RollBack, LetsNoCalendarSeeAVersionOfADeadlineAgain) {
  Scene scene;
  scene.open();
  scene.extend("165", "2013-04-02");
  scene.roll_back_to(1);
  scene.open();
  const auto version = [&] {
    return find_round(scene.state, kRound)->municipalities.find({"165"})->deadline_version;
  };
  EXPECT_EQ(version(), 2);
  EXPECT_THAT(notices_in(scene.extend("165", "2013-04-02")), IsEmpty());
  EXPECT_EQ(version(), 3);
}

TEST(RollBack, LeavesARoundThatSawNoneOfTheLostFacts) {
  Scene scene;
  scene.open();
  scene.roll_back_to(1);
  EXPECT_EQ(next_due(scene.state), at(3, 5));
}

}  // namespace
}  // namespace kkr::notification
