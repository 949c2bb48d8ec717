#include "services/consultation/domain/paper_commands.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "services/consultation/domain/arguments.h"
#include "services/consultation/domain/field_masks.h"
#include "services/platform/field/field_behavior.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {
namespace {

using PaperPtr = std::shared_ptr<const Paper>;

constexpr int kReplacesMax = 50;
constexpr int kAttachmentsMax = 20;
constexpr std::size_t kFilenameBytesMax = 200;

PaperPtr find_paper(const Consultation& state, const std::string& name) {
  const auto parsed = parse_paper_name(name);
  PaperPtr paper = parsed ? state.papers.find(parsed->paper) : nullptr;
  // A paper of another region may have the same id.
  return paper != nullptr && paper->content.name() == name ? paper : nullptr;
}

// What a client sent, under the name given and without what clients may not set.
v1::Paper paper_content_of(const v1::Paper& sent, std::string name) {
  v1::Paper content = sent;
  platform::clear_output_only(content);
  content.clear_etag();
  content.set_name(std::move(name));
  return content;
}

std::optional<Refusal> fault_in(const v1::Paper& content) {
  Arguments arguments;
  arguments.text("paper.title", content.title(), 1, 300);
  arguments.text("paper.area", content.area(), 0, 100);
  arguments.text("paper.case_number", content.case_number(), 0, 100);
  arguments.text("paper.document_number", content.document_number(), 0, 100);
  arguments.must(content.replaces_size() <= kReplacesMax, "paper.replaces", "at most 50 papers");
  for (const std::string& replaced : content.replaces()) {
    arguments.must(!replaced.empty() && replaced != content.name(), "paper.replaces",
                   "another paper");
    arguments.name("paper.replaces", replaced, "papers");
  }
  return arguments.fault();
}

std::optional<Refusal> fault_in_replaced(const Consultation& state, const v1::Paper& content) {
  for (const std::string& replaced : content.replaces()) {
    if (find_paper(state, replaced) == nullptr) {
      return refusal(Rejection::kReplacedPaperUnknown, {{"paper", replaced}});
    }
  }
  return std::nullopt;
}

std::optional<Refusal> fault_in_attachments(const v1::AddPaperVersionRequest& command) {
  Arguments arguments;
  arguments.must(command.attachments_size() >= 1 && command.attachments_size() <= kAttachmentsMax,
                 "attachments", "1 to 20 files");
  for (const v1::Attachment& attachment : command.attachments()) {
    arguments.must(attachment.filename().size() <= kFilenameBytesMax, "attachments.filename",
                   "at most 200 bytes");
  }
  return arguments.fault();
}

Effects happened(const PaperId& paper, v1::Event event) {
  return Effects{{{stream_of(paper), std::move(event)}}, {}};
}

template <class Change>
void change_paper(Consultation& state, const std::string& name, const Recorded& recorded,
                  Change&& apply) {
  state.papers.update(paper_of(name), [&](Paper& paper) {
    std::forward<Change>(apply)(paper);
    paper.etag = etag_of(recorded);
    paper.updated_at = recorded.at.recorded_at;
  });
}

void replace_approved(v1::Paper& content) {
  for (v1::PaperVersion& version : *content.mutable_versions()) {
    if (version.state() == v1::PaperVersion::STATE_APPROVED) {
      version.set_state(v1::PaperVersion::STATE_REPLACED);
    }
  }
}

}  // namespace

Decision decide(const Consultation& state, const v1::CreatePaperRequest& command,
                const Context& context) {
  const PaperId id{command.paper_id().empty() ? context.new_id : command.paper_id()};
  if (state.papers.contains(id)) return refusal(Rejection::kPaperExists);
  const auto region = parse_region_name(command.parent());
  Arguments arguments;
  arguments.must(region.has_value(), "parent", "regions/{region}");
  arguments.must(command.paper_id().empty() || is_wishable_id(command.paper_id()), "paper_id",
                 "[a-z][a-z0-9-]{0,62}");
  if (arguments.fault()) return *arguments.fault();
  v1::Event event;
  v1::Paper& content = *event.mutable_paper_created()->mutable_paper();
  content = paper_content_of(command.paper(), paper_name(*region, id));
  if (auto fault = fault_in(content)) return *std::move(fault);
  if (auto fault = fault_in_replaced(state, content)) return *std::move(fault);
  return happened(id, std::move(event));
}

Decision decide(const Consultation& state, const v1::UpdatePaperRequest& command, const Context&) {
  const PaperPtr paper = find_paper(state, command.paper().name());
  if (paper == nullptr) return refusal(Rejection::kPaperUnknown);
  if (is_stale(command.paper().etag(), paper->etag)) return refusal(Rejection::kEtagStale);
  Arguments arguments;
  check_mask<v1::Paper>(arguments, command.update_mask());
  if (arguments.fault()) return *arguments.fault();
  v1::Event event;
  v1::Paper& content = *event.mutable_paper_updated()->mutable_paper();
  content = paper_content_of(taken_over(paper->content, command.paper(), command.update_mask()),
                             paper->content.name());
  if (auto fault = fault_in(content)) return *std::move(fault);
  if (auto fault = fault_in_replaced(state, content)) return *std::move(fault);
  const v1::Paper present = paper_content_of(paper->content, content.name());
  if (content.SerializeAsString() == present.SerializeAsString()) return Effects{};
  return happened(paper_of(content.name()), std::move(event));
}

