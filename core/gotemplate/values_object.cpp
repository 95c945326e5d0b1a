#include "core/gotemplate/values_object.h"

#include "core/gotemplate/function.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/go_types.h"
#include "core/value/yaml.h"

namespace fairway::gotemplate {

using value::Origin;

namespace {

using Arguments = std::span<Value>;

bool isTable(const Value &value)
{
    return value.isMap() && (value.origin() == Origin::None || isHelmValues(value));
}

/// The map at "a.b.c", or nothing and the name that is none.
std::optional<Value> tableAt(const Value &map, std::string_view path, std::string_view &missing)
{
    Value table = map;
    for (;;) {
        const std::size_t dot = path.find('.');
        const std::string_view name = path.substr(0, dot);
        const Value &member = table[name];
        if (!isTable(member)) {
            missing = name;
            return std::nullopt;
        }
        table = Value(member).withOrigin(map.origin());
        if (dot == std::string_view::npos)
            return table;
        path.remove_prefix(dot + 1);
    }
}

TemplateResult<Value> asMap(const TemplateObject &self, Arguments)
{
    return self.plain().withOrigin(Origin::None);
}

TemplateResult<Value> yaml(const TemplateObject &self, Arguments)
{
    const Result<std::string> text = value::toYamlStrict(self.plain());
    return text ? TemplateResult<Value>(Value(*text)) : failCall(text.error().message);
}

TemplateResult<Value> table(const TemplateObject &self, Arguments arguments)
{
    std::string_view missing;
    if (auto found = tableAt(self.plain(), arguments[0].asString(), missing))
        return std::move(*found);
    return failCall(quote(missing) + " is not a table");
}

TemplateResult<Value> pathValue(const TemplateObject &self, Arguments arguments)
{
    const std::string_view path = arguments[0].asString();
    if (path.empty())
        return failCall("YAML path cannot be empty");
    const std::size_t dot = path.rfind('.');
    const std::string_view name = dot == std::string_view::npos ? path : path.substr(dot + 1);
    std::string_view ignored;
    const std::optional<Value> around = dot == std::string_view::npos ? self.plain() : tableAt(self.plain(), path.substr(0, dot), ignored);
    const Value *const found = around ? around->asMap().get(name) : nullptr;
    if (found == nullptr || (found->isMap() && found->origin() == Origin::None))
        return failCall(quote(name) + " is not a value");
    return *found;
}

TemplateResult<Value> encode(const TemplateObject &, Arguments)
{
    return failCall("invalid memory address or nil pointer dereference"); // no template has anything to write to
}

} // namespace

std::string_view ValuesObject::typeName() const
{
    return gotemplate::typeName(m_map);
}

const TemplateObject::Method *ValuesObject::methodNamed(std::string_view name)
{
    static constexpr Type text[] = {Type::String};
    static constexpr Type writer[] = {Type::Writer};
    struct Named {
        std::string_view name;
        Method method;
    };
    static constexpr Named methods[] = {
        {"AsMap", {0, asMap}},
        {"Encode", {1, encode, writer}},
        {"PathValue", {1, pathValue, text}},
        {"Table", {1, table, text}},
        {"YAML", {0, yaml}},
    };
    for (const Named &candidate : methods) {
        if (candidate.name == name)
            return &candidate.method;
    }
    return nullptr;
}

} // namespace fairway::gotemplate
