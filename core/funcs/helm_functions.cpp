#include "core/funcs/helm_functions.h"

#include "core/funcs/convert.h"
#include "core/funcs/go_json.h"
#include "core/funcs/host_lookup.h"
#include "core/funcs/random_source.h"
#include "core/funcs/tables.h"
#include "core/funcs/toml.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/template.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;
using gotemplate::TemplateError;

/// What a template prints for nil, which Helm takes out of everything it renders.
constexpr std::string_view NoValue = "<no value>";

constexpr int MaxIncludeDepth = 1000;

/// The first error with more in front of it, as Go's fmt.Errorf("…: %w") makes it.
TemplateError wrapped(std::string_view context, TemplateError inner)
{
    inner.causes.insert(inner.causes.begin(), inner.message);
    inner.message = std::string(context) + ": " + inner.message;
    inner.isExecution = false;
    return inner;
}

Out include(Call &call)
{
    auto &depths = call.state<HelmContext>().includeDepth;
    const std::string &name = call.text(0);
    auto known = depths.find(name);
    if (known == depths.end())
        known = depths.emplace(name, 0).first;
    int &depth = known->second;
    if (depth > MaxIncludeDepth) {
        TemplateError error(Error {ErrorCode::LimitExceeded,
            "rendering template has a nested reference name: " + name + ": unable to execute template"});
        error.causes.emplace_back("unable to execute template");
        return tl::unexpected(std::move(error));
    }
    ++depth;
    auto out = call.execution().include(name, call[1]);
    --depth;
    return out;
}

Out tpl(Call &call)
{
    const std::string &text = call.text(0);
    if (text.find("{{") == std::string::npos && text.find(NoValue) == std::string::npos)
        return call[0];
    bool isParseError = false;
    auto out = call.execution().runText("gotpl", call[0], call[1], isParseError);
    if (!out && out.error().isPanic)
        return failCall(std::move(out.error().message));
    if (!out) {
        const std::string_view what = isParseError ? "cannot parse template " : "error during tpl function execution for ";
        return tl::unexpected(wrapped(std::string(what) + gotemplate::quote(text), std::move(out.error())));
    }
    if (out->asString().find(NoValue) == std::string::npos)
        return out;
    std::string cleaned = out->asString();
    for (std::size_t at = cleaned.find(NoValue); at != std::string::npos; at = cleaned.find(NoValue, at))
        cleaned.erase(at, NoValue.size());
    return Value(std::move(cleaned));
}

Out warn(const Call &call, std::string_view lintWords, const std::string &message)
{
    const HelmContext &context = call.state<HelmContext>();
    if (!context.isLint)
        return failCall(std::string(WarningStart).append(message).append(WarningEnd));
    if (context.log)
        context.log(lintWords, message);
    return Value("");
}

Out required(Call &call)
{
    const bool isMissing = call[1].isNull() || (call[1].isString() && call[1].asString().empty());
    if (!isMissing)
        return call[1];
    return warn(call, call[1].isNull() ? "missing required value" : "missing required values", call.text(0));
}

Out fail(Call &call)
{
    return warn(call, "funcMap fail", call.text(0));
}

/// Sprig's own, where Helm's is not: in --name-template.
Out failPlainly(Call &call)
{
    return failCall(call.text(0));
}

Out lookup(Call &call)
{
    const HelmContext &context = call.state<HelmContext>();
    if (!context.lookup || context.isLint)
        return Value::map();
    return context.lookup(call.text(0), call.text(1), call.text(2), call.text(3));
}

Out getHostByName(Call &call)
{
    const HelmContext &context = call.state<HelmContext>();
    if (!context.resolveHosts)
        return Value("");
    const std::vector<std::string> addresses = lookupHost(call.text(0));
    if (addresses.empty())
        return failCall("invalid argument to Intn"); // What Sprig says when it picks one of none.
    return Value(addresses[static_cast<std::size_t>(RandomSource(call, context.base).below(addresses.size()))]);
}

