// The site as a whole: sends each request to the part that answers it. Everything that is not under
// /v1 is listed in the source file.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "gateway/http/site.h"
#include "gateway/site/api.h"
#include "gateway/site/index.h"
#include "gateway/site/request_meter.h"
#include "gateway/stream/region_streams.h"
#include "services/platform/operations/probes.h"

namespace kkr::gateway {

class Front : public http::Site {
 public:
  // All must outlive the site. `openapi` is the document as JSON.
  Front(Api& api, RegionStreams& streams, platform::Probes& probes, const Index& index,
        std::string openapi);

  std::uint64_t body_bytes_max(const http::Request& head) override;
  boost::asio::awaitable<http::Response> respond(const http::Request& request) override;
  http::Response refuse(http::Refusal refusal) override;

 private:
  boost::asio::awaitable<http::Response> answer(const http::Request& request);
  http::Response readiness();

  Api& api_;
  RegionStreams& streams_;
  platform::Probes& probes_;
  RequestMeter meter_;
  std::map<std::string, std::function<http::Response(const http::Request&)>, std::less<>> pages_;
};

}  // namespace kkr::gateway
