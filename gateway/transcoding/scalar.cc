#include "gateway/transcoding/scalar.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "absl/strings/escaping.h"
#include "gateway/json/json_reader.h"
#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

enum class Parsed { kYes, kNotThatType, kOutOfRange };

Violation wrong_type(const FieldDescriptor& field) {
  return {"", "WRONG_TYPE", concat({"must be ", expected_type(field), "."})};
}

template <typename Real>
Parsed parse_real(std::string_view text, Real& value) {
  if (text == "NaN")
    value = std::numeric_limits<Real>::quiet_NaN();
  else if (text == "Infinity")
    value = std::numeric_limits<Real>::infinity();
  else if (text == "-Infinity")
    value = -std::numeric_limits<Real>::infinity();
  else {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) return Parsed::kOutOfRange;
    if (error != std::errc() || end != text.data() + text.size()) return Parsed::kNotThatType;
    if (!std::isfinite(value)) return Parsed::kNotThatType;  // "inf" and its kin.
  }
  return Parsed::kYes;
}

// Integers may be written as 3, 3.0 or 3e0, as protobuf JSON has it.
template <typename Integer>
Parsed parse_integer(std::string_view text, Integer& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end == text.data() + text.size()) {
    if (error == std::errc::result_out_of_range) return Parsed::kOutOfRange;
    if (error == std::errc()) return Parsed::kYes;
  }
  double real = 0;
  if (const Parsed parsed = parse_real(text, real); parsed != Parsed::kYes) return parsed;
  constexpr double kExact = 9007199254740992;  // Beyond 2^53 a double is no integer's name.
  if (real != std::trunc(real)) return Parsed::kNotThatType;
  if (std::abs(real) > kExact || real < static_cast<double>(std::numeric_limits<Integer>::min()) ||
      real > static_cast<double>(std::numeric_limits<Integer>::max()))
    return Parsed::kOutOfRange;
  value = static_cast<Integer>(real);
  return Parsed::kYes;
}

template <typename Number, typename Setter>
MaybeViolation set_number(const FieldDescriptor& field, Scalar scalar, Setter set) {
  if (scalar.form == Scalar::Form::kJsonBool) return wrong_type(field);
  Number value = 0;
  Parsed parsed = Parsed::kNotThatType;
  if constexpr (std::is_floating_point_v<Number>) {
    parsed = parse_real(scalar.text, value);
  } else {
    parsed = parse_integer(scalar.text, value);
  }
  switch (parsed) {
    case Parsed::kYes: set(value); return std::nullopt;
    case Parsed::kNotThatType: break;
    case Parsed::kOutOfRange:
      return Violation{"", "OUT_OF_RANGE",
                       concat({"is out of range: it must be ", expected_type(field), "."})};
  }
  return wrong_type(field);
}

// Writes one value to a field, set or appended as the field asks.
class FieldSetter {
 public:
  FieldSetter(Message& message, const FieldDescriptor& field)
      : message_(message), field_(field), reflection_(*message.GetReflection()) {}

#define KKR_FIELD_SETTER(NAME, TYPE)                    \
  void put(TYPE value) const {                          \
    if (field_.is_repeated())                           \
      reflection_.Add##NAME(&message_, &field_, value); \
    else                                                \
      reflection_.Set##NAME(&message_, &field_, value); \
  }
  KKR_FIELD_SETTER(Int32, std::int32_t)
  KKR_FIELD_SETTER(Int64, std::int64_t)
  KKR_FIELD_SETTER(UInt32, std::uint32_t)
  KKR_FIELD_SETTER(UInt64, std::uint64_t)
  KKR_FIELD_SETTER(Float, float)
  KKR_FIELD_SETTER(Double, double)
  KKR_FIELD_SETTER(Bool, bool)
  KKR_FIELD_SETTER(String, std::string)
  KKR_FIELD_SETTER(Enum, const EnumValueDescriptor*)
#undef KKR_FIELD_SETTER

  void put_enum_number(int number) const {
    if (field_.is_repeated())
      reflection_.AddEnumValue(&message_, &field_, number);
    else
      reflection_.SetEnumValue(&message_, &field_, number);
  }

 private:
  Message& message_;
  const FieldDescriptor& field_;
  const Reflection& reflection_;
};

