#include "core/chart/schema_document.h"

#include "core/chart/go_text.h"
#include "core/chart/metaschema.h"
#include "core/chart/schema_form.h"
#include "core/chart/schema_uri.h"
#include "core/funcs/go_json.h"
#include "core/funcs/pattern_cache.h"
#include "core/value/json.h"
#include "core/value/pointer.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace fairway::chart {

using value::Value;

namespace {

constexpr std::string_view baseUri = "file:///values.schema.json";
constexpr int maxDepth = 256;
constexpr std::size_t maxReferences = 100'000;

constexpr std::array<std::string_view, 3> referenceKeywords {"$ref", "$dynamicRef", "$recursiveRef"};
enum class Holds : std::uint8_t { Schema, List, SchemaOrList, Map };

/// A keyword with schemas below it. Lists are looked into after all schemas, maps last; `order` counts among those of its kind: it decides
/// which fault is the first.
struct Children {
    std::string_view keyword;
    Holds holds;
    std::uint8_t order;
};
constexpr Children childKeywords[] = {
    {"$defs", Holds::Map, 0}, {"additionalItems", Holds::Schema, 0}, {"additionalProperties", Holds::Schema, 1}, {"allOf", Holds::List, 0},
    {"anyOf", Holds::List, 1}, {"contains", Holds::Schema, 2}, {"contentSchema", Holds::Schema, 3}, {"definitions", Holds::Map, 1},
    {"dependencies", Holds::Map, 2}, {"dependentSchemas", Holds::Map, 3}, {"disallow", Holds::Schema, 13}, {"else", Holds::Schema, 4},
    {"extends", Holds::Schema, 12}, {"if", Holds::Schema, 5}, {"items", Holds::SchemaOrList, 6}, {"not", Holds::Schema, 7},
    {"oneOf", Holds::List, 2}, {"patternProperties", Holds::Map, 4}, {"prefixItems", Holds::List, 3}, {"properties", Holds::Map, 5},
    {"propertyNames", Holds::Schema, 8}, {"then", Holds::Schema, 9}, {"unevaluatedItems", Holds::Schema, 10},
    {"unevaluatedProperties", Holds::Schema, 11},
};
static_assert(std::is_sorted(std::begin(childKeywords), std::end(childKeywords),
    [](const Children &a, const Children &b) { return a.keyword < b.keyword; }));

/// One of them in a schema.
struct Child {
    const std::string *keyword = nullptr;
    const Value *value = nullptr;
    int order = 0;
    bool isMap = false;
};

/// Nothing when there is no schema below this member.
std::optional<Child> childOf(const std::string &name, const Value &value)
{
    constexpr int lists = 100;
    constexpr int maps = 200;
    const auto found = std::lower_bound(std::begin(childKeywords), std::end(childKeywords), std::string_view(name),
        [](const Children &one, std::string_view wanted) { return one.keyword < wanted; });
    if (found == std::end(childKeywords) || found->keyword != name)
        return std::nullopt;
    const bool holdsList = found->holds == Holds::List || found->holds == Holds::SchemaOrList;
    if (value.isList() && holdsList)
        return Child {&name, &value, lists + found->order, false};
    if (value.isMap() && found->holds == Holds::Map)
        return Child {&name, &value, maps + found->order, true};
    if (value.isMap() && found->holds != Holds::List)
        return Child {&name, &value, found->order, false};
    return std::nullopt;
}

const void *identity(const Value &schema)
{
    return &schema.asMap();
}

/// Where Helm 4 would look for a metaschema that it doesn't have.
std::string unknownDraft(std::string_view address)
{
    const std::string plain(address.substr(0, address.find('#')));
    const bool isRemote = plain.starts_with("http://") || plain.starts_with("https://");
    return "failing loading " + goQuoted(plain) + ": "
        + (isRemote ? "references over the network are not followed here" : "no URLLoader registered for " + goQuoted(plain));
}

} // namespace

SchemaDocument::SchemaDocument() = default;
SchemaDocument::~SchemaDocument() = default;
SchemaDocument::SchemaDocument(SchemaDocument &&other) noexcept = default;
SchemaDocument &SchemaDocument::operator=(SchemaDocument &&other) noexcept = default;

