#include "services/notification/templates/template_text.h"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <set>

#include "services/notification/templates/occasion_variables.h"

namespace kkr::notification {
namespace {

using kainjow::mustache::mustache;

struct Tag {
  char kind = ' ';  // `#`, `^`, `/`, `!`, or a space for a variable.
  std::string name;
  int line = 1;
};

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// The tags of a template, in order. What is not whole yet is left to Mustache to complain of.
std::vector<Tag> tags_in(std::string_view text) {
  std::vector<Tag> tags;
  for (std::size_t open = text.find("{{"); open != std::string_view::npos;) {
    const std::size_t close = text.find("}}", open + 2);
    if (close == std::string_view::npos) break;
    const std::string inside = trimmed(text.substr(open + 2, close - open - 2));
    Tag tag;
    tag.line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + open, '\n'));
    const bool marked =
        !inside.empty() && std::string_view("#^/!&>={").find(inside[0]) != std::string_view::npos;
    tag.kind = marked ? inside[0] : ' ';
    tag.name = marked ? trimmed(std::string_view(inside).substr(1)) : inside;
    tags.push_back(std::move(tag));
    open = text.find("{{", close + 2);
  }
  return tags;
}

std::optional<std::string> fault_of(const Tag& tag, v1::Occasion occasion) {
  switch (tag.kind) {
    case '!': return std::nullopt;
    case '{':
    case '&': return "has a tag that would not be escaped";
    case '>':
    case '=': return "has a tag that this service does not take";
    default: break;
  }
  for (const v1::TemplateVariable& known : variables_of(occasion)) {
    if (known.name() == tag.name) return std::nullopt;
  }
  return "mentions '" + tag.name + "', which this occasion does not have";
}

// The first variable of those every notice must give that none of the tags shows.
std::optional<std::string> forgotten_in(const std::vector<Tag>& tags, v1::Occasion occasion) {
  for (const std::string& name : must_be_mentioned(occasion)) {
    const bool shown = std::any_of(tags.begin(), tags.end(), [&](const Tag& tag) {
      return tag.kind == ' ' && tag.name == name;
    });
    if (!shown) return "does not mention '" + name + "'";
  }
  return std::nullopt;
}

std::optional<TemplateFault> fault_in_field(std::string_view field, const std::string& text,
                                            v1::Occasion occasion) {
  const std::vector<Tag> tags = tags_in(text);
  for (const Tag& tag : tags) {
    if (auto fault = fault_of(tag, occasion)) {
      return TemplateFault{std::string(field), tag.line, *std::move(fault)};
    }
  }
  const mustache parsed(text);
  if (!parsed.is_valid()) {
    return TemplateFault{std::string(field), 1, "is not whole: " + parsed.error_message()};
  }
  if (field == "subject") return std::nullopt;
  if (auto forgotten = forgotten_in(tags, occasion)) {
    return TemplateFault{std::string(field), 1, *std::move(forgotten)};
  }
  return std::nullopt;
}

enum class Escape { kNone, kHtml };

std::string rendered(const std::string& text, const Variables& variables, Escape escape) {
  kainjow::mustache::data values;
  for (const auto& [name, value] : variables) {
    // An empty text would still make its section appear.
    if (value.empty()) {
      values.set(name, kainjow::mustache::data::type::bool_false);
    } else {
      values.set(name, value);
    }
  }
  mustache parsed(text);
  if (escape == Escape::kNone) {
    parsed.set_custom_escape([](const std::string& value) { return value; });
  }
  return parsed.render(values);
}

}  // namespace

std::optional<TemplateFault> fault_in(const v1::TemplateContent& content, v1::Occasion occasion) {
  if (auto fault = fault_in_field("subject", content.subject(), occasion)) return fault;
  if (auto fault = fault_in_field("text", content.text(), occasion)) return fault;
  if (content.html().empty()) return std::nullopt;
  return fault_in_field("html", content.html(), occasion);
}

v1::TemplatePreview render(const v1::TemplateContent& content, const Variables& variables) {
  v1::TemplatePreview reply;
  reply.set_subject(rendered(content.subject(), variables, Escape::kNone));
  reply.set_text(rendered(content.text(), variables, Escape::kNone));
  if (!content.html().empty()) {
    reply.set_html(rendered(content.html(), variables, Escape::kHtml));
  }
  return reply;
}

}  // namespace kkr::notification
