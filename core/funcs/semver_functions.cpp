#include "core/funcs/convert.h"
#include "core/funcs/semver.h"
#include "core/funcs/tables.h"
#include "core/funcs/version_constraint.h"

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;
using gotemplate::TemplateObject;

/// *semver.Version with the methods templates use.
class VersionObject final : public TemplateObject {
public:
    explicit VersionObject(SemanticVersion version)
        : m_version(std::move(version))
    {
    }
    [[nodiscard]] std::string_view typeName() const override { return "*semver.Version"; }
    [[nodiscard]] Value plain() const override { return Value(m_version.toString()); }
    [[nodiscard]] gotemplate::GoKind goKind() const override { return gotemplate::GoKind::Ptr; }
    [[nodiscard]] bool isStringer() const override { return true; }
    [[nodiscard]] std::string text() const override { return m_version.toString(); }
    [[nodiscard]] std::vector<GoField> goFields() const override;
    [[nodiscard]] const Method *method(std::string_view name) const override;

    [[nodiscard]] const SemanticVersion &version() const { return m_version; }

private:
    SemanticVersion m_version;
};

Value makeVersion(SemanticVersion version)
{
    return Value::object(std::make_unique<VersionObject>(std::move(version)));
}

Value unsignedNumber(std::uint64_t number)
{
    return {static_cast<std::int64_t>(number), Origin::Uint64};
}

std::vector<TemplateObject::GoField> VersionObject::goFields() const
{
    return {{"major", unsignedNumber(m_version.major())}, {"minor", unsignedNumber(m_version.minor())}, {"patch", unsignedNumber(m_version.patch())},
        {"pre", m_version.prerelease()}, {"metadata", m_version.metadata()}, {"original", m_version.original()}};
}

const SemanticVersion &versionOf(const TemplateObject &self)
{
    return static_cast<const VersionObject &>(self).version();
}

using Arguments = std::span<Value>;

template <auto Function>
Out answer(const TemplateObject &self, Arguments)
{
    return Function(versionOf(self));
}

/// The other version of a comparison.
TemplateResult<const SemanticVersion *> other(Arguments arguments)
{
    const auto *object = dynamic_cast<const VersionObject *>(gotemplate::asTemplateObject(arguments[0]));
    if (object == nullptr) {
        return failCall("wrong type for value; expected *semver.Version; got "
            + std::string(arguments[0].isNull() ? "interface {}" : gotemplate::typeName(arguments[0])));
    }
    return &object->version();
}

template <auto Function>
Out comparison(const TemplateObject &self, Arguments arguments)
{
    const auto version = other(arguments);
    if (!version)
        return tl::unexpected(version.error());
    return Function(versionOf(self).compare(**version));
}

struct NamedMethod {
    std::string_view name;
    TemplateObject::Method method;
};

constexpr NamedMethod Methods[] = {
    {"Major", {0, answer<[](const SemanticVersion &v) { return unsignedNumber(v.major()); }>}},
    {"Minor", {0, answer<[](const SemanticVersion &v) { return unsignedNumber(v.minor()); }>}},
    {"Patch", {0, answer<[](const SemanticVersion &v) { return unsignedNumber(v.patch()); }>}},
    {"Prerelease", {0, answer<[](const SemanticVersion &v) { return Value(v.prerelease()); }>}},
    {"Metadata", {0, answer<[](const SemanticVersion &v) { return Value(v.metadata()); }>}},
    {"Original", {0, answer<[](const SemanticVersion &v) { return Value(v.original()); }>}},
    {"String", {0, answer<[](const SemanticVersion &v) { return Value(v.toString()); }>}},
    {"IncMajor", {0, answer<[](const SemanticVersion &v) { return makeVersion(v.nextMajor()); }>}},
    {"IncMinor", {0, answer<[](const SemanticVersion &v) { return makeVersion(v.nextMinor()); }>}},
    {"IncPatch", {0, answer<[](const SemanticVersion &v) { return makeVersion(v.nextPatch()); }>}},
    {"Compare", {1, comparison<[](int order) { return goInt(order < 0 ? -1 : order > 0 ? 1 : 0); }>}},
    {"Equal", {1, comparison<[](int order) { return Value(order == 0); }>}},
    {"LessThan", {1, comparison<[](int order) { return Value(order < 0); }>}},
    {"LessThanEqual", {1, comparison<[](int order) { return Value(order <= 0); }>}},
    {"GreaterThan", {1, comparison<[](int order) { return Value(order > 0); }>}},
    {"GreaterThanEqual", {1, comparison<[](int order) { return Value(order >= 0); }>}},
};

const TemplateObject::Method *VersionObject::method(std::string_view name) const
{
    for (const NamedMethod &one : Methods) {
        if (one.name == name)
            return &one.method;
    }
    return nullptr;
}

Out semver(Call &call)
{
    auto version = SemanticVersion::parse(call.text(0), call.state<SemverRelease>());
    if (!version)
        return failCall(std::move(version.error().message));
    return makeVersion(std::move(*version));
}

Out semverCompare(Call &call)
{
    const SemverRelease release = call.state<SemverRelease>();
    const auto constraint = VersionConstraint::parse(call.text(0), release);
    if (!constraint)
        return failCall(constraint.error().message);
    const auto version = SemanticVersion::parse(call.text(1), release);
    if (!version)
        return failCall(version.error().message);
    return Value(constraint->check(*version));
}

constexpr FunctionSpec Table[] = {
    {"semver", {Type::String}, semver},
    {"semverCompare", {{Type::String, Type::String}}, semverCompare},
};

} // namespace

std::span<const FunctionSpec> semverFunctions()
{
    return Table;
}

} // namespace fairway::funcs
