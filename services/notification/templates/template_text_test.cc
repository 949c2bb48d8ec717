#include "services/notification/templates/template_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/notification/templates/first_templates.h"

namespace kkr::notification {
namespace {

using testing::HasSubstr;

v1::TemplateContent content(const std::string& text) {
  v1::TemplateContent content;
  content.set_subject("{{round}}");
  content.set_text(text);
  return content;
}

constexpr char kWhole[] = "{{deadline}} {{place}} {{action_url}}";

TEST(FaultIn, NamesTheLineAndWhatIsWrongWithIt) {
  const struct {
    const char* text;
    int line;
    const char* fault;
  } rows[] = {
      {"\n\n{{deadlin}}", 3, "mentions 'deadlin', which this occasion does not have"},
      {"{{invoice_number}}", 1, "mentions 'invoice_number'"},
      {"{{#late}}x{{/late}}", 1, "mentions 'late'"},
      {"\n{{{round}}}", 2, "has a tag that would not be escaped"},
      {"{{& round}}", 1, "has a tag that would not be escaped"},
      {"{{> footer}}", 1, "has a tag that this service does not take"},
      {"{{=<% %>=}}", 1, "has a tag that this service does not take"},
      {"{{#meeting}}x", 1, "is not whole: "},
      {"{{/meeting}}x", 1, "is not whole: "},
      {"{{round", 1, "is not whole: "},
      {"{{deadline}} {{place}}", 1, "does not mention 'action_url'"},
      {"{{deadline}} {{action_url}}", 1, "does not mention 'place'"},
      {"{{#deadline}}{{/deadline}} {{place}} {{action_url}}", 1, "does not mention 'deadline'"},
  };
  for (const auto& row : rows) {
    const auto fault = fault_in(content(row.text), v1::OCCASION_REMINDER);
    ASSERT_TRUE(fault) << row.text;
    EXPECT_EQ(fault->field, "text") << row.text;
    EXPECT_EQ(fault->line, row.line) << row.text;
    EXPECT_THAT(fault->fault, HasSubstr(row.fault));
  }
}

TEST(FaultIn, LooksAtEveryField) {
  v1::TemplateContent template_content = content(kWhole);
  EXPECT_FALSE(fault_in(template_content, v1::OCCASION_REMINDER));
  template_content.set_html("<p>{{deadline}}</p>");
  EXPECT_EQ(fault_in(template_content, v1::OCCASION_REMINDER)->field, "html");
  template_content.set_html("");
  template_content.set_subject("{{who}}");
  EXPECT_EQ(fault_in(template_content, v1::OCCASION_REMINDER)->field, "subject");
}

TEST(Render, EscapesInHtmlAndNowhereElse) {
  v1::TemplateContent template_content = content("{{round}}");
  template_content.set_html("<b title=\"{{round}}\">{{round}}</b>");
  const auto letter = render(template_content, {{"round", "a<b> & \"c\" {{place}}"}});
  EXPECT_EQ(letter.subject(), "a<b> & \"c\" {{place}}");
  EXPECT_EQ(letter.text(), "a<b> & \"c\" {{place}}");
  EXPECT_EQ(letter.html(),
            "<b title=\"a&lt;b&gt; &amp; &quot;c&quot; {{place}}\">"
            "a&lt;b&gt; &amp; &quot;c&quot; {{place}}</b>");
}

TEST(Render, LeavesOutASectionWhoseVariableIsEmpty) {
  const auto shown =
      content("a{{#meeting}}\nb {{meeting}}{{/meeting}}{{^meeting}} none{{/meeting}}");
  EXPECT_EQ(render(shown, {{"meeting", ""}}).text(), "a none");
  EXPECT_EQ(render(shown, {{"meeting", "KKR"}}).text(), "a\nb KKR");
}

}  // namespace
}  // namespace kkr::notification
