#include "services/notification/api/feed_api.h"

#include <openssl/rand.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "services/notification/api/secrets.h"
#include "services/platform/event_store/sha256.h"
#include "services/platform/time/local_date.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kEnding = ".ics";

// Of characters that stand in a URL as they are.
FeedSecret new_secret() {
  std::string random(kSecretBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(random.data()),
                 static_cast<int>(random.size())) != 1) {
    std::abort();
  }
  FeedSecret secret;
  secret.text = absl::WebSafeBase64Escape(random);
  secret.digest = std::string(platform::as_bytes(platform::sha256_of(secret.text)));
  return secret;
}

// The feed with its link while it has one.
auto showing_feed(std::string name) {
  return [name = std::move(name)](const Notification& state, Log& log, v1::Feed& made) {
    const auto feed = find_feed(state, name);
    if (feed == nullptr) return to_status(refusal(Rejection::kFeedUnknown));
    made = feed->content;
    std::string secret;
    grpc::Status status = read_secret(log, feed->secret_key, secret);
    if (!secret.empty()) {
      made.set_link("/calendars/" + std::string(region_of(name)) + "/" + secret +
                    std::string(kEnding));
    }
    return status;
  };
}

}  // namespace

grpc::ServerUnaryReactor* FeedApi::CreateFeed(grpc::CallbackServerContext* call,
                                              const v1::CreateFeedRequest* request,
                                              v1::Feed* reply) {
  const std::string region(region_of(request->parent()));
  const FeedId id{created_id(request->feed_id(), request->request_id())};
  return platform::run_command<Domain>(
      call, logs_, region, *request, reply,
      [request, secret = new_secret()](const Notification& state, const Context& context) {
        return decide(state, *request, secret, context);
      },
      [show = showing_feed(feed_name(region, id))](const Committed& done, Log& log,
                                                   v1::Feed& made) {
        return show(done.state->state, log, made);
      });
}

grpc::ServerUnaryReactor* FeedApi::RevokeFeed(grpc::CallbackServerContext* call,
                                              const v1::RevokeFeedRequest* request,
                                              v1::Feed* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_feed(request->name()));
}

grpc::ServerUnaryReactor* FeedApi::GetFeed(grpc::CallbackServerContext* call,
                                           const v1::GetFeedRequest* request, v1::Feed* reply) {
  return look_up(call, logs_, request->name(), reply, showing_feed(request->name()));
}

grpc::ServerUnaryReactor* FeedApi::ListFeeds(grpc::CallbackServerContext* call,
                                             const v1::ListFeedsRequest* request,
                                             v1::ListFeedsResponse* reply) {
  return list(call, logs_, request->parent() + "/feeds", request, reply,
              [](const Notification& state, Log&, PageFill& page, v1::ListFeedsResponse& made) {
                const FeedId after{page.after()};
                state.feeds.visit_after(&after, [&](const FeedId& id, const KeptFeed& feed) {
                  if (!page.has_room(made)) return false;
                  *made.add_feeds() = feed.content;
                  page.put_in(id.text);
                  return true;
                });
                return grpc::Status::OK;
              });
}

grpc::ServerUnaryReactor* FeedApi::ReadCalendar(grpc::CallbackServerContext* call,
                                                const v1::ReadCalendarRequest* request,
                                                google::api::HttpBody* reply) {
  std::string secret = request->file();
  const bool is_calendar = absl::EndsWith(secret, ".ics");
  if (is_calendar) secret.resize(secret.size() - kEnding.size());
  std::string digest(platform::as_bytes(platform::sha256_of(secret)));
  return platform::run_query(
      call, logs_, request->region(), reply,
      [this, is_calendar, digest = std::move(digest)](const StateAt& at, Log&,
                                                      google::api::HttpBody& made) {
        const auto feed = is_calendar ? feed_behind(at.state, digest) : nullptr;
        if (feed == nullptr) return to_status(refusal(Rejection::kFeedUnknown));
        made.set_content_type("text/calendar; charset=utf-8");
        made.set_data(
            calendar_of(at.state, feed->content, platform::local_date_of(clock_.now()), origin_));
        return grpc::Status::OK;
      });
}

}  // namespace kkr::notification
