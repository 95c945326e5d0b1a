#include "core/chart/load_chart.h"
#include "core/engine/chart_threads.h"
#include "core/engine/chart_watcher.h"
#include "core/engine/chart_workshop.h"
#include "core/engine/text.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <algorithm>
#include <utility>

// The workshop's texts: what the disk has, what is edited, what became of either.
namespace fairway::engine {
namespace {

constexpr std::uint64_t MaxOutsideBytes = std::uint64_t {32} << 20;

/// Writes the file unless it is no longer what it was; what went wrong in words.
QString writeFile(const std::string &path, const std::string &text, const SharedText &before)
{
    if (before) {
        const Result<std::string> now = chart::readWholeFile(path, MaxOutsideBytes);
        if (now && *now != *before && *now != text)
            return QCoreApplication::translate("ChartWorkshop", "%1 was changed by another program meanwhile.").arg(toQString(path));
    }
    QSaveFile out(toQString(path)); // Renames, and keeps the file's mode.
    if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), static_cast<qint64>(text.size())) < 0 || !out.commit())
        return QStringLiteral("%1: %2").arg(toQString(path), out.errorString());
    return {};
}

} // namespace

SharedText ChartWorkshop::diskText(const std::string &file) const
{
    if (!isOutside(file)) {
        const std::string *const text = m_source ? m_source->find(file) : nullptr;
        return text ? SharedText(m_source, text) : nullptr;
    }
    const auto found = m_outside.find(file);
    return found != m_outside.end() && found->second ? *found->second : nullptr;
}

SharedText ChartWorkshop::sharedText(const QString &file) const
{
    const std::string name = toUtf8(file);
    if (const auto edit = m_edits->find(name); edit != m_edits->end())
        return edit->second;
    const SharedText text = diskText(name);
    return text ? text : std::make_shared<const std::string>();
}

bool ChartWorkshop::isEdited(const QString &file) const
{
    return m_edits->contains(toUtf8(file));
}

QStringList ChartWorkshop::editedFiles() const
{
    QStringList files;
    for (const auto &[file, text] : *m_edits)
        files.append(toQString(file));
    return files;
}

QStringList ChartWorkshop::conflicts() const
{
    QStringList files = m_conflicts.values();
    files.sort();
    return files;
}

void ChartWorkshop::setEdit(const std::string &file, SharedText text)
{
    TextEdits edits = *m_edits;
    edits.erase(file);
    if (text)
        edits.emplace(file, std::move(text));
    retire(std::exchange(m_edits, std::make_shared<const TextEdits>(std::move(edits))));
    if (!isOutside(file))
        ++m_filesVersion;
}

void ChartWorkshop::setUtf8(const QString &file, std::string now)
{
    if (m_state != State::Open)
        return;
    const std::string name = toUtf8(file);
    const SharedText disk = diskText(name);
    const auto edit = m_edits->find(name);
    const bool wasEdited = edit != m_edits->end();
    const SharedText before = wasEdited ? edit->second : disk;
    if (before ? *before == now : now.empty())
        return;
    const bool isNowEdited = !disk || *disk != now;
    setEdit(name, isNowEdited ? std::make_shared<const std::string>(std::move(now)) : nullptr);
    if (!isNowEdited)
        m_conflicts.remove(file);
    if (wasEdited != isNowEdited || name.ends_with("Chart.yaml")) {
        describe();
        Q_EMIT filesChanged();
    }
    changed();
}

void ChartWorkshop::discard(const QString &file)
{
    if (!isEdited(file))
        return;
    setEdit(toUtf8(file), nullptr);
    m_conflicts.remove(file);
    describe();
    Q_EMIT filesChanged();
    Q_EMIT textChanged(file);
    changed();
}

void ChartWorkshop::keepMine(const QString &file)
{
    if (!m_conflicts.remove(file))
        return;
    describe();
    Q_EMIT filesChanged();
}

void ChartWorkshop::save(const QString &file)
{
    const std::string name = toUtf8(file);
    const auto edit = m_edits->find(name);
    if (m_state != State::Open || edit == m_edits->end())
        return;
    if (m_conflicts.contains(file)) {
        Q_EMIT saved(file, tr("%1 changed on the disk too: keep one of the two first.").arg(file));
        return;
    }
    const std::string path = isOutside(name) ? name : toUtf8(m_path) + "/" + name;
    m_saved[name] = edit->second;
    threads().disk.post([this, path, file, opening = m_opening, text = edit->second, before = diskText(name),
                            poster = m_poster] {
        const QString problem = writeFile(path, *text, before);
        poster->post([this, file, opening, problem] {
            if (opening == m_opening)
                finishSave(file, problem);
        });
    });
}

