// How many waiting commands make a batch.
#include "services/platform/appender/command_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace kkr::platform {
namespace {

class Waiting final : public PendingCommand {
 public:
  void complete(const Verdict&) override {}
};

class CommandQueueTest : public testing::Test {
 protected:
  void push(int commands, std::size_t size_bytes = 1) {
    for (int i = 0; i < commands; ++i) {
      std::unique_ptr<PendingCommand> command = std::make_unique<Waiting>();
      command->request_id = std::to_string(next_++);
      command->size_bytes = size_bytes;
      ASSERT_FALSE(queue_.push(command));
    }
  }

  SystemClock clock_;
  CommandQueue queue_{1'000, 1'000, clock_};
  int next_ = 0;
};

TEST_F(CommandQueueTest, AShortQueueIsTakenWholeAndALongOneByHalves) {
  for (const auto& [waiting, taken] : {std::pair{1, 1}, {31, 31}, {32, 32}, {33, 32}, {200, 100}}) {
    push(waiting);
    EXPECT_EQ(queue_.take(512, 1'000).size(), static_cast<std::size_t>(taken)) << waiting;
    while (queue_.size() > 0) queue_.take(512, 1'000);
  }
}

TEST_F(CommandQueueTest, TheOldestAreTakenFirstAndNoMoreThanAskedFor) {
  push(5);
  const auto first = queue_.take(2, 1'000);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first.front()->request_id, "0");
  EXPECT_EQ(queue_.take(512, 1'000).front()->request_id, "2");
}

TEST_F(CommandQueueTest, ACommandLargerThanABatchIsTakenAlone) {
  push(2, 400);
  EXPECT_EQ(queue_.take(512, 300).size(), 1u);
  EXPECT_EQ(queue_.take(512, 300).size(), 1u);
}

}  // namespace
}  // namespace kkr::platform
