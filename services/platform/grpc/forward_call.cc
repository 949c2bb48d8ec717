#include "services/platform/grpc/forward_call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <string_view>
#include <utility>
#include <vector>

#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::platform {
namespace {

// What travels on besides the request.
constexpr const char* kCarried[] = {kActorKey, kTraceparentKey};

grpc::ByteBuffer bytes_of(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

bool read_bytes(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) return false;
  std::string whole;
  for (const grpc::Slice& slice : slices) {
    whole.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return message.ParseFromString(whole);
}

// One call on its way to the leader.
struct Forwarded {
  explicit Forwarded(grpc::CallbackServerContext& call)
      : context(grpc::ClientContext::FromCallbackServerContext(call)) {}

  const std::unique_ptr<grpc::ClientContext> context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
};

grpc::Status answer(grpc::CallbackServerContext& call, const Forwarded& forwarded,
                    grpc::Status status, google::protobuf::Message& reply) {
  if (!status.ok()) {
    // What a service says has a reason; without one it was not reached, or is not there any more.
    const bool is_gone =
        status.error_code() == grpc::StatusCode::UNAVAILABLE && reason_of(status).empty();
    return is_gone ? failure_status(CommandFailure::kNotHolder) : status;
  }
  if (!read_bytes(forwarded.reply, reply)) {
    return {grpc::StatusCode::INTERNAL, "The reply of the region's leader cannot be read."};
  }
  const auto& sent = forwarded.context->GetServerInitialMetadata();
  const auto position = sent.find(kPositionKey);
  if (position != sent.end()) {
    call.AddInitialMetadata(kPositionKey,
                            std::string(position->second.data(), position->second.size()));
  }
  return grpc::Status::OK;
}

}  // namespace

bool was_forwarded(const grpc::CallbackServerContext& call) {
  return !metadata_of(call, kForwardedKey).empty();
}

std::string method_of(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int i = 0; i < file.service_count(); ++i) {
    const google::protobuf::ServiceDescriptor& service = *file.service(i);
    for (int j = 0; j < service.method_count(); ++j) {
      const google::protobuf::MethodDescriptor& method = *service.method(j);
      if (method.input_type() == &request) return "/" + service.full_name() + "/" + method.name();
    }
  }
  return {};
}

void forward_call(grpc::CallbackServerContext* call, const std::shared_ptr<grpc::Channel>& leader,
                  const google::protobuf::Message& request, google::protobuf::Message* reply,
                  std::function<void(grpc::Status)> done) {
  const auto forwarded = std::make_shared<Forwarded>(*call);
  forwarded->request = bytes_of(request);
  for (const char* key : kCarried) {
    const std::string_view value = metadata_of(*call, key);
    if (!value.empty()) forwarded->context->AddMetadata(key, std::string(value));
  }
  forwarded->context->AddMetadata(kForwardedKey, "1");
  grpc::GenericStub(leader).UnaryCall(
      forwarded->context.get(), method_of(*request.GetDescriptor()), grpc::StubOptions(),
      &forwarded->request, &forwarded->reply,
      [call, forwarded, reply, done = std::move(done)](grpc::Status status) {
        done(answer(*call, *forwarded, std::move(status), *reply));
      });
}

}  // namespace kkr::platform
