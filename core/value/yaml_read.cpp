#include "core/base/base64.h"
#include "core/value/float_text.h"
#include "core/value/utf8.h"
#include "core/value/yaml.h"
#include "core/value/yaml_document.h"
#include "core/value/yaml_scalar_value.h"
#include "core/value/yaml_simple.h"

#include <cmath>
#include <optional>
#include <utility>

namespace fairway::value {

namespace {

using Node = YamlDocument::Node;
using NodeKind = YamlDocument::Kind;

constexpr std::string_view TagPrefix = "tag:yaml.org,2002:";

std::string_view tagOf(ScalarType type)
{
    switch (type) {
    case ScalarType::Null: return "tag:yaml.org,2002:null";
    case ScalarType::Bool: return "tag:yaml.org,2002:bool";
    case ScalarType::Int:
    case ScalarType::Unsigned: return "tag:yaml.org,2002:int";
    case ScalarType::Float: return "tag:yaml.org,2002:float";
    case ScalarType::Timestamp: return "tag:yaml.org,2002:timestamp";
    case ScalarType::Merge: return "tag:yaml.org,2002:merge";
    case ScalarType::String: break;
    }
    return "tag:yaml.org,2002:str";
}

std::string shortTag(std::string_view tag)
{
    if (tag.substr(0, TagPrefix.size()) == TagPrefix)
        return "!!" + std::string(tag.substr(TagPrefix.size()));
    return std::string(tag);
}

/// Thrown inside this file only, so that the decoder's recursion reads like what it decodes; caught in decode().
struct Refusal {
    Error error;
};

[[noreturn]] void refuse(std::string message, ErrorCode code = ErrorCode::InvalidInput)
{
    throw Refusal {{code, std::move(message)}};
}

/// What share of all decoding may come from aliases: generous for small documents, a tenth for large ones. go-yaml's
/// measure against documents of a few hundred bytes that stand for gigabytes.
double allowedAliasShare(std::size_t decoded)
{
    constexpr double low = 400'000;
    constexpr double high = 4'000'000;
    constexpr double most = 0.99;
    constexpr double least = 0.10;
    const double count = static_cast<double>(decoded);
    if (count <= low)
        return most;
    return count >= high ? least : most - (most - least) * (count - low) / (high - low);
}

class Decoder {
public:
    Decoder(const YamlDocument &document, const YamlOptions &options)
        : m_document(document)
        , m_options(options)
        , m_isFollowed(document.nodes.size(), false)
    {
    }

    Result<Value> decode()
    {
        try {
            ++m_decoded; // The document itself counts.
            Value root = decodeNode(0, 0);
            if (!m_duplicates.empty())
                return fail(ErrorCode::InvalidInput, "yaml: unmarshal errors:" + m_duplicates);
            if (!m_unsayable.empty())
                return fail(ErrorCode::InvalidInput, m_unsayable);
            return root;
        } catch (const Refusal &refusal) {
            return tl::unexpected<Error>(refusal.error);
        }
    }

private:
    /// A scalar as go-yaml has it, before it becomes JSON.
    struct Scalar {
        ResolvedScalar resolved;
        std::string_view text;
        std::string bytes; ///< Of !!binary; `text` points into it.
    };

    const Node &node(std::uint32_t index) const { return m_document.nodes[index]; }
    std::string_view tagText(const Node &at) const { return m_document.tags[at.tag]; }

    void count(std::size_t depth)
    {
        ++m_decoded;
        if (m_aliasDepth > 0)
            ++m_decodedByAlias;
        const double share = static_cast<double>(m_decodedByAlias) / static_cast<double>(m_decoded);
        if (m_decodedByAlias > 100 && m_decoded > 1000 && share > allowedAliasShare(m_decoded))
            refuse("yaml: document contains excessive aliasing", ErrorCode::LimitExceeded);
        if (m_decoded > m_options.maxNodes)
            refuse("yaml: the document stands for more than " + std::to_string(m_options.maxNodes) + " values",
                ErrorCode::LimitExceeded);
        if (depth > m_options.maxDepth)
            refuse("yaml: aliases nest lists and maps deeper than " + std::to_string(m_options.maxDepth),
                ErrorCode::LimitExceeded);
    }

