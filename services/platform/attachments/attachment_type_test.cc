#include "services/platform/attachments/attachment_type.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "services/platform/attachments/attachment_samples.h"

namespace kkr::platform {
namespace {

using namespace std::string_view_literals;

const std::string kOffice = "application/vnd.openxmlformats-officedocument.";
const std::string kOpen = "application/vnd.oasis.opendocument.";

TEST(MediaTypeOf, ReadsTheTypeFromTheContentWhateverTheName) {
  const struct {
    std::string content;
    std::string type;
  } rows[] = {
      {sample_pdf(), "application/pdf"},
      {sample_png(), "image/png"},
      {std::string("\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"sv), "image/jpeg"},
      {sample_odt(), kOpen + "text"},
      {zip_part("mimetype", kOpen + "spreadsheet") + zip_part("content.xml", "<a/>"),
       kOpen + "spreadsheet"},
      {zip_part("[Content_Types].xml", "<Types/>") + zip_part("_rels/.rels", "<R/>") +
           zip_part("word/document.xml", "<w/>"),
       kOffice + "wordprocessingml.document"},
      {zip_part("docProps/app.xml", "<P/>") + zip_part("xl/workbook.xml", "<w/>") +
           zip_part("[Content_Types].xml", "<Types/>"),
       kOffice + "spreadsheetml.sheet"},
      {"Return-Path: <a@b.example>\r\nFrom: a@b.example\r\nTo: c@d.example\r\nSubject: svar\r\n"
       "Date: Tue, 19 Mar 2013 10:00:00 +0100\r\n\r\nHermed kommunens svar.\r\n",
       "message/rfc822"},
      {"Kommunen bakker op om m\xc3\xa5lene.\n", "text/plain"},
      {"Kommunen bakker op om m\xe5lene.\n", "text/plain"},  // Latin-1, as many systems export.
  };
  for (const auto& row : rows) {
    EXPECT_EQ(media_type_of(row.content, "svar.exe"), row.type);
    const auto& allowed = allowed_media_types();
    EXPECT_NE(std::find(allowed.begin(), allowed.end(), row.type), allowed.end()) << row.type;
  }
}

TEST(MediaTypeOf, TellsCsvFromTextByTheName) {
  for (const char* content :
       {"navn;antal\nAlbertslund;3\n", "a,b\n1,2\n3,4\n5,6\n", "kun tekst\n"}) {
    EXPECT_EQ(media_type_of(content, "tal.CSV"), "text/csv") << content;
    EXPECT_EQ(media_type_of(content, "tal.txt"), "text/plain") << content;
  }
}

TEST(ExtensionOf, IsThereForEveryAllowedTypeAndForNoOther) {
  std::set<std::string> extensions;
  for (const auto& type : allowed_media_types()) extensions.insert(extension_of(type));
  EXPECT_EQ(extensions.size(), allowed_media_types().size());
  EXPECT_FALSE(extensions.contains(""));
  EXPECT_EQ(extension_of("application/pdf"), "pdf");
  EXPECT_EQ(extension_of("text/html"), "");
}

TEST(MediaTypeOf, RefusesEverythingElse) {
  const std::string elf = std::string("\x7f") + "ELF\x02\x01\x01" + std::string(60, '\0');
  for (const auto& content :
       {std::string("<!DOCTYPE html><html><script>alert(1)</script></html>"), elf,
        std::string("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        std::string("#!/bin/sh\nrm -rf /\n"), std::string("GIF89a\x01\0\x01\0", 10),
        zip_part("evil.exe", "MZ"), std::string(100, '\0')})
    EXPECT_EQ(media_type_of(content, "svar.pdf"), std::nullopt) << content.substr(0, 20);
}

}  // namespace
}  // namespace kkr::platform
