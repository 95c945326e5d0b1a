#include "widgets/charts/render_settings.h"

#include "widgets/common/dialogs.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

class RenderSettings final : public ActionDialog {
    Q_DECLARE_TR_FUNCTIONS(RenderSettings)
public:
    RenderSettings(QWidget *parent, engine::ChartService &charts)
        : ActionDialog(tr("Rendered for"), tr("What templates see in .Release and .Capabilities. The output follows at once."), tr("Done"), false, parent)
        , m_charts(charts)
        , m_before(charts.inputs())
        , m_release(new QLineEdit(m_before.release))
        , m_ns(new QLineEdit(m_before.ns))
        , m_helm(new QComboBox)
        , m_profile(new QComboBox)
        , m_kube(new QLineEdit(m_before.cluster.kubeVersion))
        , m_apis(new QLineEdit(m_before.cluster.apiVersions.join(QStringLiteral(", "))))
        , m_lookup(new QLineEdit(m_before.lookupFile))
        , m_upgrade(new QCheckBox(tr("As an upgrade (.Release.IsUpgrade)")))
        , m_pinned(new QCheckBox(tr("Pin what is random, so that only your edits show")))
    {
        m_helm->addItem(QStringLiteral("Helm 4"), 4);
        m_helm->addItem(QStringLiteral("Helm 3"), 3);
        m_helm->setCurrentIndex(m_before.helmVersion == 3 ? 1 : 0);
        m_upgrade->setChecked(m_before.isUpgrade);
        m_pinned->setChecked(m_before.isPinned);
        m_kube->setPlaceholderText(tr("Helm's default"));
        m_apis->setPlaceholderText(QStringLiteral("networking.istio.io/v1, monitoring.coreos.com/v1"));
        m_lookup->setPlaceholderText(tr("none: lookup finds nothing"));
        m_profile->setEditable(true);
        fillProfiles();
        auto *form = new QFormLayout;
        form->setHorizontalSpacing(16);
        form->setVerticalSpacing(8);
        const auto add = [&](const QString &label, QWidget *field) {
            field->setAccessibleName(label);
            form->addRow(new TextLabel(label, FontRole::Body, Token::Muted), field);
        };
        add(tr("Release"), m_release);
        add(tr("Namespace"), m_ns);
        add(tr("Helm version"), m_helm);
        form->addRow(new TextLabel(tr("Cluster profile"), FontRole::Body, Token::Muted), profileRow());
        add(tr("Kubernetes version"), m_kube);
        add(tr("Further API versions"), m_apis);
        form->addRow(new TextLabel(tr("Objects for lookup"), FontRole::Body, Token::Muted), lookupRow());
        form->addRow(nullptr, m_upgrade);
        form->addRow(nullptr, m_pinned);
        body()->addLayout(form);
        for (QLineEdit *field : {m_release, m_ns, m_kube, m_apis, m_lookup})
            connect(field, &QLineEdit::textEdited, this, [this] { apply(); });
        connect(m_helm, &QComboBox::currentIndexChanged, this, [this] { apply(); });
        connect(m_upgrade, &QCheckBox::toggled, this, [this] { apply(); });
        connect(m_pinned, &QCheckBox::toggled, this, [this] { apply(); });
        connect(m_profile, &QComboBox::activated, this, &RenderSettings::takeProfile);
        connect(this, &QDialog::rejected, this, [this] { m_charts.setInputs(m_before); });
        resize(560, sizeHint().height());
    }

private:
    QWidget *profileRow()
    {
        auto *row = new QWidget;
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        m_profile->setAccessibleName(tr("Cluster profile"));
        m_profile->lineEdit()->setAccessibleName(tr("Cluster profile"));
        layout->addWidget(m_profile, 1);
        auto *save = new QPushButton(tr("Save"));
        auto *remove = new QPushButton(tr("Remove"));
        for (QPushButton *button : {save, remove}) {
            setCompact(button);
            button->setAutoDefault(false);
        }
        const auto refresh = [this, save, remove] {
            const QString name = m_profile->currentText().trimmed();
            save->setEnabled(!name.isEmpty());
            save->setToolTip(name.isEmpty() ? tr("Give the profile a name first") : tr("Keep this version and these APIs under the name at the left"));
            remove->setEnabled(m_profile->findText(name, Qt::MatchExactly | Qt::MatchCaseSensitive) >= 0);
            remove->setToolTip(remove->isEnabled() ? tr("Forget the profile of this name") : tr("No profile of this name is saved"));
        };
        connect(m_profile, &QComboBox::editTextChanged, this, refresh);
        m_profile->lineEdit()->setPlaceholderText(tr("a name to save it under, or a saved one"));
        refresh();
        layout->addWidget(save);
        layout->addWidget(remove);
        connect(save, &QPushButton::clicked, this, [this, refresh] {
            engine::ClusterProfile profile = inputs().cluster;
            profile.name = m_profile->currentText().trimmed();
            if (profile.name.isEmpty())
                return;
            m_charts.saveProfile(profile);
            fillProfiles();
            apply();
            refresh();
        });
        connect(remove, &QPushButton::clicked, this, [this, refresh] {
            m_charts.removeProfile(m_profile->currentText().trimmed());
            m_profile->setEditText({});
            fillProfiles();
            refresh();
        });
        return row;
    }