/// Where a subschema stands: the way there, put into words only when somebody asks. Borrows its texts.
struct SchemaDocument::Place {
    std::string_view step; ///< Of the outermost place its whole pointer.
    const Place *around = nullptr;

    [[nodiscard]] Place at(std::string_view inner) const { return {inner, this}; }
    [[nodiscard]] std::string pointer() const
    {
        if (!around)
            return std::string(step);
        std::string out = around->pointer() + "/";
        for (const char c : step) {
            if (c == '~')
                out += "~0";
            else if (c == '/')
                out += "~1";
            else
                out += c;
        }
        return out;
    }
};

std::optional<SchemaDocument::Draft> SchemaDocument::draftAt(std::string_view uri)
{
    if (uri.ends_with('#'))
        uri.remove_suffix(1);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (uri.starts_with(scheme))
            uri.remove_prefix(scheme.size());
    }
    if (uri == "json-schema.org/schema" || uri == "json-schema.org/draft/2020-12/schema")
        return Draft::Draft2020;
    if (uri == "json-schema.org/draft/2019-09/schema")
        return Draft::Draft2019;
    if (uri == "json-schema.org/draft-07/schema")
        return Draft::Draft7;
    if (uri == "json-schema.org/draft-06/schema")
        return Draft::Draft6;
    if (uri == "json-schema.org/draft-04/schema")
        return Draft::Draft4;
    return std::nullopt;
}

std::optional<SchemaDocument::Draft> SchemaDocument::statedDraft(const Value &schema)
{
    return draftAt(schema["$schema"].stringOr());
}

SchemaDocument SchemaDocument::metaschema(Draft draft)
{
    SchemaDocument document;
    document.m_isMetaschema = true;
    document.m_root = std::make_unique<Value>(value::parseJson(metaschemaText(draft)).value_or(Value()));
    Resource resource;
    resource.uri = baseUri;
    resource.root = document.m_root.get();
    resource.draft = draft;
    document.m_resources.push_back(std::move(resource));
    const Result<void> done = document.indexAll();
    assert(done);
    (void)done;
    return document;
}

Result<SchemaDocument> SchemaDocument::parse(std::string_view text, HelmVersion version)
{
    value::JsonLimits limits;
    limits.maxBytes = std::size_t {4} << 20;
    limits.maxDepth = maxDepth;
    SchemaDocument document;
    document.m_version = version;
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "EOF");
    Result<Value> root = value::parseJson(text, limits);
    if (!root) {
        const auto inGo = funcs::readGoJson(text);
        if (inGo || root.error().code != ErrorCode::InvalidInput)
            return tl::unexpected(root.error());
        const bool isCut = inGo.error().message == "unexpected end of JSON input"; // in a stream Go says it otherwise
        return fail(ErrorCode::InvalidInput, isCut ? "unexpected EOF" : inGo.error().message);
    }
    document.m_root = std::make_unique<Value>(std::move(*root));
    Resource resource;
    resource.uri = baseUri;
    resource.root = document.m_root.get();
    const std::optional<Draft> stated = statedDraft(*document.m_root);
    if (const std::string_view address = (*document.m_root)["$schema"].stringOr(); version == HelmVersion::V4 && !stated && !address.empty())
        return fail(ErrorCode::Unsupported, unknownDraft(address));
    resource.draft = version == HelmVersion::V4 ? Draft::Draft2020 : Draft::Draft7;
    if (std::string fault = schemaFormFault(*resource.root, stated.value_or(resource.draft), version, std::string(baseUri) + "#"); !fault.empty())
        return fail(ErrorCode::InvalidInput, std::move(fault));
    document.m_resources.push_back(std::move(resource));
    if (Result<void> done = document.indexAll(); !done)
        return tl::unexpected(done.error());
    return document;
}

Result<void> SchemaDocument::indexAll()
{
    if (Result<void> done = index(*m_root, 0, Place {}, 0); !done)
        return done;
    for (std::size_t i = 0; i < m_references.size(); ++i) { // resolving may find more
        const Reference reference = m_references[i];
        if (Result<void> done = resolve(reference); !done)
            return done;
    }
    m_references.clear();
    return {};
}