std::string withoutLastBreak(std::string text)
{
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

/// Helm's functions print nothing for what can't be written; the must-forms and Sprig's say why. `words` stand before it.
std::optional<Out> refused(Call &call, std::string_view words = {})
{
    auto good = checkExtent(call[0]);
    if (good)
        return std::nullopt;
    if (good.error().code == ErrorCode::InvalidInput && !call.name().starts_with("must"))
        return Value("");
    good.error().message.insert(0, words);
    return tl::unexpected(std::move(good.error()));
}

Out toYaml(Call &call)
{
    if (auto out = refused(call, "error marshaling into JSON: "))
        return std::move(*out);
    auto text = value::toYamlStrict(call[0]);
    if (!text) {
        if (call.name() == "mustToYaml")
            return failCall("error marshaling into JSON: " + text.error().message);
        return Value("");
    }
    return Value(withoutLastBreak(std::move(*text)));
}

Out toYamlPretty(Call &call)
{
    if (auto out = refused(call))
        return std::move(*out);
    return Value(withoutLastBreak(value::toYamlPretty(call[0])));
}

/// What `wanted` ("map[string]interface {}") can't be filled from.
std::string cannotUnmarshal(const Value &value, std::string_view wanted)
{
    return "json: cannot unmarshal " + std::string(jsonTypeName(value)) + " into Go value of type " + std::string(wanted);
}

Value errorMap(std::string message)
{
    Value out = Value::map();
    out.set("Error", Value(std::move(message)));
    return out;
}

Value errorList(std::string message)
{
    Value out = Value::list();
    out.append(Value(std::move(message)));
    return out;
}

Result<Value> readYaml(std::string_view text)
{
    value::YamlOptions options;
    options.numbers = value::NumberStyle::Helm;
    return value::parseYaml(text, options);
}

constexpr std::string_view UnmarshalError = "error unmarshaling JSON: while decoding JSON: ";

Out fromYaml(Call &call)
{
    auto read = readYaml(call.text(0));
    if (!read)
        return errorMap("error converting YAML to JSON: " + read.error().message);
    if (read->isNull())
        return Value::map();
    if (!read->isMap())
        return errorMap(std::string(UnmarshalError) + cannotUnmarshal(*read, "map[string]interface {}"));
    return std::move(*read);
}

Out fromYamlArray(Call &call)
{
    auto read = readYaml(call.text(0));
    if (!read)
        return errorList("error converting YAML to JSON: " + read.error().message);
    if (read->isNull())
        return Value::list();
    if (!read->isList())
        return errorList(std::string(UnmarshalError) + cannotUnmarshal(*read, "[]interface {}"));
    return std::move(*read);
}

Out toJson(Call &call)
{
    if (auto out = refused(call))
        return std::move(*out);
    return Value(value::toJson(call[0], value::JsonStyle::Compact, value::JsonEscape::Html));
}

Out fromJson(Call &call)
{
    auto read = readGoJson(call.text(0));
    if (!read)
        return errorMap(std::move(read.error().message));
    if (read->isNull())
        return Value::map();
    if (!read->isMap())
        return errorMap(cannotUnmarshal(*read, "map[string]interface {}"));
    return std::move(*read);
}

Out fromJsonArray(Call &call)
{
    auto read = readGoJson(call.text(0));
    if (!read)
        return errorList(std::move(read.error().message));
    if (read->isNull())
        return Value::list();
    if (!read->isList())
        return errorList(cannotUnmarshal(*read, "[]interface {}"));
    return std::move(*read);
}

Out toToml(Call &call)
{
    if (auto out = refused(call))
        return std::move(*out);
    if (call[0].isNull())
        return failCall("reflect: call of reflect.Value.Type on zero Value");
    auto text = writeToml(call[0]);
    return Value(text ? std::move(*text) : std::move(text.error().message));
}

Out fromToml(Call &call)
{
    auto read = readToml(call.text(0));
    return read ? std::move(*read) : errorMap(std::move(read.error().message));
}

constexpr Type A = Type::Any;
constexpr Type S = Type::String;
constexpr FunctionSpec OwnFail[] = {{"fail", {S}, failPlainly}};

constexpr FunctionSpec Table[] = {
    {"include", {{S, A}}, include},
    {"tpl", {{S, A}}, tpl},
    {"required", {{S, A}}, required},
    {"fail", {S}, fail},
    {"lookup", {{S, S, S, S}}, lookup},
    {"getHostByName", {S}, getHostByName},
    {"toYaml", {A}, toYaml},
    {"mustToYaml", {A}, toYaml},
    {"toYamlPretty", {A}, toYamlPretty},
    {"fromYaml", {S}, fromYaml},
    {"fromYamlArray", {S}, fromYamlArray},
    {"toJson", {A}, toJson},
    {"mustToJson", {A}, toJson},
    {"fromJson", {S}, fromJson},
    {"fromJsonArray", {S}, fromJsonArray},
    {"toToml", {A}, toToml},
    {"fromToml", {S}, fromToml},
};

} // namespace

void registerSprig(FunctionMap &functions, FunctionContext &context)
{
    functions.add(OwnFail);
    functions.add(stringFunctions());
    functions.add(splitFunctions());
    functions.add(textLayoutFunctions());
    functions.add(mathFunctions());
    functions.add(listFunctions());
    functions.add(dictFunctions());
    functions.add(typeFunctions());
    functions.add(encodingFunctions());
    functions.add(pathFunctions());
    functions.add(urlFunctions());
    functions.add(regexFunctions(), &context.patterns);
    functions.add(semverFunctions(), &context.semver);
    functions.add(dateFunctions(), &context);
    functions.add(randomFunctions(), &context);
    functions.add(cryptoFunctions(), &context);
}

void registerHelm(FunctionMap &functions, HelmContext &context)
{
    context.base.semver = context.helmVersion == 3 ? SemverRelease::V33 : SemverRelease::V34;
    context.includeDepth.clear();
    registerSprig(functions, context.base);
    functions.add(Table, &context);
    if (context.helmVersion == 3) {
        functions.remove("mustToYaml");
        functions.remove("mustToJson");
    }
}

} // namespace fairway::funcs
