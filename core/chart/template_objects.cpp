#include "core/chart/template_objects.h"

#include "core/chart/go_text.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/object.h"

#include <algorithm>

namespace fairway::chart {

namespace {

using gotemplate::GoKind;
using gotemplate::TemplateObject;
using gotemplate::TemplateResult;
using value::Origin;
using value::Value;

std::string_view packageOf(HelmVersion version)
{
    return version == HelmVersion::V4 ? "common." : "chartutil.";
}

/// A Go struct: fields in its order.
class StructObject : public TemplateObject {
public:
    struct Field {
        std::string_view name;
        std::string_view jsonName;
        Value value;
        std::string_view typeName {}; ///< Of a list that its value can't say.
        bool isHidden = false;        ///< Not exported: fmt alone sees it.
        bool isEmbedded = false;      ///< A struct whose fields are this one's, too.
    };

    StructObject(std::string typeName, GoKind kind, std::vector<Field> fields)
        : m_typeName(std::move(typeName))
        , m_kind(kind)
        , m_fields(std::move(fields))
    {
    }

    [[nodiscard]] std::string_view typeName() const override { return m_typeName; }
    [[nodiscard]] GoKind goKind() const override { return m_kind; }
    [[nodiscard]] std::optional<Value> field(std::string_view name) const override
    {
        for (const Field &candidate : m_fields) {
            if (candidate.name == name && !candidate.isHidden)
                return candidate.value;
            if (candidate.isEmbedded) {
                if (std::optional<Value> inner = gotemplate::asTemplateObject(candidate.value)->field(name))
                    return inner;
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] Value plain() const override
    {
        Value map = Value::map();
        for (const Field &member : m_fields) {
            if (!member.jsonName.empty())
                map.set(member.jsonName, member.value);
            if (member.isEmbedded) {
                const Value inner = member.value.asObject().plain();
                for (const auto &[name, value] : inner.asMap())
                    map.set(name, value);
            }
        }
        return map;
    }
    [[nodiscard]] std::vector<GoField> goFields() const override
    {
        std::vector<GoField> fields;
        fields.reserve(m_fields.size());
        for (const Field &member : m_fields)
            fields.push_back({member.name, member.value, member.typeName});
        return fields;
    }

private:
    std::string m_typeName;
    GoKind m_kind;
    std::vector<Field> m_fields;
};

Value structValue(std::string typeName, std::vector<StructObject::Field> fields, GoKind kind = GoKind::Struct)
{
    return Value::object(std::make_unique<StructObject>(std::move(typeName), kind, std::move(fields)));
}

class KubeVersionObject final : public StructObject {
public:
    KubeVersionObject(const KubeVersion &version, HelmVersion helm)
        : StructObject(std::string(packageOf(helm)) + "KubeVersion", GoKind::Struct, fieldsOf(version, helm))
        , m_version(version)
    {
    }

    [[nodiscard]] const Method *method(std::string_view name) const override
    {
        static constexpr Method string {0, [](const TemplateObject &self, std::span<Value>) -> TemplateResult<Value> { return self.text(); }, {}};
        static constexpr Method gitVersion {0,
            [](const TemplateObject &self, std::span<Value>) -> TemplateResult<Value> { return *self.field("Version"); }, {}};
        return name == "String" ? &string : name == "GitVersion" ? &gitVersion : nullptr;
    }
    /// Its String is a pointer's: fmt prints the fields, `{{ . }}` this.
    [[nodiscard]] std::string text() const override { return m_version.normalized; }

private:
    static std::vector<Field> fieldsOf(const KubeVersion &version, HelmVersion helm)
    {
        std::vector<Field> fields {{"Version", "Version", version.version}};
        if (helm == HelmVersion::V4)
            fields.push_back({"normalizedVersion", {}, version.normalized, {}, true, false});
        fields.push_back({"Major", "Major", version.major});
        fields.push_back({"Minor", "Minor", version.minor});
        return fields;
    }

    KubeVersion m_version;
};

class VersionSetObject final : public TemplateObject {
public:
    VersionSetObject(std::vector<std::string> versions, std::string typeName)
        : m_versions(std::move(versions))
        , m_typeName(std::move(typeName))
    {
    }

    [[nodiscard]] std::string_view typeName() const override { return m_typeName; }
    [[nodiscard]] GoKind goKind() const override { return GoKind::Slice; }
    [[nodiscard]] Value plain() const override
    {
        Value list = Value::list();
        for (const std::string &version : m_versions)
            list.append(version);
        return list.withOrigin(Origin::Strings);
    }
    [[nodiscard]] std::optional<Value> items() const override { return plain(); }
    [[nodiscard]] bool isTrue() const override { return !m_versions.empty(); }
    [[nodiscard]] const Method *method(std::string_view name) const override
    {
        static constexpr gotemplate::Type types[] = {gotemplate::Type::String};
        static constexpr Method has {1,
            [](const TemplateObject &self, std::span<Value> arguments) -> TemplateResult<Value> {
                const auto &versions = static_cast<const VersionSetObject &>(self).m_versions;
                return Value(std::find(versions.begin(), versions.end(), arguments[0].stringOr()) != versions.end());
            },
            types};
        return name == "Has" ? &has : nullptr;
    }

private:
    std::vector<std::string> m_versions;
    std::string m_typeName;
};

Value texts(const std::vector<std::string> &items, Origin origin)
{
    Value list = Value::list();
    for (const std::string &item : items)
        list.append(item);
    return list.withOrigin(origin);
}

Value annotationsOf(const Metadata &metadata)
{
    Value map = Value::map();
    if (metadata.annotations) {
        for (const auto &[key, text] : *metadata.annotations)
            map.set(key, text);
    }
    return map.withOrigin(Origin::Strings);
}

Value importsOf(const Dependency &dependency)
{
    Value imports = Value::list();
    for (const Value &import : dependency.importValues) {
        // Processing has put each import in its long form.
        if (import.isString())
            imports.append(Value::map({{"child", "exports." + import.asString()}, {"parent", "."}}).withOrigin(Origin::Strings));
        else if (import.isMap())
            imports.append(Value::map({{"child", goFormatted(import["child"])}, {"parent", goFormatted(import["parent"])}}).withOrigin(Origin::Strings));
    }
    return imports;
}

Value chartMap(const Chart &chart)
{
    const Metadata &data = chart.metadata;
    Value maintainers = Value::list();
    for (const std::optional<Maintainer> &person : data.maintainers)
        maintainers.append(Value::map({{"Name", person->name}, {"Email", person->email}, {"URL", person->url}}));
    Value dependencies = Value::list();
    for (const std::optional<Dependency> &item : data.dependencies) {
        dependencies.append(Value::map({{"Name", item->name}, {"Version", item->version}, {"Repository", item->repository},
            {"Condition", item->condition}, {"Tags", texts(item->tags, Origin::None)}, {"Enabled", item->enabled},
            {"ImportValues", importsOf(*item)}, {"Alias", item->alias}}));
    }
    return Value::map({{"Name", data.name}, {"Home", data.home}, {"Sources", texts(data.sources, Origin::None)}, {"Version", data.version},
        {"Description", data.description}, {"Keywords", texts(data.keywords, Origin::None)}, {"Maintainers", maintainers},
        {"Icon", data.icon}, {"APIVersion", data.apiVersion}, {"Condition", data.condition}, {"Tags", data.tags},
        {"AppVersion", data.appVersion}, {"Deprecated", data.deprecated}, {"Annotations", annotationsOf(data)},
        {"KubeVersion", data.kubeVersion}, {"Dependencies", dependencies}, {"Type", data.type}, {"IsRoot", chart.isRoot()}});
}

Value chartStruct(const Chart &chart)
{
    const Metadata &data = chart.metadata;
    Value maintainers = Value::list();
    for (const std::optional<Maintainer> &person : data.maintainers) {
        maintainers.append(structValue("*chart.Maintainer",
            {{"Name", "name", person->name}, {"Email", "email", person->email}, {"URL", "url", person->url}}, GoKind::Ptr));
    }
    Value dependencies = Value::list();
    for (const std::optional<Dependency> &item : data.dependencies) {
        dependencies.append(structValue("*chart.Dependency",
            {{"Name", "name", item->name}, {"Version", "version", item->version}, {"Repository", "repository", item->repository},
                {"Condition", "condition", item->condition}, {"Tags", "tags", texts(item->tags, Origin::Strings)},
                {"Enabled", "enabled", item->enabled}, {"ImportValues", "import-values", importsOf(*item)}, {"Alias", "alias", item->alias}},
            GoKind::Ptr));
    }
    std::vector<StructObject::Field> fields {{"Name", "name", data.name}, {"Home", "home", data.home},
        {"Sources", "sources", texts(data.sources, Origin::Strings)}, {"Version", "version", data.version},
        {"Description", "description", data.description}, {"Keywords", "keywords", texts(data.keywords, Origin::Strings)},
        {"Maintainers", "maintainers", maintainers, "[]*chart.Maintainer"}, {"Icon", "icon", data.icon}, {"APIVersion", "apiVersion", data.apiVersion},
        {"Condition", "condition", data.condition}, {"Tags", "tags", data.tags}, {"AppVersion", "appVersion", data.appVersion},
        {"Deprecated", "deprecated", data.deprecated}, {"Annotations", "annotations", annotationsOf(data)},
        {"KubeVersion", "kubeVersion", data.kubeVersion}, {"Dependencies", "dependencies", dependencies, "[]*chart.Dependency"},
        {"Type", "type", data.type}};
    // encoding/json leaves out what is empty here.
    for (StructObject::Field &field : fields) {
        const Value &item = field.value;
        const bool isEmpty = (item.isString() && item.asString().empty()) || (item.isBool() && !item.asBool())
            || ((item.isList() || item.isMap()) && item.size() == 0);
        if (isEmpty)
            field.jsonName = {};
    }
    return structValue("struct { chart.Metadata; IsRoot bool }",
        {{"Metadata", {}, structValue("chart.Metadata", std::move(fields)), {}, false, true}, {"IsRoot", "IsRoot", chart.isRoot()}});
}

} // namespace

Value capabilitiesObject(const Capabilities &capabilities, HelmVersion version)
{
    const std::string package(packageOf(version));
    std::vector<StructObject::Field> build {{"Version", "version", capabilities.helm.version},
        {"GitCommit", "git_commit", capabilities.helm.gitCommit}, {"GitTreeState", "git_tree_state", capabilities.helm.gitTreeState},
        {"GoVersion", "go_version", capabilities.helm.goVersion}};
    if (version == HelmVersion::V4)
        build.push_back({"KubeClientVersion", "kube_client_version", capabilities.helm.kubeClientVersion});
    return structValue("*" + package + "Capabilities",
        {{"KubeVersion", "KubeVersion", Value::object(std::make_unique<KubeVersionObject>(capabilities.kubeVersion, version))},
            {"APIVersions", "APIVersions", Value::object(std::make_unique<VersionSetObject>(capabilities.apiVersions, package + "VersionSet"))},
            {"HelmVersion", "HelmVersion", structValue("version.BuildInfo", std::move(build))}},
        GoKind::Ptr);
}

Value chartObject(const Chart &chart, HelmVersion version)
{
    return version == HelmVersion::V4 ? chartMap(chart) : chartStruct(chart);
}

} // namespace fairway::chart
