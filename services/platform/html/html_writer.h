// Writes HTML in which every text is escaped: what somebody wrote is shown, never run.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace kkr::platform {

// The text with `&`, `<`, `>`, `"` and `'` as entities.
std::string escaped(std::string_view text);

class HtmlWriter {
 public:
  // Markup as it is: only ever a literal of ours.
  HtmlWriter& raw(std::string_view markup);
  HtmlWriter& text(std::string_view text);
  // `<tag class="css">text</tag>`; without the attribute when there is no class.
  HtmlWriter& element(std::string_view tag, std::string_view text, std::string_view css = {});
  // A table row of the cells.
  HtmlWriter& row(std::initializer_list<std::string_view> cells, std::string_view tag = "td");

  std::string take() { return std::move(page_); }

 private:
  std::string page_;
};

}  // namespace kkr::platform
