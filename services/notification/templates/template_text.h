// Templates of notices (Mustache): what may stand in one, and what it reads once the variables are
// known. Strict: a variable that the occasion does not have is a fault of the template, and a
// template that forgets date, place or link is one too. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kkr/notification/v1/templates.pb.h"

namespace kkr::notification {

// By name. A value that is empty makes a section `{{#name}}…{{/name}}` disappear.
using Variables = std::map<std::string, std::string>;

// Why a template cannot be taken. `fault` ends the sentence "Line 3 of the text …".
struct TemplateFault {
  std::string field;  // `subject`, `text` or `html`.
  int line = 1;
  std::string fault;
};

// The variables that a template of the occasion may mention, in order of names.
const std::vector<v1::TemplateVariable>& variables_of(v1::Occasion occasion);

// The first fault: an unknown variable, a tag that would leave HTML unescaped or change the syntax,
// a section that does not end, or, of text and HTML, no mention of link, place or date.
std::optional<TemplateFault> fault_in(const v1::TemplateContent& content, v1::Occasion occasion);

// What the notice reads. In HTML every value is escaped; the subject is one line. The content must
// be free of faults; a variable that is not among `variables` reads as nothing.
v1::TemplatePreview render(const v1::TemplateContent& content, const Variables& variables);

}  // namespace kkr::notification