MaybeViolation set_bool(const FieldDescriptor& field, const FieldSetter& setter, Scalar value) {
  const bool boolean = value.form == Scalar::Form::kText || value.form == Scalar::Form::kJsonBool;
  if (!boolean || (value.text != "true" && value.text != "false")) return wrong_type(field);
  setter.put(value.text == "true");
  return std::nullopt;
}

MaybeViolation set_enum(const FieldDescriptor& field, const FieldSetter& setter, Scalar value) {
  if (value.form == Scalar::Form::kJsonBool) return wrong_type(field);
  if (value.form != Scalar::Form::kJsonNumber) {
    const auto* named = field.enum_type()->FindValueByName(std::string(value.text));
    if (named != nullptr) {
      setter.put(named);
      return std::nullopt;
    }
  }
  int number = 0;
  if (value.form != Scalar::Form::kJsonString &&
      parse_integer(value.text, number) == Parsed::kYes &&
      field.enum_type()->FindValueByNumber(number) != nullptr) {
    setter.put_enum_number(number);
    return std::nullopt;
  }
  return Violation{"", "UNKNOWN_ENUM_VALUE",
                   concat({"must be one of the values of ", field.enum_type()->name(), "."})};
}

bool is_text(Scalar value) {
  return value.form == Scalar::Form::kText || value.form == Scalar::Form::kJsonString;
}

MaybeViolation set_string(const FieldDescriptor& field, const FieldSetter& setter, Scalar value) {
  if (!is_text(value)) return wrong_type(field);
  if (!is_utf8(value.text)) return Violation{"", "BAD_UTF8", "is not valid UTF-8."};
  setter.put(std::string(value.text));
  return std::nullopt;
}

MaybeViolation set_bytes(const FieldDescriptor& field, const FieldSetter& setter, Scalar value) {
  std::string bytes;
  const absl::string_view text(value.text.data(), value.text.size());
  if (!is_text(value) ||
      !(absl::Base64Unescape(text, &bytes) || absl::WebSafeBase64Unescape(text, &bytes)))
    return wrong_type(field);
  setter.put(std::move(bytes));
  return std::nullopt;
}

}  // namespace

std::string_view expected_type(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: return "a 32-bit integer";
    case FieldDescriptor::CPPTYPE_INT64: return "a 64-bit integer";
    case FieldDescriptor::CPPTYPE_UINT32: return "a 32-bit integer that is not negative";
    case FieldDescriptor::CPPTYPE_UINT64: return "a 64-bit integer that is not negative";
    case FieldDescriptor::CPPTYPE_FLOAT: return "a 32-bit floating-point number";
    case FieldDescriptor::CPPTYPE_DOUBLE: return "a number";
    case FieldDescriptor::CPPTYPE_BOOL: return "true or false";
    case FieldDescriptor::CPPTYPE_ENUM: return "a value of the enumeration";
    case FieldDescriptor::CPPTYPE_MESSAGE: return "an object";
    case FieldDescriptor::CPPTYPE_STRING: break;
  }
  return field.type() == FieldDescriptor::TYPE_BYTES ? "a base64 string" : "a string";
}

MaybeViolation set_scalar(Message& message, const FieldDescriptor& field, Scalar value) {
  const FieldSetter setter(message, field);
  const auto put = [&setter](auto number) { setter.put(number); };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: return set_number<std::int32_t>(field, value, put);
    case FieldDescriptor::CPPTYPE_INT64: return set_number<std::int64_t>(field, value, put);
    case FieldDescriptor::CPPTYPE_UINT32: return set_number<std::uint32_t>(field, value, put);
    case FieldDescriptor::CPPTYPE_UINT64: return set_number<std::uint64_t>(field, value, put);
    case FieldDescriptor::CPPTYPE_FLOAT: return set_number<float>(field, value, put);
    case FieldDescriptor::CPPTYPE_DOUBLE: return set_number<double>(field, value, put);
    case FieldDescriptor::CPPTYPE_BOOL: return set_bool(field, setter, value);
    case FieldDescriptor::CPPTYPE_ENUM: return set_enum(field, setter, value);
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? set_bytes(field, setter, value)
                                                         : set_string(field, setter, value);
    case FieldDescriptor::CPPTYPE_MESSAGE: break;
  }
  return wrong_type(field);
}

}  // namespace kkr::gateway
