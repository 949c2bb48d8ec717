#include "services/notification/sending/send_table_contract.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace kkr::notification {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kRound[] = "regions/hovedstaden/rounds/r1";

}  // namespace

std::string bytes_in(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

PlannedSend planned(const std::string& code, const std::string& occasion, const std::string& step) {
  return {{occasion, kRound, "municipalities/" + code + "/offices/sundhedsdirektoer", step},
          code,
          kRound,
          kSiteNow,
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

namespace {

TEST_P(SendTableContract, AFactThatComesAgainMakesNothingNew) {
  const Dispatch fact{{"g", 7, {}}, {planned("165"), planned("101")}, {}};
  EXPECT_EQ(value(table().dispatch({fact}, kSiteNow)), 2U);
  EXPECT_EQ(value(table().dispatch({fact}, kSiteNow)), 0U);
  reopen();
  EXPECT_EQ(value(table().dispatch({fact}, kSiteNow)), 0U);
  EXPECT_EQ(value(table().dispatched_to()), (DispatchedTo{"g", 7, {}}));
  EXPECT_THAT(value(table().list({}, 0, 10)), SizeIs(2));
}

TEST_P(SendTableContract, WhatThePlanDroppedIsKeptWithItsRuleAndNeverLeased) {
  PlannedSend dropped = planned("165");
  dropped.dropped_by = "SUPERSEDED";
  dispatch({dropped});
  EXPECT_THAT(lease("a"), IsEmpty());
  EXPECT_FALSE(value(table().has_untried(kSiteNow)));
  EXPECT_THAT(states_of(dropped), ElementsAre("DROPPED SUPERSEDED"));
}

TEST_P(SendTableContract, ASendIsOneHoldersAtATime) {
  dispatch({planned("165")});
  EXPECT_THAT(lease("a"), ElementsAre(id(planned("165"))));
  EXPECT_THAT(lease("b"), IsEmpty());
  EXPECT_EQ(settle("b", planned("165"), SendState::kSent, reason::kAccepted), 0U);
  EXPECT_EQ(settle("a", planned("165"), SendState::kSent, reason::kAccepted), 1U);
  EXPECT_THAT(lease("a"), IsEmpty());
  EXPECT_THAT(states_of(planned("165")),
              ElementsAre("PLANNED DUE", "SENDING LEASED", "SENT ACCEPTED"));
}

TEST_P(SendTableContract, ALeaseThatRanOutIsTakenOverAndTheFirstHolderHasLostIt) {
  dispatch({planned("165")});
  lease("a");
  EXPECT_THAT(lease("b", kMachineNow + absl::Minutes(5) - absl::Microseconds(1)), IsEmpty());
  EXPECT_THAT(lease("b", kMachineNow + absl::Minutes(5)), SizeIs(1));
  EXPECT_EQ(settle("a", planned("165"), SendState::kSent, reason::kAccepted), 0U);
  EXPECT_THAT(value(table().write_letters(
                  "a", {{id(planned("165")), "m", letter_to("persons/p", "t@a.example")}})),
              IsEmpty());
  EXPECT_EQ(states_of(planned("165")).back(), "SENDING LEASE_EXPIRED");
}

TEST_P(SendTableContract, AfterAKilledProcessItsLeasesEndAtOnce) {
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

TEST_P(SendTableContract, ADeferredSendWaitsForItsTimeByTheMachine) {
  dispatch({planned("165")});
  lease("a");
  settle("a", planned("165"), SendState::kDeferred, reason::kTryAgain,
         kMachineNow + absl::Hours(1));
  EXPECT_EQ(value(table().next_wakes()).machine, kMachineNow + absl::Hours(1));
  EXPECT_THAT(lease("a", kMachineNow + absl::Minutes(59), kSiteNow + absl::Hours(100)), IsEmpty());
  EXPECT_THAT(lease("a", kMachineNow + absl::Minutes(60)), SizeIs(1));
}

TEST_P(SendTableContract, AHeldSendWaitsForItsTimeByTheSite) {
  dispatch({planned("165")});
  lease("a");
  value(
      table().settle("a", {{.id = id(planned("165")),
                            .transition = {SendState::kDeferred, reason::kDigest, 0, "", kSiteNow},
                            .held_until = kSiteNow + absl::Hours(24),
                            .tried = false}}));
  EXPECT_FALSE(value(table().has_untried(kSiteNow + absl::Hours(23))));
  EXPECT_TRUE(value(table().has_untried(kSiteNow + absl::Hours(24))));
  EXPECT_EQ(value(table().next_wakes()).site, kSiteNow + absl::Hours(24));
  EXPECT_THAT(lease("a", kMachineNow + absl::Hours(100), kSiteNow + absl::Hours(23)), IsEmpty());
  EXPECT_THAT(lease("a", kMachineNow, kSiteNow + absl::Hours(24)), SizeIs(1));
  EXPECT_EQ(value(table().next_wakes()).site, std::nullopt);
}

TEST_P(SendTableContract, TellsSinceWhenTheOldestSendHasBeenWaiting) {
  const auto oldest = [&](absl::Duration later) {
    return value(table().oldest_unsent(kSiteNow + later));
  };
  dispatch({planned("165")});
  EXPECT_EQ(oldest(-absl::Seconds(1)), std::nullopt);
  lease("a");
  EXPECT_EQ(oldest(absl::Hours(1)), kSiteNow) << "it is on its way, not gone";
  value(
      table().settle("a", {{.id = id(planned("165")),
                            .transition = {SendState::kDeferred, reason::kDigest, 0, "", kSiteNow},
                            .held_until = kSiteNow + absl::Hours(24)}}));
  EXPECT_EQ(oldest(absl::Hours(23)), std::nullopt);
  EXPECT_EQ(oldest(absl::Hours(25)), kSiteNow + absl::Hours(24));
}

TEST_P(SendTableContract, IsUntriedUntilTheFirstWorkOnItEnds) {
  dispatch({planned("165")});
  EXPECT_TRUE(value(table().has_untried(kSiteNow)));
  EXPECT_FALSE(value(table().has_untried(kSiteNow - absl::Seconds(1))));
  lease("a");
  EXPECT_TRUE(value(table().has_untried(kSiteNow)));
  settle("a", planned("165"), SendState::kDeferred, reason::kTryAgain, kMachineNow);
  EXPECT_FALSE(value(table().has_untried(kSiteNow)));
}

TEST_P(SendTableContract, AFailedSendIsTriedAgainOnDemandWithAnewLookUp) {
  dispatch({planned("165"), planned("101")});
  lease("a");
  value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/p", "wrong@a.example")}}));
  settle("a", planned("165"), SendState::kFailed, reason::kRefused, std::nullopt, gap::kRefused);
  settle("a", planned("101"), SendState::kSent, reason::kAccepted);
  EXPECT_THAT(value(table().list({.gaps_only = true}, 0, 10)), SizeIs(1));

  EXPECT_EQ(value(table().retry("0000", kSiteNow)), std::nullopt);
  EXPECT_EQ(value(table().retry(id(planned("101")), kSiteNow))->state, SendState::kSent);
  const auto again = value(table().retry(id(planned("165")), kSiteNow));
  EXPECT_EQ(again->state, SendState::kPlanned);
  EXPECT_EQ(again->letter, std::nullopt);
  EXPECT_EQ(again->message_id, "m@d");
  EXPECT_THAT(value(table().list({.gaps_only = true}, 0, 10)), IsEmpty());
  EXPECT_THAT(lease("a"), SizeIs(1));
}

TEST_P(SendTableContract, AGapIsShownUntilANewerSendMeetsNone) {
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

TEST_P(SendTableContract, AHeldSendIsTriedAtOnceOnDemand) {
  dispatch({planned("165")});
  lease("a");
  value(
      table().settle("a", {{.id = id(planned("165")),
                            .transition = {SendState::kDeferred, reason::kDigest, 0, "", kSiteNow},
                            .held_until = kSiteNow + absl::Hours(24)}}));
  EXPECT_THAT(lease("a"), IsEmpty());
  value(table().retry(id(planned("165")), kSiteNow));
  EXPECT_THAT(lease("a"), SizeIs(1));
}

TEST_P(SendTableContract, ADeferredSendIsTriedAtOnceOnDemand) {
  dispatch({planned("165")});
  lease("a");
  settle("a", planned("165"), SendState::kDeferred, reason::kTryAgain,
         kMachineNow + absl::Hours(1));
  value(table().retry(id(planned("165")), kSiteNow));
  EXPECT_THAT(lease("a"), SizeIs(1));
}

TEST_P(SendTableContract, ListsTheNewestFirstByEveryFilter) {
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

TEST_P(SendTableContract, CountsARoundAndWhoWasRemindedHowOften) {
  const std::vector<PlannedSend> all = {planned("165", "INVITATION", ""), planned("165"),
                                        planned("165", "REMINDER", "2013-03-19-7"),
                                        planned("101", "INVITATION", "")};
  dispatch(all);
  lease("a");
  for (std::size_t i = 0; i < 3; ++i) settle("a", all[i], SendState::kSent, reason::kAccepted);
  settle("a", all[3], SendState::kFailed, reason::kNoAddress, std::nullopt, gap::kNoMailbox);
  const auto contacted = value(table().contacted(kRound));
  EXPECT_EQ(contacted.at("165").invited_at, kSiteNow);
  EXPECT_EQ(contacted.at("165").reminders, 2);
  EXPECT_EQ(contacted.at("165").last_reminded_at, kSiteNow);
  EXPECT_EQ(contacted.at("101").invited_at, std::nullopt);
  EXPECT_EQ(contacted.at("101").reminders, 0);
  EXPECT_THAT(value(table().count(kRound)), SizeIs(3));
  EXPECT_THAT(value(table().contacted("")), IsEmpty());
}

TEST_P(SendTableContract, NothingOfAnErasedPersonStaysInAnyFile) {
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
                                   "no such user " + letter.address, kSiteNow}}}));
    }
  }
  ASSERT_THAT(bytes(), HasSubstr("tusnelda@a.example"));
  const auto erased = erase_person("persons/her");
  EXPECT_GT(erased.size(), 100U);
  EXPECT_LT(erased.size(), 200U);
  EXPECT_THAT(bytes(), Not(HasSubstr("usnelda")));
  EXPECT_THAT(bytes(), HasSubstr("bent@b.example"));
  const std::string& message_id = erased.front().message_id;
  EXPECT_EQ(value(table().find(message_id.substr(0, 32)))->letter, std::nullopt);
  EXPECT_THAT(erase_person("persons/her"), IsEmpty());
}

