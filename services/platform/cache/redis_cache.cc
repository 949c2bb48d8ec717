#include "services/platform/cache/redis_cache.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <string>

#include "services/platform/cache/redis_connection.h"

namespace kkr::platform {
namespace {

namespace asio = boost::asio;

// The connections of one loop; they go with it.
class Connections : public asio::execution_context::service {
 public:
  using key_type = Connections;
  inline static asio::execution_context::id id;

  explicit Connections(asio::execution_context& loop)
      : service(loop), loop_(static_cast<asio::io_context&>(loop)) {}

  RedisConnection& of(const std::shared_ptr<const RedisOptions>& options) {
    auto& connection = by_options_[options];
    if (connection == nullptr) connection = std::make_unique<RedisConnection>(loop_, options);
    return *connection;
  }

 private:
  void shutdown() override { by_options_.clear(); }

  asio::io_context& loop_;
  std::map<std::shared_ptr<const RedisOptions>, std::unique_ptr<RedisConnection>> by_options_;
};

RedisConnection& connection_of(const asio::any_io_executor& executor,
                               const std::shared_ptr<const RedisOptions>& options) {
  return asio::use_service<Connections>(executor.context()).of(options);
}

void nobody_waits(const CachedBytes&) {}

}  // namespace

RedisCache::RedisCache(RedisOptions options)
    : options_(std::make_shared<const RedisOptions>(std::move(options))) {}

asio::awaitable<CachedBytes> RedisCache::find(std::string_view key) {
  RedisConnection& connection = connection_of(co_await asio::this_coro::executor, options_);
  if (!connection.is_open()) co_return nullptr;
  CachedBytes found;
  const auto start = [&](auto&& resume) {
    using Resume = std::decay_t<decltype(resume)>;
    auto shared = std::make_shared<Resume>(std::forward<decltype(resume)>(resume));
    const auto executor = asio::get_associated_executor(*shared);
    connection.ask({"GET", key}, [&found, shared, executor](CachedBytes text) {
      found = std::move(text);
      asio::post(executor, [shared] { (*shared)(); });
    });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start, asio::use_awaitable);
  co_return found;
}

asio::awaitable<void> RedisCache::keep(std::string_view key, CachedBytes value,
                                       std::chrono::milliseconds at_most) {
  if (value->size() > options_->value_bytes_max) co_return co_await forget(key);
  RedisConnection& connection = connection_of(co_await asio::this_coro::executor, options_);
  if (!connection.is_open()) co_return;
  const std::string milliseconds = std::to_string(at_most.count());
  const std::vector<std::string_view> words = {"SET", key, *value, "PX", milliseconds};
  connection.ask(words, nobody_waits);
}

asio::awaitable<void> RedisCache::forget(std::string_view key) {
  RedisConnection& connection = connection_of(co_await asio::this_coro::executor, options_);
  if (!connection.is_open()) co_return;
  const std::vector<std::string_view> words = {"DEL", key};
  connection.ask(words, nobody_waits);
}

}  // namespace kkr::platform
