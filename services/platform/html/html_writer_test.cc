#include "services/platform/html/html_writer.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(HtmlWriter, EscapesEverythingThatMeansSomething) {
  EXPECT_EQ(escaped("<a href=\"x\" title='y'>&amp;</a>"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
}

}  // namespace
}  // namespace kkr::platform
