#include "services/platform/event_store/turns.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace kkr::platform {
namespace {

TEST(Turns, LetsOneInAtATime) {
  Turns turns;
  int inside = 0, entered = 0;  // Unguarded on purpose: the thread sanitizer watches.
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, idle = i % 2 == 0] {
      for (int n = 0; n < 500; ++n) {
        const auto turn = idle ? turns.take_when_idle() : turns.take();
        EXPECT_EQ(++inside, 1);
        ++entered;
        --inside;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(entered, 2000);
}

TEST(Turns, LetsWhoeverIsInAHurryPassIdleWork) {
  Turns turns;
  std::vector<char> order;
  std::vector<std::thread> threads;
  std::atomic<int> begun = 0;
  {
    const auto turn = turns.take();
    for (const char who : {'i', 'h', 'h'}) {
      threads.emplace_back([&, who] {
        ++begun;
        const auto mine = who == 'i' ? turns.take_when_idle() : turns.take();
        order.push_back(who);
      });
    }
    while (begun < 3 || turns.waiting() < 2) std::this_thread::yield();
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::string(order.begin(), order.end()), "hhi");
}

}  // namespace
}  // namespace kkr::platform
