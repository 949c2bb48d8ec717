// This service's texts that are kept outside the log because they may name people.
#pragma once

#include <string>

#include "kkr/financing/v1/terms.pb.h"
#include "kkr/financing/v1/texts.pb.h"
#include "services/platform/event_store/document_reader.h"

namespace kkr::financing {

class Texts : public platform::DocumentReader {
 public:
  using DocumentReader::DocumentReader;
  using DocumentReader::read;

  v1::PersonalText read(const std::string& key) { return read_text<v1::PersonalText>(key); }
  // The contact under the key; empty when there is none, and after a failure.
  v1::Contact read_contact(const std::string& key) {
    v1::Contact contact;
    read(key, contact);
    return contact;
  }
};

}  // namespace kkr::financing
