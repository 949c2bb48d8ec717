// The templates of a region and their versions. What a version reads stands outside the log,
// because it may name people; version 0 is built in. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "kkr/notification/v1/template_events.pb.h"
#include "kkr/notification/v1/templates.pb.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"

namespace kkr::notification {

struct Notification;

struct TemplateId {
  v1::Occasion occasion = v1::OCCASION_UNSPECIFIED;
  v1::Language language = v1::LANGUAGE_UNSPECIFIED;

  // Such as `invoice-issued-en`.
  std::string text() const;
};

// nullopt for anything but `regions/{region}/templates/{occasion}-{language}`.
std::optional<Named<TemplateId>> parse_template_name(std::string_view name);
std::string template_name(std::string_view region, const TemplateId& id);
// One for each occasion and language, in order of their texts.
const std::vector<TemplateId>& all_templates();

struct TemplateVersion {
  std::string content_key;  // Empty: the built-in content.
  absl::Time made_at;
};

// A template that was changed at least once.
struct KeptTemplate {
  std::vector<TemplateVersion> versions;  // From version 1.
  std::string etag;
};

Decision decide(const Notification& state, const v1::UpdateTemplateRequest& command,
                const Context& context);
Decision decide(const Notification& state, const v1::ResetTemplateRequest& command,
                const Context& context);
void evolve(Notification& state, const v1::TemplateUpdated& fact, const Recorded& recorded);

// Why the content cannot be taken: ARGUMENT_INVALID or TEMPLATE_INVALID.
std::optional<Refusal> fault_in_content(const v1::TemplateContent& content, v1::Occasion occasion);

}  // namespace kkr::notification
