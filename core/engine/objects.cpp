#include "core/engine/objects.h"

#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {
    /// "apps/v1/deployments", "v1/pods"
    QString kindIdOf(const kube::ResourceType &type)
    {
        return toQString(type.apiVersion() + "/" + type.plural);
    }

    /// Better the earlier the text stands in the name and the shorter the name; -1: not in it.
    int rank(const QString &name, const QString &text)
    {
        const qsizetype at = name.indexOf(text, 0, Qt::CaseInsensitive);
        return at < 0 ? -1
                      : static_cast<int>(std::min<qsizetype>(at, 99) * 1000 + std::min<qsizetype>(name.size(), 999));
    }
} // namespace

Objects::Objects(Contexts &contexts, std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker)
    : m_contexts(contexts)
    , m_poster(std::move(poster))
    , m_worker(worker)
{
}

void Objects::takeDiscovery(const std::shared_ptr<const kube::Discovery> &discovery)
{
    m_discovery = discovery;
    m_kinds.clear();
    if (discovery) {
        for (const kube::ResourceType *type : discovery->preferredTypes()) {
            if (!type->can("list"))
                continue;
            m_kinds.append(
                {kindIdOf(*type), toQString(type->kind), toQString(type->group), type->namespaced, type->can("watch")});
        }
    }
    Q_EMIT kindsChanged();
}

void Objects::forget()
{
    m_picture.reset();
    takeDiscovery(nullptr);
}

const kube::ResourceType *Objects::typeOf(const QString &kindId) const
{
    if (!m_discovery)
        return nullptr;
    const qsizetype cut = kindId.lastIndexOf(QLatin1Char('/'));
    const kube::GroupVersion version = kube::GroupVersion::parse(toUtf8(kindId.left(std::max<qsizetype>(cut, 0))));
    return m_discovery->find({version.group, version.version, toUtf8(kindId.mid(cut + 1))});
}

std::unique_ptr<ObjectTable> Objects::openTable(const QString &kindId)
{
    const auto session = m_contexts.session();
    const kube::ResourceType *type = typeOf(kindId);
    if (!session || !type)
        return std::make_unique<LiveTable>(
            session ? tr("The cluster does not serve %1.").arg(kindId) : tr("Not connected."), m_worker);
    return std::make_unique<LiveTable>(
        session->client(), *type, toUtf8(m_contexts.currentNamespace()), m_poster, m_worker);
}

void Objects::fetchYaml(const QString &kindId, const QString &ns, const QString &name)
{
    const auto session = m_contexts.session();
    const kube::ResourceType *type = typeOf(kindId);
    if (!session || !type) {
        Q_EMIT yamlReady(kindId, ns, name, {}, tr("Not connected."));
        return;
    }
    m_worker.post([this, client = session->client(), id = type->id(), kindId, ns, name, token = session->token()] {
        kube::CallOptions options;
        options.cancel = token;
        const auto object = client->get(id, toUtf8(ns), toUtf8(name), options);
        if (token.isCancelled())
            return;
        const auto parsed = object ? object->parse() : tl::unexpected(object.error());
        QString yaml = parsed ? toQString(value::toYaml(*parsed)) : QString();
        QString problem = parsed ? QString() : inWords(parsed.error());
        m_poster->post([this, kindId, ns, name, yaml = std::move(yaml), problem = std::move(problem)] {
            Q_EMIT yamlReady(kindId, ns, name, yaml, problem);
        });
    });
}

QList<SearchHit> Objects::search(const QString &text, int limit) const
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty() || limit <= 0)
        return {};
    std::vector<std::pair<int, SearchHit>> hits;
    if (m_picture) {
        for (const RouteRow &row : m_picture->rows) {
            if (const int place = rank(row.name, wanted); place >= 0)
                hits.emplace_back(place, SearchHit {row.kind, row.ns, row.name, QLatin1String("routes:") + row.id});
        }
        for (const NamedObject &object : m_picture->objects) {
            if (const int place = rank(object.name, wanted); place >= 0) {
                hits.emplace_back(place + 500,
                    SearchHit {object.kind, object.ns, object.name,
                        QLatin1String("object:") + object.kindId + QLatin1Char('/') + object.ns + QLatin1Char('/')
                            + object.name});
            }
        }
    }
    const auto count = std::min(hits.size(), static_cast<std::size_t>(limit));
    std::partial_sort(
        hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(count), hits.end(), [](const auto &a, const auto &b) {
            return a.first != b.first ? a.first < b.first : a.second.name < b.second.name;
        });
    QList<SearchHit> best;
    for (std::size_t i = 0; i < count; ++i)
        best.append(hits[i].second);
    return best;
}

} // namespace fairway::engine
