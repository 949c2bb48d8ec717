#include "services/platform/grpc/answer_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>

namespace kkr::platform {
namespace {

TEST(AnswerPool, RefusesWhatCannotWait) {
  std::promise<void> release;
  std::promise<void> begun;
  AnswerPool pool(/*threads=*/1, /*waiting_max=*/2);
  ASSERT_TRUE(pool.submit([&] {
    begun.set_value();
    release.get_future().wait();
  }));
  begun.get_future().wait();
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_FALSE(pool.submit([] {}));
  release.set_value();
}

TEST(AnswerPool, DoesWhatItAcceptedBeforeItEnds) {
  std::atomic<int> done = 0;
  {
    AnswerPool pool(/*threads=*/4, /*waiting_max=*/1000);
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(pool.submit([&done] { ++done; }));
  }
  EXPECT_EQ(done, 1000);
}

TEST(AnswerPool, RunsWorkSideBySide) {
  AnswerPool pool(/*threads=*/2, /*waiting_max=*/2);
  std::promise<void> first, second;
  ASSERT_TRUE(pool.submit([&] {
    first.set_value();
    second.get_future().wait();
  }));
  first.get_future().wait();
  std::promise<void> done;
  ASSERT_TRUE(pool.submit([&] {
    second.set_value();
    done.set_value();
  }));
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
}

}  // namespace
}  // namespace kkr::platform
