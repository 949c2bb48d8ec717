// A connection to NATS servers that comes back by itself, and what cnats hands out over it, owned.
// Keeps nothing back for later: while no server can be reached, whoever wants to send is told so.
#pragma once

#include <nats/nats.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace kkr::platform {

struct NatsSettings {
  std::vector<std::string> urls;  // `nats://host:port`; any one of them will do.
  std::string name;               // What the server shows its operators for this connection.
  std::string user;               // Empty: none asked for.
  std::string password_file;      // Its first line.
  // PEM files. With authorities the connection is encrypted and the server must show a certificate
  // of theirs for its host; the other two are what this side shows.
  std::string authorities_file;
  std::string certificate_file;
  std::string key_file;
};

template <class T, void (*destroy)(T*)>
struct NatsDeleter {
  void operator()(T* object) const { destroy(object); }
};
template <class T, void (*destroy)(T*)>
using NatsOwned = std::unique_ptr<T, NatsDeleter<T, destroy>>;

using NatsMessage = NatsOwned<natsMsg, natsMsg_Destroy>;
using NatsOptions = NatsOwned<natsOptions, natsOptions_Destroy>;
using JetStreamContext = NatsOwned<jsCtx, jsCtx_Destroy>;

class NatsConnection {
 public:
  // Called from a thread of cnats; must be short.
  struct Listener {
    std::function<void()> connected;  // For the first time, or again.
    std::function<void()> lost;
  };

  // Begins to connect and goes on trying until it is destroyed. Fails, with a sentence for the
  // operator, only when the settings cannot be used: a file is missing or no key.
  static std::variant<std::unique_ptr<NatsConnection>, std::string> open(
      const NatsSettings& settings, Listener listener);
  // No call of the listener runs after that.
  ~NatsConnection();
  NatsConnection(const NatsConnection&) = delete;
  NatsConnection& operator=(const NatsConnection&) = delete;

  bool connected() const;
  // Owned by this object.
  natsConnection* get() const { return connection_; }

 private:
  struct Calls;  // What cnats calls, while it lives.

  explicit NatsConnection(Listener listener);

  const std::unique_ptr<Calls> calls_;
  natsConnection* connection_ = nullptr;
};

// Calls back, from a thread of cnats and one message at a time, until it is destroyed; no call runs
// after that. Holds back no message however many wait: the callback must be quick.
class NatsSubscription {
 public:
  using Callback = std::function<void(natsMsg*)>;  // The message stays the subscription's.

  // Null when the connection is closed.
  static std::unique_ptr<NatsSubscription> open(NatsConnection& connection,
                                                const std::string& subject, Callback callback);
  ~NatsSubscription();
  NatsSubscription(const NatsSubscription&) = delete;
  NatsSubscription& operator=(const NatsSubscription&) = delete;

 private:
  struct Calls;

  explicit NatsSubscription(Callback callback);

  const std::unique_ptr<Calls> calls_;
  natsSubscription* subscription_ = nullptr;
};

}  // namespace kkr::platform
