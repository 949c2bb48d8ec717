// What becomes of a log's stream in every condition a server can leave it in.
#include "services/platform/bus/jetstream_streams.h"

#include <gmock/gmock.h>

#include <future>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/bus/cloud_event.h"
#include "services/platform/bus/event_message.h"
#include "services/platform/metrics/metrics.h"
#include "tests/contract/nats_server.h"
#include "tests/contract/relayed_log.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using waiting::comes_true;

class JetStreamStreamsTest : public testing::Test {
 protected:
  JetStreamStreamsTest() {
    settings_.nats.urls = servers_.urls();
    bus_ = open_bus(settings_, pool_);
  }

  void relay(RelayedLog& log) { relay_ = log.relay(*bus_, pool_), relay_->start(); }
  void relay() { relay(log_); }
  // Fills the stream with the log's first `count` events and stops the relay.
  void relayed(std::size_t count) {
    log_.write(count);
    relay();
    ASSERT_TRUE(comes_true([&] { return relay_->position() == count; }));
    relay_->stop();
    created_ = probe_.created(log_.stream());
  }
  void expect_filled_with(RelayedLog& log) {
    EXPECT_TRUE(comes_true([&] {
      return relay_->position() == log.store().head().position &&
             probe_.length(log.stream()) == log.store().head().position;
    }));
    EXPECT_EQ(probe_.first_difference(log), 0u);
  }
  void expect_filled_anew() {
    relay();
    expect_filled_with(log_);
    EXPECT_NE(probe_.created(log_.stream()), created_);
  }
  bool publish(const EventPtr& event) {
    const auto answer = std::make_shared<std::promise<bool>>();
    bus_->publish(event, [answer](bool taken) { answer->set_value(taken); });
    return answer->get_future().get();
  }
  EventPtr forged(std::uint64_t position, std::uint64_t as_position) {
    PublishedEvent event = *log_.at(position);
    event.event.position = as_position;
    event.event.hash[0] ^= 1;
    return std::make_shared<const PublishedEvent>(std::move(event));
  }

  NatsServers servers_;
  WorkerPool pool_{2};
  JetStreamSettings settings_{.answer_within = std::chrono::seconds(2)};
  std::unique_ptr<JetStreamBus> bus_;
  StreamProbe probe_{servers_.urls()};
  RelayedLog log_;
  std::unique_ptr<Relay> relay_;
  std::int64_t created_ = 0;
};

TEST_F(JetStreamStreamsTest, AnIntactOneIsLeftAloneAndGoesOn) {
  relayed(300);
  EXPECT_EQ(probe_.first_difference(log_), 0u);
  log_.write(50);
  relay();
  expect_filled_with(log_);
  EXPECT_EQ(probe_.created(log_.stream()), created_);
}

TEST_F(JetStreamStreamsTest, AnEmptyOneIsLeftAlone) {
  relayed(0);
  ASSERT_TRUE(comes_true([&] { return relay(), probe_.created(log_.stream()) != 0; }));
  created_ = probe_.created(log_.stream());
  relay();
  log_.write(1);
  expect_filled_with(log_);
  EXPECT_EQ(probe_.created(log_.stream()), created_);
}

TEST_F(JetStreamStreamsTest, OneThatIsLostIsFilledAgain) {
  relayed(10);
  ASSERT_EQ(js_DeleteStream(probe_.context(), log_.stream().c_str(), nullptr, nullptr), NATS_OK);
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneThatIsLostUnderItsRelayIsFilledAgain) {
  log_.write(10);
  relay();
  expect_filled_with(log_);
  ASSERT_EQ(js_DeleteStream(probe_.context(), log_.stream().c_str(), nullptr, nullptr), NATS_OK);
  log_.write(10);
  expect_filled_with(log_);
}

TEST_F(JetStreamStreamsTest, OneThatWasPurgedIsFilledAgain) {
  relayed(10);
  ASSERT_EQ(js_PurgeStream(probe_.context(), log_.stream().c_str(), nullptr, nullptr), NATS_OK);
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneThatLostItsBeginningIsFilledAgain) {
  relayed(10);
  jsOptions options;
  jsOptions_Init(&options);
  options.Stream.Purge.Sequence = 4;
  ASSERT_EQ(js_PurgeStream(probe_.context(), log_.stream().c_str(), &options, nullptr), NATS_OK);
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneWithAGapIsFilledAgain) {
  relayed(10);
  ASSERT_EQ(js_DeleteMsg(probe_.context(), log_.stream().c_str(), 5, nullptr, nullptr), NATS_OK);
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneThatLostItsEndIsFilledAgain) {
  relayed(10);
  ASSERT_EQ(js_DeleteMsg(probe_.context(), log_.stream().c_str(), 10, nullptr, nullptr), NATS_OK);
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneThatIsShorterThanItsLogGoesOn) {
  relayed(10);
  log_.write(200);
  relay();
  expect_filled_with(log_);
  EXPECT_EQ(probe_.created(log_.stream()), created_);
}

