// What every table of sends must do, whatever it keeps its rows in, and what only a file can do.
#include "services/notification/sending/send_table.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "services/notification/sending/sqlite_send_table.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::notification {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kRound[] = "regions/hovedstaden/rounds/r1";
const absl::Time kNow = absl::FromUnixSeconds(1'362'380'400);      // Of the site: 4 March 2013.
const absl::Time kMachine = absl::FromUnixSeconds(1'764'000'000);  // Of the machine.

template <class T>
T value(TableResult<T> result) {
  if (const auto* failure = std::get_if<platform::StoreFailure>(&result)) {
    ADD_FAILURE() << "failed with " << static_cast<int>(*failure);
    return T{};
  }
  return std::get<T>(std::move(result));
}

PlannedSend planned(const std::string& code, const std::string& occasion = "REMINDER",
                    const std::string& step = "2013-03-19-14") {
  return {{occasion, kRound, "municipalities/" + code + "/offices/sundhedsdirektoer", step},
          code,
          kRound,
          kNow,
          "facts",
          ""};
}

std::string id(const PlannedSend& planned) { return id_of("hovedstaden", planned.key); }

Letter letter_to(const std::string& person, const std::string& address) {
  return {"EMAIL",
          person,
          address,
          "Tusnelda Eksempel",
          "da",
          "Påmindelse",
          "Kære Tusnelda",
          "<p>Kære Tusnelda</p>",
          "To: Tusnelda Eksempel <" + address + ">\r\n\r\nKære Tusnelda"};
}

class SendTableContract : public testing::Test {
 protected:
  SendTableContract() { reopen(); }

  void reopen() {
    table_.reset();
    auto opened = SqliteSendTable::open({.path = path(), .log = "notification/hovedstaden"});
    if (const auto* error = std::get_if<platform::SqliteError>(&opened)) FAIL() << error->sentence;
    table_ = std::get<std::unique_ptr<SqliteSendTable>>(std::move(opened));
  }

  std::string path() const { return folder_.path("notification/sends.db"); }
  SqliteSendTable& table() { return *table_; }

  void dispatch(std::vector<PlannedSend> sends, std::uint64_t position = 1) {
    value(table().dispatch({{{"g", position, {}}, std::move(sends), {}}}, kNow));
  }
  std::vector<std::string> lease(const std::string& holder, absl::Time machine_now = kMachine,
                                 absl::Time site_now = kNow) {
    std::vector<std::string> ids;
    for (const Send& send : value(table().lease({.holder = holder,
                            .machine_now = machine_now,
                            .expires_at = machine_now + absl::Minutes(5),
                            .site_now = site_now})))
      ids.push_back(send.id);
    return ids;
  }
  std::size_t settle(const std::string& holder, const PlannedSend& planned, SendState state,
                     const char* why, std::optional<absl::Time> next = std::nullopt,
                     const std::string& gap = "") {
    return value(
        table().settle(holder, {{id(planned), {state, why, 250, "server said", kNow}, gap, next}}));
  }
  void send_off(const PlannedSend& planned, const Letter& letter) {
    lease("a");
    value(table().write_letters("a", {{id(planned), id(planned) + "@kkr.example", letter}}));
    settle("a", planned, SendState::kSent, reason::kAccepted);
  }
  std::vector<KeptLetter> erase_person(const std::string& person) {
    auto letters = value(table().letters_of(person));
    value(table().erase(letters, /*thoroughly=*/true));
    return letters;
  }
  Send found(const PlannedSend& planned) {
    return value(table().find(id(planned))).value_or(Send{});
  }
  std::vector<std::string> states_of(const PlannedSend& planned) {
    std::vector<std::string> states;
    for (const Transition& turn : value(table().transitions(id(planned))))
      states.push_back(std::string(name_of(turn.state)) + " " + turn.reason);
    return states;
  }

  platform::TemporaryFolder folder_;
  std::unique_ptr<SqliteSendTable> table_;
};

TEST_F(SendTableContract, AFactThatComesAgainMakesNothingNew) {
  const Dispatch fact{{"g", 7, {}}, {planned("165"), planned("101")}, {}};
  EXPECT_EQ(value(table().dispatch({fact}, kNow)), 2U);
  EXPECT_EQ(value(table().dispatch({fact}, kNow)), 0U);
  reopen();
  EXPECT_EQ(value(table().dispatch({fact}, kNow)), 0U);
  EXPECT_EQ(value(table().dispatched_to()), (DispatchedTo{"g", 7, {}}));
  EXPECT_THAT(value(table().list({}, 0, 10)), SizeIs(2));
}

TEST_F(SendTableContract, WhatThePlanDroppedIsKeptWithItsRuleAndNeverLeased) {
  PlannedSend dropped = planned("165");
  dropped.dropped_by = "SUPERSEDED";
  dispatch({dropped});
  EXPECT_THAT(lease("a"), IsEmpty());
  EXPECT_FALSE(value(table().has_untried(kNow)));
  EXPECT_THAT(states_of(dropped), ElementsAre("DROPPED SUPERSEDED"));
}

TEST_F(SendTableContract, ASendIsOneHoldersAtATime) {
  dispatch({planned("165")});
  EXPECT_THAT(lease("a"), ElementsAre(id(planned("165"))));
  EXPECT_THAT(lease("b"), IsEmpty());
  EXPECT_EQ(settle("b", planned("165"), SendState::kSent, reason::kAccepted), 0U);
  EXPECT_EQ(settle("a", planned("165"), SendState::kSent, reason::kAccepted), 1U);
  EXPECT_THAT(lease("a"), IsEmpty());
  EXPECT_THAT(states_of(planned("165")),
              ElementsAre("PLANNED DUE", "SENDING LEASED", "SENT ACCEPTED"));
}

TEST_F(SendTableContract, ALeaseThatRanOutIsTakenOverAndTheFirstHolderHasLostIt) {
  dispatch({planned("165")});
  lease("a");
  EXPECT_THAT(lease("b", kMachine + absl::Minutes(5) - absl::Microseconds(1)), IsEmpty());
  EXPECT_THAT(lease("b", kMachine + absl::Minutes(5)), SizeIs(1));
  EXPECT_EQ(settle("a", planned("165"), SendState::kSent, reason::kAccepted), 0U);
  EXPECT_THAT(value(table().write_letters(
                  "a", {{id(planned("165")), "m", letter_to("persons/p", "t@a.example")}})),
              IsEmpty());
  EXPECT_EQ(states_of(planned("165")).back(), "SENDING LEASE_EXPIRED");
}

TEST_F(SendTableContract, AfterAKilledProcessItsLeasesEndAtOnce) {
  dispatch({planned("165")});
  lease("a");
  value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/p", "t@a.example")}}));
  reopen();
  EXPECT_EQ(value(table().end_leases()), 1U);
  EXPECT_THAT(lease("b"), SizeIs(1));
  const Send send = found(planned("165"));
  EXPECT_EQ(send.message_id, "m@d");
  EXPECT_EQ(send.attempts, 1);
  EXPECT_EQ(send.letter, letter_to("persons/p", "t@a.example")) << "repeated byte by byte";
}

TEST_F(SendTableContract, ADeferredSendWaitsForItsTimeByTheMachine) {
  dispatch({planned("165")});
  lease("a");
  settle("a", planned("165"), SendState::kDeferred, reason::kTryAgain, kMachine + absl::Hours(1));
  EXPECT_EQ(value(table().next_wakes()).machine, kMachine + absl::Hours(1));
  EXPECT_THAT(lease("a", kMachine + absl::Minutes(59), kNow + absl::Hours(100)), IsEmpty());
  EXPECT_THAT(lease("a", kMachine + absl::Minutes(60)), SizeIs(1));
}

TEST_F(SendTableContract, AHeldSendWaitsForItsTimeByTheSite) {
  dispatch({planned("165")});
  lease("a");
  value(table().settle("a", {{.id = id(planned("165")),
                              .transition = {SendState::kDeferred, reason::kDigest, 0, "", kNow},
                              .held_until = kNow + absl::Hours(24),
                              .tried = false}}));
  EXPECT_FALSE(value(table().has_untried(kNow + absl::Hours(23))));
  EXPECT_TRUE(value(table().has_untried(kNow + absl::Hours(24))));
  EXPECT_EQ(value(table().next_wakes()).site, kNow + absl::Hours(24));
  EXPECT_THAT(lease("a", kMachine + absl::Hours(100), kNow + absl::Hours(23)), IsEmpty());
  EXPECT_THAT(lease("a", kMachine, kNow + absl::Hours(24)), SizeIs(1));
  EXPECT_EQ(value(table().next_wakes()).site, std::nullopt);
}

TEST_F(SendTableContract, IsUntriedUntilTheFirstWorkOnItEnds) {
  dispatch({planned("165")});
  EXPECT_TRUE(value(table().has_untried(kNow)));
  EXPECT_FALSE(value(table().has_untried(kNow - absl::Seconds(1))));
  lease("a");
  EXPECT_TRUE(value(table().has_untried(kNow)));
  settle("a", planned("165"), SendState::kDeferred, reason::kTryAgain, kMachine);
  EXPECT_FALSE(value(table().has_untried(kNow)));
}

TEST_F(SendTableContract, AFailedSendIsTriedAgainOnDemandWithAnewLookUp) {
  dispatch({planned("165"), planned("101")});
  lease("a");
  value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/p", "wrong@a.example")}}));
  settle("a", planned("165"), SendState::kFailed, reason::kRefused, std::nullopt, gap::kRefused);
  settle("a", planned("101"), SendState::kSent, reason::kAccepted);
  EXPECT_THAT(value(table().list({.gaps_only = true}, 0, 10)), SizeIs(1));

  EXPECT_EQ(value(table().retry("0000", kNow)), std::nullopt);
  EXPECT_EQ(value(table().retry(id(planned("101")), kNow))->state, SendState::kSent);
  const auto again = value(table().retry(id(planned("165")), kNow));
  EXPECT_EQ(again->state, SendState::kPlanned);
  EXPECT_EQ(again->letter, std::nullopt);
  EXPECT_EQ(again->message_id, "m@d");
  EXPECT_THAT(value(table().list({.gaps_only = true}, 0, 10)), IsEmpty());
  EXPECT_THAT(lease("a"), SizeIs(1));
}

TEST_F(SendTableContract, AGapIsShownUntilANewerSendMeetsNone) {
  const PlannedSend first = planned("165", "REMINDER", "1");
  const PlannedSend second = planned("165", "REMINDER", "2");
  const auto gaps = [&] { return value(table().gaps("", 10)); };
  dispatch({first, second, planned("101")});
  lease("a");
  settle("a", first, SendState::kSent, reason::kAccepted, std::nullopt, gap::kNoPerson);
  settle("a", planned("101"), SendState::kFailed, reason::kNoAddress, std::nullopt,
         gap::kNoMailbox);
  ASSERT_THAT(gaps(), SizeIs(2));
  EXPECT_EQ(gaps()[1].gap, gap::kNoPerson);
  EXPECT_THAT(value(table().gaps(gaps()[0].planned.key.recipient, 10)), SizeIs(1));
  settle("a", second, SendState::kSent, reason::kAccepted);
  EXPECT_THAT(gaps(), SizeIs(1));
}

TEST_F(SendTableContract, AHeldSendIsTriedAtOnceOnDemand) {
  dispatch({planned("165")});
  lease("a");
  value(table().settle("a", {{.id = id(planned("165")),
                              .transition = {SendState::kDeferred, reason::kDigest, 0, "", kNow},
                              .held_until = kNow + absl::Hours(24)}}));
  EXPECT_THAT(lease("a"), IsEmpty());
  value(table().retry(id(planned("165")), kNow));
  EXPECT_THAT(lease("a"), SizeIs(1));
}

TEST_F(SendTableContract, ADeferredSendIsTriedAtOnceOnDemand) {
  dispatch({planned("165")});
  lease("a");
  settle("a", planned("165"), SendState::kDeferred, reason::kTryAgain, kMachine + absl::Hours(1));
  value(table().retry(id(planned("165")), kNow));
  EXPECT_THAT(lease("a"), SizeIs(1));
}

TEST_F(SendTableContract, ListsTheNewestFirstByEveryFilter) {
  PlannedSend answer = planned("101", "ANSWER_RECEIVED", "1");
  answer.key.subject = std::string(kRound) + "/answers/101";
  PlannedSend other = planned("157");
  other.key.subject = std::string(kRound) + "0";
  dispatch({planned("165"), answer, other});
  const auto codes = [&](const SendFilter& filter, std::int64_t before = 0) {
    std::vector<std::string> all;
    for (const Send& send : value(table().list(filter, before, 2)))
      all.push_back(send.planned.municipality);
    return all;
  };
  EXPECT_THAT(codes({}), ElementsAre("157", "101"));
  EXPECT_THAT(codes({}, 2), ElementsAre("165"));
  EXPECT_THAT(codes({.occasion = "ANSWER_RECEIVED"}), ElementsAre("101"));
  EXPECT_THAT(codes({.subject = kRound}), ElementsAre("101", "165"));
  EXPECT_THAT(codes({.municipality = "165"}), ElementsAre("165"));
  EXPECT_THAT(codes({.step = "1"}), ElementsAre("101"));
  EXPECT_THAT(codes({.channel = "EMAIL"}), IsEmpty());
  EXPECT_THAT(codes({.state = SendState::kSent}), IsEmpty());
}

TEST_F(SendTableContract, CountsARoundAndWhoWasRemindedHowOften) {
  const std::vector<PlannedSend> all = {planned("165", "INVITATION", ""), planned("165"),
                                        planned("165", "REMINDER", "2013-03-19-7"),
                                        planned("101", "INVITATION", "")};
  dispatch(all);
  lease("a");
  for (std::size_t i = 0; i < 3; ++i) settle("a", all[i], SendState::kSent, reason::kAccepted);
  settle("a", all[3], SendState::kFailed, reason::kNoAddress, std::nullopt, gap::kNoMailbox);
  const auto contacted = value(table().contacted(kRound));
  EXPECT_EQ(contacted.at("165").invited_at, kNow);
  EXPECT_EQ(contacted.at("165").reminders, 2);
  EXPECT_EQ(contacted.at("165").last_reminded_at, kNow);
  EXPECT_EQ(contacted.at("101").invited_at, std::nullopt);
  EXPECT_EQ(contacted.at("101").reminders, 0);
  EXPECT_THAT(value(table().count(kRound)), SizeIs(3));
  EXPECT_THAT(value(table().contacted("")), IsEmpty());
}

// Every byte of every file in the folder.
std::string bytes_in(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

TEST_F(SendTableContract, NothingOfAnErasedPersonStaysInAnyFile) {
  std::vector<PlannedSend> all;
  for (int code = 101; code < 400; ++code) all.push_back(planned(std::to_string(code)));
  dispatch(all);
  while (true) {
    const auto ids = lease("a");
    if (ids.empty()) break;
    for (const std::string& each : ids) {
      const bool hers = each < "8";
      Letter letter = letter_to(hers ? "persons/her" : "persons/him",
                                hers ? "tusnelda@a.example" : "bent@b.example");
      if (!hers) letter.name = letter.text = letter.html = letter.message = "Bent";
      if (each < "4") letter.message += std::string(20'000, 'x') + "Tusnelda";  // Several pages.
      value(table().write_letters("a", {{each, each + "@d", letter}}));
      value(table().settle("a", {{each,
                                  {SendState::kFailed, reason::kRefused, 550,
                                   "no such user " + letter.address, kNow}}}));
    }
  }
  ASSERT_THAT(bytes_in(folder_.path()), HasSubstr("tusnelda@a.example"));
  const auto erased = erase_person("persons/her");
  EXPECT_GT(erased.size(), 100U);
  EXPECT_LT(erased.size(), 200U);
  EXPECT_THAT(bytes_in(folder_.path()), Not(HasSubstr("usnelda")));
  EXPECT_THAT(bytes_in(folder_.path()), HasSubstr("bent@b.example"));
  const std::string& message_id = erased.front().message_id;
  EXPECT_EQ(value(table().find(message_id.substr(0, 32)))->letter, std::nullopt);
  EXPECT_THAT(erase_person("persons/her"), IsEmpty());
}

TEST_F(SendTableContract, WhoeverIsSendingToAnErasedPersonHasLostIt) {
  dispatch({planned("165")});
  lease("a");
  value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/her", "t@a.example")}}));
  erase_person("persons/her");
  EXPECT_EQ(settle("a", planned("165"), SendState::kSent, reason::kAccepted), 0U);
  EXPECT_THAT(lease("b"), SizeIs(1));
}

TEST_F(SendTableContract, ALetterToAPersonErasedMeanwhileIsNotKept) {
  dispatch({planned("165")});
  lease("a");
  erase_person("persons/her");
  const auto kept = value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/her", "tusnelda@a.example")}}));
  EXPECT_THAT(kept, IsEmpty());
  EXPECT_THAT(bytes_in(folder_.path()), Not(HasSubstr("usnelda")));
}

TEST_F(SendTableContract, LettersGoWhenTheirTimeIsUpAndTheSendStays) {
  dispatch({planned("165")});
  send_off(planned("165"), letter_to("persons/her", "tusnelda@a.example"));
  EXPECT_THAT(value(table().letters_ended(kNow, 10)), IsEmpty());
  const auto ended = value(table().letters_ended(kNow + absl::Seconds(1), 10));
  EXPECT_THAT(ended, SizeIs(1));
  value(table().erase(ended, /*thoroughly=*/false));
  EXPECT_THAT(value(table().letters_ended(kNow + absl::Seconds(1), 10)), IsEmpty());
  EXPECT_THAT(bytes_in(folder_.path()), Not(HasSubstr("usnelda")));
  EXPECT_EQ(found(planned("165")).state, SendState::kSent);
  EXPECT_EQ(value(table().dispatch({{{"g", 2, {}}, {planned("165")}, {}}}, kNow)), 0U);
}

TEST_F(SendTableContract, ACopyHoldsWhatTheTableHolds) {
  dispatch({planned("165")});
  send_off(planned("165"), letter_to("persons/her", "t@a.example"));
  const std::string copy = folder_.path("copy.db");
  EXPECT_EQ(table().copy_to(copy), std::nullopt);
  auto opened = SqliteSendTable::open({.path = copy, .log = "notification/hovedstaden"});
  auto& table = *std::get<std::unique_ptr<SqliteSendTable>>(opened);
  EXPECT_EQ(value(table.find(id(planned("165"))))->letter, letter_to("persons/her", "t@a.example"));
}

TEST_F(SendTableContract, AFileOfAnotherSiteIsNotOpened) {
  table_.reset();
  const auto refusal = [&](SqliteSendTableOptions options) {
    const auto opened = SqliteSendTable::open(std::move(options));
    const auto* error = std::get_if<platform::SqliteError>(&opened);
    return error == nullptr ? "opened" : error->sentence;
  };
  EXPECT_THAT(refusal({.path = path(), .log = "notification/sjaelland"}), HasSubstr("another"));
  EXPECT_THAT(refusal({.path = path(), .log = "notification/hovedstaden", .demo = true}),
              HasSubstr("another"));
}

}  // namespace
}  // namespace kkr::notification