Result<void> SchemaDocument::index(const Value &schema, std::size_t resource, const Place &place, int depth)
{
    if (depth > maxDepth)
        return fail(ErrorCode::LimitExceeded, "schema is nested more than " + std::to_string(maxDepth) + " deep");
    if (!schema.isMap())
        return {};
    const bool isDocument = depth == 0;
    const bool isV3 = m_version == HelmVersion::V3;
    // Helm 3's validator knows the drafts up to 7, and one for the whole document.
    const std::string_view address = schema["$schema"].stringOr();
    const std::optional<Draft> stated = isV3 && !isDocument ? std::nullopt : draftAt(address);
    const Draft draft = std::min(stated.value_or(m_resources[resource].draft), isV3 ? Draft::Draft7 : Draft::Draft2020);
    const Value &id = schema[draft == Draft::Draft4 ? "id" : "$id"];
    const bool oldReference = schema["$ref"].isString() && m_resources[resource].draft < Draft::Draft2019 && !isDocument;
    if (id.isString() && !oldReference) {
        const std::string_view text = id.asString();
        const std::size_t hash = text.find('#');
        if (const std::string_view own = text.substr(0, hash); !own.empty()) {
            if (!isV3 && !stated && !address.empty())
                return fail(ErrorCode::Unsupported, unknownDraft(address));
            const Result<std::size_t> added = addResource(schema, joinUri(m_resources[resource].uri, own), draft, place);
            if (!added)
                return tl::unexpected(added.error());
            resource = *added;
        }
        if (hash != std::string_view::npos && hash + 1 < text.size()) {
            if (Result<void> added = addAnchor(schema, resource, std::string(text.substr(hash + 1)), place, false); !added)
                return added;
        }
    }
    m_resources[resource].draft = draft;
    m_resourceOf[identity(schema)] = resource;
    for (const std::string_view keyword : {"$anchor", "$dynamicAnchor"}) {
        if (isV3 || !schema[keyword].isString())
            continue;
        if (Result<void> added = addAnchor(schema, resource, schema[keyword].asString(), place, keyword == "$dynamicAnchor"); !added)
            return added;
    }
    for (const std::string_view keyword : referenceKeywords) {
        if (!schema[keyword].isString() || (isV3 && keyword != "$ref"))
            continue;
        if (m_references.size() >= maxReferences)
            return fail(ErrorCode::LimitExceeded, "schema has more than " + std::to_string(maxReferences) + " references");
        m_references.push_back({&schema[keyword], resource});
    }
    if (schema["$ref"].isString() && m_resources[resource].draft < Draft::Draft2019) {
        // Only definitions can be of use beside a reference then.
        for (const std::string_view keyword : {"definitions", "$defs"}) {
            if (!schema[keyword].isMap())
                continue;
            const Place below = place.at(keyword);
            for (const auto &[name, member] : schema[keyword].asMap()) {
                if (Result<void> done = index(member, resource, below.at(name), depth + 1); !done)
                    return done;
            }
        }
        return {};
    }
    return indexChildren(schema, resource, place, depth);
}

Result<std::size_t> SchemaDocument::addResource(const Value &schema, std::string uri, Draft draft, const Place &place)
{
    std::string pointer = place.pointer();
    for (const Resource &other : m_resources) {
        if (m_version == HelmVersion::V4 && other.uri == uri && !pointer.empty() && !other.pointer.empty())
            return fail(ErrorCode::InvalidInput, "duplicate id " + goQuoted(uri) + " in " + goQuoted(baseUri) + " at " + goQuoted(other.pointer) + " and " + goQuoted(pointer));
    }
    Resource inner;
    inner.uri = std::move(uri);
    inner.draft = draft;
    inner.root = &schema;
    inner.pointer = std::move(pointer);
    m_resources.push_back(std::move(inner));
    return m_resources.size() - 1;
}

Result<void> SchemaDocument::addAnchor(const Value &schema, std::size_t resource, const std::string &name, const Place &place, bool isDynamic)
{
    std::string pointer = place.pointer();
    Resource::Anchor &anchor = m_resources[resource].anchors[name];
    if (m_version == HelmVersion::V4 && anchor.schema != nullptr && anchor.schema != &schema) {
        return fail(ErrorCode::InvalidInput, "duplicate anchor " + goQuoted(name) + " in " + goQuoted(baseUri) + " at " + goQuoted(anchor.pointer)
            + " and " + goQuoted(pointer));
    }
    anchor = {&schema, std::move(pointer), isDynamic || anchor.isDynamic};
    return {};
}

