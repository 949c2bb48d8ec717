#include "gateway/caching/reply_cache.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::system_clock;

// However quiet the logs are, a reply is made afresh now and then.
constexpr milliseconds kAtMost = std::chrono::hours(1);

// The text that is kept: four lines, then the header lines, then the body.
//   positions, separated by blanks
//   valid until, in milliseconds since 1970, or nothing
//   ETag
//   length of the header lines
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

template <typename Integer>
Integer to_integer(std::string_view text) {
  Integer value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::int64_t to_milliseconds(system_clock::time_point time) {
  return std::chrono::duration_cast<milliseconds>(time.time_since_epoch()).count();
}

platform::CachedBytes written(const Freshness& freshness, std::string_view etag,
                              std::string_view head, std::string_view body) {
  std::string positions;
  for (const auto& position : freshness.positions) {
    if (!positions.empty()) positions += ' ';
    positions += position.text();
  }
  const std::string until =
      freshness.valid_until ? std::to_string(to_milliseconds(*freshness.valid_until)) : "";
  return std::make_shared<const std::string>(concat(
      {positions, "\n", until, "\n", etag, "\n", std::to_string(head.size()), "\n", head, body}));
}

}  // namespace

asio::awaitable<std::optional<CachedReply>> ReplyCache::find(std::string_view key) const {
  co_return read(co_await cache_.find(key));
}

std::optional<CachedReply> ReplyCache::read(const platform::CachedBytes& kept) const {
  if (kept == nullptr) return std::nullopt;
  std::string_view text = *kept;
  std::vector<platform::LogPosition> positions;
  for (const std::string_view each : split(take_line(text), ' ')) {
    auto position = platform::parse_log_position(each);
    if (!position) return std::nullopt;
    positions.push_back(*std::move(position));
  }
  const std::string_view until = take_line(text);
  if (!until.empty() && to_milliseconds(now_()) >= to_integer<std::int64_t>(until))
    return std::nullopt;
  if (!book_.is_newest(positions)) return std::nullopt;
  const std::string_view etag = take_line(text);
  const auto head_length = to_integer<std::size_t>(take_line(text));
  if (head_length > text.size()) return std::nullopt;
  return CachedReply{kept, etag, text.substr(0, head_length), text.substr(head_length)};
}

asio::awaitable<void> ReplyCache::keep(std::string_view key, const Freshness& freshness,
                                       std::string_view etag, std::string_view head,
                                       std::string_view body) {
  if (!freshness.is_complete || freshness.positions.empty()) co_return;
  co_await cache_.keep(key, written(freshness, etag, head, body), kAtMost);
}

asio::awaitable<bool> ReplyCache::lead_or_wait(std::string key) {
  bool leads = false;
  const auto start = [&](auto&& completion) {
    using Completion = std::decay_t<decltype(completion)>;
    const auto shared =
        std::make_shared<Completion>(std::forward<decltype(completion)>(completion));
    const auto executor = asio::get_associated_executor(*shared);
    const auto resume = [shared, executor] { asio::post(executor, [shared] { (*shared)(); }); };
    const std::lock_guard lock(mutex_);
    const auto [flight, is_new] = waiting_.try_emplace(key);
    leads = is_new;
    if (is_new) return resume();
    flight->second.emplace_back(resume);
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start, asio::use_awaitable);
  co_return leads;
}

void ReplyCache::finished(const std::string& key) {
  std::vector<std::function<void()>> resumes;
  {
    const std::lock_guard lock(mutex_);
    const auto flight = waiting_.find(key);
    if (flight == waiting_.end()) return;
    resumes = std::move(flight->second);
    waiting_.erase(flight);
  }
  for (const auto& resume : resumes) resume();
}

}  // namespace kkr::gateway
