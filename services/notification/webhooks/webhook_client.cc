#include "services/notification/webhooks/webhook_client.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "services/notification/webhooks/public_address.h"
#include "services/notification/webhooks/signature.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kUrlBytesMax = 2048;
constexpr std::size_t kAnswerBytesMax = std::size_t{64} << 10U;
constexpr std::size_t kIdleMax = 8;

struct FreeHeaders {
  void operator()(curl_slist* headers) const { curl_slist_free_all(headers); }
};
using Headers = std::unique_ptr<curl_slist, FreeHeaders>;

void add(Headers& headers, const std::string& line) {
  curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) std::abort();  // Out of memory.
  if (headers == nullptr) headers.reset(longer);
}

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

// A part of the URL; empty when it has none.
std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return "";
  std::string kept(text);
  curl_free(text);
  return kept;
}

// What the callbacks of one post know.
struct Attempt {
  bool allow_private = false;
  bool met_private = false;
  std::size_t answer_bytes = 0;
};

// Called with each address that the host's name leads to, just before it is connected to: a name
// that leads elsewhere than when it was registered is caught here.
curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* to) {
  auto& attempt = *static_cast<Attempt*>(context);
  if (!attempt.allow_private && !is_public_address(to->addr)) {
    attempt.met_private = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

// Nobody reads what is answered; a short write makes curl give up.
std::size_t pass_over(char*, std::size_t size, std::size_t count, void* context) {
  auto& attempt = *static_cast<Attempt*>(context);
  attempt.answer_bytes += size * count;
  return attempt.answer_bytes <= kAnswerBytesMax ? size * count : 0;
}

Headers headers_of(const WebhookPost& post, const std::string& signature) {
  Headers headers;
  add(headers, "Content-Type: application/json");
  add(headers, "webhook-id: " + post.id);
  add(headers, fmt::format("webhook-timestamp: {}", absl::ToUnixSeconds(post.sent_at)));
  add(headers, "webhook-signature: " + signature);
  add(headers, "Expect:");  // Many servers do not know it.
  return headers;
}

WebhookOutcome outcome_of_status(int status) {
  using Kind = WebhookOutcome::Kind;
  if (status >= 200 && status < 300) return {Kind::kDelivered, status, ""};
  const bool passes = status == 408 || status == 425 || status == 429 || status >= 500;
  return {passes ? Kind::kTryAgain : Kind::kRefused, status,
          fmt::format("The receiver answered {}.", status)};
}

bool mends_itself(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION: return false;
    default: return true;
  }
}

}  // namespace

std::optional<std::string> url_fault(const std::string& url, bool allow_private) {
  if (url.size() > kUrlBytesMax) return "is longer than 2048 bytes";
  const Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    return "is not a whole URL";
  const std::string scheme = part_of(parsed, CURLUPART_SCHEME);
  if (scheme != "https" && (scheme != "http" || !allow_private)) return "must begin with https://";
  if (!part_of(parsed, CURLUPART_USER).empty() || !part_of(parsed, CURLUPART_PASSWORD).empty())
    return "may not hold a user or a password";
  if (!part_of(parsed, CURLUPART_FRAGMENT).empty()) return "may not have a fragment";
  return std::nullopt;
}

std::string host_of(const std::string& url) {
  const Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "";
  const std::string port = part_of(parsed, CURLUPART_PORT);
  return part_of(parsed, CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

struct WebhookClient::Connection {
  Connection() : curl(curl_easy_init()) {
    if (curl == nullptr) std::abort();  // Out of memory.
  }
  ~Connection() { curl_easy_cleanup(curl); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  template <class T>
  void set(CURLoption option, T value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK) std::abort();  // Not this libcurl.
  }

  CURL* const curl;
};

WebhookClient::WebhookClient(WebhookLimits limits) : limits_(limits) {}
WebhookClient::~WebhookClient() = default;

std::unique_ptr<WebhookClient::Connection> WebhookClient::take_connection() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Connection>();
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void WebhookClient::keep_connection(std::unique_ptr<Connection> connection) {
  curl_easy_reset(connection->curl);  // Keeps what is connected.
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdleMax) idle_.push_back(std::move(connection));
}

WebhookOutcome WebhookClient::send(const WebhookPost& post) {
  using Kind = WebhookOutcome::Kind;
  if (const auto fault = url_fault(post.url, limits_.allow_private))
    return {Kind::kRefused, 0, "The URL " + *fault + "."};
  const std::string signature = webhook_signature(post.secret, post.id, post.sent_at, post.body);
  if (signature.empty()) return {Kind::kRefused, 0, "There is no secret to sign with."};

  const Headers headers = headers_of(post, signature);
  Attempt attempt{.allow_private = limits_.allow_private};
  std::array<char, CURL_ERROR_SIZE> error{};
  auto connection = take_connection();
  connection->set(CURLOPT_URL, post.url.c_str());
  connection->set(CURLOPT_PROTOCOLS_STR, limits_.allow_private ? "http,https" : "https");
  connection->set(CURLOPT_PROXY, "");  // Else the address checked would be the proxy's.
  connection->set(CURLOPT_FOLLOWLOCATION, 0L);
  connection->set(CURLOPT_NOSIGNAL, 1L);
  connection->set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect_time_max_ms));
  connection->set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.time_max_ms));
  connection->set(CURLOPT_USERAGENT, "KKR-Webhook/1");
  connection->set(CURLOPT_HTTPHEADER, headers.get());
  connection->set(CURLOPT_POSTFIELDS, post.body.data());
  connection->set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  connection->set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  connection->set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&attempt));
  connection->set(CURLOPT_WRITEFUNCTION, &pass_over);
  connection->set(CURLOPT_WRITEDATA, static_cast<void*>(&attempt));
  connection->set(CURLOPT_ERRORBUFFER, error.data());

  const CURLcode code = curl_easy_perform(connection->curl);
  long status = 0;
  curl_easy_getinfo(connection->curl, CURLINFO_RESPONSE_CODE, &status);
  keep_connection(std::move(connection));

  if (attempt.met_private && status == 0)
    return {Kind::kRefused, 0, "The host leads to an address that is not public."};
  const bool answered = code == CURLE_OK || code == CURLE_WRITE_ERROR;
  if (answered && status != 0) return outcome_of_status(static_cast<int>(status));
  return {mends_itself(code) ? Kind::kTryAgain : Kind::kRefused, 0,
          fmt::format("{}.", error[0] != '\0' ? error.data() : curl_easy_strerror(code))};
}

}  // namespace kkr::notification
