#pragma once

#include "core/gotemplate/object.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairway::gotemplate {

class Complex;

/// Flags, width and precision of a verb.
struct FormatFlags {
    bool plus = false;
    bool minus = false;
    bool sharp = false;
    bool space = false;
    bool zero = false;
    bool goSyntax = false; ///< %#v
    bool hasNames = false; ///< %+v: a struct's fields with their names.
    std::optional<int> width;
    std::optional<int> precision;
};

/// Prints one operand after the other as fmt does for a verb. Addresses, which differ from run to run in Go, are always the same one.
class GoPrinter {
public:
    std::string out;
    FormatFlags flags;

    void argument(const Value &value, char32_t verb);
    void object(const TemplateObject &object, char32_t verb, int depth);

private:
    void print(const Value &value, char32_t verb, int depth);
    void badVerb(char32_t verb, std::string_view typeName, const Value &value);
    void padding(int count);
    void padded(std::string_view text);
    [[nodiscard]] std::string_view truncated(std::string_view text) const;

    void text(std::string_view content, char32_t verb, const Value &whole);
    void quoted(std::string_view content);
    void hexadecimal(std::string_view content, std::string_view digits);

    void list(const Value &value, std::string_view typeName, char32_t verb, int depth);
    void map(const Value &value, std::string_view typeName, char32_t verb, int depth);
    void structure(const TemplateObject &object, char32_t verb, int depth);
    void pointer(const TemplateObject &object, char32_t verb);

    void integer(const Value &value, char32_t verb);
    void unicode(std::uint64_t bits);
    void digits(std::uint64_t magnitude, unsigned base, bool isNegative, char32_t verb, std::string_view alphabet);
    void real(const Value &value, char32_t verb);
    void complex(const Complex &number, char32_t verb);
};

} // namespace fairway::gotemplate
