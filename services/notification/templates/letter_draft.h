// A template as its author thinks of it, and the plain text and HTML that follow from it: both say
// the same in the same order.
#pragma once

#include <vector>

#include "kkr/notification/v1/templates.pb.h"

namespace kkr::notification {

// A fact with its name in front. With `only_with`, a variable, it stands there only when that has a
// value.
struct DraftRow {
  const char* label;
  const char* value;
  const char* only_with = "";
};

struct LetterDraft {
  v1::Occasion occasion;
  const char* subject;
  const char* opening;
  std::vector<DraftRow> rows;
  const char* closing;
  const char* action;  // What the link does.
};

// The words around every draft of a language.
struct LetterFrame {
  const char* language;  // `da`.
  const char* greeting;
  const char* farewell;
  const char* footer;
};

v1::TemplateContent content_of(const LetterDraft& draft, const LetterFrame& frame);

extern const LetterFrame kDanishFrame;
extern const LetterFrame kEnglishFrame;
const std::vector<LetterDraft>& danish_drafts();
const std::vector<LetterDraft>& english_drafts();

}  // namespace kkr::notification
