// One connection to a Redis server, on one event loop. It connects when something is asked, gives
// up on a server that does not answer in time, and then asks nothing for a while. It holds no loop
// up: nothing of it is under way there but commands that are not answered yet.
#pragma once

#include <hiredis/async.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "services/platform/cache/cache.h"
#include "services/platform/cache/redis_options.h"

namespace kkr::platform {

// All calls come from the loop's thread.
class RedisConnection {
 public:
  using Answered = std::function<void(CachedBytes)>;

  RedisConnection(boost::asio::io_context& loop, std::shared_ptr<const RedisOptions> options);
  ~RedisConnection();
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;

  // Connects if need be. False when nothing can be asked now.
  bool is_open();
  // Sends a command. Only when is_open(). `answered` runs later, once: with the text that the
  // server replied, or null for any other reply and for none.
  void ask(const std::vector<std::string_view>& words, Answered answered);

 private:
  struct Waiting {
    Answered answered;
    std::chrono::steady_clock::time_point until;
  };

  static void take_reply(redisAsyncContext* context, void* reply, void* connection);
  bool connect();
  void lost();
  void wait_to_read();
  void wait_to_write();
  void watch_time();
  void time_is_up();

  boost::asio::io_context& loop_;
  const std::shared_ptr<const RedisOptions> options_;
  redisAsyncContext* context_ = nullptr;
  // Shared with what waits for it, which so can tell that it is no longer the one.
  std::shared_ptr<boost::asio::posix::stream_descriptor> socket_;
  bool reading_ = false;
  bool writing_ = false;
  std::deque<Waiting> waiting_;  // In the order asked, which is that of the replies.
  boost::asio::steady_timer timer_;
  bool timing_ = false;
  bool was_reached_ = true;
  std::chrono::steady_clock::time_point rests_until_;
};

}  // namespace kkr::platform
