#include "core/engine/chart_matrix.h"

#include "core/engine/chart_remote.h"
#include "core/engine/chart_watcher.h"
#include "core/engine/task_thread.h"
#include "core/engine/text.h"
#include "core/operate/diff.h"

#include <QMetaObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace fairway::engine {

namespace fs = std::filesystem;

/// What one look at the disk gave.
struct ChartMatrix::Scan {
    quint64 generation = 0;
    bool isFresh = false;
    std::optional<Error> problem;
    chart::Workspace workspace;
    chart::WorkspaceDependencies dependencies;
    std::shared_ptr<const chart::GitTree> base;
    std::shared_ptr<chart::DependencyBump> bump;
    Stamps stamps;
    QStringList folders; ///< To watch.
};

namespace {

constexpr std::size_t maxStamps = 50'000;

/// Files of the charts and values files, by path below the root, with what tells an edit: size and time.
std::map<std::string, std::string> stampsOf(const chart::Workspace &workspace, QStringList &folders)
{
    std::map<std::string, std::string> stamps;
    std::set<std::string> watched;
    const auto stamp = [&](const fs::path &path) {
        std::error_code code;
        const auto size = fs::file_size(path, code);
        const auto time = fs::last_write_time(path, code);
        if (!code && stamps.size() < maxStamps)
            stamps[path.lexically_relative(workspace.root).string()] = std::to_string(size) + ":" + std::to_string(time.time_since_epoch().count());
        watched.insert(path.parent_path().string());
    };
    for (const std::string &chart : workspace.charts) {
        std::error_code code;
        const fs::path folder = (fs::path(workspace.root) / chart).lexically_normal();
        for (auto it = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, code); !code && it != fs::recursive_directory_iterator(); it.increment(code)) {
            if (it->path().filename().string().starts_with('.') && it->is_directory(code))
                it.disable_recursion_pending();
            else if (it->is_regular_file(code))
                stamp(it->path());
        }
    }
    for (const chart::WorkspaceCell &cell : workspace.cells) {
        for (const std::string &file : cell.valuesFiles)
            stamp(fs::path(workspace.root) / file);
    }
    watched.insert(workspace.root);
    for (const std::string &folder : watched)
        folders.append(toQString(folder));
    for (const auto &[file, text] : stamps)
        folders.append(toQString(workspace.root + "/" + file));
    return stamps;
}

bool isSameShape(const chart::Workspace &a, const chart::Workspace &b)
{
    return a.root == b.root && a.charts == b.charts && a.environments == b.environments
        && std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(), [](const chart::WorkspaceCell &one, const chart::WorkspaceCell &other) {
               return one.chart == other.chart && one.environment == other.environment && one.valuesFiles == other.valuesFiles;
           });
}

} // namespace

ChartMatrix::ChartMatrix(QObject *parent)
    : QObject(parent)
    , m_watcher(new ChartWatcher(this))
    , m_thread(std::make_unique<TaskThread>())
{
    connect(m_watcher, &ChartWatcher::changed, this, [this] { scan(false); });
}

ChartMatrix::~ChartMatrix()
{
    m_cancel.cancel();
    m_bumpCancel.cancel();
    m_thread->stop();
}

void ChartMatrix::open(const QString &folder)
{
    m_folder = folder;
    m_against.clear();
    m_bumpName.clear();
    m_bumpWanted.clear();
    scan(true);
}

void ChartMatrix::close()
{
    m_cancel.cancel();
    m_bumpCancel.cancel();
    ++m_generation;
    m_folder.clear();
    m_against.clear();
    m_bumpName.clear();
    m_bumpWanted.clear();
    m_bump.reset();
    m_isStopped = false;
    m_dependencies = {};
    m_problem.clear();
    m_isOpening = false;
    m_isFreshDue = false;
    m_workspace = {};
    m_outcomes.clear();
    m_pending.clear();
    m_pendingCount = 0;
    m_stamps.clear();
    m_watcher->watch({});
    Q_EMIT workspaceChanged();
    Q_EMIT stateChanged();
}

void ChartMatrix::setAgainst(const QString &ref)
{
    if (ref.trimmed() == m_against)
        return;
    m_against = ref.trimmed();
    m_bumpName.clear();
    m_bumpWanted.clear();
    scan(true);
}

