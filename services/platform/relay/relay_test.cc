#include "services/platform/relay/relay.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;

// Keeps what it took, refuses when told to, and remembers where a relay is to go on.
class RecordingBus final : public Bus {
 public:
  std::uint64_t resume_after(const std::string&, const std::string&, const LogHead&) override {
    return resume_after_;
  }
  bool publish(const EventPtr& event) override {
    const std::lock_guard lock(mutex_);
    if (refusals_ > 0 && refusals_-- > 0) return false;
    events_.push_back(event);
    arrived_.notify_all();
    return true;
  }
  std::unique_ptr<Subscription> subscribe(std::string, std::string, Callback) override {
    return nullptr;
  }

  void resume_after(std::uint64_t position) { resume_after_ = position; }
  void refuse_next(int count) {
    const std::lock_guard lock(mutex_);
    refusals_ = count;
  }
  std::vector<std::uint64_t> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(10), [&] { return events_.size() >= count; });
    std::vector<std::uint64_t> positions;
    for (const EventPtr& event : events_) positions.push_back(event->event.position);
    return positions;
  }
  EventPtr first() {
    const std::lock_guard lock(mutex_);
    return events_.at(0);
  }

 private:
  std::uint64_t resume_after_ = 0;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<EventPtr> events_;
  int refusals_ = 0;
};

std::vector<std::uint64_t> from_to(std::uint64_t first, std::uint64_t last) {
  std::vector<std::uint64_t> positions;
  for (; first <= last; ++first) positions.push_back(first);
  return positions;
}

class RelayTest : public testing::Test {
 protected:
  void write(int count) {
    for (int i = 0; i < count; ++i) {
      carry_out(*appender_, a_command("", notebook::write("a", "x")));
    }
  }
  void start() {
    relay_ = std::make_unique<Relay>("notebook", "hovedstaden", store_, appender_->tail(), bus_,
                                     bench_.completions, std::chrono::milliseconds(1));
    relay_->start();
  }
  // With so small a tail that most is read from the store.
  void open() { appender_ = bench_.appender(store_, {.log = "", .tail_events_max = 10}); }

  notebook::Workbench bench_;
  MemoryEventStore store_;
  RecordingBus bus_;
  std::unique_ptr<notebook::Appender> appender_;
  std::unique_ptr<Relay> relay_;
};

TEST_F(RelayTest, PublishesWhatIsCommittedInOrder) {
  open();
  start();
  write(50);
  EXPECT_EQ(bus_.wait_for(50), from_to(1, 50));
  EXPECT_EQ(bus_.first()->service, "notebook");
  EXPECT_EQ(bus_.first()->region, "hovedstaden");
  EXPECT_EQ(bus_.first()->event, std::get<0>(store_.read(1, 1)).at(0));
}

TEST_F(RelayTest, GoesOnWhereTheBusEndsThoughTheTailBeginsLater) {
  open();
  write(400);
  bus_.resume_after(30);
  start();
  EXPECT_EQ(bus_.wait_for(370), from_to(31, 400));
}

TEST_F(RelayTest, PublishesAgainWhatTheBusCouldNotTake) {
  open();
  start();
  bus_.refuse_next(5);
  write(100);
  EXPECT_EQ(bus_.wait_for(100), from_to(1, 100));
  for (int i = 0; i < 1'000 && relay_->position() < 100; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(relay_->position(), 100u);
}

TEST_F(RelayTest, PublishesNothingAfterItsStop) {
  open();
  start();
  write(1);
  bus_.wait_for(1);
  relay_->stop();
  write(5);
  EXPECT_EQ(bus_.wait_for(1), from_to(1, 1));
}

}  // namespace
}  // namespace kkr::platform
