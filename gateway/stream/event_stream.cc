#include "gateway/stream/event_stream.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/json/json_writer.h"
#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;

// How long the client waits before it comes back.
constexpr std::string_view kFirstLine = "retry: 2000\n";
constexpr std::string_view kHeartbeat = ": still here\n\n";

}  // namespace

EventStream::EventStream(asio::any_io_executor executor, std::chrono::milliseconds heartbeat)
    : executor_(std::move(executor)), timer_(executor_), heartbeat_(heartbeat) {}

void EventStream::push(const platform::EventPtr& event) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    waiting_.push_back(event);
    if (waiting_.size() > kWaitingMax) ended_ = true;
  }
  asio::post(executor_, [self = shared_from_this()] { self->timer_.cancel(); });
}

void EventStream::start_at(const std::vector<platform::LogPosition>& positions) {
  for (const auto& position : positions)
    seen_[concat({position.service, "/", position.region})] = position;
}

bool EventStream::take_waiting(std::deque<platform::EventPtr>& taken) {
  const std::lock_guard lock(mutex_);
  taken = std::exchange(waiting_, {});
  return !ended_;
}

std::string EventStream::id() const {
  std::string text;
  for (const auto& [log, position] : seen_) {
    if (!text.empty()) text += ',';
    text += position.text();
  }
  return text;
}

void EventStream::write(const Change& change, std::string& text) {
  auto& seen = seen_[concat({change.at.service, "/", change.at.region})];
  if (seen.generation == change.at.generation && seen.position >= change.at.position) return;
  seen = change.at;
  text += concat({"id: ", id(), "\ndata: "});
  JsonWriter json(text);
  json.begin_object();
  json.plain_key("service");
  json.string(change.at.service);
  json.plain_key("region");
  json.string(change.at.region);
  json.plain_key("position");
  json.string_of(change.at.position);
  json.plain_key("type");
  json.string(change.type);
  json.plain_key("stream");
  json.string(change.stream);
  json.end_object();
  text += "\n\n";
}

asio::awaitable<std::optional<std::string>> EventStream::next() {
  if (!std::exchange(started_, true)) {
    std::string text(kFirstLine);
    if (lost_)
      text += concat({"event: lost\nid: ", id(), "\ndata: {}\n\n"});
    else if (first_.empty())
      text += concat({"event: hello\nid: ", id(), "\ndata: {}\n\n"});
    co_return text + first_;
  }
  for (;;) {
    std::deque<platform::EventPtr> taken;
    if (!take_waiting(taken)) co_return std::nullopt;
    std::string text;
    for (const auto& published : taken) {
      const auto& event = published->event;
      write({{published->service, published->region, event.generation, event.position},
             event.type,
             event.stream},
            text);
    }
    if (!text.empty()) co_return text;
    timer_.expires_after(heartbeat_);
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    if (!cancelled) co_return std::string(kHeartbeat);
  }
}

void EventStream::close() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  timer_.cancel();
}

}  // namespace kkr::gateway