void ChartWorkshop::finishSave(const QString &file, const QString &problem)
{
    if (!problem.isEmpty())
        m_saved.erase(toUtf8(file));
    readAgain([this, file, problem] { Q_EMIT saved(file, problem); });
}

// --- the disk ---------------------------------------------------------------------------------------------------------------------

std::vector<std::string> ChartWorkshop::outsideFiles() const
{
    std::vector<std::string> files;
    for (const ValuesFile &file : m_inputs.valuesFiles)
        files.push_back(toUtf8(file.path));
    if (!m_inputs.lookupFile.isEmpty())
        files.push_back(toUtf8(m_inputs.lookupFile));
    return files;
}

ChartWorkshop::DiskState ChartWorkshop::readDisk(const std::string &path, const std::vector<std::string> &outside)
{
    DiskState disk;
    disk.source = readChartSource(path);
    for (const std::string &file : outside) {
        disk.outside.emplace(file, chart::readWholeFile(file, MaxOutsideBytes).map([](std::string text) -> SharedText {
            return std::make_shared<const std::string>(std::move(text));
        }));
    }
    return disk;
}

void ChartWorkshop::readAgain(std::function<void()> then)
{
    if (m_state != State::Open)
        return;
    threads().disk.post([this, opening = m_opening, path = toUtf8(m_path), outside = outsideFiles(), then = std::move(then), poster = m_poster] {
        DiskState disk = readDisk(path, outside);
        poster->post([this, opening, disk = std::move(disk), then]() mutable {
            if (opening != m_opening || m_state != State::Open)
                return;
            takeDisk(std::move(disk));
            if (then)
                then();
        });
    });
}

void ChartWorkshop::takeText(const std::string &file, const std::string *before, const std::string *now, QStringList &changed)
{
    const bool isSame = before && now ? *before == *now : before == now;
    if (isSame)
        return;
    const QString name = toQString(file);
    const auto edit = m_edits->find(file);
    const auto saved = m_saved.find(file);
    const bool isOurs = saved != m_saved.end() && now && *now == *saved->second;
    if (isOurs)
        m_saved.erase(saved);
    if (edit == m_edits->end()) {
        changed.append(name);
    } else if (now && *now == *edit->second) {
        setEdit(file, nullptr);
        m_conflicts.remove(name);
    } else if (!isOurs) {
        m_conflicts.insert(name);
    }
}

void ChartWorkshop::takeDisk(DiskState disk)
{
    QStringList changedTexts;
    bool isDifferent = false;
    // A chart that can't be read just now (somebody moves it about) stays as it was.
    if (disk.source) {
        const std::shared_ptr<const ChartSource> before = std::exchange(m_source, std::move(*disk.source));
        std::map<std::string_view, const std::string *> old;
        for (const chart::ChartFile &file : before->files)
            old.emplace(file.name, &file.data);
        for (const chart::ChartFile &file : m_source->files) {
            const auto was = old.find(file.name);
            const std::string *const text = was == old.end() ? nullptr : was->second;
            isDifferent = isDifferent || !text || *text != file.data;
            takeText(file.name, text, &file.data, changedTexts);
            if (was != old.end())
                old.erase(was);
        }
        for (const auto &[name, text] : old) {
            isDifferent = true;
            takeText(std::string(name), text, nullptr, changedTexts);
        }
        retire(std::shared_ptr<const ChartSource>(before));
    }
    for (auto &[file, text] : disk.outside) {
        const SharedText old = diskText(file);
        m_outside.insert_or_assign(file, std::move(text));
        const SharedText now = diskText(file);
        isDifferent = isDifferent || !old != !now || (now && *old != *now);
        takeText(file, old.get(), now.get(), changedTexts);
        retire(SharedText(old));
    }
    watch();
    if (!isDifferent)
        return;
    ++m_filesVersion;
    describe();
    Q_EMIT filesChanged();
    for (const QString &file : std::as_const(changedTexts))
        Q_EMIT textChanged(file);
    changed();
}

void ChartWorkshop::watch()
{
    if (!m_watcher || !m_source)
        return;
    QSet<QString> paths {m_path};
    if (!m_source->isArchive) {
        for (const chart::ChartFile &file : m_source->files) {
            const QString path = m_path + QLatin1Char('/') + toQString(file.name);
            paths.insert(path);
            paths.insert(path.section(QLatin1Char('/'), 0, -2));
        }
    }
    for (const std::string &file : outsideFiles()) {
        const QString path = toQString(file);
        paths.insert(path);
        paths.insert(path.section(QLatin1Char('/'), 0, -2));
    }
    m_watcher->watch(paths.values());
}

} // namespace fairway::engine
