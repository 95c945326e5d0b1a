#include "core/base/base64.h"
#include "core/chart/glob.h"
#include "core/chart/paths.h"
#include "core/chart/template_objects.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/object.h"
#include "core/value/utf8.h"
#include "core/value/yaml.h"

#include <map>

namespace fairway::chart {

namespace {

using gotemplate::GoKind;
using gotemplate::TemplateObject;
using gotemplate::TemplateResult;
using value::Origin;
using value::Value;

/// Go's []uint8.
Value bytesOf(std::string_view data)
{
    Value list = Value::list();
    list.asList().reserve(data.size());
    for (const char c : data)
        list.append(Value(static_cast<std::int64_t>(static_cast<unsigned char>(c)), Origin::Uint8));
    return list.withOrigin(Origin::Uint8);
}

class FilesObject final : public TemplateObject {
public:
    using Files = std::map<std::string_view, std::string_view>;

    FilesObject(std::shared_ptr<const ChartContent> content, Files files)
        : m_content(std::move(content))
        , m_files(std::move(files))
    {
    }

    [[nodiscard]] std::string_view typeName() const override { return "engine.files"; }
    [[nodiscard]] GoKind goKind() const override { return GoKind::Map; }
    [[nodiscard]] bool isTrue() const override { return !m_files.empty(); }

    /// As encoding/json writes bytes: base64.
    [[nodiscard]] Value plain() const override
    {
        Value map = Value::map();
        for (const auto &[name, data] : m_files)
            map.set(name, encodeBase64(data));
        return map;
    }
    [[nodiscard]] std::optional<Value> items() const override
    {
        Value map = Value::map();
        for (const auto &[name, data] : m_files)
            map.set(name, bytesOf(data));
        return map;
    }
    [[nodiscard]] std::optional<Value> field(std::string_view name) const override
    {
        const auto found = m_files.find(name);
        return found == m_files.end() ? std::nullopt : std::optional(bytesOf(found->second));
    }

    [[nodiscard]] const Method *method(std::string_view name) const override
    {
        static constexpr gotemplate::Type textOnly[] = {gotemplate::Type::String};
        struct Named {
            std::string_view name;
            Method method;
        };
        static constexpr Named methods[] = {
            {"Get", {1, [](const TemplateObject &self, std::span<Value> arguments) { return of(self).get(arguments[0].stringOr()); }, textOnly}},
            {"GetBytes",
                {1, [](const TemplateObject &self, std::span<Value> arguments) { return of(self).getBytes(arguments[0].stringOr()); }, textOnly}},
            {"Glob", {1, [](const TemplateObject &self, std::span<Value> arguments) { return of(self).glob(arguments[0].stringOr()); }, textOnly}},
            {"Lines", {1, [](const TemplateObject &self, std::span<Value> arguments) { return of(self).lines(arguments[0].stringOr()); }, textOnly}},
            {"AsConfig", {0, [](const TemplateObject &self, std::span<Value>) { return of(self).asConfig(false); }, {}}},
            {"AsSecrets", {0, [](const TemplateObject &self, std::span<Value>) { return of(self).asConfig(true); }, {}}},
        };
        for (const Named &candidate : methods) {
            if (candidate.name == name)
                return &candidate.method;
        }
        return nullptr;
    }

private:
    static const FilesObject &of(const TemplateObject &object) { return static_cast<const FilesObject &>(object); }

    [[nodiscard]] std::string_view find(std::string_view name) const
    {
        const auto found = m_files.find(name);
        return found == m_files.end() ? std::string_view() : found->second;
    }
    [[nodiscard]] TemplateResult<Value> get(std::string_view name) const { return Value(find(name)); }
    [[nodiscard]] TemplateResult<Value> getBytes(std::string_view name) const { return bytesOf(find(name)); }
    [[nodiscard]] TemplateResult<Value> glob(std::string_view pattern) const
    {
        Files matching;
        for (const auto &[name, data] : m_files) {
            if (matchesGlob(pattern, name))
                matching.emplace(name, data);
        }
        return Value::object(std::make_unique<FilesObject>(m_content, std::move(matching)));
    }
    [[nodiscard]] TemplateResult<Value> lines(std::string_view name) const
    {
        Value list = Value::list();
        if (const auto found = m_files.find(name); found != m_files.end()) {
            std::string_view rest = found->second;
            if (rest.empty())
                return gotemplate::failCall("runtime error: index out of range [-1]"); // Helm's own fault
            if (rest.back() == '\n')
                rest.remove_suffix(1);
            for (;;) {
                const std::size_t end = rest.find('\n');
                list.append(rest.substr(0, end));
                if (end == std::string_view::npos)
                    break;
                rest.remove_prefix(end + 1);
            }
        }
        return list.withOrigin(Origin::Strings);
    }
    /// By the last part of the name; of equal ones the last in the order of whole names wins.
    [[nodiscard]] TemplateResult<Value> asConfig(bool asBase64) const
    {
        Value map = Value::map();
        for (const auto &[name, data] : m_files)
            map.set(basePath(name), asBase64 ? Value(encodeBase64(data)) : Value(value::toValidUtf8(data)));
        const Result<std::string> text = value::toYamlStrict(map);
        if (!text)
            return Value("");
        std::string_view trimmed = *text;
        if (trimmed.ends_with('\n'))
            trimmed.remove_suffix(1);
        return Value(trimmed);
    }

    std::shared_ptr<const ChartContent> m_content;
    Files m_files; ///< Views into m_content.
};

} // namespace

Value filesObject(std::shared_ptr<const ChartContent> content)
{
    FilesObject::Files files;
    for (const std::uint32_t index : content->others) {
        const ChartFile &file = content->files[index];
        files[file.name] = file.data;
    }
    return Value::object(std::make_unique<FilesObject>(std::move(content), std::move(files)));
}

} // namespace fairway::chart
