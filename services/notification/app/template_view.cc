#include "services/notification/app/template_view.h"

#include <utility>
#include <variant>

#include "services/notification/templates/first_templates.h"
#include "services/notification/templates/template_text.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {

int newest_version(const Notification& state, const TemplateId& id) {
  const auto kept = state.templates.find(id.text());
  return kept == nullptr ? 0 : static_cast<int>(kept->versions.size());
}

std::optional<v1::TemplateContent> content_of(const Notification& state, const TemplateId& id,
                                              int version, platform::EventStore& store) {
  if (version < 0 || version > newest_version(state, id)) return std::nullopt;
  const auto kept = state.templates.find(id.text());
  const std::string key =
      version == 0 ? "" : kept->versions[static_cast<std::size_t>(version) - 1].content_key;
  if (key.empty()) return first_template(id.occasion, id.language);
  const auto found = store.document(key);
  const auto* document = std::get_if<std::optional<std::string>>(&found);
  v1::TemplateContent content;
  if (document == nullptr || !*document || !content.ParseFromString(**document)) {
    return std::nullopt;
  }
  return content;
}

std::optional<v1::Template> shown_template(const Notification& state, const std::string& region,
                                           const TemplateId& id, int version,
                                           platform::EventStore& store) {
  auto content = content_of(state, id, version, store);
  if (!content) return std::nullopt;
  v1::Template shown;
  shown.set_name(template_name(region, id));
  shown.set_occasion(id.occasion);
  shown.set_language(id.language);
  shown.set_version(version);
  *shown.mutable_content() = *std::move(content);
  for (const v1::TemplateVariable& variable : variables_of(id.occasion)) {
    *shown.add_variables() = variable;
  }
  if (const auto kept = state.templates.find(id.text()); kept != nullptr && version > 0) {
    const auto& made = kept->versions[static_cast<std::size_t>(version) - 1];
    *shown.mutable_create_time() = platform::timestamp_of(made.made_at);
    if (version == newest_version(state, id)) shown.set_etag(kept->etag);
  }
  return shown;
}

}  // namespace kkr::notification
