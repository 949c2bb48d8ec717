// What the authors of the protos wrote above their elements.
#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace kkr::gateway {

// `// A.\n// B.` above the element reads "A. B."; an empty comment line ends a paragraph.
std::string tidy_comment(std::string_view comment);

template <typename Element>
std::string comment_of(const Element& element) {
  google::protobuf::SourceLocation location;
  return element.GetSourceLocation(&location) ? tidy_comment(location.leading_comments)
                                              : std::string();
}

// Up to the first full stop that ends a sentence, without it.
std::string first_sentence(const std::string& comment);

}  // namespace kkr::gateway
