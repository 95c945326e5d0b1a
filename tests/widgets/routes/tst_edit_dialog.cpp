#include "tests/widgets/fake_engine.h"
#include "widgets/common/dialogs.h"
#include "widgets/routes/edit_dialog.h"
#include "widgets/routes/field_form.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

namespace {

engine::FormField field(const QString &id, const QString &value, engine::FieldType type = engine::FieldType::Text)
{
    engine::FormField out;
    out.id = id;
    out.label = id;
    out.help = QStringLiteral("about ") + id;
    out.type = type;
    out.value = value;
    return out;
}

engine::EditForm sample()
{
    engine::FormField by = field(QStringLiteral("by"), {}, engine::FieldType::Choice);
    by.choices = QStringList {QStringLiteral("header"), QStringLiteral("labels")};
    engine::FormField name = field(QStringLiteral("name"), {});
    name.needs = QStringLiteral("by");
    name.needsOneOf = QStringList {QStringLiteral("header")};
    engine::EditForm form;
    form.resourceVersion = QStringLiteral("7");
    form.groups = {{QStringLiteral("time"), QStringLiteral("Time"), {}, {field(QStringLiteral("timeout"), QStringLiteral("5s"), engine::FieldType::Duration), by, name}}};
    return form;
}

template <typename Editor>
Editor *editor(QWidget &form, const QString &name)
{
    for (Editor *each : form.findChildren<Editor *>()) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

void choose(QComboBox *box, const QString &text)
{
    box->setCurrentIndex(box->findText(text));
    Q_EMIT box->activated(box->currentIndex());
}

const QString Timeout = QStringLiteral("timeout");
const QString By = QStringLiteral("by");
const QString Name = QStringLiteral("name");

} // namespace

class TestEditDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTheme(*qApp, SchemeChoice::Dark); }

    void onlyWhatDiffersIsTyped()
    {
        FieldForm form;
        form.setForm(sample());
        QVERIFY(form.typed().isEmpty());
        QSignalSpy edits(&form, &FieldForm::edited);
        auto *line = editor<QLineEdit>(form, Timeout);
        QVERIFY(line);
        QCOMPARE(line->text(), QStringLiteral("5s"));
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("7s"));
        QCOMPARE(form.typed(), (FieldForm::Typed {{Timeout, QStringLiteral("7s")}}));
        QVERIFY(edits.count() > 0);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("5s"));
        QVERIFY(form.typed().isEmpty());
        line->clear();
        QCOMPARE(form.typed(), (FieldForm::Typed {{Timeout, QString()}}));
        form.reset();
        QVERIFY(form.typed().isEmpty());
    }

    void aFieldWaitsForTheOneItNeeds()
    {
        FieldForm form;
        form.setForm(sample());
        auto *name = editor<QLineEdit>(form, Name);
        auto *by = editor<QComboBox>(form, By);
        QVERIFY(name && by);
        QVERIFY(!name->isEnabled());
        QVERIFY(!name->toolTip().isEmpty());
        choose(by, QStringLiteral("labels"));
        QVERIFY(!name->isEnabled());
        choose(by, QStringLiteral("header"));
        QVERIFY(name->isEnabled());
        QTest::keyClicks(name, QStringLiteral("x-canary"));
        QCOMPARE(form.typed(), (FieldForm::Typed {{By, QStringLiteral("header")}, {Name, QStringLiteral("x-canary")}}));
        choose(by, QStringLiteral("labels")); // What stands in a greyed field counts for nothing.
        QCOMPARE(form.typed(), (FieldForm::Typed {{By, QStringLiteral("labels")}}));
    }

    void whatWasTypedSurvivesANewerObject()
    {
        FieldForm form;
        form.setForm(sample());
        choose(editor<QComboBox>(form, By), QStringLiteral("labels"));
        engine::EditForm newer = sample();
        newer.groups[0].fields[0].value = QStringLiteral("9s");
        form.setForm(newer);
        QCOMPARE(editor<QLineEdit>(form, Timeout)->text(), QStringLiteral("9s"));
        QCOMPARE(form.typed(), (FieldForm::Typed {{By, QStringLiteral("labels")}}));
    }

    void aProblemStandsAtItsField()
    {
        FieldForm form;
        form.setForm(sample());
        QVERIFY(form.setProblem(QStringLiteral("timeout: no duration")));
        QVERIFY(!form.setProblem(QStringLiteral("spec.http[0]: refused")));
    }

    void anUnknownValueDoesNotLookUnset()
    {
        engine::EditForm form = sample();
        form.groups[0].fields[1].value = QStringLiteral("moon");
        FieldForm shown;
        shown.setForm(form);
        QCOMPARE(editor<QComboBox>(shown, By)->currentText(), QStringLiteral("moon"));
        QVERIFY(shown.typed().isEmpty());
    }

    void theRuleIsFollowedToWhereItStands()
    {
        test::FakeEngine engine;
        engine.contextService.setProduction(engine.contextService.currentName, false);
        engine.contextService.setLocked(false);
        engine::RouteDraft subject;
        subject.routeId = QStringLiteral("VirtualService/shop/reviews");
        subject.section = QStringLiteral("http");
        subject.rule = 2;
        subject.identity = {{}, QStringLiteral("everything"), QStringLiteral("v1,v2"), 0, 1, 1};
        subject.kind = engine::DraftKind::Rule;
        engine.writeService.nextForm = sample();
        engine.writeService.nextForm.rule = 2;
        engine.writeService.nextForm.identity = subject.identity;
        EditDialog dialog(engine, subject, QStringLiteral("Edit rule %1"), QStringLiteral("VirtualService shop/reviews"), {}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.windowTitle(), QStringLiteral("Edit rule http[2]"));
        // Somebody puts a rule before it, while nothing is typed: the form is still that of the same rule.
        engine.writeService.nextForm.rule = 3;
        engine.writeService.nextForm.resourceVersion = QStringLiteral("8");
        Q_EMIT engine.routeService.detailChanged(subject.routeId);
        QCOMPARE(dialog.windowTitle(), QStringLiteral("Edit rule http[3]"));
        dialog.open();
        auto *line = editor<QLineEdit>(dialog, Timeout);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("7s"));
        auto *dryRun = editor<QPushButton>(dialog, QStringLiteral("Dry run"));
        QTRY_VERIFY(dryRun->isEnabled());
        dryRun->click();
        QTRY_COMPARE(engine.writeService.dryRuns.size(), 1);
        QCOMPARE(engine.writeService.dryRuns.front().rule, 3);
        QVERIFY(engine.writeService.dryRuns.front().identity.isSameAs(subject.identity));
        QCOMPARE(engine.writeService.dryRuns.front().resourceVersion, QStringLiteral("8"));
        // And again, while something is: laid over, it is the same rule's.
        engine::RouteDraft renewed = engine.writeService.dryRuns.front();
        renewed.rule = 4;
        renewed.resourceVersion = QStringLiteral("9");
        engine.writeService.nextOutcome.isOk = false;
        engine.writeService.nextOutcome.isConflict = true;
        dryRun->click();
        engine.writeService.nextRefreshed = renewed;
        const auto buttons = dialog.findChildren<QPushButton *>();
        const auto lay = std::find_if(buttons.begin(), buttons.end(), [](QPushButton *each) { return each->text() == QStringLiteral("Lay my draft over it"); });
        QVERIFY(lay != buttons.end());
        (*lay)->click();
        QCOMPARE(dialog.windowTitle(), QStringLiteral("Edit rule http[4]"));
    }

    void typedFieldsGoThroughTheWritePathAndAreAskedAbout()
    {
        test::FakeEngine engine;
        engine.contextService.setProduction(engine.contextService.currentName, false);
        engine.contextService.setLocked(false);
        engine.writeService.nextForm = sample();
        engine::RouteDraft subject;
        subject.routeId = QStringLiteral("VirtualService/shop/reviews");
        subject.section = QStringLiteral("http");
        subject.rule = 2;
        subject.kind = engine::DraftKind::Rule;
        auto *dialog = new EditDialog(engine, subject, QStringLiteral("Edit"), QStringLiteral("VirtualService shop/reviews"), {}, nullptr);
        QPointer<EditDialog> alive(dialog);
        dialog->open();
        auto *line = editor<QLineEdit>(*dialog, Timeout);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("7s"));
        dialog->reject();
        QVERIFY2(alive && dialog->isVisible(), "what was typed must not go without a word");
        auto *question = dialog->findChild<ActionDialog *>();
        QVERIFY(question);
        question->reject();
        auto *dryRun = editor<QPushButton>(*dialog, QStringLiteral("Dry run"));
        QVERIFY(dryRun && dryRun->isEnabled());
        dryRun->click();
        QTRY_COMPARE(engine.writeService.dryRuns.size(), 1);
        const engine::RouteDraft sent = engine.writeService.dryRuns.front();
        QCOMPARE(sent.kind, engine::DraftKind::Rule);
        QCOMPARE(sent.resourceVersion, QStringLiteral("7"));
        QCOMPARE(sent.fields, (FieldForm::Typed {{Timeout, QStringLiteral("7s")}}));
        // Return in a field does nothing by itself, least of all take back what was written a moment ago.
        engine.writeService.nextOutcome.isOk = true;
        engine.writeService.nextOutcome.journalId = 5;
        auto *apply = [dialog] {
            for (QPushButton *each : dialog->findChildren<QPushButton *>()) {
                if (each->text().startsWith(QStringLiteral("Apply to")))
                    return each;
            }
            return static_cast<QPushButton *>(nullptr);
        }();
        QVERIFY(apply);
        QTRY_VERIFY(apply->isEnabled());
        apply->click();
        auto *undo = editor<QPushButton>(*dialog, QStringLiteral("Undo this write"));
        QTRY_VERIFY(undo && undo->isVisible());
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(engine.writeService.undoneIds.isEmpty());
        line->setText(QStringLiteral("5s"));
        Q_EMIT line->textEdited(line->text());
        dialog->reject();
        QTRY_VERIFY(!alive);
    }
};

QTEST_MAIN(TestEditDialog)
#include "tst_edit_dialog.moc"
