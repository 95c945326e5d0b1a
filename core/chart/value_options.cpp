#include "core/chart/value_options.h"

#include "core/chart/go_text.h"
#include "core/chart/strvals.h"
#include "core/chart/values_text.h"
#include "core/value/json.h"

namespace fairway::chart {

using value::Value;

namespace {

Result<void> setJson(const std::string &text, Value &values, const SetOptions &options)
{
    const std::string_view trimmed = trimSpace(text);
    if (options.version == HelmVersion::V4 && trimmed.starts_with('{')) {
        value::JsonLimits limits;
        limits.numbers = value::NumberStyle::Helm;
        Result<Value> object = value::parseJson(trimmed, limits);
        if (!object)
            return fail(ErrorCode::InvalidInput, "failed parsing --set-json data JSON: " + text);
        setPositions(*object, options.position);
        values = mergeMaps(values, *object);
        return {};
    }
    if (!applySetFlag(text, values, options))
        return fail(ErrorCode::InvalidInput, "failed parsing --set-json data " + text);
    return {};
}

} // namespace

Result<Value> mergeValueOptions(const ValueOptions &options, HelmVersion version, ValueSources &sources,
    const std::function<Result<std::string>(std::string_view path)> &readFile)
{
    Value values = Value::map();
    for (const std::string &path : options.files) {
        const Result<std::string> text = readFile(path);
        if (!text)
            return tl::unexpected(text.error());
        const Result<Value> read = readValues(*text, sources.add(SourceKind::ValuesFile, path), version);
        if (!read)
            return failWith("failed to parse " + path, read.error());
        values = mergeMaps(values, *read);
    }

    const struct {
        const std::vector<std::string> &flags;
        SetStyle style;
        SourceKind source;
        std::string_view name;
    } groups[] = {
        {options.jsonValues, SetStyle::Json, SourceKind::SetJson, "--set-json"},
        {options.values, SetStyle::Typed, SourceKind::Set, "--set"},
        {options.stringValues, SetStyle::String, SourceKind::SetString, "--set-string"},
        {options.fileValues, SetStyle::File, SourceKind::SetFile, "--set-file"},
        {options.literalValues, SetStyle::Literal, SourceKind::SetLiteral, "--set-literal"},
    };
    for (const auto &group : groups) {
        for (const std::string &flag : group.flags) {
            SetOptions set {group.style, version, {sources.add(group.source, flag), 1}, readFile};
            if (group.style == SetStyle::Json) {
                if (Result<void> done = setJson(flag, values, set); !done)
                    return tl::unexpected(done.error());
            } else if (Result<void> done = applySetFlag(flag, values, set); !done) {
                return failWith("failed parsing " + std::string(group.name) + " data", done.error());
            }
        }
    }
    return values;
}

} // namespace fairway::chart
