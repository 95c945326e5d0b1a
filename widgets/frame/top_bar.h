#pragma once

#include "core/engine/engine.h"

#include <QPushButton>
#include <QWidget>

class QMenu;

namespace fairway::ui {

class ContextPicker;
class NamespacePicker;

/// Looks like a search field, opens the palette.
class SearchButton final : public QPushButton {
    Q_OBJECT
public:
    explicit SearchButton(QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {380, 28}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {96, 28}; }

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// The bell with the number of concerns.
class BellButton final : public QPushButton {
    Q_OBJECT
public:
    explicit BellButton(QWidget *parent = nullptr);
    void setCount(int count);
    [[nodiscard]] QSize sizeHint() const override { return {28, 28}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_count = 0;
};

/// Pickers, search, connection, lock and bell.
class TopBar final : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(engine::Engine &engine, QWidget *parent = nullptr);
    [[nodiscard]] ContextPicker *contextPicker() const { return m_contextPicker; }
    [[nodiscard]] NamespacePicker *namespacePicker() const { return m_namespacePicker; }
    [[nodiscard]] QPushButton *lockButton() const { return m_lock; }
    [[nodiscard]] QPushButton *bell() const;

Q_SIGNALS:
    void paletteRequested();
    void lockRequested(); ///< The lock was pressed: lock, or ask to unlock.
    void navigate(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refreshLock();
    void refreshBell();
    void openBell();

    engine::Engine &m_engine;
    ContextPicker *m_contextPicker;
    NamespacePicker *m_namespacePicker;
    QPushButton *m_lock;
    BellButton *m_bell;
    QMenu *m_concerns;
};

} // namespace fairway::ui
