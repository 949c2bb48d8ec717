#include "tests/contract/attachment_store_contract.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "services/platform/attachments/attachment_samples.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

template <class T>
AttachmentFailure failure_of(const AttachmentResult<T>& result) {
  return std::get<AttachmentFailure>(result);
}

TEST_P(AttachmentStoreContract, KeepsAFileUnderThePlainDigestOfItsContent) {
  const auto stored = std::get<StoredAttachment>(store().put(sample_pdf(), "svar.pdf"));
  EXPECT_EQ(stored,
            (StoredAttachment{sha256_of(sample_pdf()), sample_pdf().size(), "application/pdf"}));
  EXPECT_EQ(std::get<std::string>(store().get(stored.sha256)), sample_pdf());
}

TEST_P(AttachmentStoreContract, KeepsTheSameFileOnce) {
  const auto first = store().put("svar\n", "a.txt");
  EXPECT_EQ(store().put("svar\n", "b.txt"), first);
  EXPECT_THAT(std::get<std::vector<Hash>>(store().list({}, 9)), ElementsAre(sha256_of("svar\n")));
}

TEST_P(AttachmentStoreContract, DescribesWhatItHolds) {
  const auto stored = store().put("a;b\n1;2\n", "tal.csv");
  EXPECT_EQ(std::get<StoredAttachment>(stored).media_type, "text/csv");
  EXPECT_EQ(store().describe(sha256_of("a;b\n1;2\n")), stored);
  EXPECT_EQ(store().put("a;b\n1;2\n", "tal.txt"), stored) << "the type is that of the first";
  EXPECT_EQ(failure_of(store().describe(sha256_of("never"))), AttachmentFailure::kNotFound);
  store().erase(sha256_of("a;b\n1;2\n"));
  EXPECT_EQ(failure_of(store().describe(sha256_of("a;b\n1;2\n"))), AttachmentFailure::kNotFound);
}

TEST_P(AttachmentStoreContract, RefusesInOrderOfPrecedence) {
  const std::string zeros(kAttachmentBytesMax + 1, '\0');
  EXPECT_EQ(failure_of(store().put("", "x.pdf")), AttachmentFailure::kEmpty);
  EXPECT_EQ(failure_of(store().put(zeros, "x.pdf")), AttachmentFailure::kTooLarge);
  EXPECT_EQ(failure_of(store().put(std::string_view(zeros).substr(1), "x.pdf")),
            AttachmentFailure::kTypeNotAllowed);
  EXPECT_THAT(std::get<std::vector<Hash>>(store().list({}, 9)), IsEmpty());
}

TEST_P(AttachmentStoreContract, TakesAFileOfTheGreatestSize) {
  std::string pdf = sample_pdf();
  pdf.resize(kAttachmentBytesMax, ' ');
  const auto stored = std::get<StoredAttachment>(store().put(pdf, ""));
  EXPECT_EQ(stored.size_bytes, kAttachmentBytesMax);
  EXPECT_TRUE(std::get<std::string>(store().get(stored.sha256)) == pdf);
}

TEST_P(AttachmentStoreContract, ErasesForGoodAndErasesAgainWithoutComplaint) {
  const auto stored = std::get<StoredAttachment>(store().put("svar\n", ""));
  std::get<std::monostate>(store().erase(stored.sha256));
  EXPECT_EQ(failure_of(store().get(stored.sha256)), AttachmentFailure::kNotFound);
  EXPECT_THAT(std::get<std::vector<Hash>>(store().list({}, 9)), IsEmpty());
  std::get<std::monostate>(store().erase(stored.sha256));
  std::get<StoredAttachment>(store().put("svar\n", ""));
  EXPECT_EQ(std::get<std::string>(store().get(stored.sha256)), "svar\n");
}

TEST_P(AttachmentStoreContract, FindsNothingUnderADigestNeverStored) {
  EXPECT_EQ(failure_of(store().get(sha256_of("never"))), AttachmentFailure::kNotFound);
}

TEST_P(AttachmentStoreContract, ListsDigestsPageByPage) {
  std::vector<Hash> all;
  for (int i = 0; i < 20; ++i)
    all.push_back(std::get<StoredAttachment>(store().put("svar " + std::to_string(i), "")).sha256);
  std::sort(all.begin(), all.end());
  std::vector<Hash> listed;
  for (Hash after{};;) {
    const auto page = std::get<std::vector<Hash>>(store().list(after, 7));
    if (page.empty()) break;
    EXPECT_LE(page.size(), 7u);
    listed.insert(listed.end(), page.begin(), page.end());
    after = page.back();
  }
  EXPECT_THAT(listed, ElementsAreArray(all));
}

TEST_P(AttachmentStoreContract, TakesTheSameFileFromSeveralThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 5; ++n) {
        const auto content = "svar " + std::to_string(n);
        const auto stored = std::get<StoredAttachment>(store().put(content, ""));
        EXPECT_EQ(std::get<std::string>(store().get(stored.sha256)), content);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::get<std::vector<Hash>>(store().list({}, 9)).size(), 5u);
}

}  // namespace
}  // namespace kkr::platform
