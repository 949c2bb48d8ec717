#include "services/notification/sending/sender.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <map>

#include "services/notification/sending/sqlite_send_table.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::notification {
namespace {

using platform::MailOutcome;
using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;

const absl::Time kNow = absl::FromUnixSeconds(1'362'380'400);

class PlainDesk final : public LetterDesk {
 public:
  std::variant<Ready, NotSent> prepare(const Send& send, absl::Time) override {
    if (send.planned.municipality == "999")
      return NotSent{SendState::kDropped, reason::kNoLongerHolds, "", "", std::nullopt};
    Letter letter;
    letter.person = "persons/" + send.planned.municipality;
    letter.address = "a@" + send.planned.municipality + ".example";
    letter.message = "message to " + letter.address;
    if (send.letter) letter = *send.letter;
    return Ready{letter, message_id_of(send.id, "kkr.example"), ""};
  }
};

// Answers by a script for each address, delivered when it has come to its end.
class ScriptedCarrier final : public Carrier {
 public:
  MailOutcome hand_over(const std::string& message_id, const Letter& letter) override {
    const std::lock_guard lock(mutex);
    handed[letter.address].push_back(message_id + " " + letter.message);
    ++under_way_max;
    auto& script = scripts[letter.address];
    if (script.empty()) return {MailOutcome::Kind::kDelivered, 250, "ok"};
    const MailOutcome outcome = script.front();
    script.erase(script.begin());
    return outcome;
  }
  std::string domain_of(const Letter& letter) override { return letter.address.substr(2); }
  bool forget(const std::string&) override { return true; }

  std::mutex mutex;
  std::map<std::string, std::vector<MailOutcome>> scripts;
  std::map<std::string, std::vector<std::string>> handed;
  int under_way_max = 0;
};

class SenderTest : public testing::Test {
 protected:
  SenderTest() {
    options_.back_off = {absl::Milliseconds(1), absl::Milliseconds(1), absl::Hours(1)};
    auto opened = SqliteSendTable::open({folder_.path("sends.db"), "notification/hovedstaden"});
    table_ = std::get<std::unique_ptr<SqliteSendTable>>(std::move(opened));
  }

  void plan(int from, int to) {
    Dispatch dispatch{{"g", 1, {}}, {}, {}};
    for (int code = from; code <= to; ++code)
      dispatch.sends.push_back({{"REMINDER", "r", "municipalities/" + std::to_string(code), ""},
                                std::to_string(code),
                                "r",
                                kNow,
                                "",
                                ""});
    table_->dispatch({dispatch}, kNow);
  }
  // Runs a sender until every send is final.
  void send_all() {
    std::mutex mutex;
    std::condition_variable ended;
    int turns = 0;
    Sender sender(*table_, desk_, carrier_, clock_, pool_, options_, [&] {
      const std::lock_guard lock(mutex);
      ++turns;
      ended.notify_all();
    });
    sender.start();
    std::unique_lock lock(mutex);
    ended.wait(lock, [&] { return open_sends() == 0; });
    lock.unlock();
    sender.stop();
  }
  std::size_t open_sends() {
    std::size_t open = 0;
    const auto listed = table_->list({}, 0, 10'000);
    for (const Send& send : std::get<std::vector<Send>>(listed))
      if (!is_final(send.state)) ++open;
    return open;
  }
  std::vector<std::string> story(const std::string& code) {
    std::vector<std::string> story;
    const auto turns =
        table_->transitions(id_of("hovedstaden", {"REMINDER", "r", "municipalities/" + code, ""}));
    for (const Transition& turn : std::get<std::vector<Transition>>(turns))
      story.push_back(turn.reason + (turn.code == 0 ? "" : " " + std::to_string(turn.code)));
    return story;
  }

  platform::TemporaryFolder folder_;
  platform::DemoClock clock_{kNow};
  platform::WorkerPool pool_{3};
  PlainDesk desk_;
  ScriptedCarrier carrier_;
  SenderOptions options_;
  std::unique_ptr<SqliteSendTable> table_;
};

TEST_F(SenderTest, SendsEverythingOnce) {
  plan(100, 400);
  send_all();
  EXPECT_THAT(carrier_.handed, SizeIs(301));
  for (const auto& [address, letters] : carrier_.handed) EXPECT_THAT(letters, SizeIs(1)) << address;
  EXPECT_THAT(story("165"), ElementsAre("DUE", "LEASED", "ACCEPTED 250"));
}

TEST_F(SenderTest, TriesAgainWithTheSameMessageUntilItIsTaken) {
  carrier_.scripts["a@165.example"] = {{MailOutcome::Kind::kTryAgain, 421, "later"},
                                       {MailOutcome::Kind::kUnknown, 0, "cut off"}};
  plan(165, 165);
  send_all();
  EXPECT_THAT(story("165"), ElementsAre("DUE", "LEASED", "TRY_AGAIN 421", "LEASED",
                                        "OUTCOME_UNKNOWN", "LEASED", "ACCEPTED 250"));
  const auto& letters = carrier_.handed["a@165.example"];
  EXPECT_THAT(letters, SizeIs(3));
  EXPECT_THAT(letters, Each(letters.front()));
}

TEST_F(SenderTest, ARefusalIsFinalAndAGap) {
  carrier_.scripts["a@165.example"] = {{MailOutcome::Kind::kRefused, 550, "no such user"}};
  plan(165, 165);
  send_all();
  EXPECT_THAT(story("165"), ElementsAre("DUE", "LEASED", "REFUSED 550"));
  SendFilter gaps;
  gaps.gaps_only = true;
  EXPECT_THAT(std::get<std::vector<Send>>(table_->list(gaps, 0, 10)), SizeIs(1));
}

TEST_F(SenderTest, GivesUpInTheEnd) {
  options_.back_off = {absl::Milliseconds(1), absl::Milliseconds(1), absl::Milliseconds(3)};
  carrier_.scripts["a@165.example"].assign(10, {MailOutcome::Kind::kTryAgain, 421, "later"});
  plan(165, 165);
  send_all();
  EXPECT_EQ(story("165").back(), "GAVE_UP 421");
  EXPECT_THAT(carrier_.handed["a@165.example"], SizeIs(4));
}

TEST_F(SenderTest, WhatNoLongerHoldsIsNotHandedOver) {
  plan(999, 999);
  send_all();
  EXPECT_THAT(story("999"), ElementsAre("DUE", "LEASED", "NO_LONGER_HOLDS"));
  EXPECT_THAT(carrier_.handed, SizeIs(0));
}

TEST_F(SenderTest, TakesOverWhatAKilledSenderHad) {
  plan(165, 165);
  table_->lease({.holder = "killed",
                 .machine_now = absl::FromUnixSeconds(1),
                 .expires_at = absl::InfiniteFuture(),
                 .site_now = kNow});
  send_all();
  EXPECT_THAT(story("165"), ElementsAre("DUE", "LEASED", "LEASE_EXPIRED", "ACCEPTED 250"));
}

}  // namespace
}  // namespace kkr::notification
