#pragma once

#include <QAbstractListModel>
#include <QList>
#include <QString>

#include <functional>

namespace fairway::ui {

/// One thing the palette offers.
struct PaletteEntry {
    enum class Group { Page, Command, Context, Object };
    Group group = Group::Command;
    QString title;
    QString note;   ///< Namespace, kind, or why it can't be done now.
    QString keys;
    QString icon;
    bool isEnabled = true;
    std::function<void()> run;
};

/// How well `text` answers `query`: 0 not at all; an exact start beats a start of a word, that beats letters in order.
[[nodiscard]] int matchScore(const QString &text, const QString &query);

/// The entries that match the query, best first, at most 60.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum DataRole { NoteRole = Qt::UserRole, KeysRole, IconRole };

    using QAbstractListModel::QAbstractListModel;
    void setEntries(QList<PaletteEntry> fixed);
    /// `objects` come from the engine, ranked already; they follow what matches of the fixed entries.
    void setQuery(const QString &query, QList<PaletteEntry> objects);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] const PaletteEntry &entry(int row) const { return m_shown[row]; }

private:
    QList<PaletteEntry> m_fixed;
    QList<PaletteEntry> m_shown;
};

} // namespace fairway::ui
