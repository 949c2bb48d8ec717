#include "services/platform/mail/compose.h"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>
#include <optional>

#include "absl/time/time.h"
#include "services/platform/event_store/sha256.h"
#include "services/platform/field/encoding.h"
#include "services/platform/mail/header_field.h"
#include "services/platform/mail/mail_address.h"

namespace kkr::platform {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;
using Part = Owned<GMimeObject>;

void begin_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

Part part_of(std::string_view type, std::string_view subtype, std::string_view bytes,
             GMimeContentEncoding encoding) {
  GMimePart* part =
      g_mime_part_new_with_type(std::string(type).c_str(), std::string(subtype).c_str());
  Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part, content.get());
  g_mime_part_set_content_encoding(part, encoding);
  return Part(GMIME_OBJECT(part));
}

Part text_part(std::string_view subtype, std::string_view text) {
  Part part = part_of("text", subtype, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_object_set_content_type_parameter(part.get(), "charset", "utf-8");
  return part;
}

Part calendar_part(const CalendarPart& calendar) {
  Part part = part_of("text", "calendar", calendar.text, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_content_type_parameter(part.get(), "charset", "utf-8");
  g_mime_object_set_content_type_parameter(part.get(), "method", calendar.method.c_str());
  return part;
}

Part attachment_part(const Attachment& attachment) {
  const std::size_t slash = attachment.media_type.find('/');
  const bool named = slash != std::string::npos;
  Part part = part_of(named ? attachment.media_type.substr(0, slash) : "application",
                      named ? attachment.media_type.substr(slash + 1) : "octet-stream",
                      attachment.bytes, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition(part.get(), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename(GMIME_PART(part.get()), one_line(attachment.file_name).c_str());
  return part;
}

// The boundary cannot stand in a part: `=` is encoded in both encodings used, but for base64's end.
Part multipart(const char* subtype, const Message& message) {
  GMimeMultipart* parts = g_mime_multipart_new_with_subtype(subtype);
  const std::string seed = message.message_id + subtype;
  g_mime_multipart_set_boundary(parts, ("=_" + to_hex(sha256_of(seed)).substr(0, 32)).c_str());
  return Part(GMIME_OBJECT(parts));
}

void add(const Part& parts, Part part) {
  g_mime_multipart_add(GMIME_MULTIPART(parts.get()), part.get());
}

Part words_of(const Message& message) {
  if (message.html.empty() && !message.calendar) return text_part("plain", message.text);
  Part parts = multipart("alternative", message);
  add(parts, text_part("plain", message.text));
  if (!message.html.empty()) add(parts, text_part("html", message.html));
  if (message.calendar) add(parts, calendar_part(*message.calendar));
  return parts;
}

Part body_of(const Message& message) {
  Part words = words_of(message);
  if (message.attachments.empty()) return words;
  Part parts = multipart("mixed", message);
  add(parts, std::move(words));
  for (const Attachment& attachment : message.attachments) add(parts, attachment_part(attachment));
  return parts;
}

std::string bytes_of(const Part& part) {
  GMimeFormatOptions* options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
  char* text = g_mime_object_to_string(part.get(), options);
  std::string bytes(text);
  g_free(text);
  g_mime_format_options_free(options);
  return bytes;
}

std::string date_of(absl::Time date) {
  return absl::FormatTime(absl::RFC1123_full, date, absl::UTCTimeZone());
}

std::optional<MailFault> fault_in(const Message& message) {
  if (!is_mail_address(message.message_id)) {
    return MailFault{"The Message-ID is not of the form digest@domain."};
  }
  if (!is_mail_address(message.from.address)) return MailFault{"The sender has no address."};
  if (!is_mail_address(message.to.address)) {
    return MailFault{"The recipient's address is not one that mail can be sent to."};
  }
  for (const std::string* text :
       {&message.from.name, &message.to.name, &message.subject, &message.text, &message.html}) {
    if (find_bad_utf8(*text)) return MailFault{"A text of the message is not UTF-8."};
  }
  return std::nullopt;
}

}  // namespace

std::variant<std::string, MailFault> compose(const Message& message) {
  begin_gmime();
  if (auto fault = fault_in(message)) return *std::move(fault);
  std::string mail = "Date: " + date_of(message.date) + "\r\n";
  mail += mailbox_field("From", message.from);
  mail += mailbox_field("To", message.to);
  mail += text_field("Subject", message.subject);
  mail += "Message-ID: <" + message.message_id + ">\r\n";
  // RFC 3834: no automatic answer is wanted to what no person sent.
  mail += "Auto-Submitted: auto-generated\r\n";
  if (!message.language.empty()) mail += text_field("Content-Language", message.language);
  mail += "MIME-Version: 1.0\r\n";
  return mail + bytes_of(body_of(message));
}

}  // namespace kkr::platform
