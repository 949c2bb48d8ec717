#include "gateway/stream/event_stream.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace kkr::gateway {
namespace {

using std::chrono::milliseconds;

class EventStreamTest : public ::testing::Test {
 protected:
  static platform::EventPtr event(std::uint64_t position, const std::string& generation = "g") {
    auto published = std::make_shared<platform::PublishedEvent>();
    published->service = "consultation";
    published->region = "hovedstaden";
    published->event.generation = generation;
    published->event.position = position;
    published->event.type = "round_opened";
    published->event.stream = "round-7";
    return published;
  }

  // What next() returns, running the loop until it does.
  std::optional<std::string> next() {
    auto piece = boost::asio::co_spawn(loop_, stream_->next(), boost::asio::use_future);
    while (piece.wait_for(milliseconds(0)) != std::future_status::ready) {
      loop_.restart();
      loop_.run_one();
    }
    return piece.get();
  }

  boost::asio::io_context loop_;
  std::shared_ptr<EventStream> stream_ =
      std::make_shared<EventStream>(loop_.get_executor(), milliseconds(50));
};

TEST_F(EventStreamTest, GreetsWithWhereItStands) {
  stream_->start_at({{"registry", "danmark", "r", 9}, {"consultation", "hovedstaden", "g", 5}});
  EXPECT_EQ(next(),
            "retry: 2000\nevent: hello\n"
            "id: consultation/hovedstaden/g/5,registry/danmark/r/9\ndata: {}\n\n");
}

TEST_F(EventStreamTest, TellsNothingTwiceAndNothingOfTheUnseenPast) {
  stream_->start_at({{"consultation", "hovedstaden", "g", 5}});
  next();
  for (const std::uint64_t position : {4, 5, 6, 6, 7}) stream_->push(event(position));
  const auto text = next();
  ASSERT_TRUE(text);
  EXPECT_EQ(text->find("\"position\":\"5\""), std::string::npos);
  EXPECT_EQ(text->find("\"position\":\"6\""), text->rfind("\"position\":\"6\""));
  EXPECT_NE(text->find("\"position\":\"7\""), std::string::npos);
}

TEST_F(EventStreamTest, FollowsALogIntoItsNextGeneration) {
  stream_->start_at({{"consultation", "hovedstaden", "g", 5}});
  next();
  stream_->push(event(3, "restored"));
  EXPECT_NE(next()->find("id: consultation/hovedstaden/restored/3\n"), std::string::npos);
}

TEST_F(EventStreamTest, SaysThatItIsStillThere) {
  next();
  EXPECT_EQ(next(), ": still here\n\n");
}

TEST_F(EventStreamTest, DropsAClientThatReadsTooSlowly) {
  next();
  for (std::uint64_t i = 1; i <= EventStream::kWaitingMax; ++i) stream_->push(event(i));
  EXPECT_TRUE(next());
  for (std::uint64_t i = 1; i <= EventStream::kWaitingMax + 1; ++i) stream_->push(event(i));
  EXPECT_FALSE(next());
}

TEST_F(EventStreamTest, EndsWhenItIsClosed) {
  next();
  stream_->close();
  EXPECT_FALSE(next());
  stream_->push(event(1));
  EXPECT_FALSE(next());
}

}  // namespace
}  // namespace kkr::gateway
