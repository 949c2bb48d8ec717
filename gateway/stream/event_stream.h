// What one client hears of a region, as server-sent events: which log went on, where, and by what
// kind of fact. No payload and nothing personal. A client that reads too slowly is dropped; it
// comes back with the id it saw last.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/http/message.h"
#include "services/platform/bus/bus.h"
#include "services/platform/grpc/log_position.h"

namespace kkr::gateway {

// One change, as far as a client is told of it.
struct Change {
  platform::LogPosition at;
  std::string type;
  std::string stream;
};

class EventStream : public http::BodyStream, public std::enable_shared_from_this<EventStream> {
 public:
  static constexpr std::size_t kWaitingMax = 1024;

  // `executor` is the connection's. `heartbeat`: how long the stream may stay silent.
  EventStream(boost::asio::any_io_executor executor, std::chrono::milliseconds heartbeat);

  // From any thread. Too many that wait end the stream.
  void push(const platform::EventPtr& event);

  // The rest is for the connection's thread.

  // What the client has seen; the id of every event is all of them together.
  void start_at(const std::vector<platform::LogPosition>& positions);
  // Sends a change from the past. Before the first next().
  void replay(const Change& change) { write(change, first_); }
  // Tells the client that what happened in between is not known any more: it must read all again.
  void tell_lost() { lost_ = true; }

  boost::asio::awaitable<std::optional<std::string>> next() override;
  void close() override;

 private:
  bool take_waiting(std::deque<platform::EventPtr>& taken);
  void write(const Change& change, std::string& text);
  std::string id() const;

  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer timer_;
  const std::chrono::milliseconds heartbeat_;
  std::map<std::string, platform::LogPosition, std::less<>> seen_;  // By `service/region`.
  std::string first_;
  bool lost_ = false;
  bool started_ = false;

  std::mutex mutex_;
  std::deque<platform::EventPtr> waiting_;
  bool ended_ = false;
};

}  // namespace kkr::gateway