    QWidget *lookupRow()
    {
        auto *row = new QWidget;
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        m_lookup->setAccessibleName(tr("Objects for lookup"));
        m_lookup->setToolTip(tr("A YAML file with objects that `lookup` finds"));
        layout->addWidget(m_lookup, 1);
        auto *choose = new QPushButton(tr("Choose…"));
        choose->setAutoDefault(false);
        setCompact(choose);
        layout->addWidget(choose);
        connect(choose, &QPushButton::clicked, this, [this] {
            auto *dialog = new QFileDialog(this, tr("Objects for lookup"), {}, tr("YAML (*.yaml *.yml);;All files (*)"));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setFileMode(QFileDialog::ExistingFile);
            connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
                m_lookup->setText(file);
                apply();
            });
            dialog->open();
        });
        return row;
    }

    void fillProfiles()
    {
        const QString name = m_profile->count() > 0 ? m_profile->currentText() : m_before.cluster.name;
        m_profile->clear();
        for (const engine::ClusterProfile &profile : m_charts.profiles())
            m_profile->addItem(profile.name);
        m_profile->setEditText(name);
    }

    void takeProfile()
    {
        for (const engine::ClusterProfile &profile : m_charts.profiles()) {
            if (profile.name != m_profile->currentText())
                continue;
            m_kube->setText(profile.kubeVersion);
            m_apis->setText(profile.apiVersions.join(QStringLiteral(", ")));
            apply();
        }
    }

    [[nodiscard]] engine::ChartInputs inputs() const
    {
        engine::ChartInputs now = m_charts.inputs();
        now.release = m_release->text().trimmed();
        now.ns = m_ns->text().trimmed();
        now.helmVersion = m_helm->currentData().toInt();
        now.cluster.name = m_profile->currentText().trimmed();
        now.cluster.kubeVersion = m_kube->text().trimmed();
        now.cluster.apiVersions = m_apis->text().split(QRegularExpression(QStringLiteral("[,\\s]+")), Qt::SkipEmptyParts);
        now.lookupFile = m_lookup->text().trimmed();
        now.isUpgrade = m_upgrade->isChecked();
        now.isPinned = m_pinned->isChecked();
        return now;
    }

    void apply() { m_charts.setInputs(inputs()); }

    engine::ChartService &m_charts;
    const engine::ChartInputs m_before;
    QLineEdit *m_release;
    QLineEdit *m_ns;
    QComboBox *m_helm;
    QComboBox *m_profile;
    QLineEdit *m_kube;
    QLineEdit *m_apis;
    QLineEdit *m_lookup;
    QCheckBox *m_upgrade;
    QCheckBox *m_pinned;
};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RenderSettings)
};

} // namespace

void openRenderSettings(QWidget *parent, engine::ChartService &charts)
{
    (new RenderSettings(parent, charts))->open();
}

QString renderSettingsText(const engine::ChartInputs &inputs)
{
    QStringList parts {QStringLiteral("Helm %1").arg(inputs.helmVersion)};
    if (!inputs.cluster.kubeVersion.isEmpty())
        parts << QStringLiteral("Kubernetes %1").arg(inputs.cluster.kubeVersion);
    parts << Words::tr("%1 in %2").arg(inputs.release, inputs.ns);
    return parts.join(QStringLiteral(" · "));
}

} // namespace fairway::ui
