#include "services/platform/state/persistent_map.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

using Map = PersistentMap<std::string, int>;
using Pairs = std::vector<std::pair<std::string, int>>;

Pairs contents(const Map& map) {
  Pairs pairs;
  map.for_each([&pairs](const std::string& key, int value) { pairs.emplace_back(key, value); });
  return pairs;
}

Pairs contents(const std::map<std::string, int>& map) { return {map.begin(), map.end()}; }

TEST(PersistentMap, ACopyKeepsWhatItHeld) {
  Map map;
  map.set("b", 2);
  map.set("a", 1);
  const Map copy = map;
  map.set("a", 10);
  map.erase("b");
  map.set("c", 3);
  EXPECT_THAT(contents(copy), ElementsAre(Pair("a", 1), Pair("b", 2)));
  EXPECT_THAT(contents(map), ElementsAre(Pair("a", 10), Pair("c", 3)));
}

TEST(PersistentMap, FindsNothingWhereNothingIs) {
  Map map;
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.find("a"), nullptr);
  map.erase("a");
  EXPECT_EQ(map.size(), 0u);
  map.set("a", 1);
  EXPECT_FALSE(map.contains("b"));
}

TEST(PersistentMap, AFoundValueOutlivesItsEntry) {
  Map map;
  map.set("a", 1);
  const auto value = map.find("a");
  map.erase("a");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(*value, 1);
}

TEST(PersistentMap, UpdateStartsAnAbsentKeyAtTheDefault) {
  Map map;
  map.update("a", [](int& value) { value += 5; });
  map.update("a", [](int& value) { value += 5; });
  EXPECT_THAT(contents(map), ElementsAre(Pair("a", 10)));
}

TEST(PersistentMap, VisitsFromAKeyOnUntilToldToStop) {
  Map map;
  for (int i = 0; i < 10; ++i) map.set(std::to_string(i), i);
  std::vector<int> seen;
  const std::string after = "3";
  map.visit_after(&after, [&seen](const std::string&, int value) {
    seen.push_back(value);
    return seen.size() < 3;
  });
  EXPECT_THAT(seen, ElementsAre(4, 5, 6));

  seen.clear();
  const std::string past_all = "99";
  map.visit_after(&past_all, [&seen](const std::string&, int value) {
    seen.push_back(value);
    return true;
  });
  EXPECT_THAT(seen, IsEmpty());
}

// A change: set (true) or erase.
using Change = std::tuple<bool, std::uint8_t, int>;

RC_GTEST_PROP(PersistentMap, AgreesWithTheStandardMap, (const std::vector<Change>& changes)) {
  Map map;
  std::map<std::string, int> model;
  std::vector<std::pair<Map, std::map<std::string, int>>> history;
  for (const auto& [is_set, number, value] : changes) {
    const std::string key = std::to_string(number % 32);
    if (is_set) {
      map.set(key, value);
      model[key] = value;
    } else {
      map.erase(key);
      model.erase(key);
    }
    history.emplace_back(map, model);
  }
  // Every earlier copy still holds what it held then.
  for (const auto& [then, model_then] : history) {
    RC_ASSERT(then.size() == model_then.size());
    RC_ASSERT(contents(then) == contents(model_then));
  }
  for (int number = 0; number < 32; ++number) {
    const std::string key = std::to_string(number);
    const auto found = map.find(key);
    RC_ASSERT((found != nullptr) == model.contains(key));
    if (found != nullptr) RC_ASSERT(*found == model.at(key));

    Pairs after;
    map.visit_after(&key, [&after](const std::string& k, int v) {
      after.emplace_back(k, v);
      return true;
    });
    RC_ASSERT(after == Pairs(model.upper_bound(key), model.end()));
  }
}

RC_GTEST_PROP(PersistentMap, HoldsManyKeysInAnyOrderOfInsertion, (std::vector<int> keys)) {
  PersistentMap<int, int> map;
  std::map<int, int> model;
  for (const int key : keys) {
    map.set(key, key);
    model[key] = key;
  }
  std::vector<int> visited;
  map.for_each([&visited](int key, int) { visited.push_back(key); });
  RC_ASSERT(visited.size() == model.size());
  RC_ASSERT(std::is_sorted(visited.begin(), visited.end()));
}

}  // namespace
}  // namespace kkr::platform
