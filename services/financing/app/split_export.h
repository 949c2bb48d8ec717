// The proof of a split as a file. Everything the shares follow from stands in it, so that whoever
// has the file can recompute them without asking anybody.
#pragma once

#include <string>

#include "kkr/financing/v1/splits.pb.h"

namespace kkr::financing {

struct ExportedFile {
  std::string name;  // Such as `fordeling-2013-1.csv`: nothing in it needs quoting.
  std::string content_type;
  std::string content;
};

// `split` has its rows. The content is empty only when the system would give no memory for a
// workbook.
ExportedFile exported(const v1::Split& split, v1::ExportSplitRequest::Format format);

}  // namespace kkr::financing
