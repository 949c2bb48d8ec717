#include "tests/contract/bus_contract.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

using testing::SizeIs;

// Collects what a subscription brings.
class Inbox {
 public:
  Bus::Callback callback() {
    return [this](const EventPtr& event) {
      const std::lock_guard lock(mutex_);
      events_.push_back(event);
      arrived_.notify_all();
    };
  }
  // What has come once there are `count`, or after the time a bus may take.
  std::vector<EventPtr> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(10), [&] { return events_.size() >= count; });
    return events_;
  }
  std::vector<std::uint64_t> positions(std::size_t count) {
    std::vector<std::uint64_t> positions;
    for (const EventPtr& event : wait_for(count)) positions.push_back(event->event.position);
    return positions;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<EventPtr> events_;
};

// A log whose relay is this test.
class Log {
 public:
  Log(Bus& bus, std::string service, std::string region)
      : bus_(bus), service_(std::move(service)), region_(std::move(region)) {
    const auto position = bus_.resume_after(service_, region_, {generation_, 0, {}}, store_);
    EXPECT_EQ(position, 0u);
  }

  // True when the bus took the next `count` events, all on their way at the same time.
  bool publish(std::size_t count = 1) {
    std::vector<std::future<bool>> answers;
    for (std::size_t i = 0; i < count; ++i) {
      const auto answer = std::make_shared<std::promise<bool>>();
      answers.push_back(answer->get_future());
      bus_.publish(next(), [answer](bool taken) { answer->set_value(taken); });
    }
    return std::all_of(answers.begin(), answers.end(), [](auto& answer) { return answer.get(); });
  }

  EventPtr next() {
    RecordedEvent event;
    event.generation = generation_;
    event.position = ++position_;
    event.stream = "round-1";
    event.version = position_;
    event.type = "round_opened";
    event.payload = std::string("\0payload", 8) + std::to_string(position_);
    event.metadata = "metadata";
    event.recorded_at = absl::FromUnixMicros(1'360'105'200'000'000);
    event.hash = Hash{static_cast<std::uint8_t>(position_)};
    newest_ = event;
    return std::make_shared<const PublishedEvent>(PublishedEvent{service_, region_, event});
  }
  const RecordedEvent& newest() const { return newest_; }

 private:
  Bus& bus_;
  MemoryEventStore store_;
  const std::string service_;
  const std::string region_;
  const std::string generation_ = new_uuid();
  std::uint64_t position_ = 0;
  RecordedEvent newest_;
};

TEST_P(BusContract, BringsAnEventWholeToEverySubscriberOfItsLog) {
  Inbox inboxes[2];
  const auto first = bus().subscribe("consultation", "hovedstaden", inboxes[0].callback());
  const auto second = bus().subscribe("consultation", "hovedstaden", inboxes[1].callback());
  Log log(bus(), "consultation", "hovedstaden");
  ASSERT_TRUE(log.publish());
  for (Inbox& inbox : inboxes) {
    const auto events = inbox.wait_for(1);
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0]->service, "consultation");
    EXPECT_EQ(events[0]->region, "hovedstaden");
    EXPECT_EQ(events[0]->event, log.newest());
  }
}

TEST_P(BusContract, BringsEachSubscriberOnlyTheLogsItAskedFor) {
  Inbox exact, service, region, all;
  const auto to_exact = bus().subscribe("registry", "danmark", exact.callback());
  const auto to_service = bus().subscribe("consultation", "", service.callback());
  const auto to_region = bus().subscribe("", "sjaelland", region.callback());
  const auto to_all = bus().subscribe("", "", all.callback());
  Log danmark(bus(), "registry", "danmark"), hovedstaden(bus(), "consultation", "hovedstaden"),
      sjaelland(bus(), "consultation", "sjaelland");
  ASSERT_TRUE(danmark.publish(1));
  ASSERT_TRUE(hovedstaden.publish(2));
  ASSERT_TRUE(sjaelland.publish(3));
  EXPECT_THAT(all.wait_for(6), SizeIs(6));
  EXPECT_THAT(exact.wait_for(1), SizeIs(1));
  EXPECT_THAT(service.wait_for(5), SizeIs(5));
  EXPECT_THAT(region.wait_for(3), SizeIs(3));
}

TEST_P(BusContract, KeepsTheOrderOfALog) {
  Inbox inbox;
  const auto subscription = bus().subscribe("consultation", "", inbox.callback());
  Log log(bus(), "consultation", "hovedstaden");
  const std::size_t count = waiting_max();
  std::vector<std::uint64_t> expected;
  for (std::uint64_t i = 1; i <= count; ++i) expected.push_back(i);
  ASSERT_TRUE(log.publish(count));
  EXPECT_EQ(inbox.positions(count), expected);
}

TEST_P(BusContract, CallsASubscriberOneEventAtATime) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::atomic<int> calls = 0;
  const auto subscription = bus().subscribe("", "", [&](const EventPtr&) {
    most = std::max(most.load(), ++inside);
    std::this_thread::yield();
    --inside;
    ++calls;
  });
  std::vector<std::thread> relays;
  for (const auto region : {"hovedstaden", "sjaelland", "syddanmark"}) {
    relays.emplace_back([this, region] {
      Log log(bus(), "consultation", region);
      EXPECT_TRUE(log.publish(100));
    });
  }
  for (auto& relay : relays) relay.join();
  for (int i = 0; i < 10'000 && calls < 300; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(calls, 300);
  EXPECT_EQ(most, 1);
}

TEST_P(BusContract, ASubscriberThatCannotKeepUpStillGetsTheNewest) {
  Log log(bus(), "consultation", "hovedstaden");
  const std::size_t count = waiting_max() * 3;
  std::mutex blocked;
  std::promise<void> newest;
  std::unique_lock block(blocked);
  const auto subscription = bus().subscribe("", "", [&](const EventPtr& event) {
    const std::lock_guard wait(blocked);
    if (event->event.position == count) newest.set_value();
  });
  ASSERT_TRUE(log.publish(count));
  block.unlock();
  EXPECT_EQ(newest.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready)
      << "the gap would go unnoticed";
}

TEST_P(BusContract, CallsNobodyAfterTheEndOfASubscription) {
  Log log(bus(), "consultation", "hovedstaden");
  for (int round = 0; round < 50; ++round) {
    auto ended = std::make_shared<std::atomic<bool>>(false);
    std::atomic<bool> called_after = false;
    auto subscription = bus().subscribe("", "", [ended, &called_after](const EventPtr&) {
      if (*ended) called_after = true;
    });
    std::thread relay([&] { EXPECT_TRUE(log.publish(20)); });
    subscription = nullptr;
    *ended = true;
    relay.join();
    EXPECT_FALSE(called_after);
  }
}

TEST_P(BusContract, TakesEventsThatNobodyWants) {
  Log log(bus(), "consultation", "hovedstaden");
  EXPECT_TRUE(log.publish());
}

}  // namespace
}  // namespace kkr::platform
