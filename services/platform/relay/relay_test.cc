#include "services/platform/relay/relay.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using waiting::comes_true;

// Keeps what it took, refuses when told to, and knows where a relay is to go on. Answers at once,
// or from a thread of its own after `answers_late()`.
class RecordingBus final : public Bus {
 public:
  ~RecordingBus() override { answers_.stop(); }

  std::optional<std::uint64_t> resume_after(const std::string&, const std::string&, const LogHead&,
                                            EventStore&) override {
    const std::lock_guard lock(mutex_);
    ++resumes_;
    if (silences_ > 0 && silences_-- > 0) return std::nullopt;
    refusing_ = false;
    return last_;
  }
  void publish(const EventPtr& event, Taken taken) override {
    bool takes = false;
    {
      const std::lock_guard lock(mutex_);
      most_on_their_way_ = std::max(most_on_their_way_, ++on_their_way_);
      if (refusals_ > 0 && refusals_-- > 0) refusing_ = true;
      takes = !refusing_;
      if (takes) {
        last_ = event->event.position;
        events_.push_back(event);
        arrived_.notify_all();
      }
    }
    const auto answer = [this, takes, taken = std::move(taken)] {
      {
        const std::lock_guard lock(mutex_);
        --on_their_way_;
      }
      taken(takes);
    };
    if (late_.count() == 0) return answer();
    answers_.post_after(late_, answer);
  }
  std::unique_ptr<Subscription> subscribe(std::string, std::string, Callback) override {
    return nullptr;
  }

  void answers_late(std::chrono::milliseconds late = std::chrono::milliseconds(20)) {
    late_ = late;
  }
  void resume_after(std::uint64_t position) { last_ = position; }
  void cannot_tell_next(int count) { silences_ = count; }
  void refuse_next(int count) {
    const std::lock_guard lock(mutex_);
    refusals_ = count;
  }
  std::size_t most_on_their_way() {
    const std::lock_guard lock(mutex_);
    return most_on_their_way_;
  }
  std::size_t on_their_way() {
    const std::lock_guard lock(mutex_);
    return on_their_way_;
  }
  int resumes() {
    const std::lock_guard lock(mutex_);
    return resumes_;
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
  WorkerPool answers_{1};
  std::chrono::milliseconds late_{0};
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<EventPtr> events_;
  std::uint64_t last_ = 0;
  int resumes_ = 0;
  int silences_ = 0;
  int refusals_ = 0;
  bool refusing_ = false;  // Fails those behind too, until asked where to go on.
  std::size_t on_their_way_ = 0;
  std::size_t most_on_their_way_ = 0;
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

TEST_F(RelayTest, SendsWhatIsCommittedRightBehindWhatItHasSent) {
  open();
  start();
  for (std::uint64_t position = 1; position <= 20; ++position) {
    write(1);
    ASSERT_EQ(bus_.wait_for(position), from_to(1, position));
  }
}

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
  EXPECT_TRUE(comes_true([&] { return relay_->position() == 100; }));
}

TEST_F(RelayTest, AsksAgainWhenTheBusCannotTellWhereToGoOn) {
  open();
  write(20);
  bus_.cannot_tell_next(3);
  start();
  EXPECT_EQ(bus_.wait_for(20), from_to(1, 20));
  EXPECT_EQ(bus_.resumes(), 4);
}

TEST_F(RelayTest, DoesNotWaitForOneAnswerBeforeItSendsTheNext) {
  open();
  write(3'000);
  bus_.answers_late();
  start();
  EXPECT_EQ(bus_.wait_for(3'000), from_to(1, 3'000));
  EXPECT_GT(bus_.most_on_their_way(), 256u);
  EXPECT_LE(bus_.most_on_their_way(), 1'024u);
}

TEST_F(RelayTest, GoesOnInOrderWhenOneOfManyOnTheirWayIsLost) {
  open();
  write(500);
  bus_.answers_late();
  bus_.refuse_next(1);
  start();
  EXPECT_EQ(bus_.wait_for(500), from_to(1, 500));
  EXPECT_EQ(bus_.resumes(), 2) << "those behind the lost one are one failure";
}

TEST_F(RelayTest, GoesOnAfterAStopWhenStartedAgain) {
  open();
  start();
  write(10);
  EXPECT_EQ(bus_.wait_for(10), from_to(1, 10));
  relay_->stop();
  write(10);
  relay_->start();
  write(10);
  EXPECT_EQ(bus_.wait_for(30), from_to(1, 30));
}

TEST_F(RelayTest, DoesNotWaitForTheBusWhenItIsStopped) {
  open();
  write(10);
  bus_.answers_late(std::chrono::milliseconds(500));
  start();
  bus_.wait_for(10);
  relay_->stop();
  relay_ = nullptr;
  EXPECT_EQ(bus_.on_their_way(), 10u);
  EXPECT_TRUE(comes_true([&] { return bus_.on_their_way() == 0; }))
      << "and nobody is there to hear";
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
