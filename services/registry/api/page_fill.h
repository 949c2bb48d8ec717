// Fills one page of a list that is offered in order of keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "services/platform/field/page_token.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::registry {

class PageFill {
 public:
  // Reads which page `request` wants. `scope` says which list it is, with every filter. What is
  // wrong with size or token is noted in `fields`.
  template <class Request>
  PageFill(platform::RequestFields& fields, std::string scope, const Request& request)
      : scope_(std::move(scope)),
        page_(fields.page(scope_, request.page_size(), request.page_token())) {}

  // Whether the element of this key belongs on the page.
  bool takes(std::string_view key) {
    if (key <= page_.after) return false;
    if (taken_ == page_.size) {
      more_ = true;
      return false;
    }
    ++taken_;
    last_key_ = key;
    return true;
  }

  const std::string& after() const { return page_.after; }
  // True when an element was offered that found no room.
  bool full() const { return more_; }
  // Empty when every element was offered and found room.
  std::string next_page_token() const {
    return more_ ? platform::make_page_token(scope_, last_key_) : "";
  }

 private:
  std::string scope_;
  platform::Page page_;
  std::size_t taken_ = 0;
  std::string last_key_;
  bool more_ = false;
};

}  // namespace kkr::registry
