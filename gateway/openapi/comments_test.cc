#include "gateway/openapi/comments.h"

#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

TEST(TidyComment, JoinsLinesAndKeepsParagraphs) {
  EXPECT_EQ(tidy_comment(" Runs rounds. A round\n is named `x`.\n\n The deadline marks.\n"),
            "Runs rounds. A round is named `x`.\n\nThe deadline marks.");
  EXPECT_EQ(tidy_comment(""), "");
}

TEST(FirstSentence, EndsAtTheFirstFullStop) {
  EXPECT_EQ(first_sentence("Returns it. Fails."), "Returns it");
  EXPECT_EQ(first_sentence("Returns v1.2 of it."), "Returns v1.2 of it");
  EXPECT_EQ(first_sentence(""), "");
}

}  // namespace
}  // namespace kkr::gateway
