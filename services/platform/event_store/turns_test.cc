#include "services/platform/event_store/turns.h"

#include <gtest/gtest.h>

#include <string>
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

// What three threads with idle work and two in a hurry do when the connection becomes free.
std::string order_of_one_round() {
  Turns turns;
  std::string order;
  std::vector<std::thread> threads;
  {
    const auto turn = turns.take();
    for (const char who : {'i', 'i', 'i', 'h', 'h'}) {
      threads.emplace_back([&, who] {
        const auto mine = who == 'i' ? turns.take_when_idle() : turns.take();
        order.push_back(who);
      });
    }
    while (turns.waiting() < 2) std::this_thread::yield();
  }
  for (auto& thread : threads) thread.join();
  return order;
}

TEST(Turns, LetsWhoeverIsInAHurryPassIdleWork) {
  for (int round = 0; round < 200; ++round) ASSERT_EQ(order_of_one_round(), "hhiii");
}

}  // namespace
}  // namespace kkr::platform
