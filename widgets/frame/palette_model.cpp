#include "widgets/frame/palette_model.h"

#include <algorithm>

namespace fairway::ui {
namespace {
constexpr qsizetype MostShown = 60;
}

int matchScore(const QString &text, const QString &query)
{
    if (query.isEmpty())
        return 1;
    if (text.startsWith(query, Qt::CaseInsensitive))
        return 4;
    const qsizetype at = text.indexOf(query, 0, Qt::CaseInsensitive);
    if (at > 0)
        return text[at - 1].isLetterOrNumber() ? 2 : 3;
    qsizetype from = 0;
    for (const QChar c : query) {
        from = text.indexOf(c, from, Qt::CaseInsensitive);
        if (from < 0)
            return 0;
        ++from;
    }
    return 1;
}

void PaletteModel::setEntries(QList<PaletteEntry> fixed)
{
    m_fixed = std::move(fixed);
}

void PaletteModel::setQuery(const QString &query, QList<PaletteEntry> objects)
{
    struct Ranked {
        int score;
        const PaletteEntry *entry;
    };
    QList<Ranked> ranked;
    for (const PaletteEntry &entry : std::as_const(m_fixed)) {
        if (const int score = matchScore(entry.title, query); score > 0)
            ranked << Ranked {score, &entry};
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) { return a.score > b.score; });
    beginResetModel();
    m_shown.clear();
    for (const Ranked &r : ranked) {
        // Letters merely in order are a weak answer: objects that contain the text come first.
        if (r.score > 1 || query.isEmpty())
            m_shown << *r.entry;
    }
    m_shown << objects;
    for (const Ranked &r : ranked) {
        if (r.score == 1 && !query.isEmpty())
            m_shown << *r.entry;
    }
    if (m_shown.size() > MostShown)
        m_shown.resize(MostShown);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteEntry &e = m_shown[index.row()];
    switch (role) {
    case Qt::DisplayRole: return e.title;
    case Qt::AccessibleTextRole: return e.note.isEmpty() ? e.title : QStringLiteral("%1, %2").arg(e.title, e.note);
    case NoteRole: return e.note;
    case KeysRole: return e.keys;
    case IconRole: return e.icon;
    default: return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return m_shown[index.row()].isEnabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace fairway::ui
