#include "services/platform/html/html_writer.h"

namespace kkr::platform {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

HtmlWriter& HtmlWriter::raw(std::string_view markup) {
  page_ += markup;
  return *this;
}

HtmlWriter& HtmlWriter::text(std::string_view text) {
  page_ += escaped(text);
  return *this;
}

HtmlWriter& HtmlWriter::element(std::string_view tag, std::string_view text, std::string_view css) {
  raw("<").raw(tag);
  if (!css.empty()) raw(" class=\"").raw(css).raw("\"");
  return raw(">").HtmlWriter::text(text).raw("</").raw(tag).raw(">");
}

HtmlWriter& HtmlWriter::row(std::initializer_list<std::string_view> cells, std::string_view tag) {
  raw("<tr>");
  for (const std::string_view cell : cells) element(tag, cell);
  return raw("</tr>\n");
}

}  // namespace kkr::platform
