#include "gateway/gateway.h"

#include <utility>

#include "gateway/caching/position_book.h"
#include "gateway/caching/reply_cache.h"
#include "gateway/http/listen_policy.h"
#include "gateway/http/server.h"
#include "gateway/openapi/catalog.h"
#include "gateway/openapi/document.h"
#include "gateway/openapi/embedded_descriptors.h"
#include "gateway/site/api.h"
#include "gateway/site/front.h"
#include "gateway/stream/region_streams.h"
#include "gateway/transcoding/transcoder.h"
#include "gateway/views/view_caller.h"
#include "services/platform/cache/memory_cache.h"

namespace kkr::gateway {

// Every object the gateway is made of, in order of need.
struct Gateway::Parts {
  Parts(Config from, Channels channels, platform::Bus& bus, platform::Probes& probes,
        std::unique_ptr<platform::Cache> keep_in, std::unique_ptr<Catalog> of, Transcoder with,
        std::string document)
      : config(std::move(from)),
        cache(std::move(keep_in)),
        catalog(std::move(of)),
        transcoder(std::move(with)),
        openapi(std::move(document)),
        services(std::move(channels), catalog->factory(), config.repeats,
                 config.services_have_replicas ? &book : nullptr),
        streams(bus, book, services),
        front(api, streams, probes, index, openapi) {}

  const Config config;
  const std::unique_ptr<platform::Cache> cache;
  const std::unique_ptr<Catalog> catalog;
  const Transcoder transcoder;
  const std::string openapi;
  PositionBook book;
  ReplyCache replies{*cache, book};
  GrpcCaller services;
  ViewCaller views{services};
  RegionStreams streams;
  Api api{transcoder, services, views, &ViewCaller::service(), replies, book};
  const Index index{transcoder.bindings()};
  Front front;
  http::Server server{front, config.limits, config.threads};
};

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Gateway::~Gateway() = default;

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::create(const Config& config, Channels channels,
                                                         platform::Bus& bus,
                                                         platform::Probes& probes) {
  return create(config, std::move(channels), bus, probes, nullptr);
}

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::create(const Config& config, Channels channels,
                                                         platform::Bus& bus,
                                                         platform::Probes& probes,
                                                         std::unique_ptr<platform::Cache> cache) {
  if (auto refusal = http::refusal_to_listen(config.address, config.behind_authenticating_proxy))
    return absl::InvalidArgumentError(*refusal);
  if (cache == nullptr) cache = std::make_unique<platform::MemoryCache>(config.cache_bytes);
  auto catalog = Catalog::create(embedded_descriptors());
  if (!catalog.ok()) return catalog.status();
  auto transcoder = Transcoder::create((*catalog)->callable(), (*catalog)->factory());
  if (!transcoder.ok()) return transcoder.status();
  auto document = openapi_document((*catalog)->described());
  if (!document.ok()) return document.status();
  return std::unique_ptr<Gateway>(new Gateway(
      std::make_unique<Parts>(config, std::move(channels), bus, probes, std::move(cache),
                              *std::move(catalog), *std::move(transcoder), *std::move(document))));
}

absl::Status Gateway::start() {
  const auto refusal = parts_->server.start(parts_->config.address, parts_->config.port);
  return refusal ? absl::UnavailableError(*refusal) : absl::OkStatus();
}

std::uint16_t Gateway::port() const { return parts_->server.port(); }

void Gateway::drain(std::chrono::milliseconds grace) { parts_->server.drain(grace); }

const std::string& Gateway::openapi() const { return parts_->openapi; }

}  // namespace kkr::gateway
