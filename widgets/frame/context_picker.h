#pragma once

#include "core/engine/engine.h"

#include <QPushButton>

class QMenu;

namespace fairway::ui {

/// Shows the current context (tile, name, PRODUCTION or practice) and offers the others, the production mark and a reload of
/// the kubeconfig. Switching is asked for by a signal: the window may have something to say first.
class ContextPicker final : public QPushButton {
    Q_OBJECT
public:
    explicit ContextPicker(engine::ContextService &contexts, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void switchRequested(const QString &context);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void fillMenu();

    engine::ContextService &m_contexts;
    QMenu *m_menu;
    engine::ContextInfo m_current;
};

/// "Namespace shop" with the list of namespaces.
class NamespacePicker final : public QPushButton {
    Q_OBJECT
public:
    explicit NamespacePicker(engine::ContextService &contexts, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void fillMenu();

    engine::ContextService &m_contexts;
    QMenu *m_menu;
    QString m_value;
};

} // namespace fairway::ui
