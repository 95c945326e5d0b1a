#pragma once

#include "core/engine/types.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLineEdit;
class QToolButton;

namespace fairway::ui {

class ElidedLabel;
class SplitModel;
class TextLabel;

/// One row a destination below the split bar: colour and name, role, live weight, the draft to type, Keep, what its share
/// becomes, ready pods, and the share one ready pod carries. Edits the borrowed SplitModel and says so.
class DestinationTable final : public QWidget {
    Q_OBJECT
public:
    explicit DestinationTable(QWidget *parent = nullptr);

    void setModel(SplitModel *model, const QList<engine::Destination> &destinations, bool isEditable, const QString &whyNot);
    void refresh();
    void setLiveTitle(const QString &title); ///< What the weights in force are called.
    void setNarrow(bool isNarrow); ///< Leaves the last column away.

Q_SIGNALS:
    void edited();
    void refused(const QString &why);

private:
    struct Row {
        QWidget *swatch = nullptr;
        ElidedLabel *name = nullptr;
        TextLabel *role = nullptr;
        TextLabel *live = nullptr;
        QLineEdit *draft = nullptr;
        QToolButton *keep = nullptr;
        TextLabel *share = nullptr;
        QWidget *warning = nullptr;
        TextLabel *ready = nullptr;
        TextLabel *perPod = nullptr;
        QWidget *line = nullptr;
    };

    void addHeader();
    Row makeRow(int at);
    void fill(Row &row, qsizetype at);
    void report(const std::optional<QString> &why);

    QGridLayout *m_grid;
    QList<Row> m_rows;
    SplitModel *m_model = nullptr;
    QList<engine::Destination> m_destinations;
    bool m_isEditable = true;
    QString m_whyNot;
    bool m_isNarrow = false;
    TextLabel *m_liveHead = nullptr;
    QWidget *m_perPodHead = nullptr;
};

} // namespace fairway::ui
