#pragma once

#include "core/engine/types.h"

#include <QWidget>

class QGridLayout;

namespace fairway::ui {

class IconMark;
class IntervalMark;
class SectionHeader;
class TextLabel;

/// What the truth meter says, decided without a widget.
struct Truth {
    enum class Verdict { Agrees, Differs, Unknown };
    struct Stage {
        QString text;
        QString note;        ///< Muted, behind the text.
        bool isKnown = false;
        bool isGood = true;  ///< With isKnown: a tick or a warning before the text; only where hasMark.
        bool hasMark = false;
    };
    struct Row {
        Stage spec;
        Stage controller;
        Stage proxy;
        Stage measured;
        bool hasInterval = false;
        double specShare = 0;
        double low = 0;
        double share = 0;
        double high = 0;
    };
    Row cluster;
    Row rehearsal;
    engine::Role role = engine::Role::Canary;
    QString origin;    ///< Where the weights in force come from: "Cluster now", or the chart that renders them.
    QString subject;   ///< "share of v2 under rule 3; scale is spec ± 2 points"
    double reach = 0.02;
    Verdict verdict = Verdict::Unknown;
    QString words; ///< A few, beside the header.
    QString why;  ///< With Differs: where the difference comes from and what it does.
    QString next; ///< With Differs: what to do about it.

    /// `draftWeights` are those the rehearsal ran or would run; `isDraft` says that they differ from the live ones.
    [[nodiscard]] static Truth tell(const engine::RouteDetail &detail, const engine::Rule &rule, const QList<qint64> &draftWeights,
        bool isDraft, const engine::RehearsalStatus &rehearsal);
};

/// Where the weights are true: in the spec, by the controller's word, in the proxy, in what was measured; one row for the
/// cluster and one for the rehearsal.
class TruthMeter final : public QWidget {
    Q_OBJECT
public:
    explicit TruthMeter(QWidget *parent = nullptr);
    void setTruth(const Truth &truth);
    void setNarrow(bool isNarrow); ///< Leaves the drawn interval away; its figures stay.

private:
    struct Cell {
        IconMark *mark = nullptr;
        TextLabel *text = nullptr;
        TextLabel *note = nullptr;
    };
    struct Line {
        Cell spec;
        Cell controller;
        Cell proxy;
        IntervalMark *interval = nullptr;
        Cell measured;
    };
    static void fill(const Cell &cell, const Truth::Stage &stage);
    void fill(const Line &line, const Truth::Row &row, const Truth &truth);

    SectionHeader *m_header;
    IconMark *m_verdictMark;
    TextLabel *m_verdict;
    QWidget *m_reason;  ///< Under the table, while something differs.
    TextLabel *m_why;
    TextLabel *m_next;
    TextLabel *m_origin = nullptr;
    Line m_cluster;
    Line m_rehearsal;
    QGridLayout *m_grid = nullptr;
    bool m_isNarrow = false;
};

} // namespace fairway::ui
