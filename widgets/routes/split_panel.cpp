#include "widgets/routes/split_panel.h"

#include "core/engine/route_preview.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/destination_table.h"
#include "widgets/routes/marks.h"
#include "widgets/routes/split_bar.h"
#include "widgets/routes/split_model.h"
#include "widgets/routes/words.h"
#include "widgets/theme/button_kind.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

SplitPanel::SplitPanel(QWidget *parent)
    : QWidget(parent)
    , m_header(new SectionHeader(tr("Split")))
    , m_reset(new QPushButton(tr("Reset to live")))
    , m_normalise(new QPushButton(tr("Normalise")))
    , m_bar(new SplitBar)
    , m_table(new DestinationTable)
    , m_wordsRow(new QWidget)
    , m_wordsIcon(new IconMark(QStringLiteral("info"), Token::Muted, 14))
    , m_words(new TextLabel({}, FontRole::Small))
{
    setButtonKind(m_reset, ButtonKind::Flat);
    setCompact(m_reset);
    setCompact(m_normalise);
    m_header->addWidget(m_reset);
    m_header->addWidget(m_normalise);
    m_words->setWordWrap(true);
    auto *words = new QHBoxLayout(m_wordsRow);
    words->setContentsMargins(0, 6, 0, 0);
    words->setSpacing(8);
    words->addWidget(m_wordsIcon);
    words->addWidget(m_words, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_bar);
    column->addSpacing(4);
    column->addWidget(m_table);
    column->addWidget(m_wordsRow);

    connect(m_reset, &QPushButton::clicked, this, &SplitPanel::resetToLive);
    connect(m_normalise, &QPushButton::clicked, this, &SplitPanel::normalise);
    connect(m_bar, &SplitBar::edited, this, &SplitPanel::afterEdit);
    connect(m_table, &DestinationTable::edited, this, &SplitPanel::afterEdit);
    const auto onRefused = [this](const QString &why) {
        m_refusal = why;
        refreshWords();
    };
    connect(m_bar, &SplitBar::refused, this, onRefused);
    connect(m_table, &DestinationTable::refused, this, onRefused);
}

void SplitPanel::setRule(const engine::RouteRow &route, const engine::Rule &rule, int number, SplitModel *model)
{
    const bool isSameRule = m_rule.identity.isKnown() && rule.identity.isKnown() ? m_rule.identity.isSameAs(rule.identity) : m_rule.index == rule.index;
    if (m_route.id != route.id || !isSameRule || m_rule.section != rule.section) {
        m_refusal.clear();
    }
    m_number = number;
    m_route = route;
    m_rule = rule;
    m_model = model;
    m_bar->setVisible(model != nullptr && model->size() > 0 && model->size() <= SplitBar::maxSegments);
    m_bar->setModel(model, labelsOf(rule), rolesOf(rule));
    m_bar->setEditable(rule.isEditable);
    const QString live = engine::isPreviewId(route.id) ? tr("Chart") : tr("Live");
    m_bar->setLiveTitle(live);
    m_table->setLiveTitle(live);
    m_table->setModel(model, rule.destinations, rule.isEditable, rule.notEditableReason);
    refresh();
}

void SplitPanel::refresh()
{
    m_bar->refresh();
    m_table->refresh();
    const bool hasModel = m_model != nullptr;
    m_header->setTitle(tr("Split of rule %1").arg(m_number));
    QStringList note;
    if (!m_rule.path.isEmpty()) {
        note.append(m_rule.path); // The number is the place in match order; the field may count otherwise.
    }
    if (hasModel && m_model->isLoneWithAll()) {
        note.append(tr("alone: all requests"));
    } else if (hasModel && m_model->liveTotal() > 0 && m_model->total() == m_model->liveTotal()) {
        note.append(tr("total %1, kept as it is").arg(m_model->total()));
    } else if (hasModel) {
        note.append(tr("total %1, was %2").arg(m_model->total()).arg(m_model->liveTotal()));
    }
    m_header->setNote(note.join(QStringLiteral(" · ")));
    const bool isPreview = engine::isPreviewId(m_route.id);
    m_reset->setText(isPreview ? tr("Reset to the chart") : tr("Reset to live"));
    m_reset->setEnabled(hasModel && m_model->isChanged());
    if (m_reset->isEnabled())
        m_reset->setToolTip(isPreview ? tr("Back to the weights that the chart renders (Ctrl+R)") : tr("Back to the weights in the cluster (Ctrl+R)"));
    else
        m_reset->setToolTip(isPreview ? tr("The draft is what the chart renders") : tr("The draft is what is live"));
    const bool canNormalise = hasModel && m_rule.isEditable && m_model->canNormalise();
    m_normalise->setEnabled(canNormalise);
    m_normalise->setToolTip(canNormalise ? tr("Same shares out of 100: %1 (N)").arg(splitText(m_model->normalised()))
                                         : tr("The total is 100 already"));
    refreshWords();
}

void SplitPanel::refreshWords()
{
    QString words = m_refusal;
    Token color = Token::Warning;
    QString icon = QStringLiteral("warning");
    if (words.isEmpty() && !m_rule.isEditable) {
        words = m_rule.notEditableReason;
        color = Token::Muted;
        icon = QStringLiteral("info");
    }
    if (words.isEmpty() && m_model != nullptr) {
        words = zeroWords(m_route.kind, m_model->draft(), labelsOf(m_rule));
        if (m_model->isLoneWithAll()) { // As it should be.
            color = Token::Muted;
            icon = QStringLiteral("info");
        }
        if (words.isEmpty() && !m_model->isChanged()) {
            words = m_rule.allocation;
        }
    }
    if (words.isEmpty() && m_model != nullptr && m_model->size() > SplitBar::maxSegments) {
        words = tr("%1 destinations: type the weights in the rows.").arg(m_model->size());
        color = Token::Muted;
        icon = QStringLiteral("info");
    }
    m_wordsRow->setVisible(!words.isEmpty());
    m_wordsIcon->setIcon(icon, color);
    m_words->setToken(color);
    m_words->setText(words);
}

void SplitPanel::say(const QString &words)
{
    m_refusal = words;
    refreshWords();
}

void SplitPanel::afterEdit()
{
    m_refusal.clear();
    refresh();
    Q_EMIT edited();
}

void SplitPanel::setNarrow(bool isNarrow)
{
    m_table->setNarrow(isNarrow);
}

void SplitPanel::focusBar()
{
    m_bar->focusFirstGrip();
}

void SplitPanel::normalise()
{
    if (m_model != nullptr && m_rule.isEditable && m_model->canNormalise()) {
        m_model->normalise();
        afterEdit();
    }
}

void SplitPanel::resetToLive()
{
    if (m_model != nullptr && m_model->isChanged()) {
        m_model->resetToLive();
        afterEdit();
    }
}

void SplitPanel::undo()
{
    if (m_model != nullptr && m_model->canUndo()) {
        m_model->undo();
        afterEdit();
    }
}

void SplitPanel::redo()
{
    if (m_model != nullptr && m_model->canRedo()) {
        m_model->redo();
        afterEdit();
    }
}

void SplitPanel::giveAllToStable()
{
    const qsizetype stable = rolesOf(m_rule).indexOf(engine::Role::Stable);
    if (m_model != nullptr && m_rule.isEditable && stable >= 0) {
        m_model->giveAllTo(stable);
        afterEdit();
    }
}

} // namespace fairway::ui
