#include "services/platform/cache/redis_connection.h"

#include <string>
#include <utility>

#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

using boost::asio::posix::stream_descriptor;
using boost::system::error_code;
using std::chrono::steady_clock;

}  // namespace

RedisConnection::RedisConnection(boost::asio::io_context& loop,
                                 std::shared_ptr<const RedisOptions> options)
    : loop_(loop), options_(std::move(options)), timer_(loop) {}

RedisConnection::~RedisConnection() {
  if (context_ != nullptr) redisAsyncFree(context_);
}

bool RedisConnection::is_open() {
  if (waiting_.size() >= options_->waiting_max) return false;
  if (context_ != nullptr) return true;
  if (steady_clock::now() < rests_until_) return false;
  const bool reached = connect();
  if (reached != std::exchange(was_reached_, reached))
    log(reached ? LogLevel::kInfo : LogLevel::kWarning,
        reached ? "the cache is reached again" : "the cache is not reached");
  return reached;
}

bool RedisConnection::connect() {
  redisAsyncContext* context = redisAsyncConnectUnix(options_->socket.c_str());
  if (context == nullptr) return false;
  auto socket = std::make_shared<stream_descriptor>(loop_);
  error_code error;
  if (context->err == 0) socket->assign(context->c.fd, error);
  if (context->err != 0 || error) {
    redisAsyncFree(context);
    return false;
  }
  // Reading is not asked for by hiredis, which would for ever, but by wait_to_read().
  context->ev.data = this;
  context->ev.addWrite = [](void* self) { static_cast<RedisConnection*>(self)->wait_to_write(); };
  context->ev.cleanup = [](void* self) { static_cast<RedisConnection*>(self)->lost(); };
  context_ = context;
  socket_ = std::move(socket);
  return true;
}

// The last that is heard of a context, whatever ended it. hiredis closes the socket afterwards.
void RedisConnection::lost() {
  socket_->release();
  socket_.reset();
  context_ = nullptr;
  reading_ = false;
  writing_ = false;
}

void RedisConnection::ask(const std::vector<std::string_view>& words, Answered answered) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const std::string_view word : words) {
    texts.push_back(word.data());
    lengths.push_back(word.size());
  }
  waiting_.push_back({std::move(answered), steady_clock::now() + options_->reply_time_max});
  const int refused = redisAsyncCommandArgv(
      context_, take_reply, this, static_cast<int>(words.size()), texts.data(), lengths.data());
  if (refused != REDIS_OK) {
    waiting_.back().answered(nullptr);
    waiting_.pop_back();
  }
  wait_to_read();
  watch_time();
}

void RedisConnection::take_reply(redisAsyncContext*, void* reply, void* connection) {
  auto& self = *static_cast<RedisConnection*>(connection);
  const auto* replied = static_cast<const redisReply*>(reply);
  CachedBytes text;
  if (replied != nullptr && replied->type == REDIS_REPLY_STRING)
    text =
        std::make_shared<const std::string>(replied->str, static_cast<std::size_t>(replied->len));
  Answered answered = std::move(self.waiting_.front().answered);
  self.waiting_.pop_front();
  if (self.waiting_.empty()) self.timer_.cancel();
  answered(std::move(text));
}

void RedisConnection::wait_to_read() {
  if (reading_ || waiting_.empty() || socket_ == nullptr) return;
  reading_ = true;
  socket_->async_wait(stream_descriptor::wait_read, [this, socket = socket_](error_code error) {
    if (error || socket != socket_) return;
    reading_ = false;
    redisAsyncHandleRead(context_);
    wait_to_read();
  });
}

void RedisConnection::wait_to_write() {
  if (writing_) return;
  writing_ = true;
  socket_->async_wait(stream_descriptor::wait_write, [this, socket = socket_](error_code error) {
    if (error || socket != socket_) return;
    writing_ = false;
    redisAsyncHandleWrite(context_);
  });
}

void RedisConnection::watch_time() {
  if (timing_ || waiting_.empty()) return;
  timing_ = true;
  timer_.expires_at(waiting_.front().until);
  timer_.async_wait([this](error_code error) {
    timing_ = false;
    if (error) return watch_time();  // Cancelled, as nothing waited at that moment.
    time_is_up();
  });
}

void RedisConnection::time_is_up() {
  const auto overdue = [this] {
    return !waiting_.empty() && waiting_.front().until <= steady_clock::now();
  };
  // When it was this loop that was late, the reply has come meanwhile.
  if (overdue() && context_ != nullptr) redisAsyncHandleRead(context_);
  if (!overdue()) return watch_time();
  rests_until_ = steady_clock::now() + options_->rest;
  log(LogLevel::kWarning, "the cache does not answer");
  if (context_ != nullptr) redisAsyncFree(context_);
}

}  // namespace kkr::platform