Result<void> SchemaDocument::indexChildren(const Value &schema, std::size_t resource, const Place &place, int depth)
{
    m_tracksEvaluation = m_tracksEvaluation || schema.asMap().get("unevaluatedProperties") || schema.asMap().get("unevaluatedItems");
    if (schema["pattern"].isString()) {
        if (Result<void> added = addPattern(schema["pattern"].asString(), place.at("pattern")); !added)
            return added;
    }
    std::array<Child, std::size(childKeywords)> found;
    std::size_t count = 0;
    for (const auto &[name, value] : schema.asMap()) {
        if (const std::optional<Child> child = childOf(name, value))
            found[count++] = *child;
    }
    std::sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), [](const Child &a, const Child &b) { return a.order < b.order; });
    for (std::size_t i = 0; i < count; ++i) {
        const auto &[keyword, value, order, isMap] = found[i];
        const Place below = place.at(*keyword);
        if (value->isList()) {
            for (std::size_t item = 0; item < value->size(); ++item) {
                const std::string number = std::to_string(item);
                if (Result<void> done = index((*value)[item], resource, below.at(number), depth + 1); !done)
                    return done;
            }
        } else if (!isMap) {
            if (Result<void> done = index(*value, resource, below, depth + 1); !done)
                return done;
        } else {
            for (const auto &[name, member] : value->asMap()) {
                if (*keyword == "patternProperties") {
                    if (Result<void> added = addPattern(name, below); !added)
                        return added;
                }
                if (Result<void> done = index(member, resource, below.at(name), depth + 1); !done)
                    return done;
            }
        }
    }
    return {};
}

Result<void> SchemaDocument::addPattern(const std::string &text, const Place &place)
{
    std::unique_ptr<re2::RE2> &slot = m_patterns[text];
    if (slot)
        return {};
    re2::RE2::Options options;
    options.set_log_errors(false);
    slot = std::make_unique<re2::RE2>(funcs::patternForRe2(text), options);
    if (slot->ok())
        return {};
    const std::string why = "error parsing regexp: " + funcs::patternFault(*slot, text);
    return fail(ErrorCode::InvalidInput, m_version == HelmVersion::V4
            ? "invalid regex " + goQuoted(text) + " at " + goQuoted(std::string(baseUri) + "#" + place.pointer()) + ": " + why
            : "Invalid regex pattern '" + text + "'");
}

Result<const Value *> SchemaDocument::lookUp(const Resource &resource, const std::string &fragment, const std::string &uri)
{
    if (fragment.empty())
        return resource.root;
    if (fragment.front() != '/') {
        const auto found = resource.anchors.find(fragment);
        if (found != resource.anchors.end())
            return found->second.schema;
        if (m_version == HelmVersion::V3)
            return nullptr; // anything goes there
        return fail(ErrorCode::InvalidInput, "anchor in " + goQuoted(uri + "#" + fragment) + " not found in schema " + goQuoted(baseUri));
    }
    const Value *place = resource.root;
    for (value::PointerSteps steps(fragment); !steps.atEnd();) {
        const std::optional<std::string> step = steps.next();
        const Value *next = nullptr;
        if (step && place->isMap()) {
            next = place->asMap().get(*step);
        } else if (step && place->isList()) {
            const std::optional<std::size_t> index = value::pointerIndex(*step);
            next = index && *index < place->size() ? &(*place)[*index] : nullptr;
        }
        if (!next) {
            return fail(ErrorCode::InvalidInput, m_version == HelmVersion::V4
                    ? "json-pointer in " + goQuoted(uri + "#" + fragment) + " not found"
                    : "Object has no key '" + step.value_or("") + "'");
        }
        place = next;
    }
    return place;
}

