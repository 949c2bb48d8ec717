#include "services/platform/event_store/document_seal.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

NewEvent event_naming(const std::vector<v1::DocumentDigest>& documents) {
  v1::EventMetadata metadata;
  for (const auto& document : documents) *metadata.add_documents() = document;
  return {"answer-1", "answer_submitted", "", metadata.SerializeAsString(), absl::UnixEpoch()};
}

TEST(SealDocument, SaltsEachWriteAnew) {
  DocumentWrite first{"answer-1", "yes", ""};
  DocumentWrite second = first;
  const auto first_seal = seal_document(first);
  const auto second_seal = seal_document(second);
  EXPECT_EQ(first.salt.size(), 16u);
  EXPECT_NE(first.salt, second.salt);
  EXPECT_NE(first_seal.digest(), second_seal.digest());
  EXPECT_EQ(first_seal.key(), "answer-1");
  EXPECT_EQ(first_seal.digest(), as_bytes(document_digest(first.salt, "answer-1", "yes")));
}

TEST(SealDocument, LeavesNothingOfAnErasedDocument) {
  DocumentWrite erased{"answer-1", std::nullopt, "old salt"};
  const auto seal = seal_document(erased);
  EXPECT_EQ(erased.salt, "");
  EXPECT_EQ(seal.digest(), "");
}

TEST(DocumentDigest, TellsDocumentsWithSwappedKeysApart) {
  EXPECT_NE(document_digest("s", "a", "x"), document_digest("s", "b", "x"));
  EXPECT_NE(document_digest("s", "ab", "x"), document_digest("s", "a", "bx"));
}

TEST(NamedDocuments, GiveThePositionOfTheLastEventThatNamesTheKey) {
  DocumentWrite early{"a", "1", ""}, late{"a", "2", ""}, other{"b", "3", ""};
  Batch batch;
  batch.expected.position = 10;
  batch.events = {event_naming({seal_document(early)}), event_naming({seal_document(other)}),
                  event_naming({seal_document(late)})};
  batch.documents = {early, other, late};
  const auto named = named_documents(batch);
  ASSERT_EQ(named.size(), 2u);
  EXPECT_EQ(named.at("a").position, 13u);
  EXPECT_EQ(named.at("a").write->digest, as_bytes(document_digest(late.salt, "a", "2")));
  EXPECT_EQ(named.at("b").position, 12u);
}

TEST(NamedDocumentsDeathTest, EndTheProcessForADocumentNoEventNames) {
  Batch batch;
  batch.events = {event_naming({})};
  batch.documents = {{"answer-1", "yes", "salt"}};
  EXPECT_DEATH(named_documents(batch), "no event of the batch names document 'answer-1'");
}

TEST(NamedDocumentsDeathTest, EndTheProcessWhenTheLastEventNamesAnEarlierWrite) {
  DocumentWrite early{"a", "1", ""}, late{"a", "2", ""};
  Batch batch;
  batch.events = {event_naming({seal_document(early)}), event_naming({seal_document(late)})};
  batch.documents = {late, early};
  EXPECT_DEATH(named_documents(batch), "no event of the batch names document 'a'");
}

}  // namespace
}  // namespace kkr::platform
