// What a template would read for a real matter and a real municipality: asks the same services that
// are asked when a notice is sent, and sends nothing.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "absl/time/time.h"
#include "kkr/notification/v1/templates.pb.h"
#include "services/notification/domain/state.h"
#include "services/notification/domain/templates.h"
#include "services/notification/sending/owners.h"

namespace kkr::notification {

class TemplatePreviewer {
 public:
  // `public_url` as the links of letters begin. The client must outlive this.
  TemplatePreviewer(OwnerClient& owners, std::string public_url)
      : owners_(owners), public_url_(std::move(public_url)) {}

  // Blocks for a few seconds at most. SUBJECT_UNKNOWN when the owner knows no such thing, or it is
  // not of the kind the occasion is about; OWNER_UNAVAILABLE when a service gives no reply.
  grpc::Status preview(const Notification& state, const Named<TemplateId>& id,
                       const v1::TemplateContent& content,
                       const v1::PreviewTemplateRequest& request, absl::Time now,
                       v1::TemplatePreview& made);

 private:
  OwnerClient& owners_;
  const std::string public_url_;
};

}  // namespace kkr::notification
