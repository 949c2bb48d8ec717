// Posts to the case systems of others: signed, over HTTPS, and only to addresses that anybody on
// the Internet can reach. Follows no redirect, asks no proxy, and takes no answer for longer or
// larger than its limits. Tries once; when to try again is the caller's affair.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace kkr::notification {

struct WebhookPost {
  std::string url;
  std::string id;      // The same each time the post is tried, so that the receiver knows it again.
  std::string secret;  // See signature.h.
  std::string body;    // JSON.
  absl::Time sent_at;  // By the time of the world, not of the site: it bounds a replay.
};

struct WebhookOutcome {
  enum class Kind {
    kDelivered,  // 2xx.
    kTryAgain,   // 408, 425, 429, 5xx, or no answer: it may have arrived all the same.
    kRefused,    // Any other status; an address, URL or certificate that will not do.
  };
  Kind kind = Kind::kTryAgain;
  int status = 0;    // Of HTTP; 0 without an answer.
  std::string text;  // What went wrong, in a sentence; empty when delivered.
};

struct WebhookLimits {
  bool allow_private =
      false;  // For a site whose case systems are in its own network; HTTP as well.
  int connect_time_max_ms = 5'000;
  int time_max_ms = 10'000;
};

// What is wrong with a URL to post to, as the end of the sentence "The URL …"; nullopt when it will
// do. Where its host leads is not looked up: that is done each time it is posted to.
std::optional<std::string> url_fault(const std::string& url, bool allow_private);

// The host a URL leads to, with its port when it names one; empty for what is no URL.
std::string host_of(const std::string& url);

// May be used from any thread; keeps connections for the next post.
class WebhookClient {
 public:
  explicit WebhookClient(WebhookLimits limits);
  ~WebhookClient();

  // Blocks until the outcome is known, at most for the time of the limits.
  WebhookOutcome send(const WebhookPost& post);

 private:
  struct Connection;

  std::unique_ptr<Connection> take_connection();
  void keep_connection(std::unique_ptr<Connection> connection);

  const WebhookLimits limits_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace kkr::notification