void ChartMatrix::setBump(const QString &dependency, const QString &wanted)
{
    const bool isSome = !dependency.isEmpty() && !wanted.trimmed().isEmpty();
    const QString name = isSome ? dependency : QString();
    const QString version = isSome ? wanted.trimmed() : QString();
    if (name == m_bumpName && version == m_bumpWanted)
        return;
    m_bumpName = name;
    m_bumpWanted = version;
    m_against.clear();
    scan(true);
}

void ChartMatrix::stop()
{
    if (!m_isOpening && m_pendingCount == 0)
        return;
    ++m_generation; // what still comes is dropped
    m_cancel.cancel();
    m_bumpCancel.cancel();
    m_bump.reset(); // it may hold what was cut off
    m_isOpening = false;
    m_isStopped = true;
    m_pendingCount = 0;
    for (std::size_t i = 0; i < m_pending.size(); ++i) {
        if (std::exchange(m_pending[i], char {0}) != 0)
            Q_EMIT cellChanged(static_cast<int>(i));
    }
    Q_EMIT stateChanged();
}

void ChartMatrix::renderAgain()
{
    scan(true);
}

const chart::CellOutcome *ChartMatrix::outcome(int cell) const
{
    return cell < 0 || static_cast<std::size_t>(cell) >= m_outcomes.size() ? nullptr : m_outcomes[static_cast<std::size_t>(cell)].get();
}

bool ChartMatrix::isPending(int cell) const
{
    return cell >= 0 && static_cast<std::size_t>(cell) < m_pending.size() && m_pending[static_cast<std::size_t>(cell)] != 0;
}

void ChartMatrix::scan(bool isFresh)
{
    if (m_folder.isEmpty())
        return;
    isFresh = isFresh || m_isFreshDue;
    m_isFreshDue = isFresh;
    m_isOpening = isFresh;
    auto scan = std::make_shared<Scan>();
    scan->generation = ++m_generation;
    scan->isFresh = isFresh;
    m_cancel.cancel();
    m_cancel = CancelSource();
    if (isFresh || !m_bump) {
        m_bumpCancel.cancel();
        m_bumpCancel = CancelSource();
        m_bump.reset();
    }
    if (isFresh)
        m_isStopped = false;
    Q_EMIT stateChanged();
    m_thread->post([this, scan, folder = toUtf8(m_folder), against = toUtf8(m_against), token = m_cancel.token(), base = isFresh ? nullptr : m_base,
                       bump = m_bump, bumpName = toUtf8(m_bumpName), bumpWanted = toUtf8(m_bumpWanted), bumpToken = m_bumpCancel.token()] {
        if (token.isCancelled())
            return;
        scan->bump = bump;
        if (!bumpName.empty() && !bump) {
            Result<chart::RemoteContext> context = remoteContext(bumpToken, [this](const std::string &what, qint64 received, qint64 total) {
                QMetaObject::invokeMethod(this, [this, what = toQString(what), received, total] { Q_EMIT fetchProgressed(what, received, total); }, Qt::QueuedConnection);
            });
            if (context)
                scan->bump = std::make_shared<chart::DependencyBump>(bumpName, bumpWanted, std::move(*context));
            else
                scan->problem = context.error();
        }
        Result<chart::Workspace> workspace = chart::scanWorkspace(folder, {}, token);
        if (!workspace) {
            scan->problem = workspace.error();
        } else {
            scan->workspace = std::move(*workspace);
            scan->stamps = stampsOf(scan->workspace, scan->folders);
            scan->dependencies = chart::dependenciesOf(scan->workspace, chart::HelmVersion::V4);
            scan->base = base;
            if (!against.empty() && !base) {
                Result<chart::GitTree> tree = chart::GitTree::find(scan->workspace.root, against, token);
                if (tree)
                    scan->base = std::make_shared<const chart::GitTree>(std::move(*tree));
                else
                    scan->problem = tree.error();
            }
        }
        QMetaObject::invokeMethod(this, [this, scan] { takeScan(scan); }, Qt::QueuedConnection);
    });
}

