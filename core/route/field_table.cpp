#include "core/route/field_table.h"

#include "core/route/field_table_text.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace fairway::route {
namespace {

    std::string_view trimmed(std::string_view text)
    {
        const std::size_t from = text.find_first_not_of(" \n");
        return from == std::string_view::npos ? std::string_view() : text.substr(from, text.find_last_not_of(" \n") - from + 1);
    }

    std::int64_t numberOf(std::string_view text)
    {
        std::int64_t out = 0;
        std::from_chars(text.data(), text.data() + text.size(), out);
        return out;
    }

} // namespace

FieldTable::FieldTable(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        // A structure goes on while lines are indented.
        std::size_t end = std::min(text.find('\n', at), text.size());
        while (end + 1 < text.size() && text[end + 1] == ' ')
            end = std::min(text.find('\n', end + 1), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t colon = line.find(':');
        if (line.empty() || line.front() == '#' || colon == std::string_view::npos)
            continue;
        Fields fields;
        for (std::string_view rest = line.substr(colon + 1); !rest.empty();) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const std::string_view one = trimmed(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            const std::size_t space = std::min(one.find(' '), one.size());
            const bool isRequired = one.substr(0, space).ends_with('!');
            fields.push_back({one.substr(0, space - (isRequired ? 1 : 0)), shapeOf(trimmed(one.substr(space))), isRequired});
        }
        assert(std::is_sorted(fields.begin(), fields.end(), [](const Field &a, const Field &b) { return a.name < b.name; }));
        Shape shape;
        shape.type = Type::Struct;
        shape.of = static_cast<std::uint16_t>(m_structs.size());
        m_structs.push_back({line.substr(0, colon), add(shape), std::move(fields)});
    }
}

std::uint16_t FieldTable::add(Shape shape)
{
    m_shapes.push_back(shape);
    return static_cast<std::uint16_t>(m_shapes.size() - 1);
}

std::uint16_t FieldTable::shapeOf(std::string_view type)
{
    static constexpr std::pair<std::string_view, Type> Plain[] = {{"text", Type::Text}, {"whole", Type::Whole}, {"number", Type::Number},
        {"flag", Type::Flag}, {"span", Type::Span}, {"any", Type::Any}};
    Shape out;
    for (const auto &[name, plain] : Plain) {
        if (type == name) {
            out.type = plain;
            return add(out);
        }
    }
    if (type.starts_with('[') || type.starts_with('{')) {
        out.type = type.front() == '[' ? Type::List : Type::Map;
        out.of = shapeOf(type.substr(1, type.size() - 2));
        return add(out);
    }
    if (type.starts_with("whole(")) {
        const std::size_t dots = type.find("..");
        out.type = Type::Whole;
        out.isBounded = true;
        out.least = numberOf(type.substr(6, dots - 6));
        out.most = numberOf(type.substr(dots + 2));
        return add(out);
    }
    for (const Struct &known : m_structs) {
        if (known.name == type)
            return known.shape;
    }
    assert(type.find('|') != std::string_view::npos);
    Choices choices;
    for (std::string_view rest = type; !rest.empty();) {
        const std::size_t bar = std::min(rest.find('|'), rest.size());
        choices.push_back(rest.substr(0, bar));
        rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    out.type = Type::Choice;
    out.of = static_cast<std::uint16_t>(m_choices.size());
    m_choices.push_back(std::move(choices));
    return add(out);
}

const FieldTable::Shape *FieldTable::find(std::string_view structure) const
{
    for (const Struct &known : m_structs) {
        if (known.name == structure)
            return &m_shapes[known.shape];
    }
    return nullptr;
}

const FieldTable &fieldTable()
{
    static const FieldTable table(fieldTableText);
    return table;
}

std::string_view specStructure(std::string_view group, std::string_view kind)
{
    struct Known {
        std::string_view group;
        std::string_view kind;
        std::string_view structure;
    };
    static constexpr Known All[] = {
        {"networking.istio.io", "VirtualService", "IstioVirtualService"},
        {"networking.istio.io", "DestinationRule", "IstioDestinationRule"},
        {"networking.istio.io", "Gateway", "IstioGateway"},
        {"networking.istio.io", "ServiceEntry", "IstioServiceEntry"},
        {"networking.istio.io", "WorkloadEntry", "WorkloadEntry"},
        {"networking.istio.io", "Sidecar", "IstioSidecar"},
        {"networking.istio.io", "EnvoyFilter", "IstioEnvoyFilter"},
        {"gateway.networking.k8s.io", "Gateway", "ApiGateway"},
        {"gateway.networking.k8s.io", "HTTPRoute", "ApiHTTPRoute"},
        {"gateway.networking.k8s.io", "GRPCRoute", "ApiGRPCRoute"},
        {"gateway.networking.k8s.io", "TLSRoute", "ApiTLSRoute"},
        {"gateway.networking.k8s.io", "TCPRoute", "ApiTCPRoute"},
        {"gateway.networking.k8s.io", "UDPRoute", "ApiTCPRoute"},
        {"gateway.networking.k8s.io", "ListenerSet", "ApiListenerSet"},
        {"gateway.networking.k8s.io", "ReferenceGrant", "ApiReferenceGrant"},
        {"networking.k8s.io", "Ingress", "IngressSpec"},
    };
    for (const Known &known : All) {
        if (known.group == group && known.kind == kind)
            return known.structure;
    }
    return {};
}

} // namespace fairway::route
