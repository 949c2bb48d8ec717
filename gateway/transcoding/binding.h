// One HTTP shape of one RPC, read from its google.api.http annotation. Refuses at start what could
// not be served: streaming methods, templates that do not parse, fields that do not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/routing/path_template.h"
#include "google/protobuf/descriptor.h"

namespace kkr::gateway {

struct Binding {
  // What the HTTP body is read into.
  enum class Body {
    kNone,       // There must be none.
    kJson,       // JSON of `body_field`, or of the whole request when that is null.
    kRawContent  // Bytes of any type: `body_field`, or the request itself, is a HttpBody.
  };

  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string http_method;  // GET, POST, ...
  std::string path_text;    // The template as written.
  PathTemplate path;
  Body body = Body::kNone;
  bool body_is_whole_request = false;  // body: "*"
  const google::protobuf::FieldDescriptor* body_field = nullptr;
  const google::protobuf::FieldDescriptor* reply_field = nullptr;  // Null: the whole reply.
  bool reply_is_raw_content = false;
  // Proto paths of the fields that path and body give, so that the query may not.
  std::vector<std::string> bound;

  bool is_upload() const { return body == Body::kRawContent; }
};

// Every binding of the annotated methods of a service, `additional_bindings` included, in order of
// declaration. Methods without annotation have none. INVALID_ARGUMENT names what is wrong where.
absl::StatusOr<std::vector<Binding>> bindings_of(
    const google::protobuf::ServiceDescriptor& service);

}  // namespace kkr::gateway
