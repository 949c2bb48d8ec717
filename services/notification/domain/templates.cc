#include "services/notification/domain/templates.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "services/notification/domain/arguments.h"
#include "services/notification/domain/state.h"
#include "services/notification/templates/template_text.h"
#include "services/platform/field/resource_name.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kSubjectMax = 300;
constexpr std::size_t kTextMax = 20'000;
constexpr std::size_t kHtmlMax = 60'000;

const char* code_of(v1::Language language) {
  return language == v1::LANGUAGE_ENGLISH ? "en" : "da";
}

// A fact that gives the template a version with the content under that key.
Effects with_version(const Named<TemplateId>& name, const KeptTemplate* kept, std::string key) {
  Effects effects;
  v1::Event event;
  v1::TemplateUpdated& fact = *event.mutable_template_updated();
  fact.set_template_(template_name(name.region, name.id));
  fact.set_version(kept == nullptr ? 1 : static_cast<int>(kept->versions.size()) + 1);
  fact.mutable_content()->set_key(std::move(key));
  effects.facts.push_back({"template-" + name.id.text(), std::move(event)});
  return effects;
}

}  // namespace

std::string TemplateId::text() const {
  std::string text = v1::Occasion_Name(occasion).substr(std::string("OCCASION_").size());
  for (char& c : text) {
    c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text + "-" + code_of(language);
}

const std::vector<TemplateId>& all_templates() {
  static const std::vector<TemplateId> all = [] {
    std::vector<TemplateId> made;
    for (int i = v1::Occasion_MIN + 1; i <= v1::Occasion_MAX; ++i) {
      for (const v1::Language language : {v1::LANGUAGE_DANISH, v1::LANGUAGE_ENGLISH}) {
        made.push_back({static_cast<v1::Occasion>(i), language});
      }
    }
    std::sort(made.begin(), made.end(),
              [](const auto& a, const auto& b) { return a.text() < b.text(); });
    return made;
  }();
  return all;
}

std::optional<Named<TemplateId>> parse_template_name(std::string_view name) {
  const auto ids = platform::match_name("regions/{region}/templates/{template}", name);
  if (!ids) return std::nullopt;
  for (const TemplateId& id : all_templates()) {
    if (id.text() == ids->at(1)) return Named<TemplateId>{std::string(ids->at(0)), id};
  }
  return std::nullopt;
}

std::string template_name(std::string_view region, const TemplateId& id) {
  return "regions/" + std::string(region) + "/templates/" + id.text();
}

std::optional<Refusal> fault_in_content(const v1::TemplateContent& content, v1::Occasion occasion) {
  Arguments arguments;
  arguments.text("content.subject", content.subject(), 1, kSubjectMax);
  arguments.text("content.text", content.text(), 1, kTextMax, platform::Lines::kMany);
  arguments.text("content.html", content.html(), 0, kHtmlMax, platform::Lines::kMany);
  if (arguments.fault()) return arguments.fault();
  const auto fault = fault_in(content, occasion);
  if (!fault) return std::nullopt;
  return refusal(Rejection::kTemplateInvalid, {{"field", "content." + fault->field},
                                               {"line", std::to_string(fault->line)},
                                               {"fault", fault->fault}});
}

Decision decide(const Notification& state, const v1::UpdateTemplateRequest& command,
                const Context& context) {
  const auto name = parse_template_name(command.template_().name());
  if (!name) return refusal(Rejection::kTemplateUnknown);
  const auto kept = state.templates.find(name->id.text());
  if (is_stale(command.template_().etag(), kept == nullptr ? "" : kept->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  const v1::TemplateContent& content = command.template_().content();
  if (auto fault = fault_in_content(content, name->id.occasion)) return *std::move(fault);
  const std::string key = "template/" + name->id.text() + "/" + context.new_id;
  Effects effects = with_version(*name, kept.get(), key);
  effects.private_writes.push_back({key, content.SerializeAsString()});
  return effects;
}

Decision decide(const Notification& state, const v1::ResetTemplateRequest& command,
                const Context&) {
  const auto name = parse_template_name(command.name());
  if (!name) return refusal(Rejection::kTemplateUnknown);
  const auto kept = state.templates.find(name->id.text());
  if (is_stale(command.etag(), kept == nullptr ? "" : kept->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  if (kept == nullptr || kept->versions.back().content_key.empty()) return Effects{};
  return with_version(*name, kept.get(), "");
}

void evolve(Notification& state, const v1::TemplateUpdated& fact, const Recorded& recorded) {
  const auto name = parse_template_name(fact.template_());
  if (!name) return;
  state.templates.update(name->id.text(), [&](KeptTemplate& kept) {
    kept.versions.push_back({fact.content().key(), recorded.at.recorded_at});
    kept.etag = etag_of(recorded);
  });
}

}  // namespace kkr::notification
