#pragma once

#include "core/gotemplate/object.h"

namespace fairway::gotemplate {

/// A map of Helm's own type for values, with that type's methods: AsMap, Encode, PathValue, Table, YAML. They come before members of
/// the same name, as any method does.
///
/// Source: observed behaviour of Helm 3.17 and 4.1.
class ValuesObject final : public TemplateObject {
public:
    explicit ValuesObject(Value map)
        : m_map(std::move(map))
    {
    }
    [[nodiscard]] std::string_view typeName() const override;
    [[nodiscard]] Value plain() const override { return m_map; }
    [[nodiscard]] GoKind goKind() const override { return GoKind::Map; }
    [[nodiscard]] const Method *method(std::string_view name) const override { return methodNamed(name); }
    [[nodiscard]] static const Method *methodNamed(std::string_view name);

private:
    Value m_map;
};

} // namespace fairway::gotemplate
