#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace fairway::ui {

class KindListModel;
class PageHeader;

/// Left side of Explorer: the kinds with a filter.
class KindPanel final : public QWidget {
    Q_OBJECT
public:
    explicit KindPanel(engine::ObjectService &objects, QWidget *parent = nullptr);
    [[nodiscard]] const QList<engine::KindInfo> &kinds() const;
    void select(const QString &kindId);
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }

Q_SIGNALS:
    void chosen(const QString &kindId);
    void kindsChanged();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    engine::ObjectService &m_objects;
    KindListModel *m_model;
    QSortFilterProxyModel *m_proxy;
    PageHeader *m_header;
    QLineEdit *m_filter;
    QListView *m_list;
    QString m_current;
};

} // namespace fairway::ui
