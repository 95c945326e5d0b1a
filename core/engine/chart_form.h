#pragma once

#include "core/chart/value_form_edit.h"
#include "core/engine/charts.h"

#include <QList>
#include <QObject>

#include <memory>

namespace fairway::engine {

class TaskThread;

/// What a form of this values file of the open chart is made of: the texts as they are now.
[[nodiscard]] chart::FormSource formSource(const ChartService &charts, const QString &file);

/// One values file of the open chart as a form: the tree of fields, kept up with every text it depends on, and edits that become text.
///
/// Shape:   form() follows the texts: setFile() and every change of them (typing included: call refresh() where no signal tells) start
///          making a new one; a newer request replaces one that waits. While the file is no YAML, form() stays and problem() says why.
/// Edits:   apply() queues the change. Each is made on the text as it then is, handed to ChartService::setText(), and told by textEdited(),
///          so that an editor beside shows it. What can't be done safely is refused with its reason and changes nothing.
/// Threads: GUI thread; reading and editing happen on a thread of its own.
class ChartForm final : public QObject {
    Q_OBJECT
public:
    explicit ChartForm(ChartService &charts, QObject *parent = nullptr);
    ~ChartForm() override;

    void setFile(const QString &file); ///< "values.yaml" or a -f file; empty: none.
    [[nodiscard]] QString file() const { return m_file; }
    [[nodiscard]] std::shared_ptr<const chart::ValueForm> form() const { return m_form; } ///< Null before the first.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isReadOnly() const; ///< The file stands in an archive.

    void apply(chart::FormChange change);
    void refresh();

Q_SIGNALS:
    void formChanged(); ///< form() or problem().
    void textEdited(const QString &file); ///< By apply().
    void refused(const QString &pointer, const QString &reason);

private:
    struct Edited;
    void startMaking();
    void startEditing();
    void takeEdited(const Edited &edited);

    ChartService &m_charts;
    QString m_file;
    std::shared_ptr<const chart::ValueForm> m_form;
    QString m_problem;
    QList<chart::FormChange> m_changes; ///< Not begun yet; at most 1,000.
    quint64 m_wanted = 0;               ///< Counts requests for a form.
    quint64 m_making = 0;               ///< The one on the thread; 0: none.
    bool m_isEditing = false;
    std::unique_ptr<TaskThread> m_thread; ///< Last: stops before what its tasks report to.
};

} // namespace fairway::engine
