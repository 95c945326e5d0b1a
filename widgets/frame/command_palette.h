#pragma once

#include "core/engine/engine.h"
#include "widgets/frame/palette_model.h"

#include <QWidget>

class QLineEdit;
class QListView;

namespace fairway::ui {

class TextLabel;

/// Ctrl+K: one field over pages, commands, contexts and objects of every kind. A child of the window laid over the page;
/// Escape or a click elsewhere closes it.
class CommandPalette final : public QWidget {
    Q_OBJECT
public:
    CommandPalette(engine::ObjectService &objects, QWidget *window);
    /// Opens with these fixed entries; objects are asked for while typing.
    void open(QList<PaletteEntry> entries);
    [[nodiscard]] QLineEdit *field() const { return m_field; }
    [[nodiscard]] QListView *list() const { return m_list; }

Q_SIGNALS:
    void navigate(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void runCurrent();
    void step(int rows);
    void place();

    engine::ObjectService &m_objects;
    PaletteModel *m_model;
    QLineEdit *m_field;
    QListView *m_list;
    TextLabel *m_hint;
    QWidget *m_previousFocus = nullptr;
};

} // namespace fairway::ui