void ChartMatrix::takeScan(const std::shared_ptr<Scan> &scan)
{
    if (scan->generation != m_generation)
        return;
    m_isOpening = false;
    m_isFreshDue = false;
    m_problem = scan->problem && scan->problem->code != ErrorCode::Cancelled ? inWords(*scan->problem) : QString();
    m_base = scan->base;
    m_bump = scan->bump;
    m_dependencies = std::move(scan->dependencies);
    const bool isSame = !scan->isFresh && isSameShape(m_workspace, scan->workspace);
    std::vector<std::size_t> cells;
    if (isSame) {
        std::set<std::size_t> touched;
        const auto touch = [&](const std::string &path) {
            const std::vector<std::size_t> found = chart::cellsTouchedBy(m_workspace, path);
            touched.insert(found.begin(), found.end());
        };
        for (const auto &[path, stamp] : scan->stamps) {
            const auto old = m_stamps.find(path);
            if (old == m_stamps.end() || old->second != stamp)
                touch(path);
        }
        for (const auto &[path, stamp] : m_stamps) {
            if (scan->stamps.count(path) == 0)
                touch(path);
        }
        // Those that were cut off by this look go on as well.
        for (std::size_t i = 0; i < m_pending.size(); ++i) {
            if (m_pending[i] != 0)
                touched.insert(i);
        }
        cells.assign(touched.begin(), touched.end());
    } else {
        m_workspace = std::move(scan->workspace);
        m_outcomes.assign(m_workspace.cells.size(), nullptr);
        m_pending.assign(m_workspace.cells.size(), 0);
        for (std::size_t i = 0; i < m_workspace.cells.size(); ++i)
            cells.push_back(i);
        Q_EMIT workspaceChanged();
    }
    m_stamps = std::move(scan->stamps);
    m_watcher->watch(scan->folders);
    render(cells);
    Q_EMIT stateChanged();
}

void ChartMatrix::render(const std::vector<std::size_t> &cells)
{
    std::fill(m_pending.begin(), m_pending.end(), 0);
    for (const std::size_t cell : cells) {
        m_pending[cell] = 1;
        Q_EMIT cellChanged(static_cast<int>(cell));
    }
    m_pendingCount = static_cast<int>(cells.size());
    if (cells.empty())
        return;
    m_thread->post([this, cells, workspace = m_workspace, base = m_base, bump = m_bump, token = m_cancel.token(), generation = m_generation] {
        chart::MatrixOptions options;
        options.against = base.get();
        options.bump = bump.get();
        options.cell.cancel = token;
        chart::evaluateCells(workspace, cells, options, [this, generation](std::size_t cell, chart::CellOutcome outcome) {
            auto shared = std::make_shared<const chart::CellOutcome>(std::move(outcome));
            QMetaObject::invokeMethod(this, [this, generation, cell, shared] {
                if (generation != m_generation || cell >= m_outcomes.size())
                    return;
                m_outcomes[cell] = shared;
                m_pendingCount -= m_pending[cell] != 0 ? 1 : 0;
                m_pending[cell] = 0;
                Q_EMIT cellChanged(static_cast<int>(cell));
                Q_EMIT stateChanged();
            }, Qt::QueuedConnection);
        });
    });
}

QList<DiffLine> ChartMatrix::diffOf(const chart::ObjectChange &change)
{
    constexpr qsizetype maxLines = 5000;
    const std::string text = operate::unifiedDiff(change.before.text + "\n", change.after.text + "\n", "a", "b");
    const std::vector<std::size_t> random[] = {change.before.randomLines(), change.after.randomLines()};
    const auto isIn = [](const std::vector<std::size_t> &sorted, std::size_t line) { return std::binary_search(sorted.begin(), sorted.end(), line); };
    static const QRegularExpression hunk(QStringLiteral("^@@ -(\\d+)(?:,\\d+)? \\+(\\d+)"));
    std::size_t before = 0; // the line that comes next in each text
    std::size_t after = 0;
    QList<DiffLine> lines;
    const QStringList all = toQString(text).split(QLatin1Char('\n'));
    for (qsizetype i = 2; i < all.size() && lines.size() < maxLines; ++i) { // the names of the two sides stand first
        if (all[i].isEmpty())
            continue;
        const QChar sign = all[i].front();
        bool isRandom = false;
        if (sign == QLatin1Char('@')) {
            const QRegularExpressionMatch found = hunk.match(all[i]);
            before = found.captured(1).toUInt();
            after = found.captured(2).toUInt();
        } else {
            isRandom = sign == QLatin1Char('-') ? isIn(random[0], before) : isIn(random[1], after);
            before += sign != QLatin1Char('+') ? 1 : 0;
            after += sign != QLatin1Char('-') ? 1 : 0;
        }
        lines.append({sign == QLatin1Char('+') ? DiffLine::Kind::Added
                : sign == QLatin1Char('-')     ? DiffLine::Kind::Removed
                : sign == QLatin1Char('@')     ? DiffLine::Kind::Header
                                               : DiffLine::Kind::Context,
            sign == QLatin1Char('@') ? all[i] : all[i].mid(1), isRandom});
    }
    return lines;
}

} // namespace fairway::engine
