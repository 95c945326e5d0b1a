#include "widgets/routes/split_model.h"

#include <algorithm>
#include <numeric>

namespace fairway::ui {

namespace {
constexpr qsizetype maxUndoSteps = 200;

qint64 sum(const QList<qint64> &weights)
{
    return std::accumulate(weights.begin(), weights.end(), qint64 {0});
}
} // namespace

QList<qint64> apportion(qint64 amount, const QList<qint64> &parts)
{
    QList<qint64> out(parts.size(), 0);
    if (parts.isEmpty() || amount <= 0) {
        return out;
    }
    QList<qint64> by = parts;
    qint64 whole = sum(by);
    if (whole <= 0) {
        by.fill(1);
        whole = by.size();
    }
    QList<std::pair<long double, qsizetype>> remainders;
    qint64 given = 0;
    for (qsizetype i = 0; i < by.size(); ++i) {
        // long double holds every product of two 32-bit weights exactly, and no weight in the field is longer.
        const long double exact = static_cast<long double>(amount) * static_cast<long double>(by[i]) / static_cast<long double>(whole);
        out[i] = static_cast<qint64>(exact);
        given += out[i];
        remainders.append({exact - static_cast<long double>(out[i]), i});
    }
    std::stable_sort(remainders.begin(), remainders.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    for (qsizetype i = 0; given < amount; ++given, ++i) {
        ++out[remainders[i % remainders.size()].second];
    }
    return out;
}

SplitModel::SplitModel(const QList<qint64> &live, bool loneGetsAll)
    : m_live(live), m_loneGetsAll(loneGetsAll), m_now {live, QList<bool>(live.size(), false), workingTotal(live)}
{
}

qint64 SplitModel::workingTotal(const QList<qint64> &weights)
{
    const qint64 total = sum(weights);
    return total > 0 ? total : 100;
}

qint64 SplitModel::liveTotal() const
{
    return sum(m_live);
}

bool SplitModel::isKept(qsizetype row) const
{
    return row >= 0 && row < m_now.kept.size() && m_now.kept[row];
}

double SplitModel::share(qsizetype row) const
{
    if (isLoneWithAll()) {
        return row == 0 ? 1.0 : 0.0;
    }
    const qint64 all = sum(m_now.draft);
    return all > 0 ? static_cast<double>(m_now.draft.value(row)) / static_cast<double>(all) : 0.0;
}

double SplitModel::liveShare(qsizetype row) const
{
    if (isLoneWithAll()) {
        return row == 0 ? 1.0 : 0.0;
    }
    const qint64 all = liveTotal();
    return all > 0 ? static_cast<double>(m_live.value(row)) / static_cast<double>(all) : 0.0;
}

void SplitModel::change(State next)
{
    if (next == m_now) {
        return;
    }
    if (!m_isInGesture || !m_hasGestureStep) {
        m_undo.append(m_now);
        if (m_undo.size() > maxUndoSteps) {
            m_undo.removeFirst();
        }
        m_hasGestureStep = m_isInGesture;
    }
    m_redo.clear();
    m_now = std::move(next);
}

SplitModel::Refusal SplitModel::moveDivider(qsizetype divider, qint64 delta)
{
    if (divider < 0 || divider + 1 >= size()) {
        return tr("There is no divider here.");
    }
    if (isKept(divider) || isKept(divider + 1)) {
        return tr("A row beside this divider is kept. Release it first.");
    }
    State next = m_now;
    if (sum(next.draft) == 0) {
        // Nothing to move yet: the first move hands the whole out on one side.
        next.draft[delta > 0 ? divider : divider + 1] = next.total;
        change(next);
        return {};
    }
    const qint64 step = std::clamp(delta, -next.draft[divider], next.draft[divider + 1]);
    if (step == 0 && delta != 0) {
        return delta > 0 ? tr("The right side is already at 0.") : tr("The left side is already at 0.");
    }
    next.draft[divider] += step;
    next.draft[divider + 1] -= step;
    change(next);
    return {};
}

SplitModel::Refusal SplitModel::placeDivider(qsizetype divider, qint64 leftWeight)
{
    const qint64 delta = leftWeight - m_now.draft.value(divider);
    return delta == 0 ? Refusal {} : moveDivider(divider, delta);
}

SplitModel::Refusal SplitModel::setWeight(qsizetype row, qint64 value)
{
    if (row < 0 || row >= size()) {
        return tr("There is no such row.");
    }
    if (value < 0) {
        return tr("A weight can't be below 0.");
    }
    if (value == m_now.draft[row] && sum(m_now.draft) == m_now.total) {
        return {};
    }
    if (isKept(row)) {
        return tr("This row is kept. Release it first.");
    }
    if (size() == 1) {
        State next = m_now;
        next.draft[row] = value;
        next.total = workingTotal(next.draft);
        change(next);
        return {};
    }
    qint64 keptSum = 0;
    QList<qsizetype> others;
    QList<qint64> parts;
    for (qsizetype i = 0; i < size(); ++i) {
        if (i == row) {
            continue;
        }
        if (isKept(i)) {
            keptSum += m_now.draft[i];
        } else {
            others.append(i);
            parts.append(m_now.draft[i]);
        }
    }
    const qint64 room = m_now.total - keptSum;
    if (others.isEmpty()) {
        return tr("Every other row is kept, so this one must stay at %1. Release a row first.").arg(room);
    }
    if (value > room) {
        return keptSum > 0 ? tr("At most %1: the total is %2 and kept rows hold %3.").arg(room).arg(m_now.total).arg(keptSum)
                           : tr("At most %1: that is the total. Normalise changes it.").arg(room);
    }
    State next = m_now;
    next.draft[row] = value;
    const QList<qint64> rest = apportion(room - value, parts);
    for (qsizetype i = 0; i < others.size(); ++i) {
        next.draft[others[i]] = rest[i];
    }
    change(next);
    return {};
}

SplitModel::Refusal SplitModel::setText(qsizetype row, const QString &text)
{
    QString number = text.trimmed();
    const bool isPercent = number.endsWith(u'%');
    if (isPercent) {
        number = number.chopped(1).trimmed();
    }
    bool isNumber = false;
    if (isPercent) {
        const double percent = number.toDouble(&isNumber);
        if (!isNumber || percent < 0 || percent > 100) {
            return tr("Type a share from 0 % to 100 %.");
        }
        return setWeight(row, qRound64(percent / 100 * static_cast<double>(m_now.total)));
    }
    const qint64 value = number.toLongLong(&isNumber);
    if (!isNumber) {
        return tr("Type a whole number, or a share like 25 %.");
    }
    return setWeight(row, value);
}

void SplitModel::setKept(qsizetype row, bool isKept)
{
    if (row < 0 || row >= size()) {
        return;
    }
    State next = m_now;
    next.kept[row] = isKept;
    change(next);
}

SplitModel::Refusal SplitModel::giveAllTo(qsizetype row)
{
    if (row < 0 || row >= size()) {
        return tr("There is no such row.");
    }
    State next = m_now;
    next.draft.fill(0);
    next.draft[row] = next.total;
    next.kept.fill(false);
    change(next);
    return {};
}

bool SplitModel::canNormalise() const
{
    const qint64 all = sum(m_now.draft);
    return size() > 1 && all > 0 && all != 100;
}

QList<qint64> SplitModel::normalised() const
{
    return sum(m_now.draft) > 0 ? apportion(100, m_now.draft) : m_now.draft;
}

void SplitModel::normalise()
{
    if (canNormalise()) {
        State next = m_now;
        next.draft = normalised();
        next.total = 100;
        change(next);
    }
}

void SplitModel::resetToLive()
{
    State next = m_now;
    next.draft = m_live;
    next.total = workingTotal(m_live);
    next.kept.fill(false);
    change(next);
}

void SplitModel::beginGesture()
{
    m_isInGesture = true;
    m_hasGestureStep = false;
}

void SplitModel::undo()
{
    if (canUndo()) {
        m_redo.append(m_now);
        m_now = m_undo.takeLast();
    }
}

void SplitModel::redo()
{
    if (canRedo()) {
        m_undo.append(m_now);
        m_now = m_redo.takeLast();
    }
}

bool SplitModel::rebase(const QList<qint64> &live)
{
    if (live.size() != m_live.size()) {
        return false;
    }
    const bool follows = !isChanged();
    m_live = live;
    if (follows) {
        m_now.draft = live;
        m_now.total = workingTotal(live);
        // Steps back would lead to weights nobody has any more.
        m_undo.clear();
        m_redo.clear();
    }
    return true;
}

bool SplitModel::setDraft(const QList<qint64> &draft)
{
    if (draft.size() != size() || std::any_of(draft.begin(), draft.end(), [](qint64 w) { return w < 0; })) {
        return false;
    }
    State next = m_now;
    next.draft = draft;
    next.total = workingTotal(draft);
    change(next);
    return true;
}

} // namespace fairway::ui
