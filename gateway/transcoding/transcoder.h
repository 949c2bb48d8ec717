// Translates between HTTP and the messages of RPCs, from descriptors alone: there is no code per
// endpoint. It calls nobody: it finds the binding, builds the request and renders the reply.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/routing/router.h"
#include "gateway/transcoding/binding.h"
#include "gateway/transcoding/violation.h"
#include "google/protobuf/message.h"

namespace kkr::gateway {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// What a request carries besides its method and path.
struct Payload {
  std::string_view query;
  std::string_view content_type;
  std::string_view body;
};

struct Rendered {
  std::string content_type;
  std::string body;
};

class Transcoder {
 public:
  // `factory` makes the messages of the services' pool and must outlive the transcoder, as must
  // the descriptors. Fails as bindings_of() does, or when two bindings cannot be told apart.
  static absl::StatusOr<Transcoder> create(
      const std::vector<const google::protobuf::ServiceDescriptor*>& services,
      google::protobuf::MessageFactory& factory);

  const std::vector<Binding>& bindings() const { return bindings_; }

  // The route of the match is the index of the binding. HEAD finds what GET would.
  RouteMatch match(std::string_view http_method, std::string_view path) const;

  // The request message, or the first thing that is wrong with it.
  std::variant<MessagePtr, Violation> read_request(const Binding& binding, const RouteMatch& match,
                                                   const Payload& payload) const;

  // An empty message for the reply of the binding's method.
  MessagePtr new_reply(const Binding& binding) const;
  // JSON, or the content of a HttpBody as it is.
  static Rendered write_reply(const Binding& binding, const google::protobuf::Message& reply);

 private:
  explicit Transcoder(google::protobuf::MessageFactory& factory) : factory_(&factory) {}

  google::protobuf::MessageFactory* factory_;
  std::vector<Binding> bindings_;
  Router router_;
};

}  // namespace kkr::gateway
