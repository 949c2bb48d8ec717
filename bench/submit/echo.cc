// The least that a gRPC server can do with a submitted answer: send it back, as the site does, and
// keep nothing. The rate of this is the ceiling that the durable one is measured against.
#include <grpcpp/grpcpp.h>

#include <cstdio>

#include "kkr/consultation/v1/answers.grpc.pb.h"

namespace {

namespace v1 = kkr::consultation::v1;

class Echo final : public v1::AnswerService::CallbackService {
  grpc::ServerUnaryReactor* SubmitAnswer(grpc::CallbackServerContext* call,
                                         const v1::SubmitAnswerRequest* request,
                                         v1::Answer* reply) override {
    reply->set_name(request->name());
    reply->set_kind(request->kind());
    *reply->mutable_values() = request->values();
    *reply->mutable_sign_off() = request->sign_off();
    *reply->mutable_treatment() = request->treatment();
    auto* reactor = call->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace

// Prints the port it listens on and serves until it is ended.
int main() {
  Echo echo;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo);
  const auto server = builder.BuildAndStart();
  std::printf("%d\n", port);
  std::fflush(stdout);
  server->Wait();
}