Decision decide(const Consultation& state, const v1::AddPaperVersionRequest& command,
                const std::vector<v1::Attachment>& stored, const Context&) {
  const PaperPtr paper = find_paper(state, command.name());
  if (paper == nullptr) return refusal(Rejection::kPaperUnknown);
  if (is_stale(command.etag(), paper->etag)) return refusal(Rejection::kEtagStale);
  const int count = paper->content.versions_size();
  if (count > 0 && version_of(*paper, count)->state() == v1::PaperVersion::STATE_DRAFT) {
    return refusal(Rejection::kDraftVersionExists, {{"version", std::to_string(count)}});
  }
  if (auto fault = fault_in_attachments(command)) return *std::move(fault);
  v1::Event event;
  v1::PaperVersionAdded& added = *event.mutable_paper_version_added();
  added.set_paper(command.name());
  added.mutable_version()->set_number(count + 1);
  added.mutable_version()->set_state(v1::PaperVersion::STATE_DRAFT);
  for (const v1::Attachment& wanted : command.attachments()) {
    const auto found = std::find_if(stored.begin(), stored.end(), [&](const v1::Attachment& one) {
      return one.sha256() == wanted.sha256();
    });
    if (found == stored.end()) {
      return refusal(Rejection::kAttachmentUnknown, {{"sha256", wanted.sha256()}});
    }
    v1::Attachment& attachment = *added.mutable_version()->add_attachments();
    attachment = *found;
    attachment.set_filename(wanted.filename());
  }
  return happened(paper_of(command.name()), std::move(event));
}

Decision decide(const Consultation& state, const v1::ApprovePaperRequest& command,
                const Context& context) {
  const PaperPtr paper = find_paper(state, command.name());
  if (paper == nullptr) return refusal(Rejection::kPaperUnknown);
  if (is_stale(command.etag(), paper->etag)) return refusal(Rejection::kEtagStale);
  const v1::PaperVersion* version = version_of(*paper, command.version());
  if (version == nullptr) return refusal(Rejection::kVersionUnknown);
  if (version->state() != v1::PaperVersion::STATE_DRAFT) {
    return refusal(Rejection::kVersionNotDraft);
  }
  Arguments arguments;
  arguments.must(!command.approved_by().empty(), "approved_by", "given");
  arguments.name("approved_by", command.approved_by(), "bodies");
  arguments.must(!command.approved_date().empty(), "approved_date", "given");
  arguments.date("approved_date", command.approved_date());
  if (arguments.fault()) return *arguments.fault();
  if (*platform::parse_date(command.approved_date()) > platform::local_date_of(context.now)) {
    return refusal(Rejection::kApprovedInFuture, {{"approved_date", command.approved_date()}});
  }
  v1::Event event;
  v1::PaperVersionApproved& approved = *event.mutable_paper_version_approved();
  approved.set_paper(command.name());
  approved.set_version(command.version());
  approved.set_approved_by(command.approved_by());
  approved.set_approved_date(command.approved_date());
  Effects effects = happened(paper_of(command.name()), std::move(event));
  for (const std::string& replaced : paper->content.replaces()) {
    const PaperPtr old = find_paper(state, replaced);
    if (old == nullptr || old->content.replaced_by() == command.name()) continue;
    v1::Event replacement;
    replacement.mutable_paper_replaced()->set_paper(replaced);
    replacement.mutable_paper_replaced()->set_replaced_by(command.name());
    effects.facts.push_back({stream_of(paper_of(replaced)), std::move(replacement)});
  }
  return effects;
}

void create(Consultation& state, const v1::PaperCreated& fact, const Recorded& recorded) {
  change_paper(state, fact.paper().name(), recorded, [&](Paper& paper) {
    paper.content = fact.paper();
    paper.created_at = recorded.at.recorded_at;
  });
}

void update(Consultation& state, const v1::PaperUpdated& fact, const Recorded& recorded) {
  change_paper(state, fact.paper().name(), recorded, [&](Paper& paper) {
    v1::Paper content = fact.paper();
    content.mutable_versions()->Swap(paper.content.mutable_versions());
    content.set_replaced_by(paper.content.replaced_by());
    paper.content = std::move(content);
  });
}

void add_version(Consultation& state, const v1::PaperVersionAdded& fact, const Recorded& recorded) {
  change_paper(state, fact.paper(), recorded,
               [&](Paper& paper) { *paper.content.add_versions() = fact.version(); });
}

void approve(Consultation& state, const v1::PaperVersionApproved& fact, const Recorded& recorded) {
  change_paper(state, fact.paper(), recorded, [&](Paper& paper) {
    replace_approved(paper.content);
    if (version_of(paper, fact.version()) == nullptr) return;
    v1::PaperVersion& version = *paper.content.mutable_versions(fact.version() - 1);
    version.set_state(v1::PaperVersion::STATE_APPROVED);
    version.set_approved_by(fact.approved_by());
    version.set_approved_date(fact.approved_date());
  });
}

void replace(Consultation& state, const v1::PaperReplaced& fact, const Recorded& recorded) {
  change_paper(state, fact.paper(), recorded, [&](Paper& paper) {
    replace_approved(paper.content);
    paper.content.set_replaced_by(fact.replaced_by());
  });
}

}  // namespace kkr::consultation
