#include "services/platform/lease/placement.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace kkr::platform {
namespace {

using namespace std::chrono_literals;

Replica replica(const std::string& name, std::vector<std::string> refuses = {}) {
  return {"instance-of-" + name, name, name + ":1", std::move(refuses)};
}

std::map<std::string, std::string> placed(const std::vector<Replica>& replicas, int regions) {
  std::map<std::string, std::string> placed;
  for (int i = 0; i < regions; ++i) {
    const std::string region = "region-" + std::to_string(i);
    placed[region] = best_placed(replicas, region)->name;
  }
  return placed;
}

TEST(BestPlaced, SpreadsLogsOverTheReplicas) {
  std::map<std::string, int> counts;
  for (const auto& [region, name] : placed({replica("a"), replica("b"), replica("c")}, 300)) {
    ++counts[name];
  }
  for (const char* name : {"a", "b", "c"}) EXPECT_GT(counts[name], 70) << name;
}

TEST(BestPlaced, MovesOnlyWhatALeavingReplicaLed) {
  const auto before = placed({replica("a"), replica("b"), replica("c")}, 100);
  const auto after = placed({replica("c"), replica("a")}, 100);
  for (const auto& [region, name] : before) {
    EXPECT_EQ(after.at(region) == name, name != "b") << region;
  }
}

TEST(BestPlaced, IsTheSameAfterARestartUnderTheSameName) {
  Replica restarted = replica("b");
  restarted.instance = "another";
  restarted.address = "elsewhere:2";
  EXPECT_EQ(placed({replica("a"), replica("b")}, 50), placed({restarted, replica("a")}, 50));
}

TEST(BestPlaced, PassesOverThoseThatRefuse) {
  const std::vector<Replica> replicas = {replica("a", {"*"}), replica("b", {"fyn", "danmark"})};
  EXPECT_EQ(best_placed(replicas, "fyn"), nullptr);
  EXPECT_EQ(best_placed(replicas, "hovedstaden")->name, "b");
}

// A region whose best placed replica is the one named.
std::string region_best_at(const std::string& name, const std::vector<Replica>& living) {
  for (int i = 0;; ++i) {
    const std::string region = "region-" + std::to_string(i);
    if (best_placed(living, region)->name == name) return region;
  }
}

TEST(MoveOf, IsTheOneThatFitsTheHolderAndThePlacement) {
  const std::vector<Replica> both = {replica("a"), replica("b")};
  const std::string for_a = region_best_at("a", both);
  const std::string for_b = region_best_at("b", both);
  const std::vector<Replica> a_leaves = {replica("a", {"*"}), replica("b")};
  const std::vector<Replica> nobody_reads_it = {replica("a", {for_a}), replica("b", {for_a})};
  const auto held = [](const std::string& region, const std::string& name) {
    return LeaseRow{region, 7, name.empty() ? "" : "instance-of-" + name};
  };
  constexpr Observed kNew{0ms, 0ms};
  constexpr Observed kProven{0ms, 3s};
  constexpr Observed kHeadless{700ms, 0ms};
  const struct {
    LeaseRow lease;
    std::vector<Replica> living;
    Observed observed;
    LeaseMove then;
    const char* why;
  } rows[] = {
      {held(for_a, "a"), both, kNew, LeaseMove::kLead, "a's own"},
      {held(for_b, "a"), both, kNew, LeaseMove::kLead, "b may crash again"},
      {held(for_b, "a"), both, kProven, LeaseMove::kHandOver, "b is better placed"},
      {held(for_a, "a"), a_leaves, kNew, LeaseMove::kHandOver, "a ends, b or not proven"},
      {held(for_a, "a"), nobody_reads_it, kProven, LeaseMove::kLead, "to whom?"},
      {held(for_a, "a"), {replica("b")}, kProven, LeaseMove::kFollow, "a itself is not alive"},
      {held(for_a, "b"), both, kHeadless, LeaseMove::kFollow, "b lives, and will hand it over"},
      {held(for_a, ""), both, kNew, LeaseMove::kTake, "free"},
      {held(for_a, "c"), both, kNew, LeaseMove::kTake, "c is dead"},
      {held(for_b, "c"), both, kNew, LeaseMove::kFollow, "b's turn"},
      {held(for_b, "c"), both, kHeadless, LeaseMove::kTake, "b had its turn"},
      {held(for_a, "c"), a_leaves, kHeadless, LeaseMove::kFollow, "a takes nothing any more"},
      {held(for_a, ""), nobody_reads_it, kHeadless, LeaseMove::kFollow, "a cannot read it"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(move_of(row.lease, row.living, "instance-of-a", row.observed, {}), row.then)
        << row.why;
  }
}

}  // namespace
}  // namespace kkr::platform
