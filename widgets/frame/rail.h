#pragma once

#include "widgets/frame/page_spec.h"

#include <QAbstractButton>
#include <QHash>
#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace fairway::ui {

/// One line of the rail: icon, title, count. Folded: the icon alone, the title as its tool tip.
class RailItem final : public QAbstractButton {
    Q_OBJECT
public:
    RailItem(const QString &title, QString icon, QWidget *parent = nullptr);
    void setCount(int count, bool isWarning); ///< 0: none shown.
    void setFolded(bool isFolded);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    QString m_icon;
    int m_count = 0;
    bool m_isWarning = false;
    bool m_isFolded = false;
};

/// The column at the left: brand, pages by section, settings at the foot.
class Rail final : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);
    void addPage(const PageSpec &spec, const QString &keys);
    void setCurrent(const QString &id);
    void setCount(const QString &id, int count, bool isWarning);
    void setFolded(bool isFolded);
    [[nodiscard]] bool isFolded() const { return m_isFolded; }
    [[nodiscard]] RailItem *item(const QString &id) const { return m_items.value(id); }
    [[nodiscard]] RailItem *settingsItem() const { return m_settings; }

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
    RailItem *m_settings;
    QHash<QString, RailItem *> m_items;
    QList<QWidget *> m_titles;
    RailSection m_lastSection = RailSection::Top;
    bool m_isFolded = false;
};

} // namespace fairway::ui