TEST_P(SendTableContract, WhoeverIsSendingToAnErasedPersonHasLostIt) {
  dispatch({planned("165")});
  lease("a");
  value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/her", "t@a.example")}}));
  erase_person("persons/her");
  EXPECT_EQ(settle("a", planned("165"), SendState::kSent, reason::kAccepted), 0U);
  EXPECT_THAT(lease("b"), SizeIs(1));
}

TEST_P(SendTableContract, ALetterToAPersonErasedMeanwhileIsNotKept) {
  dispatch({planned("165")});
  lease("a");
  erase_person("persons/her");
  const auto kept = value(table().write_letters(
      "a", {{id(planned("165")), "m@d", letter_to("persons/her", "tusnelda@a.example")}}));
  EXPECT_THAT(kept, IsEmpty());
  EXPECT_THAT(bytes(), Not(HasSubstr("usnelda")));
}

TEST_P(SendTableContract, LettersGoWhenTheirTimeIsUpAndTheSendStays) {
  dispatch({planned("165")});
  send_off(planned("165"), letter_to("persons/her", "tusnelda@a.example"));
  EXPECT_THAT(value(table().letters_ended(kSiteNow, 10)), IsEmpty());
  const auto ended = value(table().letters_ended(kSiteNow + absl::Seconds(1), 10));
  EXPECT_THAT(ended, SizeIs(1));
  value(table().erase(ended, /*thoroughly=*/false));
  EXPECT_THAT(value(table().letters_ended(kSiteNow + absl::Seconds(1), 10)), IsEmpty());
  if (zeroes_what_it_frees()) {
    EXPECT_THAT(bytes(), Not(HasSubstr("usnelda")));
  }
  EXPECT_EQ(found(planned("165")).state, SendState::kSent);
  EXPECT_EQ(found(planned("165")).letter, std::nullopt);
  EXPECT_EQ(value(table().dispatch({{{"g", 2, {}}, {planned("165")}, {}}}, kSiteNow)), 0U);
}

}  // namespace
}  // namespace kkr::notification
