// AttachmentService over gRPC.
#pragma once

#include "kkr/consultation/v1/attachments.grpc.pb.h"
#include "services/consultation/api/calls.h"

namespace kkr::consultation {

class AttachmentApi final : public v1::AttachmentService::CallbackService {
 public:
  explicit AttachmentApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* UploadAttachment(grpc::CallbackServerContext* call,
                                             const v1::UploadAttachmentRequest* request,
                                             v1::Attachment* reply) override;
  grpc::ServerUnaryReactor* DownloadAttachment(grpc::CallbackServerContext* call,
                                               const v1::DownloadAttachmentRequest* request,
                                               google::api::HttpBody* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::consultation