Result<void> SchemaDocument::resolve(const Reference &reference)
{
    const std::string_view text = reference.text->asString();
    const std::size_t hash = text.find('#');
    const std::string address = joinUri(m_resources[reference.resource].uri, text.substr(0, hash));
    const std::string fragment = hash == std::string::npos ? std::string() : percentDecoded(text.substr(hash + 1));
    if (draftAt(address)) { // a schema of schemas: values of charts hold none worth checking
        m_targets[reference.text] = nullptr;
        return {};
    }
    const Resource *found = nullptr;
    for (const Resource &resource : m_resources) {
        if (resource.uri == address)
            found = &resource;
    }
    if (!found && address.starts_with("urn:") && m_version == HelmVersion::V4) {
        if (std::find(m_unresolvedUrns.begin(), m_unresolvedUrns.end(), address) == m_unresolvedUrns.end())
            m_unresolvedUrns.push_back(address);
        return {};
    }
    if (!found) {
        const bool isFile = address.starts_with("file://");
        const std::string why = isFile ? "open " + address.substr(7) + ": no such file or directory"
                                       : "references over the network are not followed here";
        if (m_version == HelmVersion::V4)
            return fail(ErrorCode::Unsupported, "failing loading " + goQuoted(address) + ": " + why);
        if (!isFile && !address.starts_with("http"))
            return fail(ErrorCode::Unsupported, "Reference " + address + " must be canonical");
        if (!isFile)
            return fail(ErrorCode::Unsupported, "Get " + goQuoted(address) + ": " + why);
        return fail(ErrorCode::Unsupported, reference.text->asString().starts_with("file:") ? why : "Reference " + address.substr(7) + " must be canonical");
    }
    Result<const Value *> target = lookUp(*found, fragment, address);
    if (!target)
        return tl::unexpected(target.error());
    if (*target == nullptr)
        return {};
    const std::size_t resource = static_cast<std::size_t>(found - m_resources.data());
    if (!m_isMetaschema && !(*target)->isBool() && !((*target)->isMap() && m_resourceOf.contains(identity(**target)))) {
        // Below a keyword that holds no schemas: nobody looked at it yet.
        std::string fault = m_version == HelmVersion::V3 && !(*target)->isMap()
            ? "valid schema must be of type object"
            : schemaFormFault(**target, found->draft, m_version, address + "#" + fragment);
        if (!fault.empty())
            return fail(ErrorCode::InvalidInput, std::move(fault));
    }
    m_targets[reference.text] = *target;
    if ((*target)->isMap() && !m_resourceOf.contains(identity(**target)))
        return index(**target, resource, Place {fragment}, 1);
    return {};
}

std::size_t SchemaDocument::resourceOf(const Value &schema) const
{
    const auto found = m_resourceOf.find(identity(schema));
    return found == m_resourceOf.end() ? 0 : found->second;
}

SchemaDocument::Draft SchemaDocument::draftOf(const Value &schema) const
{
    return m_resources[resourceOf(schema)].draft;
}

const Value *SchemaDocument::dynamicTarget(const Value &schema, std::string_view keyword, const std::vector<std::size_t> &scope) const
{
    const Value *const near = target(schema, keyword);
    if (near == nullptr || !near->isMap())
        return near;
    if (keyword == "$recursiveRef") {
        if (!(*near)["$recursiveAnchor"].boolOr(false))
            return near;
        for (const std::size_t resource : scope) {
            if ((*m_resources[resource].root)["$recursiveAnchor"].boolOr(false))
                return m_resources[resource].root;
        }
        return near;
    }
    const std::string_view text = schema[keyword].stringOr();
    const std::string name(text.substr(std::min(text.find('#'), text.size() - 1) + 1));
    if ((*near)["$dynamicAnchor"].stringOr() != name)
        return near;
    for (const std::size_t resource : scope) {
        const auto found = m_resources[resource].anchors.find(name);
        if (found != m_resources[resource].anchors.end() && found->second.isDynamic)
            return found->second.schema;
    }
    return near;
}

const Value *SchemaDocument::target(const Value &schema, std::string_view keyword) const
{
    const auto found = m_targets.find(schema.asMap().get(keyword));
    return found == m_targets.end() ? nullptr : found->second;
}

const re2::RE2 *SchemaDocument::pattern(const std::string &text) const
{
    const auto found = m_patterns.find(text);
    return found == m_patterns.end() ? nullptr : found->second.get();
}

} // namespace fairway::chart
