#include "core/engine/route_compare.h"

#include "core/engine/routes.h"
#include "core/engine/text.h"
#include "core/engine/write_words.h"
#include "core/kube/discovery.h"
#include "core/operate/diff.h"
#include "core/route/route_comparison.h"
#include "core/value/yaml.h"

namespace fairway::engine {
namespace {

using State = RouteComparison::State;

constexpr std::chrono::seconds ReadTimeout {10};

/// The object there, whichever version of the kind that server prefers.
Result<value::Value> objectThere(const value::ObjectView &ours, kube::Client &other, const CancelToken &cancel)
{
    kube::CallOptions options;
    options.cancel = cancel;
    options.timeout = ReadTimeout;
    const auto discovery = kube::discover(other, options);
    if (!discovery)
        return tl::unexpected(discovery.error());
    const std::string group = kube::GroupVersion::parse(ours.apiVersion()).group;
    for (const kube::ResourceType *type : discovery->preferredTypes()) {
        if (type->kind != ours.kind() || type->group != group)
            continue;
        const auto object = other.get(type->id(), ours.ns(), ours.name(), options);
        return object ? object->parse() : tl::unexpected(object.error());
    }
    return fail(ErrorCode::NotFound, phrase("engine", "its server knows no %1").with(ours.kind()));
}

} // namespace

void compareWith(RouteComparison &comparison, const value::ObjectView &ours, kube::Client &other, const CancelToken &cancel)
{
    const auto theirs = objectThere(ours, other, cancel);
    const auto mine = ours.parse();
    const auto refuse = [&](const Error &error) {
        comparison.state = error.code == ErrorCode::NotFound ? State::Missing : State::Failed;
        comparison.problem = toSentence(inWords(error));
    };
    if (!theirs || !mine)
        return refuse(!theirs ? theirs.error() : mine.error());
    const auto first = route::parseRoute(*mine);
    const auto second = route::parseRoute(*theirs);
    if (!first || !second)
        return refuse(!first ? first.error() : second.error());
    for (const Text &difference : route::compareRoutes(*first, *second))
        comparison.differences.append(inWords(difference));
    const std::string diff = operate::unifiedDiff(value::toYaml(route::withoutServerFields(*mine)), value::toYaml(route::withoutServerFields(*theirs)),
        toUtf8(comparison.context), toUtf8(comparison.other));
    comparison.lines = linesOfUnified(diff);
    comparison.state = diff.empty() && comparison.differences.isEmpty() ? State::Same : State::Differs;
}

void Routes::compare(const QString &routeId, const QString &context)
{
    cancelComparing();
    RouteComparison comparison;
    comparison.routeId = routeId;
    comparison.context = m_contexts.current().name;
    comparison.other = context;
    const auto found = entry(routeId);
    if (!found || !m_picture) {
        comparison.state = State::Failed;
        comparison.problem = tr("%1 is not there any more.").arg(routeId);
        m_poster->post([this, comparison] { Q_EMIT compared(comparison); });
        return;
    }
    auto cancel = std::make_shared<CancelSource>();
    m_comparing = cancel;
    m_worker.post([this, comparison, cancel, ours = found->object, make = m_contexts.clientMaker(context), poster = m_poster,
                      ending = m_worker.token()]() mutable {
        const auto registration = ending.onCancel([cancel] { cancel->cancel(); });
        const auto client = make();
        if (client) {
            compareWith(comparison, ours, **client, cancel->token());
        } else {
            comparison.state = State::Failed;
            comparison.problem = toSentence(inWords(client.error()));
        }
        poster->post([this, comparison, cancel] {
            if (cancel == m_comparing)
                Q_EMIT compared(comparison);
        });
    });
}

void Routes::cancelComparing()
{
    if (m_comparing)
        m_comparing->cancel();
    m_comparing.reset();
}

} // namespace fairway::engine
