// A collection as a file: for other programs, for spreadsheets, and for the meeting's papers.
#pragma once

#include <string>

#include "kkr/consultation/v1/collections.pb.h"

namespace kkr::consultation {

struct ExportedFile {
  std::string name;  // Such as `opsamling-1.xlsx`: nothing in it needs quoting.
  std::string content_type;
  std::string content;
};

// `collection` has its content; `format` is one that is said. The content is empty only when the
// system would give no memory for a workbook.
ExportedFile exported(const v1::Collection& collection, v1::ExportFormat format);

// The four formats; each takes a collection with its content.
std::string to_json(const v1::Collection& collection);
std::string to_csv(const v1::Collection& collection);
std::string to_xlsx(const v1::Collection& collection);
std::string to_html(const v1::Collection& collection);

}  // namespace kkr::consultation
