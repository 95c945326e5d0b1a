#pragma once

#include "core/engine/types.h"

#include <QList>
#include <QRectF>
#include <QString>

namespace fairway::ui {

/// What the graph shows: a route, the weights to draw for each rule (its draft where there is one), and the chosen rule.
struct GraphInput {
    engine::RouteDetail detail;
    QList<QList<qint64>> weights; ///< Parallel to detail.rules.
    QList<bool> isDraft;          ///< Parallel: the weights are a draft.
    int selected = 0;             ///< Position in detail.rules.
    bool isExpanded = false;      ///< All rules and destinations, up to the caps.
};

/// Where everything stands. Pure: no painting, no widget.
///
/// Shape:  four columns (host and gateways, rules in match order, destinations, pods) and ribbons between rules and
///         destinations. More than 7 rules or 6 destinations are collapsed to the first ones, the chosen rule, the last
///         rule and a box that says how many are hidden; expanded, at most 60 rules and 40 destinations are drawn.
/// Units:  logical pixels.
struct GraphLayout {
    static constexpr int maxRules = 7;
    static constexpr int maxDestinations = 6;

    struct RuleBox {
        QRectF rect;
        int rule = -1;   ///< Position in detail.rules; -1: stands for `hidden` rules.
        int hidden = 0;
    };
    struct DestinationBox {
        QRectF rect;
        QRectF pods;
        engine::Destination destination;
        int hidden = 0;  ///< Above 0: stands for that many.
    };
    struct Ribbon {
        QPointF from;
        QPointF to;
        double width = 1;
        double share = 0;
        engine::Role role = engine::Role::Other;
        int rule = 0;
        int target = 0;      ///< Position in `destinations`.
        int lane = 0;        ///< Position among the rule's destinations.
        bool isDashed = false;
        bool isSelected = false;
        bool isAlone = false; ///< The rule has this destination only.
    };

    QRectF host;
    QRectF rulesHead;
    QRectF destinationsHead;
    QRectF podsHead;
    QList<RuleBox> rules;
    QList<DestinationBox> destinations;
    QList<Ribbon> ribbons;
    double height = 0;

    [[nodiscard]] static GraphLayout make(const GraphInput &input, double width);
    /// The same in words, for those who can't see it.
    [[nodiscard]] static QString describe(const GraphInput &input);
};

} // namespace fairway::ui
