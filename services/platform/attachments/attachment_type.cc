#include "services/platform/attachments/attachment_type.h"

#include <magic.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace kkr::platform {
namespace {

constexpr char kDocx[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr char kXlsx[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr char kOutlook[] = "application/vnd.ms-outlook";
constexpr char kPlain[] = "text/plain";
constexpr char kCsv[] = "text/csv";

struct KnownType {
  std::string_view media_type;
  std::string_view extension;
};

constexpr KnownType kTypes[] = {
    {"application/pdf", "pdf"},
    {kOutlook, "msg"},
    {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
    {"application/vnd.oasis.opendocument.text", "odt"},
    {kXlsx, "xlsx"},
    {kDocx, "docx"},
    {"image/jpeg", "jpg"},
    {"image/png", "png"},
    {"message/rfc822", "eml"},
    {kCsv, "csv"},
    {kPlain, "txt"},
};

// libmagic's answer; empty when it has none. One cookie may not be used by two threads at once.
std::string magic_type(std::string_view content) {
  static std::mutex mutex;
  static const auto cookie = [] {
    std::unique_ptr<magic_set, decltype(&magic_close)> opened(magic_open(MAGIC_MIME_TYPE),
                                                              &magic_close);
    if (opened && magic_load(opened.get(), nullptr) != 0) opened.reset();
    return opened;
  }();
  std::lock_guard lock(mutex);
  if (!cookie) return {};
  const char* type = magic_buffer(cookie.get(), content.data(), content.size());
  return type == nullptr ? std::string() : std::string(type);
}

bool contains(std::string_view content, std::string_view part) {
  return content.find(part) != std::string_view::npos;
}

// libmagic knows an office file only when its parts stand in the order that one program writes
// them in; the names of the parts are there whatever the order.
std::string type_of_zip(std::string_view content) {
  if (!contains(content, "[Content_Types].xml")) return {};
  if (contains(content, "word/document.xml")) return kDocx;
  if (contains(content, "xl/workbook.xml")) return kXlsx;
  return {};
}

// An Outlook message is a compound file with streams so named, in UTF-16.
bool is_outlook_message(std::string_view content) {
  using namespace std::string_view_literals;
  return contains(content, "_\0_\0s\0u\0b\0s\0t\0g\0001\0.\0"sv);
}

bool ends_with_csv(std::string_view file_name) {
  constexpr std::string_view kExtension = ".csv";
  return file_name.size() > kExtension.size() &&
         std::equal(kExtension.rbegin(), kExtension.rend(), file_name.rbegin(),
                    [](char wanted, char c) { return wanted == (c | 0x20) || wanted == c; });
}

std::string settled_type(std::string_view content, std::string_view file_name) {
  std::string type = magic_type(content);
  if (type == "application/zip" || type == "application/octet-stream") return type_of_zip(content);
  if (type == "application/CDFV2" && is_outlook_message(content)) return kOutlook;
  if (type == "application/csv") type = kCsv;
  if (type == kPlain && ends_with_csv(file_name)) return kCsv;
  if (type == kCsv && !ends_with_csv(file_name)) return kPlain;
  return type;
}

}  // namespace

const std::vector<std::string>& allowed_media_types() {
  static const auto types = [] {
    std::vector<std::string> all;
    for (const auto& known : kTypes) all.emplace_back(known.media_type);
    return all;
  }();
  return types;
}

std::string extension_of(std::string_view media_type) {
  for (const auto& known : kTypes)
    if (known.media_type == media_type) return std::string(known.extension);
  return {};
}

std::optional<std::string> media_type_of(std::string_view content, std::string_view file_name) {
  auto type = settled_type(content, file_name);
  if (extension_of(type).empty()) return std::nullopt;
  return type;
}

}  // namespace kkr::platform