    Value decodeNode(std::uint32_t index, std::size_t depth)
    {
        count(depth);
        const Node &at = node(index);
        Value value;
        switch (at.kind) {
        case NodeKind::Alias: {
            const AliasScope scope(*this, index);
            return decodeNode(at.target, depth); // With the position of what the alias names.
        }
        case NodeKind::Scalar: value = toValue(resolve(at)); break;
        case NodeKind::List: {
            value = Value::list();
            List &items = value.asList();
            items.reserve(at.children.size());
            for (const std::uint32_t child : at.children)
                items.push_back(decodeNode(child, depth + 1));
            break;
        }
        case NodeKind::Map:
            value = Value::map();
            decodeMembers(at, value.asMap(), depth + 1);
            break;
        }
        value.setPosition({m_options.file, at.line});
        return value;
    }

    void decodeMembers(const Node &map, Map &members, std::size_t depth)
    {
        for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
            const std::uint32_t value = map.children[i + 1];
            if (isMergeKey(node(map.children[i]))) {
                merge(value, members, depth);
                continue;
            }
            const std::string key = decodeKey(map.children[i], depth, value);
            Value member = decodeNode(value, depth);
            if (m_options.duplicates == DuplicateKeys::Refuse && members.get(key) != nullptr) {
                m_duplicates += "\n  line " + std::to_string(node(value).line) + ": key " + quoted(key) + " already set in map";
                continue;
            }
            members.set(key, std::move(member));
        }
    }

    /// `value` belongs to the key: Go's refusals show it.
    std::string decodeKey(std::uint32_t index, std::size_t depth, std::uint32_t value)
    {
        count(depth);
        const Node &at = node(index);
        if (at.kind == NodeKind::Alias) {
            const AliasScope scope(*this, index);
            return decodeKey(at.target, depth, value);
        }
        if (at.kind != NodeKind::Scalar)
            refuse("yaml: invalid map key: " + goSyntax(index, true));
        const Scalar scalar = resolve(at);
        switch (scalar.resolved.type) {
        case ScalarType::Null: noteUnsayable("%!s(<nil>)", "<nil>", value); return {};
        case ScalarType::Unsigned: noteUnsayable("uint64", goSyntax(index, false), value); return {};
        case ScalarType::Bool: return scalar.resolved.boolean ? "true" : "false";
        case ScalarType::Int: return std::to_string(scalar.resolved.integer);
        case ScalarType::Float: return floatKey(scalar.resolved.number);
        default: return toValidUtf8(scalar.text);
        }
    }

    /// sigs.k8s.io/yaml writes keys that are floats with the precision of 32 bits.
    static std::string floatKey(double number)
    {
        if (std::isnan(number))
            return ".nan";
        if (std::isinf(number))
            return number < 0 ? "-.inf" : ".inf";
        constexpr double largestFloat = 3.4028235677973366e+38;
        if (std::abs(number) >= largestFloat)
            return number < 0 ? "-.inf" : ".inf";
        return formatFloatG(static_cast<float>(number));
    }

    static bool isMergeKeyText(std::string_view text) { return text == "<<"; }
    bool isMergeKey(const Node &key) const
    {
        return key.kind == NodeKind::Scalar && isMergeKeyText(m_document.text(key))
            && (key.isPlain || tagText(key) == "tag:yaml.org,2002:merge");
    }

    /// Merged members take part in order: what stands above the `<<` yields, what stands below wins.
    void merge(std::uint32_t index, Map &members, std::size_t depth)
    {
        const Node &source = node(index);
        if (source.kind != NodeKind::List) {
            mergeMap(index, members, depth);
            return;
        }
        count(depth);
        // Backwards, because of several maps the first one wins.
        for (auto item = source.children.rbegin(); item != source.children.rend(); ++item)
            mergeMap(*item, members, depth);
    }

