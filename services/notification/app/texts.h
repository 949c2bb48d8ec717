// This service's texts that are kept outside the log because they may name people.
#pragma once

#include <string>

#include "kkr/notification/v1/texts.pb.h"
#include "services/platform/event_store/document_reader.h"

namespace kkr::notification {

class Texts : public platform::DocumentReader {
 public:
  using DocumentReader::DocumentReader;
  using DocumentReader::read;

  v1::PersonalText read(const std::string& key) { return read_text<v1::PersonalText>(key); }
};

}  // namespace kkr::notification
