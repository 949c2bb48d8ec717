// `/v1/regions/{region}:stream`: lets clients follow what happens in a region, and keeps the
// gateway's own book of positions. Listens to the bus from start to end of its life.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/backend/grpc_caller.h"
#include "gateway/caching/position_book.h"
#include "gateway/http/message.h"
#include "gateway/stream/event_stream.h"
#include "services/platform/bus/bus.h"

namespace kkr::gateway {

class RegionStreams {
 public:
  // All must outlive the streams.
  RegionStreams(platform::Bus& bus, PositionBook& book, GrpcCaller& services,
                std::chrono::milliseconds heartbeat = std::chrono::seconds(15));

  // True for the path of a stream.
  static bool is_at(std::string_view path);

  // The stream of the region in the path. With `Last-Event-ID` it begins with what came since, read
  // from the services; with an event `lost` when they no longer know, or there is too much of it.
  boost::asio::awaitable<http::Response> open(const http::Request& request);

 private:
  void hear(const platform::EventPtr& event);
  boost::asio::awaitable<void> catch_up(EventStream& stream,
                                        std::vector<platform::LogPosition> seen);

  PositionBook& book_;
  GrpcCaller& services_;
  const std::chrono::milliseconds heartbeat_;
  std::mutex mutex_;
  std::multimap<std::string, std::weak_ptr<EventStream>, std::less<>> by_region_;
  std::unique_ptr<platform::Subscription> subscription_;  // Last: it ends before the rest goes.
};

}  // namespace kkr::gateway
