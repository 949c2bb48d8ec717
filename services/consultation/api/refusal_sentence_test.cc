#include "services/consultation/api/refusal_sentence.h"

#include <gtest/gtest.h>

#include "services/consultation/api/rejection_status.h"

namespace kkr::consultation {
namespace {

TEST(RefusalSentence, NamesWhoWasFaster) {
  const Refusal changed = refusal(Rejection::kDraftChanged, {{"question", "arbejde"},
                                                             {"changed_by", "persons/anna"},
                                                             {"changed_at", "2013-02-06T12:00"},
                                                             {"etag", "5"}});
  EXPECT_EQ(to_status(changed).error_message(),
            "Question `arbejde` was changed by persons/anna at 2013-02-06T12:00, after you saw it. "
            "Look again and repeat.");
}

TEST(RefusalSentence, SaysWhichValueIsWrongAndWhy) {
  const Refusal cell =
      refusal(Rejection::kValueInvalid,
              {{"question", "pilot"}, {"place", "row 2, column 1"}, {"rule", "is missing"}});
  EXPECT_EQ(*sentence_of(cell), "The value of question `pilot`, row 2, column 1, is missing.");
  const Refusal number =
      refusal(Rejection::kValueInvalid,
              {{"question", "antal"}, {"place", ""}, {"rule", "has more than 1 decimals"}});
  EXPECT_EQ(*sentence_of(number), "The value of question `antal` has more than 1 decimals.");
}

TEST(RefusalSentence, LeavesOtherRulesToSpeakForThemselves) {
  EXPECT_FALSE(sentence_of(refusal(Rejection::kRoundUnknown)));
  EXPECT_FALSE(sentence_of(refusal(Rejection::kDraftChanged)));
}

}  // namespace
}  // namespace kkr::consultation
