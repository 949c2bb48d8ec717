// `/`: what there is to find on this site, as a page for people and as JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/message.h"
#include "gateway/transcoding/binding.h"

namespace kkr::gateway {

class Index {
 public:
  explicit Index(const std::vector<Binding>& bindings);

  // The page when the client prefers HTML.
  http::Response respond(const http::Request& request) const;

 private:
  http::SharedText page_head_;
  http::SharedText page_;
  http::SharedText json_head_;
  http::SharedText json_;
};

}  // namespace kkr::gateway
