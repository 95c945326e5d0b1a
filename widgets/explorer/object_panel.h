#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QPushButton;

namespace fairway::ui {

class CodeView;
class EmptyState;
class PageHeader;
class TextLabel;

/// Right side of Explorer: the chosen object as YAML, read-only, kept fresh.
class ObjectPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ObjectPanel(engine::ObjectService &objects, QWidget *parent = nullptr);
    void showObject(const engine::KindInfo &kind, const QString &ns, const QString &name);
    void clear();
    void fetchAgain(); ///< The object changed; what is shown stays until the answer is here.
    void copyYaml();

Q_SIGNALS:
    void navigate(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void onYaml(const QString &kindId, const QString &ns, const QString &name, const QString &yaml, const QString &problem);

    engine::ObjectService &m_objects;
    engine::KindInfo m_kind;
    QString m_ns;
    QString m_name;
    PageHeader *m_header;
    TextLabel *m_place;
    QWidget *m_line;
    CodeView *m_yaml;
    EmptyState *m_state;
    QPushButton *m_copy;
    QPushButton *m_route;
};

} // namespace fairway::ui
