#include "core/engine/route_preview.h"

#include "core/engine/route_picture.h"
#include "core/engine/route_row.h"
#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

namespace fairway::engine {
namespace {

const QString Prefix = QStringLiteral("preview:");

struct Kind {
    std::string_view kind;
    std::string_view group;
    RouteInput input;
};
constexpr std::array Kinds {
    Kind {"Namespace", "", RouteInput::Namespace},
    Kind {"Service", "", RouteInput::Service},
    Kind {"DestinationRule", "networking.istio.io", RouteInput::DestinationRule},
    Kind {"VirtualService", "networking.istio.io", RouteInput::VirtualService},
    Kind {"HTTPRoute", "gateway.networking.k8s.io", RouteInput::HttpRoute},
    Kind {"GRPCRoute", "gateway.networking.k8s.io", RouteInput::GrpcRoute},
    Kind {"TLSRoute", "gateway.networking.k8s.io", RouteInput::TlsRoute},
    Kind {"TCPRoute", "gateway.networking.k8s.io", RouteInput::TcpRoute},
    Kind {"Ingress", "networking.k8s.io", RouteInput::Ingress},
};

std::optional<RouteInput> inputOf(const value::Value &object)
{
    const std::string_view version = object["apiVersion"].stringOr();
    const std::size_t slash = version.find('/');
    const std::string_view group = slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
    for (const Kind &one : Kinds) {
        if (object["kind"].stringOr() == one.kind && group == one.group)
            return one.input;
    }
    return std::nullopt;
}

/// Findings about pods: there are none to judge.
bool isAboutPods(const Finding &finding)
{
    static const std::array codes {QStringLiteral("FW0006"), QStringLiteral("FW0007"), QStringLiteral("IST0173")};
    return std::find(codes.begin(), codes.end(), finding.code) != codes.end();
}

std::shared_ptr<const RouteEntry> rendered(const RouteEntry &entry, const QString &source)
{
    auto out = std::make_shared<RouteEntry>(entry);
    RouteDetail &detail = out->detail;
    detail.row.id.prepend(Prefix);
    detail.source = source;
    detail.findings.removeIf(isAboutPods);
    detail.row.severity = Severity::Good;
    detail.row.problems = 0;
    detail.row.trouble.clear();
    detail.row = withFindings(std::move(detail.row), detail.findings);
    for (Rule &rule : detail.rules) {
        for (Destination &destination : rule.destinations)
            destination.readyPods = destination.totalPods = -1;
    }
    using Problem = route::Resolution::Problem;
    for (std::size_t rule = 0; rule < out->resolutions.size(); ++rule) {
        for (std::size_t i = 0; i < out->resolutions[rule].size(); ++i) {
            route::Resolution &resolution = out->resolutions[rule][i];
            if (resolution.problem != Problem::NoEndpoint && resolution.problem != Problem::NoReadyEndpoint)
                continue;
            resolution.problem = Problem::None;
            resolution.message = {};
            detail.rules[static_cast<qsizetype>(rule)].destinations[static_cast<qsizetype>(i)].problem.clear();
        }
    }
    return out;
}

} // namespace

std::shared_ptr<const RoutePicture> previewPicture(const RoutePreview &preview, const QDateTime &now)
{
    auto out = std::make_shared<RoutePicture>();
    out->isLoaded = true;
    const Result<std::vector<value::Value>> documents = value::parseYamlDocuments(toUtf8(preview.manifests));
    if (!documents) {
        out->problem = inWords(documents.error());
        return out;
    }
    RouteBook book;
    for (value::Value object : *documents) {
        if (!object.isMap() || !object["metadata"].isMap())
            continue;
        const std::optional<RouteInput> input = inputOf(object);
        if (input != RouteInput::Namespace && object["metadata"]["namespace"].stringOr().empty()) {
            object = value::deepCopy(object);
            object.asMap().get("metadata")->set("namespace", toUtf8(preview.ns));
        }
        out->rendered.push_back(object);
        if (!input)
            continue;
        Result<value::ObjectView> view = value::ObjectView::fromValue(object);
        if (view)
            book.apply(*input, {{kube::ChangeType::Added, std::move(*view)}});
    }
    const std::shared_ptr<RoutePicture> read = book.picture(now);
    out->namespaces = read->namespaces;
    for (const RouteRow &row : read->rows) {
        const auto entry = rendered(*read->entries.value(row.id), preview.source);
        out->rows.append(entry->detail.row);
        out->entries.insert(entry->detail.row.id, entry);
    }
    if (out->rows.isEmpty())
        out->problem = QCoreApplication::translate("RoutePreview", "%1 renders no routes with these values.").arg(preview.source);
    return out;
}

QString previewId(const QString &kind, const QString &ns, const QString &name)
{
    // Of thousands of objects hardly one is a route.
    const bool isRoute = std::any_of(Kinds.begin(), Kinds.end(), [&](const Kind &one) {
        return one.input >= RouteInput::VirtualService && kind == QLatin1String(one.kind.data(), static_cast<qsizetype>(one.kind.size()));
    });
    return isRoute ? Prefix + kind + QLatin1Char('/') + ns + QLatin1Char('/') + name : QString();
}

bool isPreviewId(const QString &routeId)
{
    return routeId.startsWith(Prefix);
}

} // namespace fairway::engine
