#include "services/notification/sending/send.h"

#include <gtest/gtest.h>

#include <set>

namespace kkr::notification {
namespace {

const SendKey kKey{"REMINDER", "regions/hovedstaden/rounds/r1",
                   "municipalities/165/offices/sundhedsdirektoer", "2013-03-19-14"};

TEST(SendId, IsTheSameForeverBecauseRepeatsMustCarryIt) {
  EXPECT_EQ(id_of("hovedstaden", kKey), "130cd4cabab3d7182c5b8c65a0b6697d");
}

TEST(SendId, DiffersWithEveryPartOfTheKey) {
  std::set<std::string> ids{id_of("hovedstaden", kKey), id_of("sjaelland", kKey)};
  for (std::string SendKey::*part :
       {&SendKey::occasion, &SendKey::subject, &SendKey::recipient, &SendKey::step}) {
    SendKey other = kKey;
    other.*part += "1";
    ids.insert(id_of("hovedstaden", other));
  }
  SendKey shifted = kKey;  // The same characters, cut elsewhere.
  shifted.step = "m" + shifted.step;
  shifted.recipient.pop_back();
  ids.insert(id_of("hovedstaden", shifted));
  EXPECT_EQ(ids.size(), 7U);
}

TEST(MessageId, IsTheIdAtTheDomain) {
  EXPECT_EQ(message_id_of("00ff", "kkr.example"), "00ff@kkr.example");
}

TEST(SendStateNames, AreReadBack) {
  for (const auto state : {SendState::kPlanned, SendState::kSending, SendState::kSent,
                           SendState::kDeferred, SendState::kFailed, SendState::kDropped}) {
    EXPECT_EQ(parse_send_state(name_of(state)), state);
  }
  EXPECT_EQ(parse_send_state("GONE"), std::nullopt);
}

}  // namespace
}  // namespace kkr::notification
