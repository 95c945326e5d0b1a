#include "core/chart/schema_words.h"

#include "core/chart/go_text.h"
#include "core/chart/schema_check.h"
#include "core/value/float_text.h"
#include "core/value/json.h"
#include "core/value/pointer.h"

namespace fairway::chart {

namespace {

std::string grouped(std::string digits)
{
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, 1, ',');
    return digits;
}

std::string superscript(std::string_view exponent)
{
    static constexpr std::string_view digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out;
    for (const char c : exponent) {
        if (c == '-')
            out += "⁻";
        else if (c >= '0' && c <= '9')
            out += digits[c - '0'];
    }
    return out;
}

void appendIndented(std::string &out, const SchemaFault &fault, std::size_t indent)
{
    const bool isSkipped = fault.isReference && fault.causes.size() == 1;
    if (!isSkipped) {
        out += '\n' + std::string(2 * (indent - 1), ' ') + "- at " + singleQuoted(value::joinPointer(fault.path)) + ": " + fault.text;
        ++indent;
    }
    for (const SchemaFault &cause : fault.causes)
        appendIndented(out, cause, indent);
}

void appendFlat(std::string &out, const SchemaFault &fault)
{
    if (!fault.isReference && !fault.isGroup) {
        std::string place;
        for (const std::string &step : fault.path)
            place += (place.empty() ? "" : ".") + step;
        out += "- " + (place.empty() ? "(root)" : place) + ": " + fault.text + "\n";
    }
    for (const SchemaFault &cause : fault.causes)
        appendFlat(out, cause);
}

} // namespace

std::string singleQuoted(std::string_view text)
{
    // The validator makes it of %q by replacing: a backslash before the closing quote goes with it.
    const std::string quoted = goQuoted(text);
    std::string out = "'";
    for (std::size_t i = 1; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 1 < quoted.size() && quoted[i + 1] == '"')
            continue;
        if (i + 1 < quoted.size())
            out += quoted[i] == '\'' ? "\\'" : std::string(1, quoted[i]);
    }
    return out + "'";
}

std::string singleQuoted(const std::vector<std::string> &texts)
{
    std::string out;
    for (const std::string &text : texts)
        out += (out.empty() ? "" : ", ") + singleQuoted(text);
    return out;
}

std::string englishNumber(double number)
{
    std::string text = value::formatFloatG(number);
    const std::string sign = text.starts_with('-') ? "-" : "";
    text.erase(0, sign.size());
    if (const std::size_t e = text.find('e'); e != std::string::npos)
        return sign + text.substr(0, e) + "×10" + superscript(text.substr(e + 1));
    const std::size_t dot = text.find('.');
    return sign + grouped(text.substr(0, dot)) + (dot == std::string::npos ? "" : text.substr(dot));
}

std::string shownValue(const value::Value &value, HelmVersion version)
{
    if (version == HelmVersion::V3)
        return value::toJson(value, value::JsonStyle::Compact, value::JsonEscape::Html);
    if (value.isString())
        return singleQuoted(value.asString());
    if (value.isList() || value.isMap())
        return "value";
    return value.isFloat() ? value::formatFloatJson(value.asFloat()) : goFormatted(value);
}

std::string toText(const std::vector<SchemaFault> &faults, HelmVersion version)
{
    std::string out;
    for (const SchemaFault &fault : faults) {
        if (version == HelmVersion::V4)
            appendIndented(out, fault, 1);
        else
            appendFlat(out, fault);
    }
    if (version == HelmVersion::V3)
        return out;
    return out.substr(out.empty() ? 0 : 1) + "\n"; // Helm takes the validator's headline away, and the line break behind it
}

} // namespace fairway::chart
