#include "services/platform/bus/nats_connection.h"

#include <fstream>
#include <future>
#include <utility>

#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

constexpr std::int64_t kReconnectWaitMs = 100;
constexpr std::int64_t kReconnectJitterMs = 100;
constexpr std::int64_t kConnectTimeoutMs = 1'000;
// A dead peer is noticed after three of these.
constexpr std::int64_t kPingIntervalMs = 2'000;
constexpr int kPingsOutMax = 2;

// The first failure of a row of calls, and what was asked for when it happened.
class Attempt {
 public:
  Attempt& operator()(natsStatus status, const std::string& what) {
    if (failure_.empty() && status != NATS_OK)
      failure_ = "NATS: " + what + ": " + natsStatus_GetText(status);
    return *this;
  }
  void fail(const std::string& what) {
    if (failure_.empty()) failure_ = "NATS: " + what;
  }
  const std::string& failure() const { return failure_; }

 private:
  std::string failure_;
};

void use_user(natsOptions* options, const NatsSettings& settings, Attempt& attempt) {
  if (settings.user.empty()) return;
  std::ifstream file(settings.password_file);
  std::string password;
  if (!std::getline(file, password))
    return attempt.fail("no password can be read from " + settings.password_file);
  attempt(natsOptions_SetUserInfo(options, settings.user.c_str(), password.c_str()), "user");
}

void use_encryption(natsOptions* options, const NatsSettings& settings, Attempt& attempt) {
  if (settings.authorities_file.empty()) return;
  attempt(natsOptions_SetSecure(options, true), "encryption");
  attempt(natsOptions_LoadCATrustedCertificates(options, settings.authorities_file.c_str()),
          "authorities " + settings.authorities_file);
  if (settings.certificate_file.empty()) return;
  attempt(natsOptions_LoadCertificatesChain(options, settings.certificate_file.c_str(),
                                            settings.key_file.c_str()),
          "certificate " + settings.certificate_file);
}

void use_servers(natsOptions* options, const NatsSettings& settings, Attempt& attempt) {
  std::vector<const char*> urls;
  for (const std::string& url : settings.urls) urls.push_back(url.c_str());
  attempt(natsOptions_SetServers(options, urls.data(), static_cast<int>(urls.size())), "servers");
  attempt(natsOptions_SetName(options, settings.name.c_str()), "name");
  attempt(natsOptions_SetTimeout(options, kConnectTimeoutMs), "time to connect");
  attempt(natsOptions_SetMaxReconnect(options, -1), "reconnects");
  attempt(natsOptions_SetReconnectWait(options, kReconnectWaitMs), "time between reconnects");
  attempt(natsOptions_SetReconnectJitter(options, kReconnectJitterMs, kReconnectJitterMs),
          "jitter of reconnects");
  attempt(natsOptions_SetPingInterval(options, kPingIntervalMs), "ping interval");
  attempt(natsOptions_SetMaxPingsOut(options, kPingsOutMax), "pings");
  attempt(natsOptions_SetFailRequestsOnDisconnect(options, true), "requests");
  // A relay sends again what did not arrive: what lies in a buffer would only come twice.
  attempt(natsOptions_SetReconnectBufSize(options, 1), "buffer");
}

}  // namespace

struct NatsConnection::Calls {
  Listener listener;
  std::promise<void> closed;

  static void connected(natsConnection*, void* self) {
    log(LogLevel::kInfo, "connected to NATS");
    static_cast<Calls*>(self)->listener.connected();
  }
  static void lost(natsConnection* connection, void* self) {
    if (!natsConnection_IsClosed(connection)) log(LogLevel::kWarning, "connection to NATS lost");
    static_cast<Calls*>(self)->listener.lost();
  }
  static void ended(natsConnection*, void* self) { static_cast<Calls*>(self)->closed.set_value(); }
  static void failed(natsConnection*, natsSubscription*, natsStatus status, void*) {
    log(LogLevel::kWarning, "NATS reports a failure", {{"status", natsStatus_GetText(status)}});
  }

  void listen(natsOptions* options, Attempt& attempt) {
    attempt(natsOptions_SetRetryOnFailedConnect(options, true, connected, this), "retries");
    attempt(natsOptions_SetReconnectedCB(options, connected, this), "callback");
    attempt(natsOptions_SetDisconnectedCB(options, lost, this), "callback");
    attempt(natsOptions_SetClosedCB(options, ended, this), "callback");
    attempt(natsOptions_SetErrorHandler(options, failed, this), "callback");
  }
};

NatsConnection::NatsConnection(Listener listener) : calls_(std::make_unique<Calls>()) {
  calls_->listener = std::move(listener);
}

std::variant<std::unique_ptr<NatsConnection>, std::string> NatsConnection::open(
    const NatsSettings& settings, Listener listener) {
  std::unique_ptr<NatsConnection> connection(new NatsConnection(std::move(listener)));
  Attempt attempt;
  natsOptions* created = nullptr;
  attempt(natsOptions_Create(&created), "options");
  const NatsOptions options(created);
  use_servers(options.get(), settings, attempt);
  use_user(options.get(), settings, attempt);
  use_encryption(options.get(), settings, attempt);
  connection->calls_->listen(options.get(), attempt);
  if (!attempt.failure().empty()) return attempt.failure();
  const natsStatus status = natsConnection_Connect(&connection->connection_, options.get());
  if (status == NATS_OK) Calls::connected(connection->connection_, connection->calls_.get());
  if (status != NATS_OK && status != NATS_NOT_YET_CONNECTED)
    return attempt(status, "connection").failure();
  return connection;
}

NatsConnection::~NatsConnection() {
  if (connection_ == nullptr) return;
  natsConnection_Close(connection_);
  calls_->closed.get_future().wait();
  natsConnection_Destroy(connection_);
}

bool NatsConnection::connected() const {
  return natsConnection_Status(connection_) == NATS_CONN_STATUS_CONNECTED;
}

struct NatsSubscription::Calls {
  Callback callback;
  std::promise<void> completed;

  static void arrived(natsConnection*, natsSubscription*, natsMsg* message, void* self) {
    const NatsMessage owned(message);
    static_cast<Calls*>(self)->callback(message);
  }
  static void ended(void* self) { static_cast<Calls*>(self)->completed.set_value(); }
};

NatsSubscription::NatsSubscription(Callback callback) : calls_(std::make_unique<Calls>()) {
  calls_->callback = std::move(callback);
}

std::unique_ptr<NatsSubscription> NatsSubscription::open(NatsConnection& connection,
                                                         const std::string& subject,
                                                         Callback callback) {
  std::unique_ptr<NatsSubscription> made(new NatsSubscription(std::move(callback)));
  if (natsConnection_Subscribe(&made->subscription_, connection.get(), subject.c_str(),
                               Calls::arrived, made->calls_.get()) != NATS_OK) {
    return nullptr;
  }
  natsSubscription_SetOnCompleteCB(made->subscription_, Calls::ended, made->calls_.get());
  natsSubscription_SetPendingLimits(made->subscription_, -1, -1);
  return made;
}

NatsSubscription::~NatsSubscription() {
  if (subscription_ == nullptr) return;
  natsSubscription_Unsubscribe(subscription_);
  calls_->completed.get_future().wait();
  natsSubscription_Destroy(subscription_);
}

}  // namespace kkr::platform