    void mergeMap(std::uint32_t index, Map &members, std::size_t depth)
    {
        const Node &source = node(index);
        const Node &target = source.kind == NodeKind::Alias ? node(source.target) : source;
        if (target.kind != NodeKind::Map)
            refuse("yaml: map merge requires map or sequence of maps as the value");
        count(depth);
        if (source.kind == NodeKind::Alias) {
            const AliasScope scope(*this, index);
            count(depth);
            decodeMembers(target, members, depth);
        } else {
            decodeMembers(target, members, depth);
        }
    }

    Scalar resolve(const Node &at) const
    {
        Scalar scalar;
        scalar.text = m_document.text(at);
        if (at.tag == 0) {
            if (at.isPlain)
                scalar.resolved = resolvePlainScalar(scalar.text);
            return scalar;
        }
        const std::string_view tag = tagText(at);
        if (tag == "tag:yaml.org,2002:binary") {
            auto bytes = decodeBase64(scalar.text);
            if (!bytes)
                refuse("yaml: !!binary value contains invalid base64 data");
            scalar.bytes = std::move(*bytes);
            return scalar;
        }
        const bool isResolvable = tag == tagOf(ScalarType::Bool) || tag == tagOf(ScalarType::Int)
            || tag == tagOf(ScalarType::Float) || tag == tagOf(ScalarType::Null) || tag == tagOf(ScalarType::Timestamp);
        if (!isResolvable)
            return scalar;
        resolveAs(tag, scalar);
        return scalar;
    }

    static void resolveAs(std::string_view tag, Scalar &scalar)
    {
        ResolvedScalar resolved = resolvePlainScalar(scalar.text);
        const bool wantsTime = tag == tagOf(ScalarType::Timestamp);
        if (resolved.type == ScalarType::Timestamp && !wantsTime)
            resolved.type = ScalarType::String; // Only plain scalars and !!timestamp are tried as times.
        if (resolved.type == ScalarType::Int && tag == tagOf(ScalarType::Float)) {
            resolved.type = ScalarType::Float;
            resolved.number = static_cast<double>(resolved.integer);
        }
        if (tagOf(resolved.type) != tag)
            refuse("yaml: cannot decode " + shortTag(tagOf(resolved.type)) + " `" + std::string(scalar.text) + "` as a "
                + shortTag(tag));
        scalar.resolved = resolved;
    }

    Value toValue(const Scalar &scalar)
    {
        const double number = scalar.resolved.number;
        if (scalar.resolved.type == ScalarType::Float && !std::isfinite(number) && m_unsayable.empty())
            m_unsayable = std::string("json: unsupported value: ") + (std::isnan(number) ? "NaN" : number < 0 ? "-Inf" : "+Inf");
        return scalarValue(scalar.resolved, scalar.bytes.empty() ? scalar.text : std::string_view(scalar.bytes), m_options.numbers);
    }

    void noteUnsayable(const char *type, const std::string &key, std::uint32_t value)
    {
        if (m_unsayable.empty())
            m_unsayable = std::string("unsupported map key of type: ") + type + ", key: " + key + ", value: " + goSyntax(value, false);
    }

    /// As fmt's %#v prints what go-yaml makes of the node: up to a bound, for refusals only.
    std::string goSyntax(std::uint32_t index, bool isInside)
    {
        constexpr std::size_t most = 400;
        const Node &at = node(index);
        if (at.kind == NodeKind::Alias)
            return "...";
        if (at.kind == NodeKind::Scalar) {
            const Scalar scalar = resolve(at);
            switch (scalar.resolved.type) {
            case ScalarType::Null: return isInside ? "interface {}(nil)" : "<nil>";
            case ScalarType::Bool: return scalar.resolved.boolean ? "true" : "false";
            case ScalarType::Int: return std::to_string(scalar.resolved.integer);
            case ScalarType::Unsigned: return hexadecimal(scalar.resolved.unsignedInteger);
            case ScalarType::Float: return floatKey(scalar.resolved.number);
            default: return quoted(scalar.text.substr(0, most));
            }
        }
        const bool isMap = at.kind == NodeKind::Map;
        std::string out = isMap ? "map[interface {}]interface {}{" : "[]interface {}{";
        for (std::size_t i = 0; i < at.children.size() && out.size() < most; ++i) {
            if (i > 0)
                out += isMap && i % 2 == 1 ? ":" : ", ";
            out += goSyntax(at.children[i], true);
        }
        return out + "}";
    }

