#include "tests/contract/lease_table_contract.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace kkr::platform {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::Optional;

Replica LeaseTableContract::replica(std::size_t which) {
  const std::string digit = std::to_string(which);
  return {"6f9619ff-8b86-4d11-b42d-00c04fc964f" + digit, "replica-" + digit, "127.0.0.1:" + digit};
}

LeaseView LeaseTableContract::renew(std::size_t which) {
  const auto view = table(which).renew(replica(which), kTimeToLive);
  EXPECT_TRUE(view.has_value());
  return view.value_or(LeaseView{});
}

std::optional<std::uint64_t> LeaseTableContract::take(std::size_t which, const std::string& region,
                                                      std::uint64_t seen) {
  return table(which).take(replica(which), region, seen);
}

LeaseRow LeaseTableContract::row(std::size_t which, const std::string& region) {
  for (const LeaseRow& lease : renew(which).leases) {
    if (lease.region == region) return lease;
  }
  return {region, 0, {}};
}

TEST_P(LeaseTableContract, GivesAFreeLogToWhoAsksAndTellsEverybody) {
  renew(kA);
  EXPECT_THAT(take(kA, "fyn", 0), Optional(1));
  EXPECT_EQ(row(kB, "fyn"), (LeaseRow{"fyn", 1, replica(kA).instance}));
  EXPECT_THAT(renew(kB).replicas, ElementsAre(replica(kA), replica(kB)));
}

TEST_P(LeaseTableContract, TellsWhatEachReadsAndWhatMayBeWritten) {
  Replica later = replica(kB);
  later.version_read = 3;
  EXPECT_EQ(renew(kA).wanted_version, 1u);
  ASSERT_TRUE(table(kB).renew(later, kTimeToLive).has_value());
  EXPECT_THAT(renew(kA).replicas, ElementsAre(replica(kA), later));
  want_write_version(2);
  EXPECT_EQ(renew(kA).wanted_version, 2u);
}

TEST_P(LeaseTableContract, TakesNothingFromAHolderThatLives) {
  renew(kA);
  renew(kB);
  ASSERT_THAT(take(kA, "fyn", 0), Optional(1));
  for (int i = 0; i < 4; ++i) {
    pass(kTimeToLive / 2);
    renew(kA);
    renew(kB);
    EXPECT_EQ(take(kB, "fyn", 1), std::nullopt);
  }
}

TEST_P(LeaseTableContract, TakesOverFromAHolderThatHasNotRenewed) {
  renew(kA);
  ASSERT_THAT(take(kA, "fyn", 0), Optional(1));
  ASSERT_THAT(take(kA, "danmark", 0), Optional(1));
  pass(kTimeToLive + 50ms);
  EXPECT_THAT(renew(kB).replicas, ElementsAre(replica(kB)));
  EXPECT_THAT(take(kB, "fyn", 1), Optional(2));
  // The one left over is still its own when it wakes up; the other is not.
  renew(kA);
  EXPECT_EQ(take(kB, "danmark", 1), std::nullopt);
  EXPECT_EQ(row(kA, "fyn"), (LeaseRow{"fyn", 2, replica(kB).instance}));
  EXPECT_FALSE(table(kA).hand_over(replica(kA), "fyn", 1, replica(kC).instance));
}

TEST_P(LeaseTableContract, TakesNothingOnWhatIsNoLongerSo) {
  renew(kA);
  renew(kB);
  EXPECT_EQ(take(kB, "fyn", 1), std::nullopt) << "there is no such epoch yet";
  ASSERT_THAT(take(kA, "fyn", 0), Optional(1));
  ASSERT_TRUE(table(kA).hand_over(replica(kA), "fyn", 1, ""));
  EXPECT_EQ(take(kB, "fyn", 0), std::nullopt);
  EXPECT_EQ(take(kB, "fyn", 1), std::nullopt);
  EXPECT_THAT(take(kB, "fyn", 2), Optional(3));
}

TEST_P(LeaseTableContract, HandsOverOnceAndOnlyByTheHolder) {
  renew(kA);
  renew(kB);
  ASSERT_THAT(take(kA, "fyn", 0), Optional(1));
  EXPECT_FALSE(table(kB).hand_over(replica(kB), "fyn", 1, replica(kB).instance));
  EXPECT_TRUE(table(kA).hand_over(replica(kA), "fyn", 1, replica(kB).instance));
  EXPECT_EQ(row(kC, "fyn"), (LeaseRow{"fyn", 2, replica(kB).instance}));
  EXPECT_FALSE(table(kA).hand_over(replica(kA), "fyn", 1, replica(kC).instance));
  EXPECT_FALSE(table(kA).hand_over(replica(kA), "fyn", 2, replica(kC).instance));
}

TEST_P(LeaseTableContract, LetsGoOfEverythingAReplicaHasWhenItLeaves) {
  renew(kA);
  renew(kB);
  ASSERT_THAT(take(kA, "fyn", 0), Optional(1));
  ASSERT_THAT(take(kB, "danmark", 0), Optional(1));
  table(kA).leave(replica(kA));
  EXPECT_THAT(renew(kB).replicas, ElementsAre(replica(kB)));
  const LeaseRow freed = row(kB, "fyn");
  EXPECT_EQ(freed.holder, "");
  EXPECT_GT(freed.epoch, 1u) << "what it has under way must not be committed";
  EXPECT_EQ(row(kB, "danmark").epoch, 1u);
  EXPECT_THAT(take(kB, "fyn", freed.epoch), Optional(freed.epoch + 1));
}

TEST_P(LeaseTableContract, CarriesWhatAReplicaRefuses) {
  Replica picky = replica(kA);
  picky.refuses = {"fyn", "a \"quoted\", {odd} \\ region"};
  ASSERT_TRUE(table(kA).renew(picky, kTimeToLive).has_value());
  EXPECT_THAT(renew(kB).replicas, Contains(picky));
  renew(kA);
  EXPECT_THAT(renew(kB).replicas, Not(Contains(picky)));
}

TEST_P(LeaseTableContract, GivesALogToOneOfManyThatAskAtOnce) {
  for (std::size_t which : {kA, kB, kC}) renew(which);
  for (int round = 0; round < 20; ++round) {
    const std::string region = "region-" + std::to_string(round);
    std::atomic<int> won = 0;
    {
      std::vector<std::jthread> threads;
      for (std::size_t which : {kA, kB, kC}) {
        threads.emplace_back([&, which] { won += take(which, region, 0).has_value(); });
      }
    }
    EXPECT_EQ(won, 1) << region;
  }
}

TEST_P(LeaseTableContract, WakesWhoWaitsForNews) {
  for (std::size_t which : {kA, kB}) renew(which);
  table(kB).wait(1ms);  // What has been until now.
  auto waiting = std::async(std::launch::async, [this] { return table(kB).wait(20s); });
  ASSERT_TRUE(take(kA, "fyn", 0).has_value());
  EXPECT_TRUE(waiting.get().leases_changed);
  EXPECT_FALSE(table(kB).wait(1ms).leases_changed) << "told once";
  table(kB).interrupt();
  const auto begin = std::chrono::steady_clock::now();
  table(kB).wait(20s);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

}  // namespace kkr::platform
