#include "services/consultation/api/held_attachments.h"

#include <optional>
#include <utility>
#include <variant>

#include "services/platform/attachments/attachment_store.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::consultation {
namespace {

using platform::AttachmentFailure;
using platform::StoredAttachment;

// nullopt when the files cannot be looked at now.
std::optional<std::vector<v1::Attachment>> held_of(platform::AttachmentStore& store,
                                                   const std::vector<v1::Attachment>& wanted) {
  std::vector<v1::Attachment> held;
  for (const v1::Attachment& one : wanted) {
    platform::Hash sha256;
    if (!platform::from_hex(one.sha256(), sha256)) continue;
    const auto described = store.describe(sha256);
    if (const auto* failure = std::get_if<AttachmentFailure>(&described)) {
      if (*failure == AttachmentFailure::kUnavailable) return std::nullopt;
      continue;
    }
    const auto& stored = std::get<StoredAttachment>(described);
    v1::Attachment& found = held.emplace_back();
    found.set_sha256(one.sha256());
    found.set_size_bytes(static_cast<std::int64_t>(stored.size_bytes));
    found.set_content_type(stored.media_type);
  }
  return held;
}

}  // namespace

grpc::ServerUnaryReactor* with_held_attachments(
    grpc::CallbackServerContext* call, Logs& logs, std::string_view name,
    std::vector<v1::Attachment> wanted,
    std::function<void(grpc::ServerUnaryReactor*, std::vector<v1::Attachment> held)> then) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  platform::with_log(logs, region_of(name), reactor,
                     [reactor, wanted = std::move(wanted), then = std::move(then)](Log& log) {
                       auto held = held_of(log.attachments(), wanted);
                       if (!held) {
                         return reactor->Finish(
                             platform::failure_status(platform::CommandFailure::kStoreUnavailable));
                       }
                       then(reactor, *std::move(held));
                     });
  return reactor;
}

}  // namespace kkr::consultation
