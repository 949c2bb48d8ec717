#include "services/consultation/app/views.h"

#include "services/consultation/domain/round_content.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {

v1::Paper shown(const Paper& paper) {
  v1::Paper reply = paper.content;
  const std::string region = reply.name().substr(0, reply.name().find("/papers/"));
  for (v1::PaperVersion& version : *reply.mutable_versions()) {
    for (v1::Attachment& attachment : *version.mutable_attachments()) {
      attachment.set_name(region + "/attachments/" + attachment.sha256());
    }
  }
  *reply.mutable_create_time() = platform::timestamp_of(paper.created_at);
  *reply.mutable_update_time() = platform::timestamp_of(paper.updated_at);
  reply.set_etag(paper.etag);
  return reply;
}

v1::Round shown(const Round& round, LocalDate today, Texts& texts) {
  v1::Round reply = round.content;
  reply.set_state(round.phase);
  for (v1::Warning& warning : warnings_of(round.content, today)) {
    reply.add_warnings()->Swap(&warning);
  }
  reply.set_invited_count(static_cast<int>(round.invited->size()));
  reply.set_registry_position(round.registry_position);
  reply.set_deadline_passed(round.deadline_passed);
  if (!round.reason_key.empty()) *reply.mutable_state_reason() = texts.read(round.reason_key);
  *reply.mutable_create_time() = platform::timestamp_of(round.created_at);
  if (round.opened_at) *reply.mutable_open_time() = platform::timestamp_of(*round.opened_at);
  if (round.closed_at) *reply.mutable_close_time() = platform::timestamp_of(*round.closed_at);
  reply.set_etag(round.etag);
  return reply;
}

v1::Extension shown(const Extension& extension, Texts& texts) {
  v1::Extension reply = extension.content;
  if (!extension.asked_reason_key.empty()) {
    *reply.mutable_asked_reason() = texts.read(extension.asked_reason_key);
  }
  if (!extension.decided_reason_key.empty()) {
    *reply.mutable_decided_reason() = texts.read(extension.decided_reason_key);
  }
  reply.set_etag(extension.etag);
  return reply;
}

}  // namespace kkr::consultation
