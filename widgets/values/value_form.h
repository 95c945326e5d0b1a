#pragma once

#include "core/engine/chart_form.h"

#include <QSet>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QTreeView;

namespace fairway::ui {

class Banner;
class EmptyState;
class FieldDetails;
class SectionHeader;
class ValueFormFilter;
class ValueFormModel;

/// One values file as a form made of the chart's schema, its defaults and the file: sections that fold, search, only what is changed,
/// help and faults beside the fields. Edits go through engine::ChartForm into the text; changes of the text come from there, in place.
///
/// Keys: F2 or typing edits, Space switches; Ctrl+Backspace resets, Ctrl+Plus adds, Ctrl+Minus removes,
///       Alt+Up and Alt+Down move an item.
class ValueForm final : public QWidget {
    Q_OBJECT
public:
    explicit ValueForm(engine::ChartService &charts, QWidget *parent = nullptr);

    void setFile(const QString &file);
    [[nodiscard]] QString file() const { return m_form.file(); }
    /// After the text was changed by an editor that ChartService doesn't tell about.
    void refresh() { m_form.refresh(); }
    void focusSearch(); ///< For the page's key.
    /// Chooses the field of a value ("image.tag", "hosts[0].name").
    void showValue(const QString &path);
    [[nodiscard]] ValueFormModel &model() const { return *m_model; }
    [[nodiscard]] QTreeView &view() const { return *m_view; }

Q_SIGNALS:
    void textEdited(const QString &file);       ///< The form changed the text.
    void textRequested(const QString &pointer); ///< The user wants to see the place in the YAML.

private:
    void takeForm();
    void showDetails();
    void applyFilter();
    void change(chart::FormChange::Kind kind, const value::Value &value = {});
    void add();
    void askKey(const QString &pointer);
    void addKeys();
    [[nodiscard]] QModelIndex currentSource() const;

    engine::ChartForm m_form;
    SectionHeader *m_header;
    QLineEdit *m_search;
    QPushButton *m_onlyChanged;
    Banner *m_banner;
    EmptyState *m_empty;
    QTreeView *m_view;
    FieldDetails *m_details;
    ValueFormModel *m_model;
    ValueFormFilter *m_filter;
    QString m_refusal;
    QString m_expandedFor; ///< The file whose sections were opened at first sight.
};

} // namespace fairway::ui
