// For tests: a store that holds the documents a story left.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <variant>

#include "services/consultation/domain/answer_story.h"
#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/memory_event_store.h"

namespace kkr::consultation::story {

inline std::unique_ptr<platform::MemoryEventStore> stored(const Story& story) {
  auto store = std::make_unique<platform::MemoryEventStore>();
  platform::Batch batch;
  batch.expected = store->head();
  platform::v1::EventMetadata metadata;
  for (const auto& [key, text] : story.documents) {
    batch.documents.push_back({key, text, {}});
    *metadata.add_documents() = platform::seal_document(batch.documents.back());
  }
  batch.events.push_back({"stream", "type", "payload", metadata.SerializeAsString(), story.now});
  const auto result = store->append(batch);
  EXPECT_FALSE(std::holds_alternative<platform::StoreFailure>(result));
  return store;
}

}  // namespace kkr::consultation::story