    static std::string hexadecimal(std::uint64_t number)
    {
        std::string digits;
        for (; number != 0; number /= 16)
            digits.insert(digits.begin(), "0123456789abcdef"[number % 16]);
        return "0x" + (digits.empty() ? "0" : digits);
    }

    static std::string quoted(std::string_view key) { return '"' + std::string(key) + '"'; }

    /// Refuses an alias inside what it stands for, and lets the counters know that an alias is being followed.
    class AliasScope {
    public:
        AliasScope(Decoder &decoder, std::uint32_t index)
            : m_decoder(decoder)
            , m_index(index)
        {
            if (m_decoder.m_isFollowed[index])
                refuse("yaml: anchor '" + std::string(m_decoder.m_document.text(m_decoder.node(index))) + "' value contains itself");
            m_decoder.m_isFollowed[index] = true;
            ++m_decoder.m_aliasDepth;
        }
        ~AliasScope()
        {
            --m_decoder.m_aliasDepth;
            m_decoder.m_isFollowed[m_index] = false;
        }
        AliasScope(const AliasScope &) = delete;
        AliasScope &operator=(const AliasScope &) = delete;

    private:
        Decoder &m_decoder;
        std::uint32_t m_index;
    };

    const YamlDocument &m_document;
    const YamlOptions &m_options;
    std::vector<bool> m_isFollowed; ///< Aliases being followed, by node.
    std::size_t m_decoded = 0;
    std::size_t m_decodedByAlias = 0;
    std::size_t m_aliasDepth = 0;
    std::string m_duplicates; ///< go-yaml lists them all at the end.
    std::string m_unsayable;  ///< What YAML can say and JSON can't: reported after everything else, as it comes second.
};

Result<void> checkSize(std::string_view text, const YamlOptions &options)
{
    if (text.size() <= options.maxBytes)
        return {};
    return fail(ErrorCode::LimitExceeded,
        "yaml: the text has " + std::to_string(text.size()) + " bytes, more than the limit of "
            + std::to_string(options.maxBytes));
}

/// The next document, or nothing at the end of the stream.
Result<std::optional<Value>> readNext(YamlEvents &events, const YamlOptions &options)
{
    do {
        if (auto read = events.next(); !read)
            return tl::unexpected<Error>(std::move(read).error());
        if (events.type() == YAML_STREAM_END_EVENT)
            return std::optional<Value>();
    } while (events.type() != YAML_DOCUMENT_START_EVENT);
    const auto document = readYamlDocument(events, {options.maxDepth, options.maxNodes});
    if (!document)
        return tl::unexpected<Error>(document.error());
    auto value = Decoder(*document, options).decode();
    if (!value)
        return tl::unexpected<Error>(std::move(value).error());
    return std::optional<Value>(std::move(*value));
}

} // namespace

Result<Value> parseYaml(std::string_view text, const YamlOptions &options)
{
    if (auto fits = checkSize(text, options); !fits)
        return tl::unexpected<Error>(std::move(fits).error());
    if (auto simple = readSimpleYaml(text, options))
        return std::move(*simple);
    return readYamlByGrammar(text, options);
}

Result<Value> readYamlByGrammar(std::string_view text, const YamlOptions &options)
{
    YamlEvents events(text);
    auto value = readNext(events, options);
    if (!value)
        return tl::unexpected<Error>(std::move(value).error());
    return value->value_or(Value());
}

Result<std::vector<Value>> parseYamlDocuments(std::string_view text, const YamlOptions &options)
{
    if (auto fits = checkSize(text, options); !fits)
        return tl::unexpected<Error>(std::move(fits).error());
    YamlEvents events(text);
    std::vector<Value> documents;
    for (;;) {
        auto value = readNext(events, options);
        if (!value)
            return tl::unexpected<Error>(std::move(value).error());
        if (!value->has_value())
            return documents;
        if (documents.size() >= options.maxDocuments)
            return fail(ErrorCode::LimitExceeded,
                "yaml: the text holds more than " + std::to_string(options.maxDocuments) + " documents");
        documents.push_back(std::move(**value));
    }
}

} // namespace fairway::value
