#include "core/chart/schema_checker.h"

#include "core/chart/schema_words.h"
#include "core/value/float_text.h"
#include "core/value/utf8.h"

#include <re2/re2.h>

#include <cmath>

namespace fairway::chart {

using value::Value;

namespace {

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        const value::Utf8Character character = value::decodeUtf8(text, at);
        at += character.size == 0 ? 1 : character.size;
    }
    return count;
}

/// In decimal, so that 0.3 is a multiple of 0.1: both as the shortest text that reads back.
bool isMultiple(double number, double of)
{
    if (of == 0)
        return false;
    double scale = 1;
    for (int i = 0; i < 16 && (std::floor(number * scale) != number * scale || std::floor(of * scale) != of * scale); ++i)
        scale *= 10;
    return std::fmod(std::round(number * scale), std::round(of * scale)) == 0;
}

} // namespace

void SchemaChecker::count(const Value &schema, std::string_view keyword, std::size_t got, bool isMinimum, std::string_view before, std::string_view after, Faults &faults)
{
    const Value &bound = schema[keyword];
    if (!bound.isNumber())
        return;
    const double wanted = numberOf(bound);
    if (isMinimum ? static_cast<double>(got) >= wanted : static_cast<double>(got) <= wanted)
        return;
    if (m_isV4)
        add(faults, std::string(keyword) + ": got " + englishCount(static_cast<double>(got)) + ", want " + englishCount(wanted));
    else
        add(faults, std::string(before) + std::to_string(static_cast<std::int64_t>(wanted)) + std::string(after));
}

std::string SchemaChecker::englishCount(double number)
{
    std::string digits = std::to_string(static_cast<std::int64_t>(number));
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, 1, ',');
    return digits;
}

void SchemaChecker::text(const Value &schema, const std::string &instance, Faults &faults)
{
    if (schema["minLength"].isNumber() || schema["maxLength"].isNumber()) {
        const std::size_t length = characters(instance);
        count(schema, "minLength", length, true, "String length must be greater than or equal to ", "", faults);
        count(schema, "maxLength", length, false, "String length must be less than or equal to ", "", faults);
    }
    if (!schema["pattern"].isString())
        return;
    const std::string &pattern = schema["pattern"].asString();
    const re2::RE2 *const regex = m_document.pattern(pattern);
    if (regex && !re2::RE2::PartialMatch(instance, *regex)) {
        add(faults, m_isV4 ? singleQuoted(instance) + " does not match pattern " + singleQuoted(pattern)
                           : "Does not match pattern '" + pattern + "'");
    }
}

void SchemaChecker::number(const Value &schema, double instance, Faults &faults)
{
    const auto bound = [&](std::string_view keyword, double wanted, bool isGood, std::string_view words) {
        if (isGood)
            return;
        if (m_isV4)
            add(faults, std::string(keyword) + ": got " + englishNumber(instance) + ", want " + englishNumber(wanted));
        else
            add(faults, std::string(words) + value::formatFloatG(wanted));
    };
    const auto side = [&](std::string_view keyword, std::string_view exclusive, bool isLower) {
        const Value &inclusiveBound = schema[keyword];
        const Value &exclusiveBound = schema[exclusive];
        const bool isExclusive = exclusiveBound.boolOr(false);
        const std::string_view strict = isLower ? "Must be greater than " : "Must be less than ";
        if (inclusiveBound.isNumber()) {
            const double wanted = numberOf(inclusiveBound);
            if (isExclusive)
                bound(exclusive, wanted, isLower ? instance > wanted : instance < wanted, strict);
            else
                bound(keyword, wanted, isLower ? instance >= wanted : instance <= wanted,
                    isLower ? "Must be greater than or equal to " : "Must be less than or equal to ");
        }
        if (exclusiveBound.isNumber()) {
            const double wanted = numberOf(exclusiveBound);
            bound(exclusive, wanted, isLower ? instance > wanted : instance < wanted, strict);
        }
    };
    side("minimum", "exclusiveMinimum", true);
    side("maximum", "exclusiveMaximum", false);
    if (const Value &of = schema["multipleOf"]; of.isNumber())
        bound("multipleOf", numberOf(of), isMultiple(instance, numberOf(of)), "Must be a multiple of ");
}

double SchemaChecker::numberOf(const Value &value)
{
    return value.isInt() ? static_cast<double>(value.asInt()) : value.asFloat();
}

} // namespace fairway::chart
