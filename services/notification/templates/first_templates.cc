#include "services/notification/templates/first_templates.h"

#include <map>
#include <string>

#include "services/notification/templates/letter_draft.h"

namespace kkr::notification {
namespace {

constexpr char kBody[] = "margin:0;padding:24px;background:#f3f5f7";
constexpr char kCard[] =
    "max-width:600px;margin:0 auto;padding:24px;background:#ffffff;color:#1a1a1a;"
    "font:16px/1.5 'Segoe UI','Helvetica Neue',Arial,sans-serif";
constexpr char kLabel[] =
    "padding:6px 16px 6px 0;text-align:left;vertical-align:top;"
    "font-weight:600;white-space:nowrap";
constexpr char kValue[] = "padding:6px 0;vertical-align:top";
constexpr char kButton[] =
    "display:inline-block;padding:12px 20px;background:#0059b3;color:#ffffff;"
    "font-weight:600;text-decoration:none;border-radius:4px";
constexpr char kFooter[] = "margin:24px 0 0;font-size:13px;color:#5c5c5c";

// `text` within the section of `variable`; as it is without one.
std::string only_with(const std::string& variable, const std::string& text) {
  if (variable.empty()) return text;
  return "{{#" + variable + "}}" + text + "{{/" + variable + "}}";
}

// The end of a line belongs to the row behind it: a section that begins and ends within lines
// leaves no empty one when it disappears.
std::string text_of(const LetterDraft& draft, const LetterFrame& frame) {
  std::string text = std::string(frame.greeting) + "\n\n" + draft.opening + "\n";
  for (const DraftRow& row : draft.rows) {
    text += only_with(row.only_with, std::string("\n") + row.label + ": " + row.value);
  }
  text += std::string("\n\n") + draft.closing + "\n\n";
  text += std::string(draft.action) + ":\n{{action_url}}\n\n";
  text += std::string(frame.farewell) + "\n{{council}}\n\n";
  return text + "-- \n" + frame.footer + "\n";
}

std::string element(const std::string& tag, const std::string& style, const std::string& inside) {
  return "<" + tag + " style=\"" + style + "\">" + inside + "</" + tag + ">\n";
}

std::string html_of(const LetterDraft& draft, const LetterFrame& frame) {
  std::string rows;
  for (const DraftRow& row : draft.rows) {
    rows += only_with(row.only_with, "<tr>" + element("th", kLabel, row.label) +
                                         element("td", kValue, row.value) + "</tr>\n");
  }
  std::string card = std::string("<p>") + frame.greeting + "</p>\n<p>" + draft.opening + "</p>\n";
  card += "<table style=\"border-collapse:collapse;margin:16px 0\">\n" + rows + "</table>\n";
  card += std::string("<p>") + draft.closing + "</p>\n";
  card += std::string("<p style=\"margin:24px 0\"><a href=\"{{action_url}}\" style=\"") + kButton +
          "\">" + draft.action + "</a></p>\n";
  card += std::string("<p>") + frame.farewell + "<br>{{council}}</p>\n";
  card += element("p", kFooter, frame.footer);
  return std::string("<!DOCTYPE html>\n<html lang=\"") + frame.language +
         "\">\n<head><meta charset=\"utf-8\"><title>" + draft.subject + "</title></head>\n" +
         "<body style=\"" + kBody + "\">\n" + element("div", kCard, "\n" + card) +
         "</body>\n</html>\n";
}

using Contents = std::map<v1::Occasion, v1::TemplateContent>;

Contents contents_of(const std::vector<LetterDraft>& drafts, const LetterFrame& frame) {
  Contents contents;
  for (const LetterDraft& draft : drafts) contents[draft.occasion] = content_of(draft, frame);
  return contents;
}

}  // namespace

v1::TemplateContent content_of(const LetterDraft& draft, const LetterFrame& frame) {
  v1::TemplateContent content;
  content.set_subject(draft.subject);
  content.set_text(text_of(draft, frame));
  content.set_html(html_of(draft, frame));
  return content;
}

const v1::TemplateContent& first_template(v1::Occasion occasion, v1::Language language) {
  static const Contents danish = contents_of(danish_drafts(), kDanishFrame);
  static const Contents english = contents_of(english_drafts(), kEnglishFrame);
  static const v1::TemplateContent none;
  const Contents& contents = language == v1::LANGUAGE_ENGLISH ? english : danish;
  const auto found = contents.find(occasion);
  return found == contents.end() ? none : found->second;
}

}  // namespace kkr::notification
