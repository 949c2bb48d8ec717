#include "tests/contract/mail_channel_contract.h"

#include <gmock/gmock.h>

#include <thread>

namespace kkr::platform {
namespace {

using Kind = MailOutcome::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAreArray;

constexpr char kMail[] = "Subject: Frist\r\n\r\nK=C3=A6re\r\n";

TEST_P(MailChannelContract, BringsTheBytesAsTheyAre) {
  const std::string mail = "Subject: x\r\n\r\n.\r\n..\r\n. dot\r\nFrom here\r\n\r\n\r\n" +
                           std::string(900, 'x') + "\r\n";
  EXPECT_EQ(send("a", mail).kind, Kind::kDelivered);
  EXPECT_THAT(post().arrived(), ElementsAre(mail));
}

TEST_P(MailChannelContract, TakesAMailLargerThanAnyBuffer) {
  std::string mail = "Subject: large\r\n\r\n";
  while (mail.size() < 3'000'000) mail += "Linje efter linje efter linje.\r\n";
  EXPECT_EQ(send("large", mail).kind, Kind::kDelivered);
  EXPECT_THAT(post().arrived(), ElementsAre(mail));
}

TEST_P(MailChannelContract, TakesMailsFromSeveralThreadsAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  std::vector<std::string> given;
  for (int i = 0; i < kThreads * kEach; ++i) {
    given.push_back("Subject: " + std::to_string(i) + "\r\n\r\nx\r\n");
  }
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = t * kEach; i < (t + 1) * kEach; ++i) {
        EXPECT_EQ(send(std::to_string(i), given[static_cast<std::size_t>(i)]).kind,
                  Kind::kDelivered);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(post().arrived(), UnorderedElementsAreArray(given));
}

TEST_P(MailChannelContract, SaysInOneLineWhyNothingIsTaken) {
  post().break_down();
  const MailOutcome outcome = send("a", kMail);
  EXPECT_EQ(outcome.kind, Kind::kTryAgain);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.text, Not(IsEmpty()));
  EXPECT_EQ(outcome.text.find_first_of("\r\n"), std::string::npos);
}

TEST_P(MailChannelContract, ForgetsWhatItHoldsOfOneMessageOnly) {
  send("a", kMail);
  send("b", "Subject: b\r\n\r\nb\r\n");
  const std::size_t before = post().arrived().size();
  EXPECT_TRUE(post().channel().forget("a@kkr.example"));
  EXPECT_TRUE(post().channel().forget("never sent@kkr.example"));
  // What has left the house is not held; what stands in the house is gone.
  const bool holds = post().channel().name() == "maildir";
  EXPECT_THAT(post().arrived(), SizeIs(holds ? before - 1 : before));
}

}  // namespace

MailOutcome MailChannelContract::send(const std::string& id, const std::string& mail) {
  return post_->channel().send(
      {"kkr@kkr.example", "soren@albertslund.example", id + "@kkr.example"}, mail);
}

}  // namespace kkr::platform
