// How answers and collections are saved in a snapshot, and loaded from it.
#pragma once

#include "kkr/consultation/v1/snapshot.pb.h"
#include "services/consultation/domain/answer.h"
#include "services/consultation/domain/collection.h"

namespace kkr::consultation {

void save(const AnswerKey& key, const Answer& answer, v1::AnswerSnapshot& saved);
void save(const Collection& collection, v1::CollectionSnapshot& saved);
// Empties what was saved.
Answer loaded(v1::AnswerSnapshot& saved);
Collection loaded(v1::CollectionSnapshot& saved);

}  // namespace kkr::consultation
