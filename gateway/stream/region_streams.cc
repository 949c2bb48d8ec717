#include "gateway/stream/region_streams.h"

#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "gateway/text/text.h"
#include "kkr/platform/v1/event_log.pb.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kPathBegin = "/v1/regions/";
constexpr std::string_view kPathEnd = ":stream";
constexpr std::string_view kNational = "danmark";
constexpr std::size_t kReplayedMax = 1000;  // In all logs together; then reading all is cheaper.
constexpr std::chrono::seconds kReplayTimeMax{5};
constexpr std::size_t kLogsMax = 32;  // That a client may say to have seen.

std::string_view region_of(std::string_view path) {
  path.remove_prefix(kPathBegin.size());
  path.remove_suffix(kPathEnd.size());
  return path;
}

// Nothing when the id is none that this site has given out.
std::vector<platform::LogPosition> parse_event_id(std::string_view id) {
  std::vector<platform::LogPosition> positions;
  for (const std::string_view part : split(id, ',')) {
    auto position = platform::parse_log_position(trim(part));
    if (!position || positions.size() == kLogsMax) return {};
    positions.push_back(*std::move(position));
  }
  return positions;
}

http::Response stream_response() {
  std::string head;
  http::append_header(head, "Content-Type", "text/event-stream");
  http::append_header(head, "Cache-Control", "no-store");
  http::Response response;
  response.head = http::SharedText(std::move(head));
  return response;
}

}  // namespace

RegionStreams::RegionStreams(platform::Bus& bus, PositionBook& book, GrpcCaller& services,
                             std::chrono::milliseconds heartbeat)
    : book_(book), services_(services), heartbeat_(heartbeat) {
  subscription_ = bus.subscribe("", "", [this](const platform::EventPtr& event) { hear(event); });
}

bool RegionStreams::is_at(std::string_view path) {
  if (path.size() <= kPathBegin.size() + kPathEnd.size()) return false;
  if (path.substr(0, kPathBegin.size()) != kPathBegin) return false;
  if (path.substr(path.size() - kPathEnd.size()) != kPathEnd) return false;
  const std::string_view region = region_of(path);
  return std::all_of(region.begin(), region.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void RegionStreams::hear(const platform::EventPtr& published) {
  const auto& event = published->event;
  book_.observe({published->service, published->region, event.generation, event.position});
  const std::lock_guard lock(mutex_);
  const bool national = published->region == kNational;
  auto [at, end] = by_region_.equal_range(published->region);
  if (national) std::tie(at, end) = std::pair(by_region_.begin(), by_region_.end());
  while (at != end) {
    if (const auto stream = at->second.lock()) stream->push(published);
    ++at;
  }
}

asio::awaitable<http::Response> RegionStreams::open(const http::Request& request) {
  const std::string region(region_of(request.path));
  const auto stream = std::make_shared<EventStream>(co_await asio::this_coro::executor, heartbeat_);
  {
    // First of all: from here on everything new waits in the stream, so that nothing falls between.
    const std::lock_guard lock(mutex_);
    std::erase_if(by_region_, [](const auto& entry) { return entry.second.expired(); });
    by_region_.emplace(region, stream);
  }
  const std::string_view id = request.header("Last-Event-ID");
  const auto seen = id.empty() ? book_.known_of(region) : parse_event_id(id);
  stream->start_at(seen);
  if (!id.empty()) co_await catch_up(*stream, seen);
  http::Response response = stream_response();
  response.stream = stream;
  co_return response;
}

asio::awaitable<void> RegionStreams::catch_up(EventStream& stream,
                                              std::vector<platform::LogPosition> seen) {
  const auto& read_events = *platform::v1::ReadEventsRequest::descriptor()
                                 ->file()
                                 ->FindServiceByName("EventLogService")
                                 ->method(0);
  const CallContext context{{}, std::chrono::system_clock::now() + kReplayTimeMax};
  std::size_t replayed = 0;
  if (seen.empty()) stream.tell_lost();
  while (!seen.empty()) {
    platform::LogPosition& at = seen.back();
    platform::v1::ReadEventsRequest request;
    request.set_log(concat({at.service, "/", at.region}));
    request.set_generation(at.generation);
    request.set_from_position(at.position + 1);
    const std::vector<GrpcCaller::Call> calls = {{&read_events, &request, at.service}};
    const auto replies = co_await services_.call_all(calls, context);
    if (!replies.front().status.ok()) co_return stream.tell_lost();
    const auto& slice =
        dynamic_cast<const platform::v1::ReadEventsResponse&>(*replies.front().message);
    replayed += static_cast<std::size_t>(slice.events_size());
    if (replayed > kReplayedMax) co_return stream.tell_lost();
    for (const auto& event : slice.events())
      stream.replay({{at.service, at.region, event.generation(), event.position()},
                     event.type(),
                     event.stream()});
    if (!slice.events().empty()) at.position = slice.events().rbegin()->position();
    if (slice.events().empty() || at.position >= slice.head_position()) seen.pop_back();
  }
}

}  // namespace kkr::gateway