TEST_F(JetStreamStreamsTest, OneThatIsLongerThanItsLogIsFilledAgain) {
  relayed(10);
  ASSERT_TRUE(publish(forged(10, 11)));
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneWhoseLastEventIsAnotherIsFilledAgain) {
  relayed(10);
  log_.write(1);
  ASSERT_TRUE(publish(forged(11, 11)));
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, OneThatEndsInNoEventIsFilledAgain) {
  relayed(10);
  ASSERT_EQ(probe_.intrude(subject_of(*log_.at(1)), "stranger"), 11u);
  log_.write(1);
  expect_filled_anew();
}

TEST_F(JetStreamStreamsTest, ThoseOfOtherGenerationsOfTheLogGoAndNoOther) {
  relayed(10);
  RelayedLog sjaelland("sjaelland"), restored;
  sjaelland.write(5);
  relay(sjaelland);
  expect_filled_with(sjaelland);
  restored.write(7);
  relay(restored);
  expect_filled_with(restored);
  EXPECT_THAT(probe_.streams(),
              testing::UnorderedElementsAre(sjaelland.stream(), restored.stream()));
}

TEST_F(JetStreamStreamsTest, ARestoredLogGetsAStreamOfItsOwnWithTheEventsFromBefore) {
  relayed(10);
  const std::string before = log_.stream();
  log_.restore();
  log_.write(5);
  relay();
  expect_filled_with(log_);
  EXPECT_NE(log_.stream(), before);
  EXPECT_THAT(probe_.streams(), ElementsAre(log_.stream()));
}

TEST_F(JetStreamStreamsTest, AGenerationThatBeginsUnderTheRelayGetsAStreamOfItsOwn) {
  log_.write(10);
  relay();
  expect_filled_with(log_);
  log_.restore();
  log_.write(1);
  expect_filled_with(log_);
  EXPECT_THAT(probe_.streams(), ElementsAre(log_.stream()));
}

TEST_F(JetStreamStreamsTest, WithoutAServerTheRelayWaitsAndGoesOn) {
  relayed(10);
  servers_.kill(0);
  log_.write(100);
  relay();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(relay_->position(), 0u);
  servers_.start(0);
  expect_filled_with(log_);
}

TEST_F(JetStreamStreamsTest, AServerThatLostItsDataIsFilledAgain) {
  log_.write(100);
  relay();
  expect_filled_with(log_);
  servers_.kill(0);
  servers_.wipe(0);
  servers_.start(0);
  log_.write(1);
  expect_filled_with(log_);
}

TEST_F(JetStreamStreamsTest, ARepeatedEventIsTakenAndStandsThereOnce) {
  relayed(10);
  EXPECT_TRUE(publish(log_.at(10)));
  EXPECT_TRUE(publish(log_.at(3)));
  EXPECT_EQ(probe_.first_difference(log_), 0u);
}

TEST_F(JetStreamStreamsTest, AnEventThatComesTooEarlyIsRefused) {
  relayed(10);
  EXPECT_FALSE(publish(forged(10, 12)));
  EXPECT_EQ(probe_.length(log_.stream()), 10u);
}

TEST_F(JetStreamStreamsTest, TheFirstEventIsRefusedWhereAnythingStandsBefore) {
  log_.write(1);
  ASSERT_TRUE(comes_true([&] {
    return bus_->resume_after("consultation", log_.region(), log_.store().head(), log_.store()) ==
           0u;
  }));
  ASSERT_EQ(probe_.intrude(subject_of(*log_.at(1)), "stranger"), 1u);
  EXPECT_FALSE(publish(log_.at(1)));
  EXPECT_EQ(probe_.length(log_.stream()), 1u) << "an expected sequence of 0 must be sent as well";
}

TEST_F(JetStreamStreamsTest, AnEventAtAnotherPositionIsAnAlarm) {
  relayed(10);
  log_.write(5);
  ASSERT_EQ(probe_.intrude(subject_of(*log_.at(1)), event_id(*log_.at(13))), 11u);
  EXPECT_FALSE(publish(log_.at(13)));
  EXPECT_THAT(metrics_text(), HasSubstr("kkr_bus_misplaced_total 1"));
}

}  // namespace
}  // namespace kkr::platform
