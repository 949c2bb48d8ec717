#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "services/platform/threads/serial_task.h"
#include "services/platform/threads/worker_pool.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using waiting::comes_true;
using namespace std::chrono_literals;

TEST(WorkerPool, FinishesWhatWasPostedAndDropsWhatComesLater) {
  WorkerPool pool(2);
  std::atomic<int> done = 0;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(pool.post([&done] { ++done; }));
  pool.post_after(1h, [&done] { done += 1'000; });
  pool.stop();
  EXPECT_EQ(done, 100);
  EXPECT_FALSE(pool.post([&done] { ++done; }));
  pool.post_after(0s, [&done] { ++done; });
  EXPECT_EQ(done, 100);
}

TEST(WorkerPool, RunsADelayedJobNotBeforeItsTime) {
  WorkerPool pool(1);
  std::promise<std::chrono::steady_clock::time_point> ran;
  const auto posted = std::chrono::steady_clock::now();
  pool.post_after(20ms, [&ran] { ran.set_value(std::chrono::steady_clock::now()); });
  EXPECT_GE(ran.get_future().get() - posted, 20ms);
}

// A job that follows another finds the thread that ran it either idle or about to be so; then the
// one before it is called. Threads that take turns would run a quarter each.
TEST(WorkerPool, CallsTheThreadThatWasBusyLast) {
  constexpr int kJobs = 200;
  WorkerPool pool(4);
  std::map<std::thread::id, int> jobs_of;
  std::atomic<int> ran = 0;
  for (int job = 1; job <= kJobs; ++job) {
    pool.post([&] {
      ++jobs_of[std::this_thread::get_id()];
      ran = job;
    });
    ASSERT_TRUE(comes_true([&] { return ran == job; }));
  }
  std::vector<int> counts;
  for (const auto& [thread, count] : jobs_of) counts.push_back(count);
  std::sort(counts.rbegin(), counts.rend());
  counts.resize(2);
  EXPECT_GE(counts[0] + counts[1], kJobs * 9 / 10);
}

TEST(SerialTask, NeverRunsTwiceAtOnceAndMissesNoWake) {
  WorkerPool pool(4);
  std::atomic<int> inside = 0, wanted = 0, seen = 0;
  SerialTask task(pool, [&] {
    EXPECT_EQ(++inside, 1);
    seen = wanted.load();
    std::this_thread::yield();
    --inside;
  });
  std::vector<std::thread> wakers;
  for (int t = 0; t < 4; ++t) {
    wakers.emplace_back([&] {
      for (int i = 0; i < 1'000; ++i) {
        ++wanted;
        task.wake();
      }
    });
  }
  for (auto& waker : wakers) waker.join();
  EXPECT_TRUE(comes_true([&seen] { return seen == 4'000; })) << "the last wake was lost";
}

TEST(SerialTask, IsStillWhenStopReturns) {
  WorkerPool pool(2);
  for (int round = 0; round < 200; ++round) {
    auto alive = std::make_unique<std::atomic<int>>(0);
    SerialTask task(pool, [&alive] { ++*alive; });
    task.wake();
    task.wake_after(0s);
    task.stop();
    alive = nullptr;  // A late run would crash.
    task.wake();
  }
}

TEST(SerialTask, RunsAgainAfterItWasStoppedAndResumed) {
  WorkerPool pool(1);
  std::atomic<int> runs = 0;
  SerialTask task(pool, [&runs] { ++runs; });
  for (int round = 1; round <= 100; ++round) {
    task.stop();
    task.wake();  // Counts for nothing.
    task.resume();
    task.wake();
    EXPECT_TRUE(comes_true([&] { return runs == round; })) << "round " << round;
  }
  // Stopped between the wake and the run, which is then used up.
  std::promise<void> release;
  pool.post([&release] { release.get_future().wait(); });
  task.wake();
  task.stop();
  release.set_value();
  std::promise<void> behind;
  pool.post([&behind] { behind.set_value(); });
  behind.get_future().wait();
  EXPECT_EQ(runs, 100);
  task.resume();
  task.wake();
  EXPECT_TRUE(comes_true([&] { return runs == 101; })) << "the wake was lost";
}

TEST(SerialTask, MayBeGoneBeforeItsDelayedWake) {
  WorkerPool pool(1);
  {
    SerialTask(pool, [] { ADD_FAILURE(); }).wake_after(5ms);
  }
  std::promise<void> later;  // One thread runs jobs in the order of their times.
  pool.post_after(6ms, [&later] { later.set_value(); });
  later.get_future().wait();
}

}  // namespace
}  // namespace kkr::platform
