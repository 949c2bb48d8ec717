#include "services/consultation/domain/extension_commands.h"

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.
using Ask = v1::AskExtensionRequest;
using Grant = v1::GrantExtensionRequest;
using Refuse = v1::RefuseExtensionRequest;
using Withdraw = v1::WithdrawExtensionRequest;

const std::string kYesterday = "2013-02-05";
const std::string kDeadline = "2013-03-19";
const std::string kLater = "2013-04-02";

Grant stale(Grant command) {
  command.set_etag("0-stale");
  return command;
}

// Top to bottom, each command repairs one fault of the row above: the order is tested too.
TEST(GrantExtension, NamesTheFirstRuleThatIsBroken) {
  const struct {
    Story given;
    Grant when;
    Rejection then;
  } rows[] = {
      {Story{}, stale(extend<Grant>("999", "", "")), Rejection::kRoundUnknown},
      {drafted(), stale(extend<Grant>("999", "", "")), Rejection::kEtagStale},
      {drafted(), extend<Grant>("999", "", ""), Rejection::kRoundNotOpen},
      {opened(), extend<Grant>("999", "", ""), Rejection::kMunicipalityNotInvited},
      {opened(), extend<Grant>("165", "", ""), Rejection::kReasonMissing},
      {opened(), extend<Grant>("165", "19/3", "udvalg"), Rejection::kArgumentInvalid},
      {opened(), extend<Grant>("165", kYesterday, "udvalg"), Rejection::kDeadlineNotInFuture},
      {opened(), extend<Grant>("165", kDeadline, "udvalg"), Rejection::kDeadlineNotLater},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(GrantExtension, MovesTheDeadlineOfOneMunicipalityOnly) {
  Story story = opened();
  const Decision decision = story.when(extend<Grant>("165", kLater, "Udvalget mødes 27. marts"));
  ASSERT_EQ(effects_of(decision).facts.size(), 1U);
  EXPECT_EQ(effects_of(decision).facts[0].stream, "round-hoering");
  EXPECT_EQ(platform::format_date(deadline_of(story.round(), MunicipalityCode{"165"})), kLater);
  EXPECT_EQ(platform::format_date(deadline_of(story.round(), MunicipalityCode{"101"})), kDeadline);
  const v1::Extension& shown = story.extension("165").content;
  EXPECT_EQ(shown.name(), extension_name("165"));
  EXPECT_EQ(shown.state(), v1::Extension::STATE_GRANTED);
  EXPECT_EQ(shown.deadline_date(), kLater);
  EXPECT_EQ(shown.decided_by(), "secretariat");
  EXPECT_EQ(story.extension("165").etag, "3-11112222");
}

TEST(GrantExtension, KeepsTheReasonOutOfTheLog) {
  Story story = opened();
  story.when(extend<Grant>("165", kLater, "Inger Nielsen er syg"));
  for (const auto& event : story.log) {
    EXPECT_EQ(event.payload.find("Inger"), std::string::npos);
  }
  const std::string key = story.extension("165").decided_reason_key;
  EXPECT_EQ(key, "extension/hoering/165/reason/id3");
  EXPECT_EQ(story.documents.at(key), "Inger Nielsen er syg");
}

TEST(GrantExtension, IsPossibleAfterTheDeadline) {
  Story story = opened();
  story.now = noon("2013-03-25");
  story.when(extend<Grant>("165", kLater, "for sent"));
  EXPECT_EQ(story.extension("165").content.state(), v1::Extension::STATE_GRANTED);
}

TEST(GrantExtension, OnTheDayItselfIsStillInTheFuture) {
  Story story = opened();
  story.now = platform::end_of(*platform::parse_date(kLater)) - absl::Seconds(1);
  EXPECT_EQ(effects_of(story.when(extend<Grant>("165", kLater, "i dag"))).facts.size(), 1U);
  Story late = opened();
  late.now = platform::end_of(*platform::parse_date(kLater));
  EXPECT_EQ(refused(late.when(extend<Grant>("165", kLater, "i dag"))),
            Rejection::kDeadlineNotInFuture);
}

TEST(GrantExtension, AgainMustBeLaterThanTheExtensionThatHolds) {
  Story story = opened();
  story.when(extend<Grant>("165", kLater, "en gang"));
  const Decision again = story.when(extend<Grant>("165", kLater, "to gange"));
  EXPECT_EQ(refused(again), Rejection::kDeadlineNotLater);
  EXPECT_EQ(refusal_of(again).details.at("present"), kLater);
}

TEST(AskExtension, NamesTheFirstRuleThatIsBroken) {
  const struct {
    Story given;
    Ask when;
    Rejection then;
  } rows[] = {
      {drafted(), extend<Ask>("999", kYesterday, ""), Rejection::kRoundNotOpen},
      {opened(), extend<Ask>("999", kYesterday, ""), Rejection::kMunicipalityNotInvited},
      {opened(), extend<Ask>("165", kYesterday, ""), Rejection::kReasonMissing},
      {opened(), extend<Ask>("165", kYesterday, std::string(501, 'x')),
       Rejection::kArgumentInvalid},
      {opened(), extend<Ask>("165", kYesterday, "møde"), Rejection::kDeadlineNotInFuture},
      {opened(), extend<Ask>("165", kDeadline, "møde"), Rejection::kDeadlineNotLater},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(AskExtension, ChangesNoDeadlineUntilItIsGranted) {
  Story story = opened();
  story.actor = "municipalities/165";
  story.when(extend<Ask>("165", kLater, "Byrådet mødes sent"));
  EXPECT_EQ(story.extension("165").content.state(), v1::Extension::STATE_ASKED);
  EXPECT_EQ(story.extension("165").content.asked_by(), "municipalities/165");
  EXPECT_EQ(story.extension("165").content.asked_date(), kLater);
  EXPECT_EQ(platform::format_date(deadline_of(story.round(), MunicipalityCode{"165"})), kDeadline);
  story.actor = "secretariat";
  story.when(extend<Grant>("165", kLater, "Ja"));
  EXPECT_EQ(story.extension("165").content.asked_by(), "municipalities/165");
  EXPECT_EQ(story.extension("165").content.decided_by(), "secretariat");
}

TEST(RefuseExtension, NamesTheFirstRuleThatIsBroken) {
  Story asked = opened();
  asked.when(extend<Ask>("165", kLater, "møde"));
  const struct {
    Story given;
    Refuse when;
    Rejection then;
  } rows[] = {
      {Story{}, because<Refuse>(extension_name("999"), ""), Rejection::kRoundUnknown},
      {closed(), because<Refuse>(extension_name("999"), ""), Rejection::kRoundNotOpen},
      {opened(), because<Refuse>(extension_name("999"), ""), Rejection::kMunicipalityNotInvited},
      {opened(), because<Refuse>(extension_name("165"), ""), Rejection::kExtensionNotAsked},
      {asked, because<Refuse>(extension_name("165"), ""), Rejection::kReasonMissing},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(RefuseExtension, LeavesAnEarlierGrantInForce) {
  Story story = opened();
  story.when(extend<Grant>("165", kLater, "ja"));
  story.when(extend<Ask>("165", "2013-04-09", "endnu mere"));
  story.when(because<Refuse>(extension_name("165"), "nej"));
  EXPECT_EQ(story.extension("165").content.state(), v1::Extension::STATE_REFUSED);
  EXPECT_EQ(platform::format_date(deadline_of(story.round(), MunicipalityCode{"165"})), kLater);
}

TEST(WithdrawExtension, NamesTheFirstRuleThatIsBroken) {
  Story granted = opened();
  granted.when(extend<Grant>("165", kLater, "ja"));
  const struct {
    Story given;
    Withdraw when;
    Rejection then;
  } rows[] = {
      {Story{}, because<Withdraw>(extension_name("999"), ""), Rejection::kRoundUnknown},
      {closed(), because<Withdraw>(extension_name("999"), ""), Rejection::kRoundNotOpen},
      {opened(), because<Withdraw>(extension_name("999"), ""), Rejection::kMunicipalityNotInvited},
      {opened(), because<Withdraw>(extension_name("165"), ""), Rejection::kNoExtension},
      {granted, because<Withdraw>(extension_name("165"), ""), Rejection::kReasonMissing},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(refused(decide(row.given.state, row.when, row.given.context())), row.then)
        << row.when.ShortDebugString();
  }
}

TEST(WithdrawExtension, BringsTheDeadlineOfTheRoundBack) {
  Story story = opened();
  story.when(extend<Grant>("165", kLater, "ja"));
  story.when(because<Withdraw>(extension_name("165"), "ikke nødvendig"));
  EXPECT_EQ(story.extension("165").content.state(), v1::Extension::STATE_WITHDRAWN);
  EXPECT_EQ(story.extension("165").content.deadline_date(), "");
  EXPECT_EQ(platform::format_date(deadline_of(story.round(), MunicipalityCode{"165"})), kDeadline);
  EXPECT_EQ(refused(story.when(because<Withdraw>(extension_name("165"), "igen"))),
            Rejection::kNoExtension);
}

TEST(EraseExtensionReasons, NamesTheFirstRuleThatIsBroken) {
  const auto erase = on<v1::EraseExtensionReasonsRequest>(extension_name("165"));
  EXPECT_EQ(refused(Story{}.when(erase)), Rejection::kRoundUnknown);
  EXPECT_EQ(refused(opened().when(erase)), Rejection::kNoExtension);
}

TEST(EraseExtensionReasons, LeavesWhatHappenedAndNoReason) {
  Story story = opened();
  story.when(extend<Ask>("165", kLater, "Inger er syg"));
  story.when(extend<Ask>("165", kLater, "Inger er stadig syg"));
  story.when(extend<Grant>("165", kLater, "God bedring til Inger"));
  story.when(on<v1::CloseRoundRequest>(kRoundName));
  ASSERT_EQ(story.documents.size(), 3U);
  const auto erase = on<v1::EraseExtensionReasonsRequest>(extension_name("165"));
  EXPECT_EQ(effects_of(story.when(erase)).facts.at(0).stream, "round-hoering");
  EXPECT_TRUE(story.documents.empty());
  EXPECT_EQ(story.extension("165").content.state(), v1::Extension::STATE_GRANTED);
  EXPECT_EQ(story.extension("165").content.deadline_date(), kLater);
  EXPECT_TRUE(effects_of(story.when(erase)).facts.empty());
}

}  // namespace
}  // namespace kkr::consultation
