#include "services/platform/administration/admin_service.h"

#include <utility>

#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::platform {
namespace {

template <class Reply>
grpc::Status answer(AdminResult<Reply> result, const char* reason, Reply& reply) {
  if (const auto* error = std::get_if<AdminError>(&result)) {
    return error_status(grpc::StatusCode::UNAVAILABLE, reason, error->sentence);
  }
  reply = std::get<Reply>(std::move(result));
  return grpc::Status::OK;
}

template <class Work>
grpc::ServerUnaryReactor* run(AnswerPool& pool, grpc::CallbackServerContext* call, Work work) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  if (!pool.submit([reactor, work = std::move(work)] { reactor->Finish(work()); })) {
    reactor->Finish(failure_status(CommandFailure::kQueueFull));
  }
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* AdminService::Verify(grpc::CallbackServerContext* call,
                                               const v1::VerifyRequest* request,
                                               v1::VerifyResponse* reply) {
  return run(pool_, call, [this, request, reply] {
    return answer(site_.verify(request->anchor()), "VERIFY_FAILED", *reply);
  });
}

grpc::ServerUnaryReactor* AdminService::BackUp(grpc::CallbackServerContext* call,
                                               const v1::BackUpRequest* request,
                                               v1::BackUpResponse* reply) {
  return run(pool_, call, [this, request, reply] {
    const std::filesystem::path folder = request->folder();
    if (!folder.is_absolute()) {
      return error_status(grpc::StatusCode::INVALID_ARGUMENT, "FOLDER_INVALID",
                          "The folder's path is not absolute.", {},
                          {{"folder", "is not an absolute path"}});
    }
    return answer(site_.back_up(folder), "BACKUP_FAILED", *reply);
  });
}

}  // namespace kkr::platform
