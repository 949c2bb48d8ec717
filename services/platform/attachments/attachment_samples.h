// The beginnings of real files, enough to tell their type. For tests.
#pragma once

#include <string>
#include <string_view>

namespace kkr::platform {

// A part of a ZIP archive as it stands in the file: header, name, content, not compressed.
inline std::string zip_part(std::string_view name, std::string_view content) {
  const auto two = [](std::size_t n) {
    return std::string{static_cast<char>(n & 0xff), static_cast<char>(n >> 8 & 0xff)};
  };
  const auto four = [&](std::size_t n) { return two(n) + two(n >> 16); };
  return std::string("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0", 18) + four(content.size()) +
         four(content.size()) + two(name.size()) + two(0) + std::string(name) +
         std::string(content);
}

inline std::string sample_pdf() { return "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"; }

inline std::string sample_png() {
  using namespace std::string_view_literals;
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"sv);
}

inline std::string sample_odt() {
  return zip_part("mimetype", "application/vnd.oasis.opendocument.text") +
         zip_part("content.xml", "<office:document-content/>");
}

}  // namespace kkr::platform
