#include "services/consultation/api/attachment_api.h"

#include <utility>
#include <variant>

#include "services/platform/attachments/attachment_store.h"

namespace kkr::consultation {
namespace {

using grpc::StatusCode;
using platform::AttachmentFailure;
using platform::error_status;
using platform::StoredAttachment;

grpc::Status status_of(AttachmentFailure failure) {
  switch (failure) {
    case AttachmentFailure::kEmpty:
      return error_status(StatusCode::INVALID_ARGUMENT, "ATTACHMENT_EMPTY", "The file is empty.");
    case AttachmentFailure::kTooLarge:
      return error_status(StatusCode::INVALID_ARGUMENT, "ATTACHMENT_TOO_LARGE",
                          "The file is larger than 25 MiB.");
    case AttachmentFailure::kTypeNotAllowed:
      return error_status(StatusCode::INVALID_ARGUMENT, "ATTACHMENT_TYPE_NOT_ALLOWED",
                          "Files of this type are not taken in.");
    case AttachmentFailure::kNotFound:
      return error_status(StatusCode::NOT_FOUND, "ATTACHMENT_UNKNOWN", "There is no such file.");
    case AttachmentFailure::kDamaged:
      return error_status(StatusCode::DATA_LOSS, "ATTACHMENT_DAMAGED",
                          "The file is not what was uploaded. Restore it from a backup.");
    case AttachmentFailure::kStorageFull:
      return platform::failure_status(platform::CommandFailure::kStorageFull);
    case AttachmentFailure::kUnavailable: break;
  }
  return platform::failure_status(platform::CommandFailure::kStoreUnavailable);
}

grpc::Status keep(Log& log, const v1::UploadAttachmentRequest& request, v1::Attachment& reply) {
  const auto kept = log.attachments().put(request.file().data(), request.filename());
  if (const auto* failure = std::get_if<AttachmentFailure>(&kept)) return status_of(*failure);
  const auto& stored = std::get<StoredAttachment>(kept);
  reply.set_sha256(platform::to_hex(stored.sha256));
  reply.set_name(request.parent() + "/attachments/" + reply.sha256());
  reply.set_filename(request.filename());
  reply.set_size_bytes(static_cast<std::int64_t>(stored.size_bytes));
  reply.set_content_type(stored.media_type);
  return grpc::Status::OK;
}

grpc::Status fetch(Log& log, const std::string& name, google::api::HttpBody& reply) {
  platform::Hash sha256;
  const std::size_t last_slash = name.rfind('/');
  if (last_slash == std::string::npos ||
      !platform::from_hex(std::string_view(name).substr(last_slash + 1), sha256)) {
    return status_of(AttachmentFailure::kNotFound);
  }
  const auto described = log.attachments().describe(sha256);
  if (const auto* failure = std::get_if<AttachmentFailure>(&described)) return status_of(*failure);
  auto content = log.attachments().get(sha256);
  if (const auto* failure = std::get_if<AttachmentFailure>(&content)) return status_of(*failure);
  reply.set_content_type(std::get<StoredAttachment>(described).media_type);
  reply.set_data(std::move(std::get<std::string>(content)));
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* AttachmentApi::UploadAttachment(
    grpc::CallbackServerContext* call, const v1::UploadAttachmentRequest* request,
    v1::Attachment* reply) {
  return look_up(call, logs_, request->parent(), reply,
                 [request](const Consultation&, Log& log, v1::Attachment& made) {
                   return keep(log, *request, made);
                 });
}

grpc::ServerUnaryReactor* AttachmentApi::DownloadAttachment(
    grpc::CallbackServerContext* call, const v1::DownloadAttachmentRequest* request,
    google::api::HttpBody* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [request](const Consultation&, Log& log, google::api::HttpBody& made) {
                   return fetch(log, request->name(), made);
                 });
}

}  // namespace kkr::consultation
