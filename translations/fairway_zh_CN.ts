<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActionBox</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Export patch</source>
        <translation>导出补丁</translation>
    </message>
    <message>
        <source>Discard my draft</source>
        <translation>放弃我的草稿</translation>
    </message>
    <message>
        <source>Undo this write</source>
        <translation>撤销此次写入</translation>
    </message>
    <message>
        <source>Save or copy the change as a patch (Ctrl+E)</source>
        <translation>将更改保存或复制为补丁（Ctrl+E）</translation>
    </message>
    <message>
        <source>1 field changes in %1.</source>
        <translation>%1 中有 1 个字段更改。</translation>
    </message>
    <message>
        <source>%1 fields change in %2.</source>
        <translation>%2 中有 %1 个字段更改。</translation>
    </message>
    <message>
        <source>This object no longer exists</source>
        <translation>此对象已不存在</translation>
    </message>
    <message>
        <source>It was deleted in the cluster. Your draft is kept and can be exported.</source>
        <translation>它已在集群中被删除。您的草稿仍保留，可以导出。</translation>
    </message>
    <message>
        <source>The server checks the change without storing it.</source>
        <translation>服务器检查更改但不保存。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>The change is on its way to %1.</source>
        <translation>更改正在发送到 %1。</translation>
    </message>
    <message>
        <source>Reading the object again</source>
        <translation>正在重新读取对象</translation>
    </message>
    <message>
        <source>The draft is laid over what is there now.</source>
        <translation>草稿将叠加到当前对象上。</translation>
    </message>
    <message>
        <source>%1 is locked</source>
        <translation>%1 已锁定</translation>
    </message>
    <message>
        <source>No write request leaves Fairway, dry runs included. This diff is made locally.</source>
        <translation>Fairway 不会发出任何写请求，试运行也不例外。此差异在本地生成。</translation>
    </message>
    <message>
        <source>Changed in the cluster meanwhile</source>
        <translation>对象在集群中已被更改</translation>
    </message>
    <message>
        <source>Nothing was written. Your draft is kept.</source>
        <translation>未写入任何内容。您的草稿仍保留。</translation>
    </message>
    <message>
        <source>No change yet</source>
        <translation>尚无更改</translation>
    </message>
    <message>
        <source>Move a divider or type a weight. Nothing is written before Apply.</source>
        <translation>拖动分隔条或输入权重。应用之前不会写入任何内容。</translation>
    </message>
    <message>
        <source>You may not write this</source>
        <translation>您无权写入此对象</translation>
    </message>
    <message>
        <source>%1 owns these weights</source>
        <translation>这些权重归 %1 管理</translation>
    </message>
    <message>
        <source>It will revert what is applied here. Export the patch to its source instead.</source>
        <translation>它会还原此处的应用。请将补丁导出到其来源。</translation>
    </message>
    <message>
        <source>Draft laid over the newer object</source>
        <translation>草稿已叠加到较新的对象上</translation>
    </message>
    <message>
        <source>The picture is stale</source>
        <translation>画面已过时</translation>
    </message>
    <message>
        <source>Apply reads the object again first. %1</source>
        <translation>应用前会先重新读取对象。%1</translation>
    </message>
    <message>
        <source>Ready to apply to production</source>
        <translation>可以应用到生产环境</translation>
    </message>
    <message>
        <source>%1 Its name and a reason are asked for.</source>
        <translation>%1 需要输入其名称和原因。</translation>
    </message>
    <message>
        <source>Ready to apply to %1</source>
        <translation>可以应用到 %1</translation>
    </message>
    <message>
        <source>%1 A dry run comes first.</source>
        <translation>%1 会先试运行。</translation>
    </message>
    <message>
        <source>Let the server check the change without storing it (D)</source>
        <translation>让服务器检查更改但不保存（D）</translation>
    </message>
    <message>
        <source>Write the change (Ctrl+Return)</source>
        <translation>写入更改（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Nothing to export: the draft is what is live</source>
        <translation>没有可导出的内容：草稿与线上一致</translation>
    </message>
    <message>
        <source>Apply anyway…</source>
        <translation>仍然应用…</translation>
    </message>
    <message>
        <source>Unlock %1…</source>
        <translation>解锁 %1…</translation>
    </message>
    <message>
        <source>Lift the lock of this context (U)</source>
        <translation>解除此上下文的锁定（U）</translation>
    </message>
    <message>
        <source>Lay my draft over it</source>
        <translation>叠加我的草稿</translation>
    </message>
    <message>
        <source>A request is under way.</source>
        <translation>请求正在进行。</translation>
    </message>
    <message>
        <source>Read the object again and keep my weights</source>
        <translation>重新读取对象并保留我的权重</translation>
    </message>
    <message>
        <source>Apply to %1…</source>
        <translation>应用到 %1…</translation>
    </message>
    <message>
        <source>Apply to %1</source>
        <translation>应用到 %1</translation>
    </message>
    <message>
        <source>Dry run passed.</source>
        <translation>试运行通过。</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>已应用。</translation>
    </message>
    <message>
        <source>The dry run failed.</source>
        <translation>试运行失败。</translation>
    </message>
    <message>
        <source>Undo failed.</source>
        <translation>撤销失败。</translation>
    </message>
    <message>
        <source>Not applied.</source>
        <translation>未应用。</translation>
    </message>
    <message>
        <source>Server warns: %1</source>
        <translation>服务器警告：%1</translation>
    </message>
    <message>
        <source>The context is locked</source>
        <translation>上下文已锁定</translation>
    </message>
    <message>
        <source>theirs</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Send traffic to %1 with no ready pod</source>
        <translation>向没有就绪 Pod 的 %1 发送流量</translation>
    </message>
    <message>
        <source>No cluster chosen</source>
        <translation>未选择集群</translation>
    </message>
    <message>
        <source>Choose a context above.</source>
        <translation>请在上方选择上下文。</translation>
    </message>
    <message>
        <source>The rule leads elsewhere by now</source>
        <translation>该规则的去向已改变</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Give my weights to the destinations that are still there</source>
        <translation>将我的权重用于仍然存在的目标</translation>
    </message>
    <message>
        <source>Only rendered</source>
        <translation>仅为渲染结果</translation>
    </message>
    <message>
        <source>This route comes out of %1; no cluster has it, so nothing can be applied. Rehearse it here, and set its weights in the chart&apos;s values.</source>
        <translation>此路由由 %1 渲染得出，任何集群中都没有它，因此无法应用。可在此预演，并在 Chart 的值中设置其权重。</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>返回 %1</translation>
    </message>
    <message>
        <source>Where its values are</source>
        <translation>其值所在之处</translation>
    </message>
    <message>
        <source>Type into a field. Nothing is written before Apply.</source>
        <translation>在字段中输入。应用之前不会写入任何内容。</translation>
    </message>
    <message>
        <source>%1 owns these fields</source>
        <translation>这些字段归 %1 管理</translation>
    </message>
    <message>
        <source>Choose a gateway. Nothing is written before Apply.</source>
        <translation>请选择网关。应用之前不会写入任何内容。</translation>
    </message>
    <message>
        <source>Sets %1 back to what it was.</source>
        <translation>将 %1 恢复原状。</translation>
    </message>
    <message>
        <source>The draft&apos;s rule is gone</source>
        <translation>草稿所属的规则已不在</translation>
    </message>
    <message>
        <source>It steers them and goes on from what is applied here at its next step. Export the patch, or change its own object.</source>
        <translation>它控制这些字段，并会在下一步从此处应用的值继续。请导出补丁，或修改它自己的对象。</translation>
    </message>
    <message>
        <source>Take back exactly what was written, and nothing else</source>
        <translation>只撤回所写入的内容，其他一概不动</translation>
    </message>
</context>
<context>
    <name>ActionDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Unlocked, Fairway may send write requests to this cluster: dry runs, and what you apply. It is marked production: each write still asks for its name and a reason. The choice is remembered for this context until you lock it again.</source>
        <translation>解锁后，Fairway 可以向此集群发送写请求：试运行以及您应用的更改。它被标记为生产环境：每次写入仍需输入其名称和原因。此选择会为该上下文保留，直到您再次锁定。</translation>
    </message>
    <message>
        <source>Unlocked, Fairway may send write requests to this cluster: dry runs, and what you apply. Nothing is written by unlocking. The choice is remembered for this context until you lock it again.</source>
        <translation>解锁后，Fairway 可以向此集群发送写请求：试运行以及您应用的更改。解锁本身不写入任何内容。此选择会为该上下文保留，直到您再次锁定。</translation>
    </message>
    <message>
        <source>Unlock %1?</source>
        <translation>解锁 %1？</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>practice cluster on this computer</source>
        <translation>本机上的练习集群</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>%1 is marked production</source>
        <translation>%1 被标记为生产环境</translation>
    </message>
    <message>
        <source>Name of the context, typed</source>
        <translation>输入上下文名称</translation>
    </message>
    <message>
        <source>Recorded in the journal and as an Event</source>
        <translation>记录在日志中并作为 Event</translation>
    </message>
    <message>
        <source>Reason for the write</source>
        <translation>写入原因</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Type the context&apos;s name first</source>
        <translation>请先输入上下文名称</translation>
    </message>
    <message>
        <source>Give a reason first</source>
        <translation>请先填写原因</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What can be done from the keyboard here.</source>
        <translation>此处可用键盘完成的操作。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>List of keys</source>
        <translation>快捷键列表</translation>
    </message>
    <message>
        <source>Run this command to sign in?</source>
        <translation>运行此命令以登录？</translation>
    </message>
    <message>
        <source>The context %1 of %2 signs in by a command that the file names. A file from somebody else can run anything on this computer that way. Allow it only if you know the file.</source>
        <translation>%2 的上下文 %1 通过文件中指定的命令登录。来自他人的文件可以借此在本机运行任何程序。只有在了解该文件时才允许。</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Always, for this file and exactly this command</source>
        <translation>对此文件和完全相同的命令始终允许</translation>
    </message>
</context>
<context>
    <name>ActivityStrip</name>
    <message>
        <source>This can&apos;t be undone</source>
        <translation>此操作无法撤销</translation>
    </message>
    <message>
        <source>Written in %1: switch there to undo it</source>
        <translation>写入于 %1：切换到该上下文后才能撤销</translation>
    </message>
    <message>
        <source>%1 is locked: unlock it to undo</source>
        <translation>%1 已锁定：解锁后才能撤销</translation>
    </message>
    <message>
        <source>Last write</source>
        <translation>最近写入</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Progress of the running activity</source>
        <translation>当前活动的进度</translation>
    </message>
    <message>
        <source>Undo the last write</source>
        <translation>撤销最近一次写入</translation>
    </message>
    <message>
        <source>Every write, with Undo (Ctrl+J)</source>
        <translation>所有写入，可撤销（Ctrl+J）</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>没有正在运行的活动</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>取消：%1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>(failed)</source>
        <translation>（失败）</translation>
    </message>
    <message>
        <source>(undone)</source>
        <translation>（已撤销）</translation>
    </message>
    <message>
        <source>(outcome unknown)</source>
        <translation>（结果未知）</translation>
    </message>
    <message>
        <source>(written in part)</source>
        <translation>（只写入了一部分）</translation>
    </message>
</context>
<context>
    <name>ApplyFlow</name>
    <message>
        <source>The object no longer exists.</source>
        <translation>对象已不存在。</translation>
    </message>
    <message>
        <source>Nothing to write: the draft is what is live.</source>
        <translation>没有可写入的内容：草稿与线上一致。</translation>
    </message>
    <message>
        <source>%1 is locked.</source>
        <translation>%1 已锁定。</translation>
    </message>
    <message>
        <source>A request is under way.</source>
        <translation>请求正在进行。</translation>
    </message>
    <message>
        <source>The object changed in the cluster. Lay the draft over it or discard it.</source>
        <translation>对象在集群中已更改。请叠加草稿或放弃草稿。</translation>
    </message>
    <message>
        <source>You may not write this object.</source>
        <translation>您无权写入此对象。</translation>
    </message>
    <message>
        <source>Checking rights…</source>
        <translation>正在检查权限…</translation>
    </message>
    <message>
        <source>%1 has no ready pod. Tick the box to send traffic there all the same.</source>
        <translation>%1 没有就绪 Pod。勾选后才会仍向其发送流量。</translation>
    </message>
    <message>
        <source>The object changed while the connection was stale. Look at the diff, then apply again. %1</source>
        <translation>连接过时期间对象已更改。请查看差异后再次应用。%1</translation>
    </message>
    <message>
        <source>The rule leads elsewhere by now. Lay the draft over it or discard it.</source>
        <translation>该规则的去向已改变。请将草稿叠加其上或放弃草稿。</translation>
    </message>
    <message>
        <source>This route is only rendered by %1: there is no object to write to.</source>
        <translation>此路由仅由 %1 渲染得出：没有可写入的对象。</translation>
    </message>
    <message>
        <source>The draft&apos;s rule is not there any more as it was. Export the draft or discard it.</source>
        <translation>草稿所属的规则已不是原来的样子。请导出草稿或丢弃它。</translation>
    </message>
</context>
<context>
    <name>BellButton</name>
    <message>
        <source>Concerns</source>
        <translation>关注事项</translation>
    </message>
    <message>
        <source>Nothing needs attention</source>
        <translation>没有需要关注的事项</translation>
    </message>
    <message>
        <source>One thing needs attention</source>
        <translation>有 1 项需要关注</translation>
    </message>
    <message>
        <source>%1 things need attention</source>
        <translation>有 %1 项需要关注</translation>
    </message>
</context>
<context>
    <name>BumpDialog</name>
    <message>
        <source>Try another version of a dependency</source>
        <translation>试用依赖项的另一个版本</translation>
    </message>
    <message>
        <source>Each chart that depends on it is rendered with that version in its place and held against what it renders to now. Nothing on the disk changes.</source>
        <translation>依赖它的每个 Chart 都会换上该版本渲染，并与现在的渲染结果比较。磁盘上不做任何更改。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Ask its repository</source>
        <translation>询问其仓库</translation>
    </message>
    <message>
        <source>Dependency</source>
        <translation>依赖项</translation>
    </message>
    <message>
        <source>Version to try</source>
        <translation>要试用的版本</translation>
    </message>
    <message>
        <source>A version, a range of which the newest is taken, or the path of a chart&apos;s folder or package</source>
        <translation>一个版本、一个范围（取其中最新的），或 Chart 文件夹或软件包的路径</translation>
    </message>
    <message>
        <source>Chart of your own</source>
        <translation>自己的 Chart</translation>
    </message>
    <message>
        <source>Try a chart that stands on this computer</source>
        <translation>试用此计算机上的 Chart</translation>
    </message>
    <message>
        <source>The chart to try</source>
        <translation>要试用的 Chart</translation>
    </message>
    <message>
        <source>A chart&apos;s folder…</source>
        <translation>Chart 文件夹…</translation>
    </message>
    <message>
        <source>A package (.tgz)…</source>
        <translation>软件包（.tgz）…</translation>
    </message>
    <message>
        <source>Packaged charts (*.tgz *.tar.gz);;All files (*)</source>
        <translation>打包的 Chart (*.tgz *.tar.gz);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Wanted as %1 by %2</source>
        <translation>要求的版本：%1；使用者：%2</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>正在询问 %1</translation>
    </message>
    <message>
        <source>Versions that are known: %1, the newest %2</source>
        <translation>已知版本：%1 个，最新为 %2</translation>
    </message>
    <message>
        <source>It has no versions of it.</source>
        <translation>其中没有它的任何版本。</translation>
    </message>
    <message>
        <source>No versions are known yet. One can be typed, or its repository asked.</source>
        <translation>尚不知道任何版本。可以直接输入，或询问其仓库。</translation>
    </message>
    <message>
        <source>Ask %1 which versions it has</source>
        <translation>询问 %1 有哪些版本</translation>
    </message>
    <message>
        <source>The charts name no repository for it</source>
        <translation>这些 Chart 没有为它指定仓库</translation>
    </message>
    <message>
        <source>Say which version, or which chart</source>
        <translation>请指定版本或 Chart</translation>
    </message>
</context>
<context>
    <name>ChangePanel</name>
    <message>
        <source>What changes</source>
        <translation>更改内容</translation>
    </message>
    <message>
        <source> and </source>
        <comment>between two objects that are written together</comment>
        <translation> 和 </translation>
    </message>
    <message>
        <source>Look at the field in red.</source>
        <translation>请看标红的字段。</translation>
    </message>
    <message>
        <source>1 field</source>
        <translation>1 个字段</translation>
    </message>
    <message>
        <source>%1 fields</source>
        <translation>%1 个字段</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>%1 objects, one step</source>
        <translation>%1 个对象，一步完成</translation>
    </message>
    <message>
        <source>a new object</source>
        <translation>一个新对象</translation>
    </message>
</context>
<context>
    <name>ChangesPanel</name>
    <message>
        <source>Open chart</source>
        <translation>打开 Chart</translation>
    </message>
    <message>
        <source>Open this chart with the values files of the environment</source>
        <translation>用该环境的值文件打开此 Chart</translation>
    </message>
    <message>
        <source>Objects that differ</source>
        <translation>不同的对象</translation>
    </message>
    <message>
        <source>Lines that differ</source>
        <translation>不同的行</translation>
    </message>
    <message>
        <source>The commit&apos;s chart can&apos;t be compared: %1</source>
        <translation>无法与该提交的 Chart 比较：%1</translation>
    </message>
    <message>
        <source>Renders to the same objects as at the commit.</source>
        <translation>渲染出的对象与该提交时相同。</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>With %1 it can&apos;t be rendered: %2</source>
        <translation>换上 %1 后无法渲染：%2</translation>
    </message>
    <message>
        <source>The chart doesn&apos;t depend on %1.</source>
        <translation>此 Chart 不依赖 %1。</translation>
    </message>
    <message>
        <source>Name a git commit above, or another version of a dependency, to see what differs from it.</source>
        <translation>在上方指定一个 git 提交或依赖项的另一个版本，即可查看差异。</translation>
    </message>
    <message>
        <source>Renders to the same objects with %1.</source>
        <translation>换上 %1 后渲染出的对象相同。</translation>
    </message>
</context>
<context>
    <name>ChartFilesModel</name>
    <message>
        <source>%1: edited here, and changed on the disk</source>
        <translation>%1：在此处编辑过，磁盘上的文件也已改变</translation>
    </message>
    <message>
        <source>%1: not saved</source>
        <translation>%1：未保存</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>has an error</source>
        <translation>有错误</translation>
    </message>
    <message>
        <source>has a warning</source>
        <translation>有警告</translation>
    </message>
</context>
<context>
    <name>ChartStart</name>
    <message>
        <source>Open a chart&apos;s folder…</source>
        <translation>打开 chart 文件夹…</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Open a .tgz…</source>
        <translation>打开 .tgz…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>No chart is open</source>
        <translation>没有打开的 chart</translation>
    </message>
    <message>
        <source>Open a Helm chart, change its values and see the manifests follow as you type: each line tells the template, the value and the layer it comes from. Needs no helm, no cluster and no network. A chart can also be dropped here.</source>
        <translation>打开一个 Helm chart，修改它的值，清单会随输入即时更新：每一行都说明它来自哪个模板、哪个值和哪一层。不需要 helm、集群或网络。也可以把 chart 拖放到这里。</translation>
    </message>
    <message>
        <source>Of late</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Look for charts below it</source>
        <translation>在其下查找 Chart</translation>
    </message>
    <message>
        <source>From a repository or OCI…</source>
        <translation>从仓库或 OCI…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation>Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>A workspace of charts…</source>
        <translation>Chart 工作区…</translation>
    </message>
    <message>
        <source>Many charts in all their environments, beside a git commit (Ctrl+Shift+W)</source>
        <translation>多个 Chart 及其所有环境，并与 git 提交对照（Ctrl+Shift+W）</translation>
    </message>
</context>
<context>
    <name>ChartWorkshop</name>
    <message>
        <source>%1 was changed by another program meanwhile.</source>
        <translation>%1 在此期间被其他程序修改。</translation>
    </message>
    <message>
        <source>%1 changed on the disk too: keep one of the two first.</source>
        <translation>%1 在磁盘上也改变了：请先选择保留其中之一。</translation>
    </message>
</context>
<context>
    <name>ChartsPage</name>
    <message>
        <source>Charts</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 was not saved</source>
        <translation>%1 未保存</translation>
    </message>
    <message>
        <source>Nothing was exported</source>
        <translation>没有导出任何内容</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>Release, namespace, Helm and Kubernetes versions (Ctrl+Shift+P)</source>
        <translation>发布名称、命名空间、Helm 与 Kubernetes 版本 (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Write the manifests to a file (Ctrl+E)</source>
        <translation>将清单写入文件 (Ctrl+E)</translation>
    </message>
    <message>
        <source>Open a chart&apos;s folder</source>
        <translation>打开 chart 文件夹</translation>
    </message>
    <message>
        <source>Open a packaged chart (.tgz)</source>
        <translation>打开打包的 chart (.tgz)</translation>
    </message>
    <message>
        <source>Save the text</source>
        <translation>保存文本</translation>
    </message>
    <message>
        <source>Save all texts</source>
        <translation>保存所有文本</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Filter the rendered documents</source>
        <translation>筛选渲染出的文档</translation>
    </message>
    <message>
        <source>Fold all documents</source>
        <translation>折叠所有文档</translation>
    </message>
    <message>
        <source>Unfold all documents</source>
        <translation>展开所有文档</translation>
    </message>
    <message>
        <source>Offer keys that may stand here</source>
        <translation>列出此处可用的键</translation>
    </message>
    <message>
        <source>Add a values file (-f)</source>
        <translation>添加 values 文件 (-f)</translation>
    </message>
    <message>
        <source>Add a flag (--set)</source>
        <translation>添加参数 (--set)</translation>
    </message>
    <message>
        <source>Release and versions to render for</source>
        <translation>渲染所用的发布名称与版本</translation>
    </message>
    <message>
        <source>Export the manifests</source>
        <translation>导出清单</translation>
    </message>
    <message>
        <source>Copy the manifests</source>
        <translation>复制清单</translation>
    </message>
    <message>
        <source>Go to the first error</source>
        <translation>转到第一个错误</translation>
    </message>
    <message>
        <source>Where does this line come from</source>
        <translation>这一行从哪里来</translation>
    </message>
    <message>
        <source>Go to the values</source>
        <translation>转到值</translation>
    </message>
    <message>
        <source>Go to the rendered documents</source>
        <translation>转到渲染出的文档</translation>
    </message>
    <message>
        <source>Go to the files</source>
        <translation>转到文件</translation>
    </message>
    <message>
        <source>Go to the open file</source>
        <translation>转到打开的文件</translation>
    </message>
    <message>
        <source>Close the chart</source>
        <translation>关闭 chart</translation>
    </message>
    <message>
        <source>Open another chart?</source>
        <translation>打开另一个 chart？</translation>
    </message>
    <message>
        <source>This would be lost: %1</source>
        <translation>将会丢失：%1</translation>
    </message>
    <message>
        <source>unsaved %1 and %2 more</source>
        <translation>未保存的 %1 和另外 %2 个</translation>
    </message>
    <message>
        <source>unsaved %1</source>
        <translation>未保存的 %1</translation>
    </message>
    <message>
        <source>Open a packaged chart</source>
        <translation>打开打包的 chart</translation>
    </message>
    <message>
        <source>Packaged charts (*.tgz *.tar.gz);;All files (*)</source>
        <translation>打包的 chart (*.tgz *.tar.gz);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Add a values file</source>
        <translation>添加 values 文件</translation>
    </message>
    <message>
        <source>YAML (*.yaml *.yml);;All files (*)</source>
        <translation>YAML (*.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Chart %1</source>
        <translation>Chart %1</translation>
    </message>
    <message>
        <source>app %1, %2</source>
        <translation>应用 %1，%2</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>没有需要保存的内容</translation>
    </message>
    <message>
        <source>Save all texts (Ctrl+Shift+S)</source>
        <translation>保存所有文本 (Ctrl+Shift+S)</translation>
    </message>
    <message>
        <source>rendering</source>
        <translation>正在渲染</translation>
    </message>
    <message>
        <source>From your last key to the manifests</source>
        <translation>从最后一次按键到清单的时间</translation>
    </message>
    <message>
        <source>Helm would stop here: %1</source>
        <translation>Helm 会在此停止：%1</translation>
    </message>
    <message>
        <source>Show (F8)</source>
        <translation>显示 (F8)</translation>
    </message>
    <message>
        <source>wins</source>
        <translation>生效</translation>
    </message>
    <message>
        <source>%1 wins: %2</source>
        <translation>%1 生效：%2</translation>
    </message>
    <message>
        <source>random, pinned</source>
        <translation>随机，已固定</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>%1 random lines pinned</source>
        <translation>已固定 %1 行随机内容</translation>
    </message>
    <message>
        <source>%1 random lines</source>
        <translation>%1 行随机内容</translation>
    </message>
    <message>
        <source>Another run gives them differently. Ctrl+Shift+G gives new ones; the settings unpin them.</source>
        <translation>再次运行会得到不同的内容。Ctrl+Shift+G 重新生成；可在设置中取消固定。</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Another chart: a folder, a package, from a repository or a registry</source>
        <translation>另一个 Chart：文件夹、软件包，或来自仓库或镜像仓库</translation>
    </message>
    <message>
        <source>Open a chart from a repository or a registry</source>
        <translation>从仓库或镜像仓库打开 Chart</translation>
    </message>
    <message>
        <source>Open a workspace of charts, or go back to it</source>
        <translation>打开 Chart 工作区，或返回工作区</translation>
    </message>
    <message>
        <source>Render again, with new random values</source>
        <translation>以新的随机值重新渲染</translation>
    </message>
    <message>
        <source>Fetch the dependencies</source>
        <translation>获取依赖</translation>
    </message>
    <message>
        <source>Package the chart</source>
        <translation>打包 Chart</translation>
    </message>
    <message>
        <source>Open the rendered routes in Routes</source>
        <translation>在“路由”中打开渲染出的路由</translation>
    </message>
    <message>
        <source>Values as a form or as YAML</source>
        <translation>以表单或 YAML 显示值</translation>
    </message>
    <message>
        <source>A chart&apos;s folder…</source>
        <translation>Chart 文件夹…</translation>
    </message>
    <message>
        <source>A package (.tgz)…</source>
        <translation>软件包（.tgz）…</translation>
    </message>
    <message>
        <source>From a repository or a registry…</source>
        <translation>从仓库或镜像仓库…</translation>
    </message>
    <message>
        <source>A workspace of charts…</source>
        <translation>Chart 工作区…</translation>
    </message>
    <message>
        <source>Open a folder with charts</source>
        <translation>打开含有 Chart 的文件夹</translation>
    </message>
    <message>
        <source>Values belong to a chart: open the chart first, then drop them on it.</source>
        <translation>值属于某个 Chart：请先打开 Chart，再把值文件拖放到其上。</translation>
    </message>
    <message>
        <source>chart %1</source>
        <translation>Chart %1</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Back to the workspace (Ctrl+Shift+W)</source>
        <translation>返回工作区（Ctrl+Shift+W）</translation>
    </message>
    <message>
        <source>This is a package already</source>
        <translation>这已经是软件包</translation>
    </message>
    <message>
        <source>Make a .tgz of it, signed if you like (Ctrl+Shift+K)</source>
        <translation>将其打包为 .tgz，可选择签名（Ctrl+Shift+K）</translation>
    </message>
    <message>
        <source>Dependencies are missing in this package: %1</source>
        <translation>此软件包缺少依赖：%1</translation>
    </message>
    <message>
        <source>Dependencies are missing in charts/: %1</source>
        <translation>charts/ 中缺少依赖：%1</translation>
    </message>
    <message>
        <source>Fetch them</source>
        <translation>获取依赖</translation>
    </message>
    <message>
        <source>See the route that is rendered in Routes and rehearse it, with no cluster (Ctrl+Shift+T)</source>
        <translation>在“路由”中查看渲染出的路由并预演，无需集群（Ctrl+Shift+T）</translation>
    </message>
    <message>
        <source>See the %1 routes that are rendered in Routes and rehearse them, with no cluster (Ctrl+Shift+T)</source>
        <translation>在“路由”中查看渲染出的 %1 条路由并预演，无需集群（Ctrl+Shift+T）</translation>
    </message>
    <message>
        <source>Try another version of a dependency</source>
        <translation>试用依赖项的另一个版本</translation>
    </message>
    <message>
        <source>Copy this object</source>
        <translation>复制此对象</translation>
    </message>
    <message>
        <source>No chart is open</source>
        <translation>没有打开的 chart</translation>
    </message>
    <message>
        <source>The chart does not render: there are no routes to open</source>
        <translation>chart 无法渲染：没有可打开的路由</translation>
    </message>
    <message>
        <source>The chart renders no VirtualService, no route of the Gateway API and no Ingress</source>
        <translation>该 Chart 未渲染出 VirtualService、Gateway API 路由或 Ingress</translation>
    </message>
</context>
<context>
    <name>ClusterSession</name>
    <message>
        <source>You may not list any kind of route here.</source>
        <translation>您无权在此列出任何类型的路由。</translation>
    </message>
    <message>
        <source>You have no right to list anything the window shows.</source>
        <translation>您无权列出窗口所显示的任何内容。</translation>
    </message>
    <message>
        <source>No right to list: %1</source>
        <translation>无权列出：%1</translation>
    </message>
    <message>
        <source>Waiting for the credential plugin %1, for at most 60 s.</source>
        <translation>正在等待凭据插件 %1，最多 60 秒。</translation>
    </message>
</context>
<context>
    <name>CodeEditor</name>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Nothing is known that may stand here</source>
        <translation>没有已知的内容可放在此处</translation>
    </message>
    <message>
        <source>Working on a large text</source>
        <translation>正在处理大型文本</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Find an object, a page or a command</source>
        <translation>查找对象、页面或命令</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>匹配项</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Nothing matches “%1”. Objects are found once their kind has been read.</source>
        <translation>没有与“%1”匹配的内容。对象在其类型读取后才能找到。</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare again</source>
        <translation>再次比较</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Compare with another context</source>
        <translation>与另一个上下文比较</translation>
    </message>
    <message>
        <source>%1: here and in another context</source>
        <translation>%1：此处与另一个上下文</translation>
    </message>
    <message>
        <source>Context to compare with</source>
        <translation>要比较的上下文</translation>
    </message>
    <message>
        <source>The route of the same kind, namespace and name is read there; nothing is written</source>
        <translation>在那里读取同类型、同命名空间、同名的路由；不写入任何内容</translation>
    </message>
    <message>
        <source>Read both anew (Ctrl+R)</source>
        <translation>重新读取两者（Ctrl+R）</translation>
    </message>
    <message>
        <source>Copy the result as text (Ctrl+Shift+C)</source>
        <translation>将结果复制为文本（Ctrl+Shift+C）</translation>
    </message>
    <message>
        <source>Copy the comparison</source>
        <translation>复制比较结果</translation>
    </message>
    <message>
        <source>What requests notice</source>
        <translation>请求会察觉到的差异</translation>
    </message>
    <message>
        <source>Differences of the YAML</source>
        <translation>YAML 的差异</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>- here, + there</source>
        <translation>- 此处，+ 那里</translation>
    </message>
    <message>
        <source>There is no other context</source>
        <translation>没有其他上下文</translation>
    </message>
    <message>
        <source>The kubeconfig has only %1. Add another to compare with.</source>
        <translation>kubeconfig 中只有 %1。请添加另一个上下文以进行比较。</translation>
    </message>
    <message>
        <source>Choose a context</source>
        <translation>选择上下文</translation>
    </message>
    <message>
        <source>With which context?</source>
        <translation>与哪个上下文比较？</translation>
    </message>
    <message>
        <source>Choose one above. The route is read there; nothing is written.</source>
        <translation>请在上方选择。只在那里读取路由，不写入任何内容。</translation>
    </message>
    <message>
        <source>Reading %1 in %2</source>
        <translation>正在 %2 中读取 %1</translation>
    </message>
    <message>
        <source>Escape ends it.</source>
        <translation>按 Esc 键结束。</translation>
    </message>
    <message>
        <source>%1 has no such route</source>
        <translation>%1 没有这条路由</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>没有差异</translation>
    </message>
    <message>
        <source>%1 and %2 hold the same, but for what their servers write themselves.</source>
        <translation>除服务器自行写入的内容外，%1 与 %2 保存的内容相同。</translation>
    </message>
    <message>
        <source>Nothing that is told here: requests go the same way. Look at the YAML for the rest.</source>
        <translation>这里没有可说的：请求走向相同。其余请看 YAML。</translation>
    </message>
    <message>
        <source>1 difference</source>
        <translation>1 处差异</translation>
    </message>
    <message>
        <source>%1 differences</source>
        <translation>%1 处差异</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>deprecated</source>
        <translation>已弃用</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>默认 %1</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>默认值</translation>
    </message>
</context>
<context>
    <name>ConcernCard</name>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>ConflictBar</name>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Go on with the text here; saving overwrites what is on the disk</source>
        <translation>继续使用此处的文本；保存时会覆盖磁盘上的内容</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用磁盘上的</translation>
    </message>
    <message>
        <source>Drop the changes made here and show what is on the disk</source>
        <translation>放弃此处的修改，显示磁盘上的内容</translation>
    </message>
    <message>
        <source>%1 changed on the disk while you were editing it.</source>
        <translation>编辑 %1 时，它在磁盘上被修改了。</translation>
    </message>
</context>
<context>
    <name>ConnectionView</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Catching up…</source>
        <translation>正在追赶…</translation>
    </message>
    <message>
        <source>Live, in part</source>
        <translation>部分实时</translation>
    </message>
    <message>
        <source>Live, %1 behind</source>
        <translation>实时，滞后 %1</translation>
    </message>
    <message>
        <source>Stale since %1</source>
        <translation>自 %1 起过时</translation>
    </message>
    <message>
        <source>Can&apos;t connect</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Retry the connection</source>
        <translation>重试连接</translation>
    </message>
</context>
<context>
    <name>ContextCard</name>
    <message>
        <source>Can&apos;t be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Ready to start</source>
        <translation>可以启动</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Stale since %1</source>
        <translation>自 %1 起过时</translation>
    </message>
    <message>
        <source>Can&apos;t connect</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Context card %1</source>
        <translation>上下文卡片 %1</translation>
    </message>
    <message>
        <source>Switch to %1 (%2)</source>
        <translation>切换到 %1（%2）</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>no concern</source>
        <translation>无关注事项</translation>
    </message>
    <message>
        <source>1 concern</source>
        <translation>1 项关注</translation>
    </message>
    <message>
        <source>%1 concerns</source>
        <translation>%1 项关注</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Writable</source>
        <translation>可写</translation>
    </message>
</context>
<context>
    <name>ContextPicker</name>
    <message>
        <source>Contexts</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>practice cluster</source>
        <translation>练习集群</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Choose a context</source>
        <translation>选择上下文</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>can&apos;t be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Kubeconfig can&apos;t be read</source>
        <translation>无法读取 kubeconfig</translation>
    </message>
    <message>
        <source>Remove the production mark of %1</source>
        <translation>取消 %1 的生产标记</translation>
    </message>
    <message>
        <source>Mark %1 as production</source>
        <translation>将 %1 标记为生产</translation>
    </message>
    <message>
        <source>Read the kubeconfig again</source>
        <translation>重新读取 kubeconfig</translation>
    </message>
    <message>
        <source>No context</source>
        <translation>无上下文</translation>
    </message>
</context>
<context>
    <name>Contexts</name>
    <message>
        <source>The kubeconfig has no context named %1.</source>
        <translation>kubeconfig 中没有名为 %1 的上下文。</translation>
    </message>
    <message>
        <source>The setting could not be kept: %1</source>
        <translation>无法保存设置：%1</translation>
    </message>
    <message>
        <source>Mend the kubeconfig, then Retry.</source>
        <translation>请修正 kubeconfig，然后重试。</translation>
    </message>
    <message>
        <source>%1 signs in by a command that nobody has allowed to run.</source>
        <translation>%1 通过命令登录，而该命令尚未获准运行。</translation>
    </message>
    <message>
        <source>Retry asks again.</source>
        <translation>重试会再次询问。</translation>
    </message>
</context>
<context>
    <name>DependencyDialog</name>
    <message>
        <source>Dependencies of %1</source>
        <translation>%1 的依赖</translation>
    </message>
    <message>
        <source>They are fetched into its charts/ folder, by Chart.lock where there is one. From then on it renders and packs with no network.</source>
        <translation>依赖将被获取到其 charts/ 文件夹，若有 Chart.lock 则以其为准。此后无需网络即可渲染和打包。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Fetching the indexes</source>
        <translation>正在获取索引</translation>
    </message>
    <message>
        <source>It is being fetched</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>DestinationTable</name>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Ready pods</source>
        <translation>就绪 Pod</translation>
    </message>
    <message>
        <source>Per ready pod</source>
        <translation>每个就绪 Pod</translation>
    </message>
    <message>
        <source>Draft weight of %1</source>
        <translation>%1 的草稿权重</translation>
    </message>
    <message>
        <source>A weight, or a share like 25 %. Up and Down step it.</source>
        <translation>权重，或 25 % 这样的占比。用上下键调整。</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>固定 %1</translation>
    </message>
    <message>
        <source>Kept: other edits leave this weight alone</source>
        <translation>已固定：其他编辑不会改动此权重</translation>
    </message>
    <message>
        <source>Keep this weight while others change</source>
        <translation>其他权重变化时保持此权重</translation>
    </message>
</context>
<context>
    <name>DiffWidget</name>
    <message>
        <source>Diff</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>%1. Only what you change is written.</source>
        <translation>%1。只写入您更改的内容。</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Apply the change</source>
        <translation>应用更改</translation>
    </message>
    <message>
        <source>Export patch</source>
        <translation>导出补丁</translation>
    </message>
    <message>
        <source>Take every change back</source>
        <translation>撤回所有更改</translation>
    </message>
    <message>
        <source>Close without applying?</source>
        <translation>不应用就关闭？</translation>
    </message>
    <message>
        <source>What you typed was not written and is lost then.</source>
        <translation>您输入的内容尚未写入，关闭后将丢失。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>No cluster chosen</source>
        <translation>未选择集群</translation>
    </message>
    <message>
        <source>Choose a context, or open the practice cluster: it runs on this computer and nothing can break.</source>
        <translation>请选择上下文，或打开练习集群：它在本机运行，不会造成任何破坏。</translation>
    </message>
    <message>
        <source>Open the practice cluster</source>
        <translation>打开练习集群</translation>
    </message>
    <message>
        <source>Choose a context</source>
        <translation>选择上下文</translation>
    </message>
</context>
<context>
    <name>ErrorCode</name>
    <message>
        <source>Not valid</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>It exists already</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile</source>
        <translation>期间已被他人更改</translation>
    </message>
    <message>
        <source>The credentials were refused</source>
        <translation>凭据被拒绝</translation>
    </message>
    <message>
        <source>The right for this is missing</source>
        <translation>缺少相应的权限</translation>
    </message>
    <message>
        <source>The server no longer keeps that version</source>
        <translation>服务器已不再保留该版本</translation>
    </message>
    <message>
        <source>The other side can&apos;t do this</source>
        <translation>对方不支持此操作</translation>
    </message>
    <message>
        <source>The answer is not what an API server would say</source>
        <translation>应答不像是来自 API 服务器</translation>
    </message>
    <message>
        <source>Larger than allowed</source>
        <translation>超出允许的大小</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>未及时应答</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>The server can&apos;t do it now</source>
        <translation>服务器暂时无法处理</translation>
    </message>
    <message>
        <source>Locked: nothing was sent</source>
        <translation>已锁定：未发送任何内容</translation>
    </message>
    <message>
        <source>The operating system refused</source>
        <translation>操作系统拒绝了操作</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>A mistake of Fairway&apos;s own</source>
        <translation>Fairway 自身的错误</translation>
    </message>
</context>
<context>
    <name>ExplorerPage</name>
    <message>
        <source>Filter by name (Ctrl+F)</source>
        <translation>按名称筛选（Ctrl+F）</translation>
    </message>
    <message>
        <source>Object filter</source>
        <translation>对象筛选</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Filter objects by name</source>
        <translation>按名称筛选对象</translation>
    </message>
    <message>
        <source>Filter kinds</source>
        <translation>筛选类型</translation>
    </message>
    <message>
        <source>Copy the YAML of the chosen object</source>
        <translation>复制所选对象的 YAML</translation>
    </message>
    <message>
        <source>Copy the name of the chosen object</source>
        <translation>复制所选对象的名称</translation>
    </message>
    <message>
        <source>Reading the kinds</source>
        <translation>正在读取类型</translation>
    </message>
    <message>
        <source>The server tells which kinds it knows.</source>
        <translation>由服务器告知其支持的类型。</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>在 %1 中</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No right to list %1</source>
        <translation>无权列出 %1</translation>
    </message>
    <message>
        <source>%1 can&apos;t be listed</source>
        <translation>无法列出 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>No name contains “%1”</source>
        <translation>没有名称包含“%1”</translation>
    </message>
    <message>
        <source>%1 objects are hidden by the filter.</source>
        <translation>%1 个对象被筛选隐藏。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No %1</source>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>No %1 %2</source>
        <translation>%2没有 %1</translation>
    </message>
    <message>
        <source>They appear here as soon as there are some.</source>
        <translation>一旦存在就会显示在这里。</translation>
    </message>
    <message>
        <source>Show all namespaces</source>
        <translation>显示所有命名空间</translation>
    </message>
</context>
<context>
    <name>FairwayStyle</name>
    <message>
        <source>Scroll up and down</source>
        <translation>上下滚动</translation>
    </message>
    <message>
        <source>Scroll sideways</source>
        <translation>左右滚动</translation>
    </message>
</context>
<context>
    <name>FieldDetails</name>
    <message>
        <source>Reset to default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Show in YAML</source>
        <translation>在 YAML 中显示</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>deprecated</source>
        <translation>已弃用</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>默认 %1</translation>
    </message>
    <message>
        <source>Add item</source>
        <translation>添加一项</translation>
    </message>
    <message>
        <source>Add key</source>
        <translation>添加键</translation>
    </message>
</context>
<context>
    <name>FieldForm</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Take back the change of %1</source>
        <translation>撤回对 %1 的更改</translation>
    </message>
    <message>
        <source>Set &quot;%1&quot; first</source>
        <translation>请先设置“%1”</translation>
    </message>
    <message>
        <source>Back to: not set</source>
        <translation>恢复为：未设置</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>恢复为：%1</translation>
    </message>
</context>
<context>
    <name>FilesPanel</name>
    <message>
        <source>Files of the chart</source>
        <translation>chart 的文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this text</source>
        <translation>在此文本中查找</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>上一个匹配 (Shift+Enter)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>下一个匹配 (Enter)</translation>
    </message>
    <message>
        <source>Close the search (Escape)</source>
        <translation>关闭查找 (Escape)</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1 处</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Mend…</source>
        <translation>修正…</translation>
    </message>
</context>
<context>
    <name>FlagsEditor</name>
    <message>
        <source>Add a flag</source>
        <translation>添加参数</translation>
    </message>
    <message>
        <source>Flags win over every file. image.tag=2, a.b[0]=x, list={1,2}. They are not remembered: they may hold secrets.</source>
        <translation>参数优先于所有文件。image.tag=2、a.b[0]=x、list={1,2}。参数不会被记住：其中可能含有机密。</translation>
    </message>
    <message>
        <source>Use flag %1</source>
        <translation>使用参数 %1</translation>
    </message>
    <message>
        <source>Kind of flag %1</source>
        <translation>参数 %1 的类型</translation>
    </message>
    <message>
        <source>Flag %1</source>
        <translation>参数 %1</translation>
    </message>
    <message>
        <source>Drop this flag</source>
        <translation>删除此参数</translation>
    </message>
    <message>
        <source>Drop flag %1</source>
        <translation>删除参数 %1</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 req/s</source>
        <translation>%1 req/s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>%1 天前</translation>
    </message>
</context>
<context>
    <name>Gateways</name>
    <message>
        <source>Not connected.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>The Gateways can&apos;t be listed: the server refused, or did not answer in time.</source>
        <translation>无法列出 Gateway：服务器拒绝，或未及时应答。</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Concern cards</source>
        <translation>关注卡片</translation>
    </message>
    <message>
        <source>Open the first concern</source>
        <translation>打开第一项关注</translation>
    </message>
    <message>
        <source>in line</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Needs attention %1</source>
        <translation>需要关注 %1</translation>
    </message>
    <message>
        <source>Show what needs attention</source>
        <translation>显示需要关注的事项</translation>
    </message>
    <message>
        <source>1 concern in %1</source>
        <translation>%1 中有 1 项关注</translation>
    </message>
    <message>
        <source>%1 concerns in %2</source>
        <translation>%2 中有 %1 项关注</translation>
    </message>
    <message>
        <source>Nothing needs attention</source>
        <translation>没有需要关注的事项</translation>
    </message>
    <message>
        <source>Routes, releases, pods and autoscalers of %1 are in line.</source>
        <translation>%1 的路由、Release、Pod 和自动扩缩均正常。</translation>
    </message>
    <message>
        <source>Open the routes</source>
        <translation>打开路由</translation>
    </message>
    <message>
        <source>Can&apos;t tell: %1 can&apos;t be reached</source>
        <translation>无法判断：连接不到 %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>What needs attention appears here as soon as it is known.</source>
        <translation>需要关注的事项一旦得知便会显示在这里。</translation>
    </message>
    <message>
        <source>Why, and what helps, stands above. What needs attention appears here as soon as it answers.</source>
        <translation>原因和解决办法见上方。一旦有应答，需要关注的内容会显示在此处。</translation>
    </message>
</context>
<context>
    <name>Http1Dialog</name>
    <message>
        <source>Ask the servers</source>
        <translation>询问服务器</translation>
    </message>
    <message>
        <source>Keep gateways at HTTP/1.1</source>
        <translation>让网关保持 HTTP/1.1</translation>
    </message>
    <message>
        <source>Reading the gateways</source>
        <translation>正在读取网关</translation>
    </message>
    <message>
        <source>EnvoyFilters for HTTP/1.1</source>
        <translation>用于 HTTP/1.1 的 EnvoyFilter</translation>
    </message>
    <message>
        <source>Protocol agreed on</source>
        <translation>协商的协议</translation>
    </message>
    <message>
        <source>a TLS handshake, no request</source>
        <translation>只做 TLS 握手，不发请求</translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation>连接到</translation>
    </message>
    <message>
        <source>Connect to: the hosts&apos; own addresses</source>
        <translation>连接到：主机自己的地址</translation>
    </message>
    <message>
        <source>Address of the gateway, with or without a port, where its hosts&apos; names do not lead there from here</source>
        <translation>网关的地址，可带端口；用于主机名从此处无法到达网关时</translation>
    </message>
    <message>
        <source>Ask the HTTPS servers of the chosen gateways (Ctrl+P)</source>
        <translation>询问所选网关的 HTTPS 服务器（Ctrl+P）</translation>
    </message>
    <message>
        <source>Protocol agreed on, by server</source>
        <translation>各服务器协商的协议</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>An EnvoyFilter for each: HTTPS servers offer http/1.1 only, and HTTP ports read HTTP/1 whatever comes. The Gateway itself stays as it is.</source>
        <translation>每个网关一个 EnvoyFilter：HTTPS 服务器只提供 http/1.1，HTTP 端口一律按 HTTP/1 读取。Gateway 本身保持不变。</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Apply the change</source>
        <translation>应用更改</translation>
    </message>
    <message>
        <source>Export patch</source>
        <translation>导出补丁</translation>
    </message>
    <message>
        <source>No Gateway of Istio here</source>
        <translation>这里没有 Istio 的 Gateway</translation>
    </message>
    <message>
        <source>The gateways are not known</source>
        <translation>网关未知</translation>
    </message>
    <message>
        <source>Only gateways that Istio configures can be kept at HTTP/1.1 this way.</source>
        <translation>只有由 Istio 配置的网关才能这样保持 HTTP/1.1。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Where the pods of %1 run</source>
        <translation>%1 的 Pod 运行于</translation>
    </message>
    <message>
        <source>An EnvoyFilter reaches only the namespace it stands in</source>
        <translation>EnvoyFilter 只作用于它所在的命名空间</translation>
    </message>
    <message>
        <source>pods not found, in</source>
        <translation>未找到 Pod，命名空间</translation>
    </message>
    <message>
        <source>1 pod in</source>
        <translation>1 个 Pod，命名空间</translation>
    </message>
    <message>
        <source>%1 pods in</source>
        <translation>%1 个 Pod，命名空间</translation>
    </message>
    <message>
        <source>%1 keeps it at HTTP/1.1 already.</source>
        <translation>%1 已让它保持 HTTP/1.1。</translation>
    </message>
    <message>
        <source>EnvoyFilters</source>
        <translation>EnvoyFilter</translation>
    </message>
    <message>
        <source>Choose a gateway above.</source>
        <translation>请在上方选择网关。</translation>
    </message>
    <message>
        <source>The chosen gateways have no HTTPS server with a name: without TLS no protocol is negotiated.</source>
        <translation>所选网关没有具名的 HTTPS 服务器：没有 TLS 就不协商协议。</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Asking %1 servers, at most 5 s each.</source>
        <translation>正在询问 %1 个服务器，每个最多 5 秒。</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>none negotiated</source>
        <translation>未协商</translation>
    </message>
    <message>
        <source>%1 still agree on h2: a gateway takes a moment to load its filter. Ask again.</source>
        <translation>仍有 %1 个协商为 h2：网关需要片刻来加载过滤器。请再次询问。</translation>
    </message>
    <message>
        <source>%1 agree on h2.</source>
        <translation>%1 个协商为 h2。</translation>
    </message>
    <message>
        <source>None agrees on h2.</source>
        <translation>没有协商为 h2 的。</translation>
    </message>
</context>
<context>
    <name>InLinePanel</name>
    <message>
        <source>In line</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Open the practice cluster</source>
        <translation>打开练习集群</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>在 %1 中</translation>
    </message>
    <message>
        <source>%1 is calm</source>
        <translation>%1 一切平静</translation>
    </message>
    <message>
        <source>Nothing waits for you there.</source>
        <translation>没有等待您处理的事项。</translation>
    </message>
    <message>
        <source>Nothing checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>What is fine appears here once the cluster has been read.</source>
        <translation>读取集群后，正常的项目会显示在这里。</translation>
    </message>
    <message>
        <source>you are in it: try anything</source>
        <translation>您正在其中：可随意尝试</translation>
    </message>
    <message>
        <source>a cluster on this computer</source>
        <translation>本机上的集群</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>No change</source>
        <translation>无更改</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>YAML of the route</source>
        <translation>路由的 YAML</translation>
    </message>
    <message>
        <source>What the draft changes</source>
        <translation>草稿的更改</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>Owned by</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>Diff %1</source>
        <translation>差异 %1</translation>
    </message>
    <message>
        <source>1 field changes</source>
        <translation>更改 1 个字段</translation>
    </message>
    <message>
        <source>%1 fields change</source>
        <translation>更改 %1 个字段</translation>
    </message>
    <message>
        <source>Nothing changes</source>
        <translation>没有更改</translation>
    </message>
    <message>
        <source>%1 is gone</source>
        <translation>%1 已不存在</translation>
    </message>
    <message>
        <source>No route chosen</source>
        <translation>未选择路由</translation>
    </message>
    <message>
        <source>live, read %1</source>
        <translation>线上值，%1读取</translation>
    </message>
    <message>
        <source>Fairway has written nothing to this object yet.</source>
        <translation>Fairway 尚未写入过此对象。</translation>
    </message>
    <message>
        <source>only rendered</source>
        <translation>仅为渲染结果</translation>
    </message>
</context>
<context>
    <name>JournalModel</name>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
</context>
<context>
    <name>JournalPanel</name>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>outcome unknown</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>已应用</translation>
    </message>
    <message>
        <source>Undo this write</source>
        <translation>撤销此次写入</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Close the journal</source>
        <translation>关闭日志</translation>
    </message>
    <message>
        <source>Close the journal (Ctrl+J)</source>
        <translation>关闭日志（Ctrl+J）</translation>
    </message>
    <message>
        <source>Filter: object, context, reason</source>
        <translation>筛选：对象、上下文、原因</translation>
    </message>
    <message>
        <source>Journal filter</source>
        <translation>日志筛选</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Copy this entry</source>
        <translation>复制此条目</translation>
    </message>
    <message>
        <source>Nothing written yet</source>
        <translation>尚无写入</translation>
    </message>
    <message>
        <source>Each write appears here with what it changed, who wrote it and why, and can be undone from here.</source>
        <translation>每次写入都会显示在这里：更改内容、写入者和原因，并可从这里撤销。</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，写入者 %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>No undo: %1</source>
        <translation>无法撤销：%1</translation>
    </message>
    <message>
        <source>written in part</source>
        <translation>只写入了一部分</translation>
    </message>
</context>
<context>
    <name>KindListModel</name>
    <message>
        <source>No right to list %1</source>
        <translation>无权列出 %1</translation>
    </message>
</context>
<context>
    <name>KindPanel</name>
    <message>
        <source>Explorer</source>
        <translation>资源浏览</translation>
    </message>
    <message>
        <source>Filter kinds</source>
        <translation>筛选类型</translation>
    </message>
    <message>
        <source>Kind filter</source>
        <translation>类型筛选</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>Value layers</source>
        <translation>值的层次</translation>
    </message>
    <message>
        <source>last wins</source>
        <translation>后者优先</translation>
    </message>
    <message>
        <source>Add a values file (-f)</source>
        <translation>添加 values 文件 (-f)</translation>
    </message>
    <message>
        <source>defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>1 flag</source>
        <translation>1 个参数</translation>
    </message>
    <message>
        <source>%1 flags</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>Use this file</source>
        <translation>使用此文件</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Show layer %1</source>
        <translation>显示层 %1</translation>
    </message>
    <message>
        <source>Weaker</source>
        <translation>降低优先级</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>提高优先级</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>LibraryDialog</name>
    <message>
        <source>Open a chart from a repository</source>
        <translation>从仓库打开 Chart</translation>
    </message>
    <message>
        <source>From the repositories that helm knows, or from an OCI registry with the credentials that helm and docker share.</source>
        <translation>来自 helm 已知的仓库，或 OCI 镜像仓库（使用 helm 与 docker 共用的凭据）。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>OCI or URL</source>
        <translation>OCI 或 URL</translation>
    </message>
    <message>
        <source>Search name and description</source>
        <translation>搜索名称和描述</translation>
    </message>
    <message>
        <source>Search charts</source>
        <translation>搜索 Chart</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Fetch the indexes of all repositories anew</source>
        <translation>重新获取所有仓库的索引</translation>
    </message>
    <message>
        <source>Charts of the repositories</source>
        <translation>各仓库的 Chart</translation>
    </message>
    <message>
        <source>OCI reference or URL of a chart</source>
        <translation>Chart 的 OCI 引用或 URL</translation>
    </message>
    <message>
        <source>Find versions</source>
        <translation>查找版本</translation>
    </message>
    <message>
        <source>Ask the registry which versions it has</source>
        <translation>向镜像仓库查询有哪些版本</translation>
    </message>
    <message>
        <source>An OCI reference without its tag, or the URL of a .tgz. To sign in to a registry: fairwayctl registry login, or helm&apos;s or docker&apos;s.</source>
        <translation>不含标签的 OCI 引用，或 .tgz 的 URL。登录镜像仓库：fairwayctl registry login，或用 helm、docker 登录。</translation>
    </message>
    <message>
        <source>Plain HTTP, without TLS</source>
        <translation>明文 HTTP，不使用 TLS</translation>
    </message>
    <message>
        <source>As a registry for trying out wants it; what is sent can be read on the way</source>
        <translation>供试用的镜像仓库需要；传输内容可能在途中被读取</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>A version, or a range such as ^1.2</source>
        <translation>版本，或如 ^1.2 的范围</translation>
    </message>
    <message>
        <source>Unpack to edit…</source>
        <translation>解包以编辑…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>停止获取</translation>
    </message>
    <message>
        <source>Updating the repositories</source>
        <translation>正在更新仓库</translation>
    </message>
    <message>
        <source>The repositories have more charts than are listed here.</source>
        <translation>仓库中的 Chart 多于此处所列。</translation>
    </message>
    <message>
        <source>Asking the registry</source>
        <translation>正在查询镜像仓库</translation>
    </message>
    <message>
        <source>The registry has no versions of it.</source>
        <translation>镜像仓库中没有它的任何版本。</translation>
    </message>
    <message>
        <source>Unpack the chart below this folder</source>
        <translation>将 Chart 解包到此文件夹下</translation>
    </message>
    <message>
        <source>Fetching %1</source>
        <translation>正在获取 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Reading the indexes</source>
        <translation>正在读取索引</translation>
    </message>
    <message>
        <source>No repositories were added</source>
        <translation>尚未添加仓库</translation>
    </message>
    <message>
        <source>helm repo add NAME URL, or fairwayctl repo add, adds one; an OCI registry needs no adding.</source>
        <translation>用 helm repo add NAME URL 或 fairwayctl repo add 添加；OCI 镜像仓库无需添加。</translation>
    </message>
    <message>
        <source>No charts are known yet</source>
        <translation>尚无已知的 Chart</translation>
    </message>
    <message>
        <source>The indexes of the repositories have not been fetched, or are empty.</source>
        <translation>仓库的索引尚未获取，或为空。</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>无匹配</translation>
    </message>
    <message>
        <source>No chart has these words in its name or description.</source>
        <translation>没有 Chart 的名称或描述含有这些词。</translation>
    </message>
    <message>
        <source>Something is being fetched</source>
        <translation>正在获取中</translation>
    </message>
    <message>
        <source>Give an oci:// reference or a URL</source>
        <translation>请输入 oci:// 引用或 URL</translation>
    </message>
    <message>
        <source>Choose a chart</source>
        <translation>请选择 Chart</translation>
    </message>
    <message>
        <source>Fetch it and open it, packed and read only</source>
        <translation>获取并以只读软件包打开</translation>
    </message>
    <message>
        <source>Fetch it, unpack it below a folder and open that</source>
        <translation>获取后解包到文件夹并打开</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>Deprecated: %1</source>
        <translation>已弃用：%1</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>LiveTable</name>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Language, from the next start</source>
        <translation>语言（下次启动生效）</translation>
    </message>
    <message>
        <source>The desktop&apos;s</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Search or command</source>
        <translation>搜索或输入命令</translation>
    </message>
    <message>
        <source>Choose a context</source>
        <translation>选择上下文</translation>
    </message>
    <message>
        <source>Choose a namespace</source>
        <translation>选择命名空间</translation>
    </message>
    <message>
        <source>Lock or unlock the context</source>
        <translation>锁定或解锁上下文</translation>
    </message>
    <message>
        <source>Show what needs attention</source>
        <translation>显示需要关注的事项</translation>
    </message>
    <message>
        <source>Open or close the journal</source>
        <translation>打开或关闭日志</translation>
    </message>
    <message>
        <source>Undo the last write</source>
        <translation>撤销最近一次写入</translation>
    </message>
    <message>
        <source>Retry the connection</source>
        <translation>重试连接</translation>
    </message>
    <message>
        <source>Read the kubeconfig again</source>
        <translation>重新读取 kubeconfig</translation>
    </message>
    <message>
        <source>Switch between dark and light</source>
        <translation>切换深色与浅色</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>显示快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>not in this version</source>
        <translation>此版本尚未提供</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>切换到 %1</translation>
    </message>
    <message>
        <source>practice cluster</source>
        <translation>练习集群</translation>
    </message>
    <message>
        <source>namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Show all namespaces</source>
        <translation>显示所有命名空间</translation>
    </message>
    <message>
        <source>Show namespace %1</source>
        <translation>显示命名空间 %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo in %1?</source>
        <translation>在 %1 中撤销？</translation>
    </message>
    <message>
        <source>Not undone: the object changed since</source>
        <translation>未撤销：对象此后已更改</translation>
    </message>
    <message>
        <source>Not undone</source>
        <translation>未撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Switch to %1?</source>
        <translation>切换到 %1？</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>This would be lost: %1</source>
        <translation>以下内容将丢失：%1</translation>
    </message>
    <message>
        <source>%1 PRODUCTION</source>
        <translation>%1 生产</translation>
    </message>
    <message>
        <source>Close Fairway?</source>
        <translation>关闭 Fairway？</translation>
    </message>
    <message>
        <source>Undo writes to %1: %2. It takes back: %3. Nothing is written if somebody changed these fields since.</source>
        <translation>撤销会写入 %1：%2。它收回：%3。若此后有人改过这些字段，则不写入任何内容。</translation>
    </message>
</context>
<context>
    <name>MatrixModel</name>
    <message>
        <source>rendering</source>
        <translation>正在渲染</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 个对象</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 个对象</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 个发现</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 个发现</translation>
    </message>
    <message>
        <source>the base fails: %1</source>
        <translation>基准渲染失败：%1</translation>
    </message>
    <message>
        <source>new chart</source>
        <translation>新 Chart</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>1 object differs</source>
        <translation>1 个对象不同</translation>
    </message>
    <message>
        <source>%1 objects differ</source>
        <translation>%1 个对象不同</translation>
    </message>
    <message>
        <source>%1 has no %2</source>
        <translation>%1 没有 %2</translation>
    </message>
    <message>
        <source>%1 in %2: %3 %4</source>
        <translation>%2 中的 %1：%3 %4</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>values.yaml alone</source>
        <translation>仅 values.yaml</translation>
    </message>
    <message>
        <source>not rendered</source>
        <translation>未渲染</translation>
    </message>
    <message>
        <source>with it, it fails: %1</source>
        <translation>换上后失败：%1</translation>
    </message>
    <message>
        <source>doesn&apos;t use it</source>
        <translation>不使用它</translation>
    </message>
</context>
<context>
    <name>MeshDialog</name>
    <message>
        <source>Only broken</source>
        <translation>仅故障</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>hosts, rules, destinations, pods</source>
        <translation>主机、规则、目标、Pod</translation>
    </message>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation>筛选（Ctrl+F）</translation>
    </message>
    <message>
        <source>Filter the mesh</source>
        <translation>筛选网格</translation>
    </message>
    <message>
        <source>Only routes that lead to a place where requests can&apos;t get through</source>
        <translation>仅显示通往请求无法到达之处的路由</translation>
    </message>
    <message>
        <source>Save what is drawn (Ctrl+S)</source>
        <translation>保存当前图（Ctrl+S）</translation>
    </message>
    <message>
        <source>Smaller (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Fit it in (0)</source>
        <translation>适合窗口（0）</translation>
    </message>
    <message>
        <source>Save as SVG</source>
        <translation>另存为 SVG</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>There is nothing to save</source>
        <translation>没有可保存的内容</translation>
    </message>
    <message>
        <source>Widen the filter to see more.</source>
        <translation>放宽筛选以查看更多。</translation>
    </message>
    <message>
        <source>Save the mesh</source>
        <translation>保存网格图</translation>
    </message>
    <message>
        <source>SVG drawings (*.svg)</source>
        <translation>SVG 图 (*.svg)</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>已保存到 %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>Routes: %1. Press a rule to open it; Ctrl and the wheel zoom.</source>
        <translation>路由：%1。点击规则可打开；Ctrl 加滚轮缩放。</translation>
    </message>
    <message>
        <source>Routes: %1; %2 more have no room: filter for what you look for.</source>
        <translation>路由：%1；另有 %2 条放不下：请筛选要找的内容。</translation>
    </message>
</context>
<context>
    <name>MeshView</name>
    <message>
        <source>Mesh</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>NamespacePicker</name>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>What the pages show: one namespace or all</source>
        <translation>页面显示的范围：一个或全部命名空间</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>所有命名空间</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Can&apos;t connect to %1: %2</source>
        <translation>无法连接到 %1：%2</translation>
    </message>
    <message>
        <source>%1. What you see may be out of date: %2</source>
        <translation>%1。您看到的内容可能已过时：%2</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The identity of %1 is not verified: the kubeconfig sets insecure-skip-tls-verify. Anyone on the way can read and change what is sent.</source>
        <translation>未验证 %1 的身份：kubeconfig 设置了 insecure-skip-tls-verify。途中任何人都可以读取和篡改所发送的内容。</translation>
    </message>
</context>
<context>
    <name>ObjectPanel</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open in Routes</source>
        <translation>在路由中打开</translation>
    </message>
    <message>
        <source>Copy the YAML</source>
        <translation>复制 YAML</translation>
    </message>
    <message>
        <source>YAML of the object</source>
        <translation>对象的 YAML</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Choose a row</source>
        <translation>选择一行</translation>
    </message>
    <message>
        <source>Its YAML appears here, without managed fields.</source>
        <translation>其 YAML 会显示在这里，不含 managed fields。</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>Objects</name>
    <message>
        <source>The cluster does not serve %1.</source>
        <translation>集群不提供 %1。</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>未连接。</translation>
    </message>
</context>
<context>
    <name>OfflineDialog</name>
    <message>
        <source>Make the workspace available offline</source>
        <translation>使工作区可离线使用</translation>
    </message>
    <message>
        <source>The dependencies that are missing are fetched into the charts/ folder of each chart, by Chart.lock where there is one. From then on all of it renders with no network.</source>
        <translation>缺少的依赖项会获取到每个 Chart 的 charts/ 文件夹中，有 Chart.lock 时以其为准。此后无需网络即可全部渲染。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Charts with missing dependencies</source>
        <translation>缺少依赖项的 Chart</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>It is being fetched</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>is being fetched</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>Fetching the indexes</source>
        <translation>正在获取索引</translation>
    </message>
    <message>
        <source>All charts have their dependencies: they render with no network now.</source>
        <translation>所有 Chart 的依赖项均已就绪：现在无需网络即可渲染。</translation>
    </message>
    <message>
        <source>Charts that still lack some: %1</source>
        <translation>仍缺少依赖项的 Chart：%1 个</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>has all it depends on</source>
        <translation>依赖项已齐全</translation>
    </message>
</context>
<context>
    <name>OriginStrip</name>
    <message>
        <source>wins</source>
        <translation>生效</translation>
    </message>
    <message>
        <source>Where the line comes from</source>
        <translation>这一行的来源</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>parent chart</source>
        <translation>父 chart</translation>
    </message>
    <message>
        <source>Click a rendered line: its template, the values in it and the layer that won appear here. A click on a template or a value shows the lines it makes.</source>
        <translation>点击渲染出的一行：这里会显示它的模板、其中的值以及生效的层。点击模板或值则显示它生成的行。</translation>
    </message>
    <message>
        <source>Output line %1</source>
        <translation>输出第 %1 行</translation>
    </message>
    <message>
        <source>included at %1</source>
        <translation>在 %1 处被引用</translation>
    </message>
    <message>
        <source>%1 (decides whether it is there)</source>
        <translation>%1（决定它是否出现）</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> 及另外 %1 个</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Values key</source>
        <translation>值的键</translation>
    </message>
    <message>
        <source>random: another run gives another</source>
        <translation>随机：每次运行都不同</translation>
    </message>
    <message>
        <source>no value: written in the template</source>
        <translation>没有值：直接写在模板中</translation>
    </message>
    <message>
        <source>Drop --set</source>
        <translation>停用 --set</translation>
    </message>
    <message>
        <source>Switch this flag off</source>
        <translation>关闭此参数</translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>Rendered</source>
        <translation>渲染结果</translation>
    </message>
    <message>
        <source>By file</source>
        <translation>按文件</translation>
    </message>
    <message>
        <source>Apply order</source>
        <translation>应用顺序</translation>
    </message>
    <message>
        <source>Rendered manifests</source>
        <translation>渲染出的清单</translation>
    </message>
    <message>
        <source>Documents as the templates&apos; files stand in the tree</source>
        <translation>文档按模板文件在树中的顺序排列</translation>
    </message>
    <message>
        <source>CRDs, hooks before by weight, objects by kind, hooks after: as an install goes</source>
        <translation>CRD、按权重排列的前置钩子、按类型排列的对象、后置钩子：与安装的顺序相同</translation>
    </message>
    <message>
        <source>Filter by kind or name</source>
        <translation>按类型或名称筛选</translation>
    </message>
    <message>
        <source>Filter of the documents</source>
        <translation>文档筛选</translation>
    </message>
    <message>
        <source>Fold all documents</source>
        <translation>折叠所有文档</translation>
    </message>
    <message>
        <source>Unfold all documents</source>
        <translation>展开所有文档</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>CRD</source>
        <translation>CRD</translation>
    </message>
    <message>
        <source>%1, weight %2</source>
        <translation>%1，权重 %2</translation>
    </message>
    <message>
        <source>no object</source>
        <translation>没有对象</translation>
    </message>
    <message>
        <source>the last that could be rendered</source>
        <translation>最近一次成功的渲染</translation>
    </message>
    <message>
        <source>no YAML, shown as it came out</source>
        <translation>不是 YAML，按原样显示</translation>
    </message>
    <message>
        <source>1 object, %1</source>
        <translation>1 个对象，%1</translation>
    </message>
    <message>
        <source>%1 objects, %2</source>
        <translation>%1 个对象，%2</translation>
    </message>
    <message>
        <source>Nothing comes out</source>
        <translation>没有输出</translation>
    </message>
    <message>
        <source>With these values every template is empty.</source>
        <translation>使用这些值时，所有模板都为空。</translation>
    </message>
    <message>
        <source>Nothing could be rendered yet</source>
        <translation>还没有成功的渲染</translation>
    </message>
    <message>
        <source>The error above says where it stops.</source>
        <translation>上方的错误说明了它在哪里停止。</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Routes in flight</source>
        <translation>切流中的路由</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>%1 of %2 failing</source>
        <translation>%2 条中 %1 条失败</translation>
    </message>
    <message>
        <source>%1 of %2 with warnings</source>
        <translation>%2 条中 %1 条有警告</translation>
    </message>
    <message>
        <source>%1 of %2 split</source>
        <translation>%2 条中 %1 条分流</translation>
    </message>
    <message>
        <source>Open Routes</source>
        <translation>打开路由</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>%1 of %2 ready</source>
        <translation>%1 / %2 就绪</translation>
    </message>
    <message>
        <source>Open Explorer</source>
        <translation>打开资源浏览</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Open the journal</source>
        <translation>打开日志</translation>
    </message>
    <message>
        <source>every outcome is known</source>
        <translation>所有结果均已知</translation>
    </message>
    <message>
        <source>%1 of %2 send all traffic to ready endpoints</source>
        <translation>%2 条中 %1 条的流量全部到达就绪端点</translation>
    </message>
    <message>
        <source>Not ready: %1</source>
        <translation>未就绪：%1</translation>
    </message>
    <message>
        <source>%1 with unknown outcome</source>
        <translation>%1 次写入结果未知</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>%1 written in part</source>
        <translation>%1 个只写入了一部分</translation>
    </message>
    <message>
        <source>%1 of %2 routes split</source>
        <translation>%2 条路由中 %1 条有分流</translation>
    </message>
    <message>
        <source>%1 of %2 healthy</source>
        <translation>%2 条中 %1 条正常</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 个 Pod</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Package %1</source>
        <translation>打包 %1</translation>
    </message>
    <message>
        <source>Makes a .tgz of the chart&apos;s folder, as helm does: the same files give the same bytes.</source>
        <translation>像 helm 一样将 Chart 文件夹打包为 .tgz：相同的文件得到相同的字节。</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Packaging</source>
        <translation>正在打包</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>%1, as Chart.yaml says</source>
        <translation>%1（依 Chart.yaml）</translation>
    </message>
    <message>
        <source>App version</source>
        <translation>应用版本</translation>
    </message>
    <message>
        <source>none, as Chart.yaml says</source>
        <translation>无（依 Chart.yaml）</translation>
    </message>
    <message>
        <source>Folder of the package</source>
        <translation>软件包所在文件夹</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>存入文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Sign it (a .prov file beside it)</source>
        <translation>签名（在旁边生成 .prov 文件）</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>name or address of the key, or a part of it</source>
        <translation>密钥的名称或地址，或其中一部分</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>a file with private keys</source>
        <translation>含有私钥的文件</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>empty when the key has none</source>
        <translation>密钥没有口令则留空</translation>
    </message>
    <message>
        <source>What gpg --export-secret-keys writes; newer keyboxes can&apos;t be read by helm either</source>
        <translation>gpg --export-secret-keys 写出的文件；较新的 keybox 连 helm 也无法读取</translation>
    </message>
    <message>
        <source>What is not saved is not in the package.</source>
        <translation>未保存的内容不会进入软件包。</translation>
    </message>
    <message>
        <source>Save all</source>
        <translation>全部保存</translation>
    </message>
    <message>
        <source>Save the edited texts to the disk</source>
        <translation>将已编辑的文本保存到磁盘</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>To paste it elsewhere</source>
        <translation>以便粘贴到别处</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>In the desktop&apos;s file manager</source>
        <translation>在桌面文件管理器中</translation>
    </message>
    <message>
        <source>Say into which folder</source>
        <translation>请指定文件夹</translation>
    </message>
    <message>
        <source>Say which key signs</source>
        <translation>请指定签名密钥</translation>
    </message>
    <message>
        <source>Say which keyring has the key</source>
        <translation>请指定密钥所在的密钥环</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 已存在。</translation>
    </message>
    <message>
        <source>The package is made.</source>
        <translation>软件包已生成。</translation>
    </message>
    <message>
        <source>The package is made and signed.</source>
        <translation>软件包已生成并签名。</translation>
    </message>
    <message>
        <source>Registry to push to</source>
        <translation>推送到的镜像仓库</translation>
    </message>
    <message>
        <source>Plain HTTP, without TLS</source>
        <translation>明文 HTTP，不使用 TLS</translation>
    </message>
    <message>
        <source>As a registry for trying out wants it; what is sent can be read on the way</source>
        <translation>供试用的镜像仓库需要；传输内容在途中可被读取</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Push it to an OCI registry, its signature too, with the credentials that helm and docker share:</source>
        <translation>使用 helm 与 docker 共用的凭据，将其连同签名推送到 OCI 镜像仓库：</translation>
    </message>
    <message>
        <source>Pushing to %1</source>
        <translation>正在推送到 %1</translation>
    </message>
    <message>
        <source>The registry has it as %1, %2</source>
        <translation>镜像仓库已存为 %1，%2</translation>
    </message>
    <message>
        <source>It is being pushed</source>
        <translation>正在推送</translation>
    </message>
    <message>
        <source>Upload the package</source>
        <translation>上传软件包</translation>
    </message>
    <message>
        <source>Give an oci:// reference</source>
        <translation>请输入 oci:// 引用</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
</context>
<context>
    <name>ProblemsModel</name>
    <message>
        <source>schema</source>
        <translation>schema</translation>
    </message>
    <message>
        <source>lint</source>
        <translation>lint</translation>
    </message>
    <message>
        <source>extra lint</source>
        <translation>附加 lint</translation>
    </message>
    <message>
        <source>values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>chart</source>
        <translation>chart</translation>
    </message>
    <message>
        <source>render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 个错误</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 个错误</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 个警告</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 个警告</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>1 note</source>
        <translation>1 个提示</translation>
    </message>
    <message>
        <source>%1 notes</source>
        <translation>%1 个提示</translation>
    </message>
</context>
<context>
    <name>QuickXray</name>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Which rule does this request hit?</source>
        <translation>这个请求会命中哪条规则？</translation>
    </message>
    <message>
        <source>Request to look up</source>
        <translation>要查询的请求</translation>
    </message>
    <message>
        <source>A request line with headers, a URL, a curl command or a line of an access log; Return looks it up</source>
        <translation>带请求头的请求行、URL、curl 命令或一行访问日志；按回车查询</translation>
    </message>
    <message>
        <source>Show the rule</source>
        <translation>显示该规则</translation>
    </message>
    <message>
        <source>The whole decision: every rule that was tried, and why (X)</source>
        <translation>完整的判定过程：试过的每条规则及原因（X）</translation>
    </message>
    <message>
        <source>Open the X-ray of this request</source>
        <translation>打开此请求的透视</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>%1, rule %2</source>
        <translation>%1，规则 %2</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>TRAFFIC</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>NETWORK</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>PACKAGES</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>CLUSTER</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>%1: not in this version</source>
        <translation>%1：此版本尚未提供</translation>
    </message>
    <message>
        <source>%1: not in this version. %2</source>
        <translation>%1：此版本尚未提供。%2</translation>
    </message>
    <message>
        <source>Its objects can be read in Explorer.</source>
        <translation>其对象可在资源浏览中查看。</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Rollouts</source>
        <translation>渐进发布</translation>
    </message>
    <message>
        <source>Weights can be moved by hand in Routes.</source>
        <translation>可在路由中手动调整权重。</translation>
    </message>
    <message>
        <source>Connection pools</source>
        <translation>连接池</translation>
    </message>
    <message>
        <source>A rehearsal in Routes shows the built-in proxy&apos;s figures.</source>
        <translation>路由中的演练会显示内置代理的数据。</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Autoscaling</source>
        <translation>自动扩缩</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Explorer</source>
        <translation>资源浏览</translation>
    </message>
</context>
<context>
    <name>RehearsalDials</name>
    <message>
        <source>Use reachable pods</source>
        <translation>使用可达的 Pod</translation>
    </message>
    <message>
        <source> req/s</source>
        <translation> req/s</translation>
    </message>
    <message>
        <source>Load of the rehearsal</source>
        <translation>演练的负载</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Duration of the rehearsal</source>
        <translation>演练的时长</translation>
    </message>
    <message>
        <source>Where a pod answers from this computer, it plays itself. Otherwise a labelled stand-in plays it.</source>
        <translation>能从本机访问的 Pod 由其自身应答，否则由带标注的替身代替。</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>For</source>
        <translation>时长</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Latency of the stand-in for %1</source>
        <translation>%1 替身的延迟</translation>
    </message>
    <message>
        <source> % errors</source>
        <translation> % 错误</translation>
    </message>
    <message>
        <source>Errors of the stand-in for %1</source>
        <translation>%1 替身的错误率</translation>
    </message>
    <message>
        <source>Stand-ins play the rest:</source>
        <translation>其余由替身代替：</translation>
    </message>
</context>
<context>
    <name>RehearsalPanel</name>
    <message>
        <source>Rehearsal</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Dials</source>
        <translation>旋钮</translation>
    </message>
    <message>
        <source>Load, duration and what the stand-ins do</source>
        <translation>负载、时长以及替身的行为</translation>
    </message>
    <message>
        <source>Rehearsal dials</source>
        <translation>演练旋钮</translation>
    </message>
    <message>
        <source>only this workstation&apos;s traffic is split</source>
        <translation>仅对本机流量分流</translation>
    </message>
    <message>
        <source>Show the next destination&apos;s share</source>
        <translation>显示下一个目标的占比</translation>
    </message>
    <message>
        <source>since start</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>last 3 s</source>
        <translation>近 3 秒</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>p95 dashed</source>
        <translation>虚线为 p95</translation>
    </message>
    <message>
        <source>local traffic only</source>
        <translation>仅本机流量</translation>
    </message>
    <message>
        <source>Only this workstation&apos;s traffic is split; the cluster is not changed.</source>
        <translation>仅对本机流量分流，集群不会改变。</translation>
    </message>
    <message>
        <source>Send load to pods</source>
        <translation>向 Pod 发送负载</translation>
    </message>
    <message>
        <source>%1 of load go to real pods of %2.</source>
        <translation>%1 的负载将发往 %2 的真实 Pod。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the rehearsal (R)</source>
        <translation>停止演练（R）</translation>
    </message>
    <message>
        <source>Send test requests through the built-in proxy with the draft&apos;s weights (R)</source>
        <translation>按草稿权重通过内置代理发送测试请求（R）</translation>
    </message>
    <message>
        <source>The rule has no destination</source>
        <translation>此规则没有目标</translation>
    </message>
    <message>
        <source>running %1 s of %2 s</source>
        <translation>已运行 %1 秒，共 %2 秒</translation>
    </message>
    <message>
        <source>running for another rule</source>
        <translation>正在为另一条规则运行</translation>
    </message>
    <message>
        <source>ran %1 s</source>
        <translation>运行了 %1 秒</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Share of %1</source>
        <translation>%1 占比</translation>
    </message>
    <message>
        <source>draft %1</source>
        <translation>草稿 %1</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
    <message>
        <source>The rehearsal could not run.</source>
        <translation>演练无法运行。</translation>
    </message>
    <message>
        <source>Matches: %1 got %2 of %3 requests, the draft asks for %4.</source>
        <translation>一致：%1 收到 %3 个请求中的 %2，草稿要求 %4。</translation>
    </message>
    <message>
        <source>Differs: %1 got %2 of %3 requests, the draft asks for %4.</source>
        <translation>不一致：%1 收到 %3 个请求中的 %2，草稿要求 %4。</translation>
    </message>
    <message>
        <source>Not enough requests for a verdict. Run it longer or with more load.</source>
        <translation>请求数不足以得出结论。请延长时间或增加负载。</translation>
    </message>
    <message>
        <source>Not enough requests for a verdict yet.</source>
        <translation>请求数尚不足以得出结论。</translation>
    </message>
    <message>
        <source>Starting the proxy and the stand-ins…</source>
        <translation>正在启动代理和替身…</translation>
    </message>
    <message>
        <source>Rehearse sends test requests through the built-in proxy with the draft&apos;s weights. The cluster is not changed.</source>
        <translation>演练按草稿权重通过内置代理发送测试请求。集群不会改变。</translation>
    </message>
    <message>
        <source>%1 +%2 ms, %3 % errors</source>
        <translation>%1 +%2 ms、%3 % 错误</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求数</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Stand-ins</source>
        <translation>替身</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Not modelled</source>
        <translation>未模拟</translation>
    </message>
    <message>
        <source>plays rule %1 of %2</source>
        <translation>演练第 %1 条规则，共 %2 条</translation>
    </message>
    <message>
        <source>Every request is one that matches “%1”. The other rules of the route are not played.</source>
        <translation>每个请求都匹配“%1”。不演练该路由的其他规则。</translation>
    </message>
    <message>
        <source>Every rule</source>
        <translation>全部规则</translation>
    </message>
    <message>
        <source>Play every rule of the route, each with a request made up for it, instead of the chosen one</source>
        <translation>演练该路由的每条规则（各用一个为其构造的请求），而不只是所选规则</translation>
    </message>
    <message>
        <source>Play every rule of the route</source>
        <translation>演练该路由的每条规则</translation>
    </message>
    <message>
        <source>rule %1 of %2</source>
        <translation>第 %1 条规则，共 %2 条</translation>
    </message>
    <message>
        <source>Rehearse plays every rule of the route through the built-in proxy, each with a request made up for it. The cluster is not changed.</source>
        <translation>“演练”会用内置代理执行该路由的每条规则，各用一个为其构造的请求。集群不会被更改。</translation>
    </message>
    <message>
        <source>Not executed</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>The mesh would do this with these requests; the rehearsal does not. What was measured is true without it.</source>
        <translation>网格会对这些请求这样做，而演练不会。测得的结果不含这些。</translation>
    </message>
    <message>
        <source>What the rehearsal leaves out</source>
        <translation>演练未包含的内容</translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation>显示全部 %1 条</translation>
    </message>
    <message>
        <source>Show all %1 that are left out</source>
        <translation>显示未包含的全部 %1 项</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>The rules changed since they were rehearsed: what was measured is of others. Rehearse again.</source>
        <translation>演练之后规则已改变：测得的结果属于别的规则。请重新演练。</translation>
    </message>
</context>
<context>
    <name>RehearsalPlot</name>
    <message>
        <source>Plot of the measured share</source>
        <translation>实测占比图</translation>
    </message>
    <message>
        <source>Plot of latency</source>
        <translation>延迟图</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Nothing measured yet.</source>
        <translation>尚无测量数据。</translation>
    </message>
    <message>
        <source>%1 after %2 s: %3 since the start, between %4 and %5, last 3 s %6, draft %7; %8 points drawn.</source>
        <translation>%1 运行 %2 秒后：累计 %3，介于 %4 与 %5 之间，近 3 秒 %6，草稿 %7；已绘制 %8 个点。</translation>
    </message>
    <message>
        <source>%1 p50 %2, p95 %3</source>
        <translation>%1 p50 %2，p95 %3</translation>
    </message>
</context>
<context>
    <name>RehearsalRules</name>
    <message>
        <source>, %1 errors</source>
        <translation>，%1 个错误</translation>
    </message>
    <message>
        <source>%1: %2 requests%3</source>
        <translation>%1：%2 个请求%3</translation>
    </message>
    <message>
        <source>%1: %2 (95 % interval %3 to %4), %5 by weight, %6 requests%7</source>
        <translation>%1：%2（95 % 区间 %3 至 %4），按权重应为 %5，%6 个请求%7</translation>
    </message>
    <message>
        <source>Never runs: %1 takes its requests.</source>
        <translation>永不执行：其请求被%1拿走。</translation>
    </message>
    <message>
        <source>Not played: no request could be made up for its expression.</source>
        <translation>未演练：无法为其表达式构造请求。</translation>
    </message>
    <message>
        <source>Not played: no proxy whose objects are known loads it.</source>
        <translation>未演练：已知对象的代理都不加载它。</translation>
    </message>
    <message>
        <source>%1 requests, %2 answered by the proxy itself</source>
        <translation>%1 个请求，其中 %2 个由代理自身应答</translation>
    </message>
    <message>
        <source>The split matches the weights.</source>
        <translation>分流与权重一致。</translation>
    </message>
    <message>
        <source>The split does not match the weights.</source>
        <translation>分流与权重不一致。</translation>
    </message>
    <message>
        <source>Too few requests to judge the split.</source>
        <translation>请求太少，无法判断分流。</translation>
    </message>
    <message>
        <source>Rules of the rehearsal</source>
        <translation>演练的规则</translation>
    </message>
    <message>
        <source>and %1 more rules</source>
        <translation>另有 %1 条规则</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>已执行</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Show the rule</source>
        <translation>显示该规则</translation>
    </message>
    <message>
        <source>%1 of %2 rules ran</source>
        <translation>%2 条规则中执行了 %1 条</translation>
    </message>
    <message>
        <source>%1 split otherwise than weighted</source>
        <translation>%1 条分流与权重不符</translation>
    </message>
    <message>
        <source>%1 never run</source>
        <translation>%1 条永不执行</translation>
    </message>
    <message>
        <source>%1 not played</source>
        <translation>%1 条未演练</translation>
    </message>
    <message>
        <source>Not played: it carries connections, not requests.</source>
        <translation>未播放：它承载的是连接，而不是请求。</translation>
    </message>
</context>
<context>
    <name>Rehearsals</name>
    <message>
        <source>The rule is gone.</source>
        <translation>规则已不存在。</translation>
    </message>
    <message>
        <source>The route is gone.</source>
        <translation>路由已不存在。</translation>
    </message>
    <message>
        <source>Rehearsing %1/%2</source>
        <translation>正在演练 %1/%2</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>替身</translation>
    </message>
    <message>
        <source>%1 / %2 s</source>
        <translation>%1 / %2 秒</translation>
    </message>
    <message>
        <source>Not enough requests yet to tell.</source>
        <translation>请求数尚不足以判断。</translation>
    </message>
    <message>
        <source>The measured split matches the weights.</source>
        <translation>实测分流与权重一致。</translation>
    </message>
    <message>
        <source>The measured split does not match the weights.</source>
        <translation>实测分流与权重不一致。</translation>
    </message>
    <message>
        <source>1 pod</source>
        <translation>1 个 Pod</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 个 Pod</translation>
    </message>
    <message>
        <source>%1 (could not be listed)</source>
        <translation>%1（无法列出）</translation>
    </message>
    <message>
        <source>Not connected: the routes of the cluster are not known yet.</source>
        <translation>未连接：尚不知道集群的路由。</translation>
    </message>
    <message>
        <source>%1 of %2 rules</source>
        <translation>%1 / %2 条规则</translation>
    </message>
</context>
<context>
    <name>RenderSettings</name>
    <message>
        <source>Rendered for</source>
        <translation>渲染设置</translation>
    </message>
    <message>
        <source>What templates see in .Release and .Capabilities. The output follows at once.</source>
        <translation>模板在 .Release 和 .Capabilities 中看到的内容。输出会立即更新。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>As an upgrade (.Release.IsUpgrade)</source>
        <translation>作为升级 (.Release.IsUpgrade)</translation>
    </message>
    <message>
        <source>Pin what is random, so that only your edits show</source>
        <translation>固定随机内容，只显示您的修改</translation>
    </message>
    <message>
        <source>Helm&apos;s default</source>
        <translation>Helm 的默认值</translation>
    </message>
    <message>
        <source>none: lookup finds nothing</source>
        <translation>无：lookup 找不到任何对象</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>发布名称</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Helm version</source>
        <translation>Helm 版本</translation>
    </message>
    <message>
        <source>Cluster profile</source>
        <translation>集群配置</translation>
    </message>
    <message>
        <source>Kubernetes version</source>
        <translation>Kubernetes 版本</translation>
    </message>
    <message>
        <source>Further API versions</source>
        <translation>其他 API 版本</translation>
    </message>
    <message>
        <source>Objects for lookup</source>
        <translation>供 lookup 使用的对象</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep this version and these APIs under the name at the left</source>
        <translation>以左侧的名称保存此版本和这些 API</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>A YAML file with objects that `lookup` finds</source>
        <translation>包含 `lookup` 可找到的对象的 YAML 文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>YAML (*.yaml *.yml);;All files (*)</source>
        <translation>YAML (*.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Give the profile a name first</source>
        <translation>请先为配置命名</translation>
    </message>
    <message>
        <source>Forget the profile of this name</source>
        <translation>删除此名称的配置</translation>
    </message>
    <message>
        <source>No profile of this name is saved</source>
        <translation>没有保存此名称的配置</translation>
    </message>
    <message>
        <source>a name to save it under, or a saved one</source>
        <translation>要保存的名称，或已保存的配置</translation>
    </message>
</context>
<context>
    <name>RouteEditing</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit this route</source>
        <translation>编辑此路由</translation>
    </message>
    <message>
        <source>There is no rule to edit</source>
        <translation>没有可编辑的规则</translation>
    </message>
    <message>
        <source>Rule %1…</source>
        <translation>规则 %1…</translation>
    </message>
    <message>
        <source>Canary for some senders…</source>
        <translation>面向部分发送方的金丝雀…</translation>
    </message>
    <message>
        <source>Traffic policy of %1…</source>
        <translation>%1 的流量策略…</translation>
    </message>
    <message>
        <source>Traffic policy of subset %1…</source>
        <translation>子集 %1 的流量策略…</translation>
    </message>
    <message>
        <source>Edit rule %1</source>
        <translation>编辑规则 %1</translation>
    </message>
    <message>
        <source>Canary for some senders, before rule %1</source>
        <translation>面向部分发送方的金丝雀，位于规则 %1 之前</translation>
    </message>
    <message>
        <source>Traffic policy of %1</source>
        <translation>%1 的流量策略</translation>
    </message>
    <message>
        <source>Traffic policy of subset %1</source>
        <translation>子集 %1 的流量策略</translation>
    </message>
    <message>
        <source>Mend: %1</source>
        <translation>修正：%1</translation>
    </message>
    <message>
        <source>Time limits, retries, faults, mirror, canary by sender, traffic policy; other contexts (E)</source>
        <translation>时限、重试、故障、镜像、按发送方金丝雀、流量策略；其他上下文（E）</translation>
    </message>
    <message>
        <source>New traffic policy for %1…</source>
        <translation>%1 的新流量策略…</translation>
    </message>
    <message>
        <source>Keep gateways at HTTP/1.1…</source>
        <translation>让网关保持 HTTP/1.1…</translation>
    </message>
    <message>
        <source>Compare with another context…</source>
        <translation>与另一个上下文比较…</translation>
    </message>
    <message>
        <source>New traffic policy for %1</source>
        <translation>%1 的新流量策略</translation>
    </message>
</context>
<context>
    <name>RouteGraph</name>
    <message>
        <source>Route graph</source>
        <translation>路由图</translation>
    </message>
    <message>
        <source>Host and gateways</source>
        <translation>主机与网关</translation>
    </message>
    <message>
        <source>Rules in match order</source>
        <translation>规则（按匹配顺序）</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>any host</source>
        <translation>任意主机</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
    <message>
        <source>mesh</source>
        <translation>mesh</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>1 more rule</source>
        <translation>另有 1 条规则</translation>
    </message>
    <message>
        <source>%1 more rules</source>
        <translation>另有 %1 条规则</translation>
    </message>
    <message>
        <source>no destination</source>
        <translation>没有目标</translation>
    </message>
    <message>
        <source>draft %1</source>
        <translation>草稿 %1</translation>
    </message>
    <message>
        <source>sidecars only</source>
        <translation>仅边车</translation>
    </message>
    <message>
        <source>%1, sidecars only</source>
        <translation>%1，仅边车</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>no pods</source>
        <translation>没有 Pod</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 就绪</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>only rendered</source>
        <translation>仅渲染</translation>
    </message>
</context>
<context>
    <name>RouteHeader</name>
    <message>
        <source>%1 · gen %2</source>
        <translation>%1 · gen %2</translation>
    </message>
    <message>
        <source>1 draft on another route</source>
        <translation>另一条路由上有 1 处草稿</translation>
    </message>
    <message>
        <source>%1 drafts on other routes</source>
        <translation>其他路由上有 %1 处草稿</translation>
    </message>
    <message>
        <source>owned by %1</source>
        <translation>归 %1 管理</translation>
    </message>
    <message>
        <source>1 draft, not applied</source>
        <translation>1 处草稿，未应用</translation>
    </message>
    <message>
        <source>%1 drafts, not applied</source>
        <translation>%1 处草稿，未应用</translation>
    </message>
</context>
<context>
    <name>RouteLine</name>
    <message>
        <source>Route %1 in %2, %3</source>
        <translation>路由 %1，命名空间 %2，%3</translation>
    </message>
    <message>
        <source>Open %1 %2/%3</source>
        <translation>打开 %1 %2/%3</translation>
    </message>
    <message>
        <source>Route %1 in %2, %3: %4</source>
        <translation>路由 %1（%2），%3：%4</translation>
    </message>
</context>
<context>
    <name>RouteListModel</name>
    <message>
        <source>%1, %2 in %3, split %4</source>
        <translation>%1，%3 中的 %2，分流 %4</translation>
    </message>
    <message>
        <source>, 1 problem</source>
        <translation>，1 个问题</translation>
    </message>
    <message>
        <source>, %1 problems</source>
        <translation>，%1 个问题</translation>
    </message>
</context>
<context>
    <name>RouteListPanel</name>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Filter by name, host or namespace (Ctrl+F)</source>
        <translation>按名称、主机或命名空间筛选（Ctrl+F）</translation>
    </message>
    <message>
        <source>Filter routes</source>
        <translation>筛选路由</translation>
    </message>
    <message>
        <source>Name, host or namespace</source>
        <translation>名称、主机或命名空间</translation>
    </message>
    <message>
        <source>Text filter of routes</source>
        <translation>路由文本筛选</translation>
    </message>
    <message>
        <source>Routes by host</source>
        <translation>按主机分组的路由</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>切流中</translation>
    </message>
    <message>
        <source>Only routes with a split in flight</source>
        <translation>仅切流中的路由</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Only routes with a problem</source>
        <translation>仅有问题的路由</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Only routes I wrote last</source>
        <translation>仅我最后写入的路由</translation>
    </message>
    <message>
        <source>No routes to show</source>
        <translation>没有可显示的路由</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading routes</source>
        <translation>正在读取路由</translation>
    </message>
    <message>
        <source>The first list is on its way.</source>
        <translation>首个列表正在传来。</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>No route passes the filter.</source>
        <translation>没有路由符合筛选条件。</translation>
    </message>
    <message>
        <source>Show all routes</source>
        <translation>显示所有路由</translation>
    </message>
    <message>
        <source>No routes in %1</source>
        <translation>%1 中没有路由</translation>
    </message>
    <message>
        <source>Another namespace may have some.</source>
        <translation>其他命名空间可能有路由。</translation>
    </message>
    <message>
        <source>Show all namespaces</source>
        <translation>显示所有命名空间</translation>
    </message>
    <message>
        <source>No routes yet</source>
        <translation>还没有路由</translation>
    </message>
    <message>
        <source>Open Explorer</source>
        <translation>打开资源浏览</translation>
    </message>
    <message>
        <source>No cluster</source>
        <translation>没有集群</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>No routes</source>
        <translation>没有路由</translation>
    </message>
    <message>
        <source>Fairway shows VirtualServices, routes of the Gateway API and canary Ingresses.</source>
        <translation>Fairway 显示 VirtualService、Gateway API 路由和金丝雀 Ingress。</translation>
    </message>
</context>
<context>
    <name>RoutePreview</name>
    <message>
        <source>%1 renders no routes with these values.</source>
        <translation>%1 以这些值未渲染出任何路由。</translation>
    </message>
</context>
<context>
    <name>Routes</name>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 已不存在。</translation>
    </message>
</context>
<context>
    <name>RoutesPage::Private</name>
    <message>
        <source>Rehearse or stop</source>
        <translation>演练或停止</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Apply the draft</source>
        <translation>应用草稿</translation>
    </message>
    <message>
        <source>Export patch</source>
        <translation>导出补丁</translation>
    </message>
    <message>
        <source>Unlock the context</source>
        <translation>解锁上下文</translation>
    </message>
    <message>
        <source>Undo the last draft edit</source>
        <translation>撤销上一次草稿编辑</translation>
    </message>
    <message>
        <source>Redo the draft edit</source>
        <translation>重做草稿编辑</translation>
    </message>
    <message>
        <source>Reset the draft to live</source>
        <translation>将草稿恢复为线上值</translation>
    </message>
    <message>
        <source>Normalise the weights to 100</source>
        <translation>将权重归一化为 100</translation>
    </message>
    <message>
        <source>Draft: everything to stable</source>
        <translation>草稿：全部流向稳定版</translation>
    </message>
    <message>
        <source>Go to the split bar</source>
        <translation>转到分流条</translation>
    </message>
    <message>
        <source>Go to the route graph</source>
        <translation>转到路由图</translation>
    </message>
    <message>
        <source>Go to the list of routes</source>
        <translation>转到路由列表</translation>
    </message>
    <message>
        <source>Filter routes</source>
        <translation>筛选路由</translation>
    </message>
    <message>
        <source>Previous rule</source>
        <translation>上一条规则</translation>
    </message>
    <message>
        <source>Next rule</source>
        <translation>下一条规则</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Show the diff</source>
        <translation>显示差异</translation>
    </message>
    <message>
        <source>Show YAML</source>
        <translation>显示 YAML</translation>
    </message>
    <message>
        <source>Show history</source>
        <translation>显示历史</translation>
    </message>
    <message>
        <source>%1 no longer exists</source>
        <translation>%1 已不存在</translation>
    </message>
    <message>
        <source>It was deleted in the cluster while you edited it. Your draft %1 is kept and can be exported.</source>
        <translation>它在您编辑时已从集群中删除。您的草稿 %1 仍保留，可以导出。</translation>
    </message>
    <message>
        <source>It was deleted in the cluster. Choose another route at the left.</source>
        <translation>它已在集群中被删除。请在左侧选择其他路由。</translation>
    </message>
    <message>
        <source>Export my draft</source>
        <translation>导出我的草稿</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>X-ray</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Which rule does a request hit? (X)</source>
        <translation>请求会命中哪条规则？(X)</translation>
    </message>
    <message>
        <source>X-ray a request</source>
        <translation>透视一个请求</translation>
    </message>
    <message>
        <source>Follow a request (X-ray)</source>
        <translation>跟踪一个请求（透视）</translation>
    </message>
    <message>
        <source>Copy the X-ray as text</source>
        <translation>将透视结果复制为文本</translation>
    </message>
    <message>
        <source>From rendered routes back to the cluster&apos;s</source>
        <translation>从渲染的路由返回集群的路由</translation>
    </message>
    <message>
        <source>Routes of %1 as it renders now, against its own objects. They can be rehearsed; nothing can be applied.</source>
        <translation>%1 当前渲染出的路由，以其自身的对象为准。可以预演，但无法应用。</translation>
    </message>
    <message>
        <source>Back to the cluster</source>
        <translation>返回集群</translation>
    </message>
    <message>
        <source>Requests are followed through a cluster&apos;s objects; these routes are only rendered</source>
        <translation>请求沿集群中的对象追踪；这些路由仅为渲染结果</translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>All routes as one picture (M)</source>
        <translation>所有路由一图呈现（M）</translation>
    </message>
    <message>
        <source>The mesh as one picture</source>
        <translation>网格一图呈现</translation>
    </message>
    <message>
        <source>Edit the rule</source>
        <translation>编辑规则</translation>
    </message>
    <message>
        <source>Canary for some senders</source>
        <translation>面向部分发送方的金丝雀</translation>
    </message>
    <message>
        <source>Keep gateways at HTTP/1.1</source>
        <translation>让网关保持 HTTP/1.1</translation>
    </message>
    <message>
        <source>Compare the route with another context</source>
        <translation>将路由与另一个上下文比较</translation>
    </message>
    <message>
        <source>“%1”, which was shown here, is not there any more as it was. This is another rule.</source>
        <translation>此处原先显示的“%1”已不是原来的样子。现在显示的是另一条规则。</translation>
    </message>
</context>
<context>
    <name>SearchButton</name>
    <message>
        <source>Search or command</source>
        <translation>搜索或输入命令</translation>
    </message>
    <message>
        <source>Find objects, pages and commands (Ctrl+K)</source>
        <translation>查找对象、页面和命令（Ctrl+K）</translation>
    </message>
</context>
<context>
    <name>SplitBar</name>
    <message>
        <source>Divider between %1 and %2</source>
        <translation>%1 与 %2 之间的分隔条</translation>
    </message>
    <message>
        <source>Drag, or arrow keys; Shift moves by 10</source>
        <translation>拖动或使用方向键；按住 Shift 每次移动 10</translation>
    </message>
    <message>
        <source>%1 %2, %3 %4</source>
        <translation>%1 %2，%3 %4</translation>
    </message>
    <message>
        <source>%1: live %2, draft %3</source>
        <translation>%1：线上 %2，草稿 %3</translation>
    </message>
    <message>
        <source>Split bar</source>
        <translation>分流条</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
</context>
<context>
    <name>SplitModel</name>
    <message>
        <source>There is no divider here.</source>
        <translation>此处没有分隔条。</translation>
    </message>
    <message>
        <source>A row beside this divider is kept. Release it first.</source>
        <translation>此分隔条旁有一行已固定。请先解除固定。</translation>
    </message>
    <message>
        <source>The right side is already at 0.</source>
        <translation>右侧已为 0。</translation>
    </message>
    <message>
        <source>The left side is already at 0.</source>
        <translation>左侧已为 0。</translation>
    </message>
    <message>
        <source>There is no such row.</source>
        <translation>没有这一行。</translation>
    </message>
    <message>
        <source>A weight can&apos;t be below 0.</source>
        <translation>权重不能小于 0。</translation>
    </message>
    <message>
        <source>This row is kept. Release it first.</source>
        <translation>此行已固定。请先解除固定。</translation>
    </message>
    <message>
        <source>Every other row is kept, so this one must stay at %1. Release a row first.</source>
        <translation>其他各行均已固定，此行只能保持 %1。请先解除某一行。</translation>
    </message>
    <message>
        <source>At most %1: the total is %2 and kept rows hold %3.</source>
        <translation>最多 %1：总和为 %2，已固定的行占 %3。</translation>
    </message>
    <message>
        <source>At most %1: that is the total. Normalise changes it.</source>
        <translation>最多 %1：即总和。归一化可更改它。</translation>
    </message>
    <message>
        <source>Type a share from 0 % to 100 %.</source>
        <translation>请输入 0 % 到 100 % 的占比。</translation>
    </message>
    <message>
        <source>Type a whole number, or a share like 25 %.</source>
        <translation>请输入整数，或 25 % 这样的占比。</translation>
    </message>
</context>
<context>
    <name>SplitPanel</name>
    <message>
        <source>Split</source>
        <translation>分流</translation>
    </message>
    <message>
        <source>Reset to live</source>
        <translation>恢复为线上值</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Split of rule %1</source>
        <translation>规则 %1 的分流</translation>
    </message>
    <message>
        <source>total %1, kept as it is</source>
        <translation>总和 %1，保持不变</translation>
    </message>
    <message>
        <source>total %1, was %2</source>
        <translation>总和 %1，原为 %2</translation>
    </message>
    <message>
        <source>Back to the weights in the cluster (Ctrl+R)</source>
        <translation>恢复为集群中的权重（Ctrl+R）</translation>
    </message>
    <message>
        <source>The draft is what is live</source>
        <translation>草稿与线上一致</translation>
    </message>
    <message>
        <source>Same shares out of 100: %1 (N)</source>
        <translation>按 100 计的相同占比：%1（N）</translation>
    </message>
    <message>
        <source>The total is 100 already</source>
        <translation>总和已是 100</translation>
    </message>
    <message>
        <source>%1 destinations: type the weights in the rows.</source>
        <translation>%1 个目标：请在各行中输入权重。</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>线上</translation>
    </message>
    <message>
        <source>Reset to the chart</source>
        <translation>重置为 Chart 的值</translation>
    </message>
    <message>
        <source>Back to the weights that the chart renders (Ctrl+R)</source>
        <translation>恢复为 Chart 渲染出的权重（Ctrl+R）</translation>
    </message>
    <message>
        <source>The draft is what the chart renders</source>
        <translation>草稿与 Chart 渲染结果一致</translation>
    </message>
    <message>
        <source>alone: all requests</source>
        <translation>唯一的目标：全部请求</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Concerns list</source>
        <translation>关注列表</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
    <message>
        <source>Locked: unlock the context</source>
        <translation>已锁定：解锁上下文</translation>
    </message>
    <message>
        <source>Unlocked: lock the context</source>
        <translation>已解锁：锁定上下文</translation>
    </message>
    <message>
        <source>No write request leaves Fairway for %1, dry runs included. Press to unlock (Ctrl+L)</source>
        <translation>Fairway 不会向 %1 发出任何写请求，试运行也不例外。点击解锁（Ctrl+L）</translation>
    </message>
    <message>
        <source>Fairway may write to %1. Press to lock (Ctrl+L)</source>
        <translation>Fairway 可以写入 %1。点击锁定（Ctrl+L）</translation>
    </message>
    <message>
        <source>Nothing needs attention</source>
        <translation>没有需要关注的事项</translation>
    </message>
</context>
<context>
    <name>TruthMeter</name>
    <message>
        <source>Truth meter</source>
        <translation>实况对照</translation>
    </message>
    <message>
        <source>Spec</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Controller status</source>
        <translation>控制器状态</translation>
    </message>
    <message>
        <source>Loaded by the proxy</source>
        <translation>代理已加载</translation>
    </message>
    <message>
        <source>Measured, 95 % interval</source>
        <translation>实测（95 % 置信区间）</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>演练</translation>
    </message>
</context>
<context>
    <name>ValueForm</name>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Only changed</source>
        <translation>仅显示已更改</translation>
    </message>
    <message>
        <source>Search values</source>
        <translation>搜索值</translation>
    </message>
    <message>
        <source>Values of the chart</source>
        <translation>Chart 的值</translation>
    </message>
    <message>
        <source>Not changed: %1</source>
        <translation>未更改：%1</translation>
    </message>
    <message>
        <source>Reset to default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Add item or key</source>
        <translation>添加项或键</translation>
    </message>
    <message>
        <source>Remove item or key</source>
        <translation>移除项或键</translation>
    </message>
    <message>
        <source>Move item up</source>
        <translation>上移此项</translation>
    </message>
    <message>
        <source>Move item down</source>
        <translation>下移此项</translation>
    </message>
    <message>
        <source>Reading the values</source>
        <translation>正在读取值</translation>
    </message>
    <message>
        <source>No form yet</source>
        <translation>尚无表单</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 个值</translation>
    </message>
    <message>
        <source>%1 values, 1 with a problem</source>
        <translation>%1 个值，1 个有问题</translation>
    </message>
    <message>
        <source>%1 values, %2 with problems</source>
        <translation>%1 个值，%2 个有问题</translation>
    </message>
    <message>
        <source>The YAML can&apos;t be read, the form shows its last good state: %1</source>
        <translation>无法读取 YAML，表单显示上一次有效的状态：%1</translation>
    </message>
    <message>
        <source>values.schema.json can&apos;t be used: %1</source>
        <translation>无法使用 values.schema.json：%1</translation>
    </message>
    <message>
        <source>The chart has more values than a form can hold; the YAML shows them all.</source>
        <translation>此 Chart 的值超出表单所能容纳的数量；YAML 中可查看全部。</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>添加键</translation>
    </message>
    <message>
        <source>The name of the new value.</source>
        <translation>新值的名称。</translation>
    </message>
    <message>
        <source>Add key</source>
        <translation>添加键</translation>
    </message>
    <message>
        <source>Name of the key</source>
        <translation>键的名称</translation>
    </message>
</context>
<context>
    <name>ValueFormDelegate</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
</context>
<context>
    <name>ValueFormModel</name>
    <message>
        <source>1 item</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>%1 项</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>在此设置</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>%1: %2%3</source>
        <translation>%1：%2%3</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>ValuesPanel</name>
    <message>
        <source>Layers of values</source>
        <translation>值的各层</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开的文件</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>合并结果</translation>
    </message>
    <message>
        <source>All layers together, as templates see them</source>
        <translation>所有层合并后的值，即模板看到的内容</translation>
    </message>
    <message>
        <source>Merged values</source>
        <translation>合并后的值</translation>
    </message>
    <message>
        <source>Text of %1</source>
        <translation>%1 的文本</translation>
    </message>
    <message>
        <source>Close this text; what was edited stays</source>
        <translation>关闭此文本；已编辑的内容会保留</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Edit the values as YAML (Alt+5)</source>
        <translation>以 YAML 编辑值（Alt+5）</translation>
    </message>
    <message>
        <source>Edit the values as a form made of schema and defaults (Alt+5)</source>
        <translation>以由模式和默认值生成的表单编辑值（Alt+5）</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Hosts: %1. Gateways: %2.</source>
        <translation>主机：%1。网关：%2。</translation>
    </message>
    <message>
        <source>%1 %2, %3 pods ready</source>
        <translation>%1 %2，%3 个 Pod 就绪</translation>
    </message>
    <message>
        <source>Rule %1, %2: %3.</source>
        <translation>规则 %1，%2：%3。</translation>
    </message>
    <message>
        <source>%1 more rules.</source>
        <translation>另有 %1 条规则。</translation>
    </message>
    <message>
        <source>the rule has no destination</source>
        <translation>此规则没有目标</translation>
    </message>
    <message>
        <source>share of %1 under rule %2; scale is spec ± 2 points</source>
        <translation>规则 %2 中 %1 的占比；刻度为声明值 ± 2 点</translation>
    </message>
    <message>
        <source>not read from here</source>
        <translation>此处无法读取</translation>
    </message>
    <message>
        <source>no metrics source</source>
        <translation>没有指标来源</translation>
    </message>
    <message>
        <source>draft, not written</source>
        <translation>草稿，未写入</translation>
    </message>
    <message>
        <source>every known stage agrees</source>
        <translation>各已知环节一致</translation>
    </message>
    <message>
        <source>not enough requests yet</source>
        <translation>请求数尚不足</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>Cluster now</source>
        <translation>集群现状</translation>
    </message>
    <message>
        <source>Chart now</source>
        <translation>Chart 现状</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>无更改</translation>
    </message>
</context>
<context>
    <name>WorkspaceView</name>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Filter charts</source>
        <translation>筛选 Chart</translation>
    </message>
    <message>
        <source>Compare with a commit: main, v1.2.0, HEAD~3</source>
        <translation>与某个提交比较：main、v1.2.0、HEAD~3</translation>
    </message>
    <message>
        <source>Commit to compare with</source>
        <translation>要比较的提交</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>重新渲染</translation>
    </message>
    <message>
        <source>Read and render all of it anew (Ctrl+Shift+G)</source>
        <translation>重新读取并渲染全部内容（Ctrl+Shift+G）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Leave the workspace</source>
        <translation>离开工作区</translation>
    </message>
    <message>
        <source>Charts and environments</source>
        <translation>Chart 与环境</translation>
    </message>
    <message>
        <source>Looking for charts</source>
        <translation>正在查找 Chart</translation>
    </message>
    <message>
        <source>The folder can&apos;t be read</source>
        <translation>无法读取文件夹</translation>
    </message>
    <message>
        <source>No charts here</source>
        <translation>这里没有 Chart</translation>
    </message>
    <message>
        <source>A chart is a folder with a Chart.yaml; none stands in %1.</source>
        <translation>Chart 是含有 Chart.yaml 的文件夹；%1 中没有。</translation>
    </message>
    <message>
        <source>The folder holds more than is shown here.</source>
        <translation>文件夹中的内容多于此处所显示的。</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Charts: %1, environments: %2</source>
        <translation>%1 个 Chart，%2 个环境</translation>
    </message>
    <message>
        <source>Make available offline</source>
        <translation>使其可离线使用</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>fetching %1: %2 of %3</source>
        <translation>正在获取 %1：%2 / %3</translation>
    </message>
    <message>
        <source>fetching %1: %2</source>
        <translation>正在获取 %1：%2</translation>
    </message>
    <message>
        <source>Fetch the dependencies that charts of the workspace lack (Ctrl+Shift+M)</source>
        <translation>获取工作区中 Chart 缺少的依赖项（Ctrl+Shift+M）</translation>
    </message>
    <message>
        <source>Stop rendering and fetching; what is there stays</source>
        <translation>停止渲染和获取；已有结果保留</translation>
    </message>
    <message>
        <source>End the comparison with the other version</source>
        <translation>结束与另一版本的比较</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1 换为 %2</translation>
    </message>
    <message>
        <source>Bump a dependency</source>
        <translation>升级依赖项</translation>
    </message>
    <message>
        <source>No chart here depends on another one</source>
        <translation>此处没有依赖其他 Chart 的 Chart</translation>
    </message>
    <message>
        <source>Compared with %1 %2 in its place. Try another one (Ctrl+Shift+B)</source>
        <translation>与换上 %1 %2 的结果比较。可另试一个（Ctrl+Shift+B）</translation>
    </message>
    <message>
        <source>See what another version of a dependency would change (Ctrl+Shift+B)</source>
        <translation>查看依赖项的另一个版本会带来哪些变化（Ctrl+Shift+B）</translation>
    </message>
    <message>
        <source>%1, %2 of %3 rendered</source>
        <translation>%1，已渲染 %2 / %3</translation>
    </message>
    <message>
        <source>%1, stopped</source>
        <translation>%1，已停止</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>Writes</name>
    <message>
        <source>%1 is gone, or changed before this draft was looked at.</source>
        <translation>%1 已不存在，或在查看此草稿之前已更改。</translation>
    </message>
    <message>
        <source>weights %1 → %2</source>
        <translation>权重 %1 → %2</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>Dry run of %1</source>
        <translation>试运行 %1</translation>
    </message>
    <message>
        <source>Applying %1</source>
        <translation>正在应用 %1</translation>
    </message>
    <message>
        <source>Undoing write %1</source>
        <translation>正在撤销写入 %1</translation>
    </message>
    <message>
        <source>The object was deleted; the draft is kept.</source>
        <translation>对象已删除；草稿仍保留。</translation>
    </message>
    <message>
        <source>The object did not change.</source>
        <translation>对象没有变化。</translation>
    </message>
    <message>
        <source>Your weights now stand on the newer object.</source>
        <translation>您的权重现已叠加到较新的对象上。</translation>
    </message>
    <message>
        <source>The same weights were changed meanwhile: compare the diff before you apply.</source>
        <translation>相同的权重在此期间已更改：应用前请比较差异。</translation>
    </message>
    <message>
        <source>The rule was changed meanwhile: its destinations are no longer the same. Reset the draft to go on.</source>
        <translation>规则在此期间已更改：其目标已不同。请重置草稿后继续。</translation>
    </message>
    <message>
        <source>every field written, back to what it was</source>
        <translation>所写的每个字段都恢复原值</translation>
    </message>
    <message>
        <source>This route is only rendered: there is no object to write to.</source>
        <translation>此路由仅为渲染结果：没有可写入的对象。</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 已不存在。</translation>
    </message>
    <message>
        <source>Your changes now stand on the newer object.</source>
        <translation>您的更改现已基于较新的对象。</translation>
    </message>
    <message>
        <source>The same fields were changed meanwhile: compare the diff before you apply.</source>
        <translation>相同的字段在此期间已被更改：应用前请比对差异。</translation>
    </message>
    <message>
        <source>subset %1</source>
        <translation>子集 %1</translation>
    </message>
    <message>
        <source>Your changes now stand on the newest objects.</source>
        <translation>您的更改现在基于最新的对象。</translation>
    </message>
    <message>
        <source>HTTP/1.1 at %1</source>
        <translation>%1 使用 HTTP/1.1</translation>
    </message>
    <message>
        <source>%1 is there, but for another host: %2.</source>
        <translation>%1 已存在，但用于另一个主机：%2。</translation>
    </message>
    <message>
        <source>%1, new</source>
        <translation>%1，新建</translation>
    </message>
    <message>
        <source>The rule is not there any more as it was.</source>
        <translation>该规则已不是原来的样子。</translation>
    </message>
    <message>
        <source>%1 writes the share of %2</source>
        <translation>%1 会写入 %2 的份额</translation>
    </message>
    <message>
        <source>%1 goes on from the share of %2 that is written</source>
        <translation>%1 会从写入的 %2 份额继续</translation>
    </message>
    <message>
        <source>What the change is about is not there any more as it was. The draft is kept; nothing was written.</source>
        <translation>此更改所针对的内容已不是原来的样子。草稿已保留；没有写入任何内容。</translation>
    </message>
</context>
<context>
    <name>Xray</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Seen from</source>
        <translation>观察位置</translation>
    </message>
    <message>
        <source>Listener</source>
        <translation>监听器</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Rules tried:</source>
        <translation>尝试过的规则：</translation>
    </message>
    <message>
        <source>%1 of %2 pods ready</source>
        <translation>%2 个 Pod 中 %1 个就绪</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Not modelled</source>
        <translation>未模拟</translation>
    </message>
    <message>
        <source>Service without a route of its own</source>
        <translation>没有自己路由的 Service</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>removes %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>adds %1: %2</source>
        <translation>添加 %1: %2</translation>
    </message>
    <message>
        <source>adds %1: %2 unless it is there</source>
        <translation>若不存在则添加 %1: %2</translation>
    </message>
    <message>
        <source>sets %1: %2</source>
        <translation>设置 %1: %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Request header</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Response header</source>
        <translation>响应头</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>重定向</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>%1, the proxy answers the CORS preflight</source>
        <translation>%1，代理应答 CORS 预检</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 次，条件 %2</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障注入</translation>
    </message>
    <message>
        <source>%1 % wait %2</source>
        <translation>%1 % 等待 %2</translation>
    </message>
    <message>
        <source>%1 % are answered with %2</source>
        <translation>%1 % 以 %2 应答</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>%1 % also to %2</source>
        <translation>%1 % 同时发往 %2</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>keeps its backend by %1</source>
        <translation>按 %1 保持后端</translation>
    </message>
    <message>
        <source>Mesh, from namespace %1</source>
        <translation>网格，自命名空间 %1</translation>
    </message>
    <message>
        <source>Gateway %1</source>
        <translation>网关 %1</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>Ingress</translation>
    </message>
    <message>
        <source>Ingress %1</source>
        <translation>Ingress %1</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>curl command</source>
        <translation>curl 命令</translation>
    </message>
    <message>
        <source>access log line</source>
        <translation>访问日志行</translation>
    </message>
    <message>
        <source>HTTP request</source>
        <translation>HTTP 请求</translation>
    </message>
    <message>
        <source>There is no pod %1; labels look like app=web,version=v2</source>
        <translation>没有 Pod %1；标签的写法如 app=web,version=v2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; are no labels: they look like app=web,version=v2</source>
        <translation>“%1”不是标签：写法如 app=web,version=v2</translation>
    </message>
    <message>
        <source>Not all of these could be listed, so the answer may be wrong: %1</source>
        <translation>以下类型未能全部列出，因此答案可能有误：%1</translation>
    </message>
    <message>
        <source>Supposed: it is meant for %1, the host of the route on the screen</source>
        <translation>假定：请求发往 %1，即屏幕上路由的主机</translation>
    </message>
    <message>
        <source> (in the log: %1)</source>
        <translation>（日志中：%1）</translation>
    </message>
    <message>
        <source>The line&apos;s endpoint %1 is none of these pods: it is gone by now, or another rule sent it there.</source>
        <translation>日志行中的端点 %1 不在这些 Pod 之中：它现已消失，或请求由另一条规则发往该处。</translation>
    </message>
    <message>
        <source>The client of the line is pod %1: its labels are those of the client here</source>
        <translation>日志行的客户端是 Pod %1：此处采用它的标签</translation>
    </message>
</context>
<context>
    <name>XrayPanel</name>
    <message>
        <source>Which rule does this request hit?</source>
        <translation>这个请求会命中哪条规则？</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟踪</translation>
    </message>
    <message>
        <source>Close the X-ray</source>
        <translation>关闭透视</translation>
    </message>
    <message>
        <source>Back to split and rehearsal (Esc)</source>
        <translation>返回分流与演练 (Esc)</translation>
    </message>
    <message>
        <source>Request to follow</source>
        <translation>要跟踪的请求</translation>
    </message>
    <message>
        <source>Where the request is seen from</source>
        <translation>从何处观察该请求</translation>
    </message>
    <message>
        <source>The proxy that decides: a gateway, or the sidecar of a client in the mesh</source>
        <translation>做决定的代理：网关，或网格中客户端的 sidecar</translation>
    </message>
    <message>
        <source>Client pod</source>
        <translation>客户端 Pod</translation>
    </message>
    <message>
        <source>client: app=web or its pod, shop/web-7</source>
        <translation>客户端：app=web 或其 Pod，如 shop/web-7</translation>
    </message>
    <message>
        <source>Labels or name of the client&apos;s pod: rules with sourceLabels or sourceNamespace look at them</source>
        <translation>客户端 Pod 的标签或名称：带 sourceLabels 或 sourceNamespace 的规则会看这些</translation>
    </message>
    <message>
        <source>Follow the request through the routes (Return)</source>
        <translation>沿路由跟踪该请求（回车）</translation>
    </message>
    <message>
        <source>Seen from</source>
        <translation>观察位置</translation>
    </message>
    <message>
        <source>app=web or shop/web-7</source>
        <translation>app=web 或 shop/web-7</translation>
    </message>
    <message>
        <source>Wherever a rule takes it</source>
        <translation>任何有规则接收它的位置</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>正在查找…</translation>
    </message>
</context>
<context>
    <name>XrayRuleRow</name>
    <message>
        <source>Takes it</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Does not match</source>
        <translation>不匹配</translation>
    </message>
    <message>
        <source>Not loaded here</source>
        <translation>此处未加载</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示 %1</translation>
    </message>
</context>
<context>
    <name>XrayView</name>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Rules tried</source>
        <translation>尝试过的规则</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>去向</translation>
    </message>
    <message>
        <source>What the proxy does</source>
        <translation>代理所做的处理</translation>
    </message>
    <message>
        <source>To be borne in mind</source>
        <translation>需要注意</translation>
    </message>
    <message>
        <source>Copy the whole decision, for a ticket or a chat</source>
        <translation>复制完整的决策过程，用于工单或聊天</translation>
    </message>
    <message>
        <source>Seen from: %1</source>
        <translation>观察位置：%1</translation>
    </message>
    <message>
        <source>Listener %1</source>
        <translation>监听器 %1</translation>
    </message>
    <message>
        <source>Host %1</source>
        <translation>主机 %1</translation>
    </message>
    <message>
        <source>less exact: %1</source>
        <translation>较不精确：%1</translation>
    </message>
    <message>
        <source>read as %1</source>
        <translation>识别为%1</translation>
    </message>
    <message>
        <source>Follow a request without sending it</source>
        <translation>跟踪请求而不发送它</translation>
    </message>
    <message>
        <source>Type or paste a URL, a curl command, a line of an access log or the head of an HTTP request. You see the listener and host it meets, each rule that was tried and why it did not match, the one that takes it, and the pods behind it.</source>
        <translation>输入或粘贴 URL、curl 命令、一行访问日志或 HTTP 请求头。您会看到它遇到的监听器和主机、尝试过的每条规则及其不匹配的原因、接收它的规则，以及其后的 Pod。</translation>
    </message>
    <message>
        <source>Readable are: a URL, a curl command, a line of an access log (Envoy, Istio, nginx, Apache or JSON), the head of an HTTP request.</source>
        <translation>可以识别：URL、curl 命令、一行访问日志（Envoy、Istio、nginx、Apache 或 JSON）、HTTP 请求头。</translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation>显示全部 %1 条</translation>
    </message>
    <message>
        <source>%1 more rules did not match</source>
        <translation>另有 %1 条规则不匹配</translation>
    </message>
    <message>
        <source>%1 of %2 ready</source>
        <translation>%1 / %2 就绪</translation>
    </message>
    <message>
        <source>Pod %1</source>
        <translation>Pod %1</translation>
    </message>
    <message>
        <source>Show the pod %1</source>
        <translation>显示 Pod %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>Not modelled, so it may decide otherwise: %1</source>
        <translation>未建模，因此可能另有决定：%1</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>in the log</source>
        <translation>见于日志</translation>
    </message>
</context>
<context>
    <name>Xrays</name>
    <message>
        <source>Not connected: the routes of the cluster are not known yet.</source>
        <translation>未连接：尚不知道集群的路由。</translation>
    </message>
</context>
<context>
    <name>base</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>printed more than %1 bytes</source>
        <translation>输出超过 %1 字节</translation>
    </message>
    <message>
        <source>did not end within %1 s and was stopped</source>
        <translation>未在 %1 秒内结束，已被停止</translation>
    </message>
</context>
<context>
    <name>chart</name>
    <message>
        <source>value %1 is used by no template</source>
        <translation>没有模板使用值 %1</translation>
    </message>
    <message>
        <source>override %1 hits nothing: the chart %2 has no such value and no template that takes it</source>
        <translation>覆盖值 %1 不起作用：chart %2 没有这个值，也没有模板读取它</translation>
    </message>
    <message>
        <source>value %1 is used here and defined in no values.yaml</source>
        <translation>此处使用了值 %1，但没有任何 values.yaml 定义它</translation>
    </message>
    <message>
        <source>the number %1 comes out as %2; int, int64 or a quoted value keeps its digits</source>
        <translation>数字 %1 被输出为 %2；使用 int、int64 或加引号的值可保留其各位数字</translation>
    </message>
    <message>
        <source>the chart changed and its version is still %1</source>
        <translation>chart 已更改，但其版本仍为 %1</translation>
    </message>
    <message>
        <source>this line writes what is no YAML: %1</source>
        <translation>此行写出的内容不是 YAML：%1</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>the practice cluster did not start</source>
        <translation>练习集群未能启动</translation>
    </message>
    <message>
        <source>the practice cluster&apos;s kubeconfig</source>
        <translation>练习集群的 kubeconfig</translation>
    </message>
    <message>
        <source>no kubeconfig is loaded</source>
        <translation>未加载任何 kubeconfig</translation>
    </message>
    <message>
        <source>no proxy loads this route: its gateways and Services are not among the objects that are known</source>
        <translation>没有代理加载该路由：其网关和 Service 不在已知对象之中</translation>
    </message>
    <message>
        <source>it signs in by a command that nobody has allowed to run: open it once to be asked</source>
        <translation>它通过一条尚未获准运行的命令登录：请先打开它一次以便询问</translation>
    </message>
    <message>
        <source>the kubeconfig has no context named %1</source>
        <translation>kubeconfig 中没有名为 %1 的上下文</translation>
    </message>
    <message>
        <source>DestinationRule %1 is not there any more</source>
        <translation>DestinationRule %1 已不存在</translation>
    </message>
    <message>
        <source>the rule leads elsewhere by now</source>
        <translation>规则现在已指向别处</translation>
    </message>
    <message>
        <source>%1 has no address</source>
        <translation>%1 没有地址</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>its server knows no %1</source>
        <translation>其服务器不认识 %1</translation>
    </message>
    <message>
        <source>this server knows no %1</source>
        <translation>此服务器不认识 %1</translation>
    </message>
    <message>
        <source>its rules carry connections: only a split can be rehearsed, with HTTP requests in their place</source>
        <translation>其规则承载的是连接：只能用 HTTP 请求代替连接来预演流量分配</translation>
    </message>
    <message>
        <source>the rule of this draft is not in the object any more as it was, or is one of several that are the same: nothing is written to another</source>
        <translation>对象中已没有此草稿原来的规则，或有多条相同的规则：不会写入另一条规则</translation>
    </message>
</context>
<context>
    <name>fairway::engine</name>
    <message>
        <source>Log in again, then Retry.</source>
        <translation>请重新登录，然后重试。</translation>
    </message>
    <message>
        <source>Ask for the right to list these kinds, or choose another context.</source>
        <translation>请申请列出这些类型的权限，或选择其他上下文。</translation>
    </message>
    <message>
        <source>Check the address, the network or the VPN, then Retry.</source>
        <translation>请检查地址、网络或 VPN，然后重试。</translation>
    </message>
    <message>
        <source>Mend the kubeconfig, then Retry.</source>
        <translation>请修正 kubeconfig，然后重试。</translation>
    </message>
    <message>
        <source>Retry, or choose another context.</source>
        <translation>请重试，或选择其他上下文。</translation>
    </message>
    <message>
        <source>gen %1 accepted</source>
        <translation>第 %1 代已接受</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>被拒绝：%1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>API version</source>
        <translation>API 版本</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Gateways</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>代次</translation>
    </message>
    <message>
        <source>Resource version</source>
        <translation>资源版本</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>(no host)</source>
        <translation>（无主机）</translation>
    </message>
    <message>
        <source>%1 would get traffic it can&apos;t answer</source>
        <translation>%1 会收到无法应答的流量</translation>
    </message>
    <message>
        <source>Then Retry.</source>
        <translation>然后重试。</translation>
    </message>
    <message>
        <source>Install it, or name another in the kubeconfig, then Retry.</source>
        <translation>请安装它，或在 kubeconfig 中改用其他插件，然后重试。</translation>
    </message>
    <message>
        <source>Run it in a terminal to see what it waits for, then Retry.</source>
        <translation>请在终端中运行它，看它在等待什么，然后重试。</translation>
    </message>
    <message>
        <source>Run it in a terminal to see what it prints, or mend the user&apos;s exec entry in the kubeconfig, then Retry.</source>
        <translation>请在终端中运行它，看它输出什么，或修正 kubeconfig 中该用户的 exec 条目，然后重试。</translation>
    </message>
    <message>
        <source>Check the server&apos;s address in the kubeconfig: a login page or a proxy may answer there. Then Retry.</source>
        <translation>请检查 kubeconfig 中的服务器地址：应答的可能是登录页面或代理。然后重试。</translation>
    </message>
    <message>
        <source>%1, client %2</source>
        <translation>%1，客户端 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Show the field</source>
        <translation>显示该字段</translation>
    </message>
    <message>
        <source>Go to the rule</source>
        <translation>转到该规则</translation>
    </message>
    <message>
        <source>unresolved: %1</source>
        <translation>未能解析：%1</translation>
    </message>
</context>
<context>
    <name>fairway::engine::MeshDrawing</name>
    <message>
        <source>There are no routes to draw.</source>
        <translation>没有可绘制的路由。</translation>
    </message>
    <message>
        <source>No route that fits leads to a broken place.</source>
        <translation>符合条件的路由都不通往故障之处。</translation>
    </message>
    <message>
        <source>No route fits.</source>
        <translation>没有符合条件的路由。</translation>
    </message>
</context>
<context>
    <name>fairway::engine::Player</name>
    <message>
        <source>rule %1 (%2)</source>
        <translation>规则 %1（%2）</translation>
    </message>
</context>
<context>
    <name>fairway::ui::ConflictWords</name>
    <message>
        <source>new: %1</source>
        <translation>新增：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>gone: %1</source>
        <translation>消失：%1</translation>
    </message>
    <message>
        <source>in another order</source>
        <translation>顺序不同</translation>
    </message>
    <message>
        <source>Somebody changed its destinations (%1). Your draft %2 is set aside; nothing was written.</source>
        <translation>有人更改了它的目标（%1）。您的草稿 %2 已另行保留；未写入任何内容。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>“%1” is not there any more as it was, or is now one of several rules that are the same. Your draft %2 is set aside; nothing was written.</source>
        <translation>“%1”已不是原来的样子，或现在有多条相同的规则。您的草稿 %2 已搁置；没有写入任何内容。</translation>
    </message>
</context>
<context>
    <name>fairway::ui::DestinationTable</name>
    <message>
        <source>no pod</source>
        <translation>没有 Pod</translation>
    </message>
</context>
<context>
    <name>fairway::ui::ExportDialog</name>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>已保存到 %1</translation>
    </message>
    <message>
        <source>Export the change of %1</source>
        <translation>导出 %1 的更改</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>补丁</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Save the patch</source>
        <translation>保存补丁</translation>
    </message>
    <message>
        <source>Only what you changed is in it. Put it where this object comes from.</source>
        <translation>其中只有您更改的内容。请放到此对象的来源处。</translation>
    </message>
</context>
<context>
    <name>fairway::ui::FormWords</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>大于 %1</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>至少 %1</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>小于 %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>Item %1</source>
        <translation>第 %1 项</translation>
    </message>
    <message>
        <source>in steps of %1</source>
        <translation>步长 %1</translation>
    </message>
    <message>
        <source>at least %1 items</source>
        <translation>至少 %1 项</translation>
    </message>
    <message>
        <source>at least %1 characters</source>
        <translation>至少 %1 个字符</translation>
    </message>
    <message>
        <source>at most %1 items</source>
        <translation>最多 %1 项</translation>
    </message>
    <message>
        <source>at most %1 characters</source>
        <translation>最多 %1 个字符</translation>
    </message>
    <message>
        <source>matches %1</source>
        <translation>匹配 %1</translation>
    </message>
    <message>
        <source>section</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>开或关</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>any YAML</source>
        <translation>任意 YAML</translation>
    </message>
    <message>
        <source>missing: the chart needs this value</source>
        <translation>缺失：Chart 需要此值</translation>
    </message>
    <message>
        <source>not a whole number</source>
        <translation>不是整数</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>不是数字</translation>
    </message>
</context>
<context>
    <name>fairway::ui::ListDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>fairway::ui::NoRoute</name>
    <message>
        <source>No connection to %1</source>
        <translation>未连接到 %1</translation>
    </message>
    <message>
        <source>Its routes appear here as soon as it answers.</source>
        <translation>一旦有应答，其路由会显示在此处。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Routes can&apos;t be shown</source>
        <translation>无法显示路由</translation>
    </message>
    <message>
        <source>Reading routes</source>
        <translation>正在读取路由</translation>
    </message>
    <message>
        <source>No routes here</source>
        <translation>此处没有路由</translation>
    </message>
    <message>
        <source>A route decides which version of a Service gets which share of requests.</source>
        <translation>路由决定服务的哪个版本获得多少请求。</translation>
    </message>
    <message>
        <source>Open Explorer</source>
        <translation>打开资源浏览</translation>
    </message>
    <message>
        <source>%1 is not here</source>
        <translation>这里没有 %1</translation>
    </message>
    <message>
        <source>It does not exist in this context, or the chosen namespace hides it. Choose another route at the left.</source>
        <translation>它不在此上下文中，或被所选命名空间隐藏。请在左侧选择其他路由。</translation>
    </message>
    <message>
        <source>Choose a route</source>
        <translation>选择路由</translation>
    </message>
    <message>
        <source>The list at the left holds every route of the cluster.</source>
        <translation>左侧列表包含集群的所有路由。</translation>
    </message>
    <message>
        <source>No routes in what is rendered</source>
        <translation>渲染结果中没有路由</translation>
    </message>
    <message>
        <source>The list at the left holds what %1 renders.</source>
        <translation>左侧列表为 %1 渲染出的路由。</translation>
    </message>
    <message>
        <source>VirtualServices, routes of the Gateway API and canary Ingresses.</source>
        <translation>VirtualService、Gateway API 路由和金丝雀 Ingress。</translation>
    </message>
</context>
<context>
    <name>fairway::ui::RouteWords</name>
    <message>
        <source>stable</source>
        <translation>稳定</translation>
    </message>
    <message>
        <source>canary</source>
        <translation>金丝雀</translation>
    </message>
    <message>
        <source>third</source>
        <translation>第三</translation>
    </message>
    <message>
        <source>fourth</source>
        <translation>第四</translation>
    </message>
    <message>
        <source>%1 is alone and at weight 0: in the Gateway API it gets nothing, requests fail with 500.</source>
        <translation>%1 是唯一目标且权重为 0：在 Gateway API 中它得不到流量，请求以 500 失败。</translation>
    </message>
    <message>
        <source>All weights are 0: Istio refuses such a rule.</source>
        <translation>所有权重为 0：Istio 会拒绝此规则。</translation>
    </message>
    <message>
        <source>All weights are 0: nothing gets traffic, requests fail with 500.</source>
        <translation>所有权重为 0：没有目标得到流量，请求以 500 失败。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>A lone destination gets everything in Istio, with or without a weight: %1 takes all requests.</source>
        <translation>在 Istio 中，唯一的目标会得到全部流量，无论有没有权重：%1 接收所有请求。</translation>
    </message>
</context>
<context>
    <name>fairway::ui::Truth</name>
    <message>
        <source>could not run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>press Rehearse</source>
        <translation>请点击演练</translation>
    </message>
    <message>
        <source>built-in proxy</source>
        <translation>内置代理</translation>
    </message>
    <message>
        <source>not enough yet</source>
        <translation>尚不足</translation>
    </message>
    <message>
        <source>in no cluster</source>
        <translation>不在任何集群中</translation>
    </message>
    <message>
        <source>none reports</source>
        <translation>无报告</translation>
    </message>
    <message>
        <source>%1 says %2, the spec %3</source>
        <translation>%1 报告 %2，声明为 %3</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>%1%2 steers the share of %3. The weight here was edited by somebody else, or its own step is not written yet; it writes its weight over this one when it next looks.</source>
        <translation>%1%2 控制 %3 的占比。此处的权重被他人修改过，或它自己的步骤尚未写入；它下次检查时会用自己的权重覆盖此权重。</translation>
    </message>
    <message>
        <source>%1%2 steers the share of %3. The weight here was edited by somebody else; it goes on from the edited weight at its next step.</source>
        <translation>%1%2 控制 %3 的占比。此处的权重被他人修改过；它会在下一步从修改后的权重继续。</translation>
    </message>
    <message>
        <source>Pause %1 or change its steps before editing here.</source>
        <translation>在此处编辑前，请先暂停 %1 或修改其步骤。</translation>
    </message>
    <message>
        <source>the controller refuses the route</source>
        <translation>控制器拒绝了此路由</translation>
    </message>
    <message>
        <source>It says %1. The weights of this generation are not in force.</source>
        <translation>它报告 %1。这一代的权重并未生效。</translation>
    </message>
    <message>
        <source>Read the conditions under YAML, status; mend what they name, or undo the last change.</source>
        <translation>请查看 YAML 中 status 的条件；修正其中指出的问题，或撤销上次更改。</translation>
    </message>
    <message>
        <source>the controller is behind the spec</source>
        <translation>控制器落后于声明</translation>
    </message>
    <message>
        <source>The spec is generation %1, and its controller has only told of an older one: older weights may still be in force.</source>
        <translation>声明已是第 %1 代，而控制器只报告了更早的一代：旧的权重可能仍在生效。</translation>
    </message>
    <message>
        <source>Wait a moment. If it stays so, look at the controller&apos;s pods and their log.</source>
        <translation>请稍候。如果一直如此，请查看控制器的 Pod 及其日志。</translation>
    </message>
    <message>
        <source>%1 go to %2, which can&apos;t answer</source>
        <translation>%1 送往无法应答的 %2</translation>
    </message>
    <message>
        <source>The weight is in force, and every request it sends there fails: %1.</source>
        <translation>权重已生效，而送往那里的每个请求都会失败：%1。</translation>
    </message>
    <message>
        <source>Mend that, or give its weight to another destination.</source>
        <translation>请修复它，或把它的权重分给其他目标。</translation>
    </message>
    <message>
        <source>nothing gets the requests</source>
        <translation>没有目标接收请求</translation>
    </message>
    <message>
        <source>By these weights %1.</source>
        <translation>按这些权重：%1。</translation>
    </message>
    <message>
        <source>Give a destination a weight above 0.</source>
        <translation>请给某个目标大于 0 的权重。</translation>
    </message>
    <message>
        <source>the rehearsal ran other weights</source>
        <translation>演练使用了其他权重</translation>
    </message>
    <message>
        <source>It began before the weights became what they are now: what was measured says nothing of these.</source>
        <translation>它在权重变成现在的值之前开始：测得的结果不能说明现在的权重。</translation>
    </message>
    <message>
        <source>Rehearse again.</source>
        <translation>请重新演练。</translation>
    </message>
    <message>
        <source>the measured share differs</source>
        <translation>实测占比不一致</translation>
    </message>
    <message>
        <source>%1 by weight, but between %2 and %3 were measured. Retries, faults and destinations that stop answering move shares; in 1 of 20 runs it is chance.</source>
        <translation>按权重应为 %1，但测得在 %2 与 %3 之间。重试、故障以及停止应答的目标会改变占比；20 次中有 1 次只是偶然。</translation>
    </message>
    <message>
        <source>Rehearse longer; if it stays so, look at the errors of each destination.</source>
        <translation>请延长演练；如果仍然如此，请查看每个目标的错误。</translation>
    </message>
</context>
<context>
    <name>kube</name>
    <message>
        <source>asking for the right to %1 %2</source>
        <translation>查询 %1 %2 的权限</translation>
    </message>
    <message>
        <source>asking for the right to %1 %2: the answer can&apos;t be read</source>
        <translation>查询 %1 %2 的权限：无法读取应答</translation>
    </message>
    <message>
        <source>%1 in namespace %2</source>
        <translation>命名空间 %2 中的 %1</translation>
    </message>
    <message>
        <source>%1: the answer can&apos;t be read (%2)</source>
        <translation>%1：无法读取应答（%2）</translation>
    </message>
    <message>
        <source>list %1</source>
        <translation>列出%1</translation>
    </message>
    <message>
        <source>get %1</source>
        <translation>获取%1</translation>
    </message>
    <message>
        <source>%1: there are more than %2 objects</source>
        <translation>%1：对象超过 %2 个</translation>
    </message>
    <message>
        <source>create %1</source>
        <translation>创建%1</translation>
    </message>
    <message>
        <source>replace %1</source>
        <translation>替换%1</translation>
    </message>
    <message>
        <source>apply %1</source>
        <translation>应用%1</translation>
    </message>
    <message>
        <source>patch %1</source>
        <translation>修补%1</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>删除%1</translation>
    </message>
    <message>
        <source>%1: the answer is not that of an API server</source>
        <translation>%1：应答不是来自 API 服务器</translation>
    </message>
    <message>
        <source>certificate-authority of cluster &quot;%1&quot;</source>
        <translation>集群“%1”的 certificate-authority</translation>
    </message>
    <message>
        <source>certificate-authority of cluster &quot;%1&quot; holds no certificate</source>
        <translation>集群“%1”的 certificate-authority 中没有证书</translation>
    </message>
    <message>
        <source>watch %1</source>
        <translation>监视%1</translation>
    </message>
    <message>
        <source>%1 of user &quot;%2&quot;</source>
        <translation>用户“%2”的 %1</translation>
    </message>
    <message>
        <source>the credential plugin %1 was not approved to run</source>
        <translation>凭据插件 %1 未获准运行</translation>
    </message>
    <message>
        <source>discovery (%1)</source>
        <translation>API 发现（%1）</translation>
    </message>
    <message>
        <source>discovery: the server names no API group; is this the API server?</source>
        <translation>API 发现：服务器未列出任何 API 组；这是 API 服务器吗？</translation>
    </message>
    <message>
        <source>discovery: the answer can&apos;t be read (%1)</source>
        <translation>API 发现：无法读取应答（%1）</translation>
    </message>
    <message>
        <source>the answer can&apos;t be read (%1)</source>
        <translation>无法读取应答（%1）</translation>
    </message>
    <message>
        <source>the answer is not a list of resources</source>
        <translation>应答不是资源列表</translation>
    </message>
    <message>
        <source>printed nothing</source>
        <translation>没有输出任何内容</translation>
    </message>
    <message>
        <source>printed something that is not an ExecCredential (no JSON)</source>
        <translation>输出的不是 ExecCredential（不是 JSON）</translation>
    </message>
    <message>
        <source>printed JSON that is not an ExecCredential</source>
        <translation>输出的 JSON 不是 ExecCredential</translation>
    </message>
    <message>
        <source>answered in another version than %1, which the kubeconfig names</source>
        <translation>应答的版本不是 kubeconfig 指定的 %1</translation>
    </message>
    <message>
        <source>printed an ExecCredential without status</source>
        <translation>输出的 ExecCredential 没有 status</translation>
    </message>
    <message>
        <source>printed an ExecCredential with neither token nor client certificate</source>
        <translation>输出的 ExecCredential 既没有令牌也没有客户端证书</translation>
    </message>
    <message>
        <source>printed a client certificate and key of which one is missing</source>
        <translation>输出的客户端证书和密钥缺少其一</translation>
    </message>
    <message>
        <source>printed a token with spaces or control characters in it</source>
        <translation>输出的令牌中含有空格或控制字符</translation>
    </message>
    <message>
        <source>printed an expirationTimestamp that is no time</source>
        <translation>输出的 expirationTimestamp 不是时间</translation>
    </message>
    <message>
        <source>credential plugin %1</source>
        <translation>凭据插件 %1</translation>
    </message>
    <message>
        <source>%1: wants a terminal (interactiveMode Always), which there is none; sign in with its own command first</source>
        <translation>%1：需要终端（interactiveMode Always），而这里没有；请先用它自己的命令登录</translation>
    </message>
    <message>
        <source>is not installed (%1 was not found)</source>
        <translation>未安装（未找到 %1）</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>%1: ended with exit code %2</source>
        <translation>%1：以退出码 %2 结束</translation>
    </message>
    <message>
        <source>%1: ended with exit code %2 (%3)</source>
        <translation>%1：以退出码 %2 结束（%3）</translation>
    </message>
    <message>
        <source>an event can&apos;t be read</source>
        <translation>无法读取事件</translation>
    </message>
    <message>
        <source>an event of unknown type</source>
        <translation>未知类型的事件</translation>
    </message>
    <message>
        <source>an event of an object without name</source>
        <translation>事件中的对象没有名称</translation>
    </message>
    <message>
        <source>an event can&apos;t be read (%1)</source>
        <translation>无法读取事件（%1）</translation>
    </message>
    <message>
        <source>a bookmark can&apos;t be read (%1)</source>
        <translation>无法读取书签（%1）</translation>
    </message>
    <message>
        <source>KUBECONFIG names more than %1 files</source>
        <translation>KUBECONFIG 指定了超过 %1 个文件</translation>
    </message>
    <message>
        <source>%1: is larger than %2 bytes</source>
        <translation>%1：大于 %2 字节</translation>
    </message>
    <message>
        <source>kubeconfig %1 and others</source>
        <translation>kubeconfig %1 等</translation>
    </message>
    <message>
        <source>kubeconfig %1</source>
        <translation>kubeconfig %1</translation>
    </message>
    <message>
        <source>there is no kubeconfig</source>
        <translation>没有 kubeconfig</translation>
    </message>
    <message>
        <source>there is no kubeconfig (neither KUBECONFIG nor ~/.kube/config)</source>
        <translation>没有 kubeconfig（既没有 KUBECONFIG 也没有 ~/.kube/config）</translation>
    </message>
    <message>
        <source>%1: no current-context is set; choose a context</source>
        <translation>%1：未设置 current-context；请选择一个上下文</translation>
    </message>
    <message>
        <source>%1: no context %2</source>
        <translation>%1：没有上下文 %2</translation>
    </message>
    <message>
        <source>%1: context %2 names no cluster</source>
        <translation>%1：上下文 %2 没有指定集群</translation>
    </message>
    <message>
        <source>%1: context %2 uses cluster %3, which is not defined</source>
        <translation>%1：上下文 %2 使用了未定义的集群 %3</translation>
    </message>
    <message>
        <source>%1: context %2 uses user %3, which is not defined</source>
        <translation>%1：上下文 %2 使用了未定义的用户 %3</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空值</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>布尔值</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>其他类型</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>has a %1 that is not base64</source>
        <translation>的 %1 不是 base64</translation>
    </message>
    <message>
        <source>has a %1 that is %2; true or false is needed</source>
        <translation>的 %1 是%2；需要 true 或 false</translation>
    </message>
    <message>
        <source>has %1 that is %2; a list is needed</source>
        <translation>的 %1 是%2；需要列表</translation>
    </message>
    <message>
        <source>has too many %1</source>
        <translation>的 %1 过多</translation>
    </message>
    <message>
        <source>has %1 among its %2; write it in quotes</source>
        <translation>的 %2 中有%1；请加引号</translation>
    </message>
    <message>
        <source>has an exec that is %1; a map is needed</source>
        <translation>的 exec 是%1；需要映射</translation>
    </message>
    <message>
        <source>has an exec without a command</source>
        <translation>的 exec 没有 command</translation>
    </message>
    <message>
        <source>has an exec with apiVersion %1; client.authentication.k8s.io/v1 or v1beta1 is needed (update the plugin and its entry)</source>
        <translation>的 exec 的 apiVersion 为 %1；需要 client.authentication.k8s.io/v1 或 v1beta1（请更新插件及其条目）</translation>
    </message>
    <message>
        <source>has an exec with interactiveMode %1; Never, IfAvailable or Always is needed</source>
        <translation>的 exec 的 interactiveMode 为 %1；需要 Never、IfAvailable 或 Always</translation>
    </message>
    <message>
        <source>has an exec whose env is not a list of names and values</source>
        <translation>的 exec 的 env 不是名称与值的列表</translation>
    </message>
    <message>
        <source>%1: %2 has a %3 that is %4; a text is needed (write it in quotes)</source>
        <translation>%1：%2 的 %3 是%4；需要文本（请加引号）</translation>
    </message>
    <message>
        <source>has no server</source>
        <translation>没有 server</translation>
    </message>
    <message>
        <source>has a server that is not an http or https address</source>
        <translation>的 server 不是 http 或 https 地址</translation>
    </message>
    <message>
        <source>has a proxy-url that is no http, https or socks5 address</source>
        <translation>的 proxy-url 不是 http、https 或 socks5 地址</translation>
    </message>
    <message>
        <source>sets both certificate-authority and insecure-skip-tls-verify; remove one of them</source>
        <translation>同时设置了 certificate-authority 和 insecure-skip-tls-verify；请去掉其一</translation>
    </message>
    <message>
        <source>has a token or name with a line break in it</source>
        <translation>的令牌或名称中含有换行</translation>
    </message>
    <message>
        <source>has a client-key without a client-certificate</source>
        <translation>有 client-key 却没有 client-certificate</translation>
    </message>
    <message>
        <source>has a client-certificate without a client-key</source>
        <translation>有 client-certificate 却没有 client-key</translation>
    </message>
    <message>
        <source>has both a token and a username; one way to sign in is needed</source>
        <translation>同时有令牌和用户名；只能使用一种登录方式</translation>
    </message>
    <message>
        <source>uses auth-provider %1, which Kubernetes removed in 1.26; use the provider&apos;s exec plugin</source>
        <translation>使用 auth-provider %1，Kubernetes 已在 1.26 中将其移除；请使用该提供方的 exec 插件</translation>
    </message>
    <message>
        <source>%1: not a kubeconfig: %2</source>
        <translation>%1：不是 kubeconfig：%2</translation>
    </message>
    <message>
        <source>%1: not a kubeconfig: holds %2 where a map with clusters, users and contexts is needed</source>
        <translation>%1：不是 kubeconfig：内容是%2，而需要含 clusters、users 和 contexts 的映射</translation>
    </message>
    <message>
        <source>%1: holds a %2 of version %3, not a kubeconfig (v1 Config)</source>
        <translation>%1：内容是版本 %3 的 %2，不是 kubeconfig（v1 Config）</translation>
    </message>
    <message>
        <source>%1: %2 is %3; a list is needed</source>
        <translation>%1：%2 是%3；需要列表</translation>
    </message>
    <message>
        <source>%1: more than %2 %3</source>
        <translation>%1：%3 超过 %2 个</translation>
    </message>
    <message>
        <source>%1: entry %2 of %3</source>
        <translation>%1：%3 的第 %2 项</translation>
    </message>
    <message>
        <source>%1 is %2; a map with name and %3 is needed</source>
        <translation>%1 是%2；需要含 name 和 %3 的映射</translation>
    </message>
    <message>
        <source>%1 has no name</source>
        <translation>%1 没有名称</translation>
    </message>
    <message>
        <source>%1 has no name of text (write it in quotes)</source>
        <translation>%1 的名称不是文本（请加引号）</translation>
    </message>
    <message>
        <source>%1 (%2) has a %3 that is %4; a map is needed</source>
        <translation>%1（%2）的 %3 是%4；需要映射</translation>
    </message>
    <message>
        <source>%1 repeats the name %2</source>
        <translation>%1 重复了名称 %2</translation>
    </message>
    <message>
        <source>%1: No such file or directory</source>
        <translation>%1：没有该文件或目录</translation>
    </message>
    <message>
        <source>%1: Permission denied</source>
        <translation>%1：没有访问权限</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: is a folder, not a file</source>
        <translation>%1：是文件夹，不是文件</translation>
    </message>
    <message>
        <source>%1: no answer yet</source>
        <translation>%1：尚无应答</translation>
    </message>
    <message>
        <source>%1: the answer is not a list of an API server</source>
        <translation>%1：应答不是 API 服务器的列表</translation>
    </message>
    <message>
        <source>%1: the cluster was restored or made anew</source>
        <translation>%1：集群已被恢复或重建</translation>
    </message>
    <message>
        <source>%1: the server has not answered yet</source>
        <translation>%1：服务器尚未应答</translation>
    </message>
    <message>
        <source>%1: one event is larger than %2 bytes</source>
        <translation>%1：有事件大于 %2 字节</translation>
    </message>
    <message>
        <source>%1: the answer was cut off inside an event</source>
        <translation>%1：应答在事件中间中断</translation>
    </message>
    <message>
        <source>%1: the server ended the watch at once</source>
        <translation>%1：服务器立即结束了监视</translation>
    </message>
    <message>
        <source>no credentials were sent</source>
        <translation>未发送凭据</translation>
    </message>
    <message>
        <source>user &quot;%1&quot;</source>
        <translation>用户“%1”</translation>
    </message>
    <message>
        <source>the server refused the credentials of %1; they are wrong or have expired: sign in again or renew them</source>
        <translation>服务器拒绝了%1的凭据；凭据有误或已过期：请重新登录或更新凭据</translation>
    </message>
    <message>
        <source>the server took the request for anonymous (%1); check the user entry of the context</source>
        <translation>服务器将请求视为匿名（%1）；请检查上下文的用户条目</translation>
    </message>
    <message>
        <source>not allowed (%1); ask for this right or use another context</source>
        <translation>不允许（%1）；请申请该权限或使用其他上下文</translation>
    </message>
    <message>
        <source>the server does not know this resource; is its API installed?</source>
        <translation>服务器不认识该资源；其 API 已安装吗？</translation>
    </message>
    <message>
        <source>others manage fields you change: %1; leave those fields, or take them over knowingly</source>
        <translation>您更改的字段由他人管理：%1；请放弃这些字段，或有意接管它们</translation>
    </message>
    <message>
        <source>the object changed meanwhile (%1); look at it again and repeat the change</source>
        <translation>对象期间已被更改（%1）；请重新查看后再次更改</translation>
    </message>
    <message>
        <source>the server found it invalid: %1</source>
        <translation>服务器认为其无效：%1</translation>
    </message>
    <message>
        <source>the server can&apos;t now (HTTP %1: %2); trying again may help</source>
        <translation>服务器暂时无法处理（HTTP %1：%2）；可稍后重试</translation>
    </message>
    <message>
        <source>the server redirects elsewhere (HTTP %1); is this the API server?</source>
        <translation>服务器重定向到别处（HTTP %1）；这是 API 服务器吗？</translation>
    </message>
    <message>
        <source>answered with HTML (HTTP %1); is this the API server?</source>
        <translation>应答是 HTML（HTTP %1）；这是 API 服务器吗？</translation>
    </message>
    <message>
        <source>the server has too much to do (HTTP 429); trying again may help</source>
        <translation>服务器过于繁忙（HTTP 429）；可稍后重试</translation>
    </message>
    <message>
        <source>the server can&apos;t now (HTTP %1); trying again may help</source>
        <translation>服务器暂时无法处理（HTTP %1）；可稍后重试</translation>
    </message>
    <message>
        <source>refused with HTTP %1</source>
        <translation>被拒绝（HTTP %1）</translation>
    </message>
    <message>
        <source>answered with HTML; is this the API server?</source>
        <translation>应答是 HTML；这是 API 服务器吗？</translation>
    </message>
    <message>
        <source>the answer is empty; is this the API server?</source>
        <translation>应答为空；这是 API 服务器吗？</translation>
    </message>
    <message>
        <source>the answer is not JSON; is this the API server?</source>
        <translation>应答不是 JSON；这是 API 服务器吗？</translation>
    </message>
    <message>
        <source>the table can&apos;t be read (%1)</source>
        <translation>无法读取表格（%1）</translation>
    </message>
    <message>
        <source>the server doesn&apos;t print this kind as a table</source>
        <translation>服务器不以表格形式列出此类资源</translation>
    </message>
    <message>
        <source>the table has more than %1 columns</source>
        <translation>表格超过 %1 列</translation>
    </message>
    <message>
        <source>too many requests are waiting for the server</source>
        <translation>等待服务器的请求过多</translation>
    </message>
    <message>
        <source>the server&apos;s address is not an http or https URL</source>
        <translation>服务器地址不是 http 或 https URL</translation>
    </message>
    <message>
        <source>the answer&apos;s headers are larger than 256 KiB</source>
        <translation>应答头大于 256 KiB</translation>
    </message>
    <message>
        <source>the answer is larger than %1 bytes</source>
        <translation>应答大于 %1 字节</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>%1 sent nothing for %2 s</source>
        <translation>%1 在 %2 秒内没有发送任何内容</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 ms</source>
        <translation>%1 未在 %2 毫秒内应答</translation>
    </message>
    <message>
        <source>the name of %1 can&apos;t be resolved; check the server&apos;s address and the network</source>
        <translation>无法解析 %1 的名称；请检查服务器地址和网络</translation>
    </message>
    <message>
        <source>the proxy&apos;s name can&apos;t be resolved (%1)</source>
        <translation>无法解析代理的名称（%1）</translation>
    </message>
    <message>
        <source>no connection to %1 (%2)</source>
        <translation>无法连接到 %1（%2）</translation>
    </message>
    <message>
        <source>the certificate of %1 has expired; it must be renewed on the server</source>
        <translation>%1 的证书已过期；需在服务器上更新</translation>
    </message>
    <message>
        <source>the certificate of %1 is for another name (%2); tls-server-name may be needed</source>
        <translation>%1 的证书属于另一个名称（%2）；可能需要设置 tls-server-name</translation>
    </message>
    <message>
        <source>the certificate of %1 is not trusted (%2); check certificate-authority in the kubeconfig</source>
        <translation>%1 的证书不受信任（%2）；请检查 kubeconfig 中的 certificate-authority</translation>
    </message>
    <message>
        <source>the client certificate or key can&apos;t be used (%1)</source>
        <translation>客户端证书或密钥无法使用（%1）</translation>
    </message>
    <message>
        <source>certificate-authority holds no usable certificate (%1)</source>
        <translation>certificate-authority 中没有可用的证书（%1）</translation>
    </message>
    <message>
        <source>%1 does not speak TLS; is the address right (https or http)?</source>
        <translation>%1 不使用 TLS；地址是否正确（https 还是 http）？</translation>
    </message>
    <message>
        <source>TLS with %1 failed (%2)</source>
        <translation>与 %1 的 TLS 握手失败（%2）</translation>
    </message>
    <message>
        <source>the answer of %1 was cut off</source>
        <translation>%1 的应答中断</translation>
    </message>
    <message>
        <source>%1 refused the client certificate (%2)</source>
        <translation>%1 拒绝了客户端证书（%2）</translation>
    </message>
    <message>
        <source>the answer of %1 was cut off (%2)</source>
        <translation>%1 的应答中断（%2）</translation>
    </message>
    <message>
        <source>the connection to %1 was lost before it answered (%2)</source>
        <translation>与 %1 的连接在应答前断开（%2）</translation>
    </message>
    <message>
        <source>%1 did not answer in HTTP (%2); is the address right?</source>
        <translation>%1 的应答不是 HTTP（%2）；地址是否正确？</translation>
    </message>
    <message>
        <source>the server&apos;s address can&apos;t be used (%1)</source>
        <translation>服务器地址无法使用（%1）</translation>
    </message>
    <message>
        <source>the exchange with %1 failed (%2)</source>
        <translation>与 %1 的通信失败（%2）</translation>
    </message>
</context>
<context>
    <name>operate</name>
    <message>
        <source>%1: larger than %2 bytes</source>
        <translation>%1：大于 %2 字节</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 以及另外 %2 个</translation>
    </message>
    <message>
        <source>%1 was deleted meanwhile</source>
        <translation>%1 期间已被删除</translation>
    </message>
    <message>
        <source>%1 was deleted and created again meanwhile</source>
        <translation>%1 期间被删除并重新创建</translation>
    </message>
    <message>
        <source>%1 changed meanwhile: %2</source>
        <translation>%1 期间已被更改：%2</translation>
    </message>
    <message>
        <source>%1 changed meanwhile (last written by %2): %3</source>
        <translation>%1 期间已被更改（最后由 %2 写入）：%3</translation>
    </message>
    <message>
        <source>%1; both sides changed the same fields</source>
        <translation>%1；双方更改了相同的字段</translation>
    </message>
    <message>
        <source>%1: not a settings file of this version</source>
        <translation>%1：不是此版本的设置文件</translation>
    </message>
    <message>
        <source>%1: line %2: %3</source>
        <translation>%1：第 %2 行：%3</translation>
    </message>
    <message>
        <source>the journal was written by a newer Fairway (format %1, this one knows %2)</source>
        <translation>日志由更新版本的 Fairway 写入（格式 %1，此版本只支持 %2）</translation>
    </message>
    <message>
        <source>journal entry %1 is already finished</source>
        <translation>日志条目 %1 已结束</translation>
    </message>
    <message>
        <source>there is no journal entry %1</source>
        <translation>没有日志条目 %1</translation>
    </message>
    <message>
        <source>the server&apos;s answer about %1</source>
        <translation>服务器关于 %1 的应答</translation>
    </message>
    <message>
        <source>the journal could not be brought up to date: %1</source>
        <translation>无法更新日志：%1</translation>
    </message>
    <message>
        <source>the object changed meanwhile; nothing was written</source>
        <translation>对象期间已被更改；未写入任何内容</translation>
    </message>
    <message>
        <source>the answer was lost (%1); the object holds the change</source>
        <translation>应答丢失（%1）；对象已包含该更改</translation>
    </message>
    <message>
        <source>%1 was changed; the server&apos;s answer was lost, the object was read again</source>
        <translation>%1 已更改；服务器的应答丢失，已重新读取对象</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>whether it was written is unknown: %1</source>
        <translation>不清楚是否已写入：%1</translation>
    </message>
    <message>
        <source>the object is gone</source>
        <translation>对象已不存在</translation>
    </message>
    <message>
        <source>the object still stands</source>
        <translation>对象仍然存在</translation>
    </message>
    <message>
        <source>it was not written: there is no such object</source>
        <translation>未写入：没有该对象</translation>
    </message>
    <message>
        <source>whether it was written is unknown: the object is gone</source>
        <translation>不清楚是否已写入：对象已不存在</translation>
    </message>
    <message>
        <source>the object exists</source>
        <translation>对象存在</translation>
    </message>
    <message>
        <source>whether it was written is unknown: the object was created again meanwhile</source>
        <translation>不清楚是否已写入：对象期间被重新创建</translation>
    </message>
    <message>
        <source>it was not written: the object is unchanged</source>
        <translation>未写入：对象没有变化</translation>
    </message>
    <message>
        <source>the object holds the change</source>
        <translation>对象已包含该更改</translation>
    </message>
    <message>
        <source>it was not written: the fields hold what they held before</source>
        <translation>未写入：字段仍是之前的值</translation>
    </message>
    <message>
        <source>whether it was written is unknown: the fields hold something else by now</source>
        <translation>不清楚是否已写入：字段现在是其他值</translation>
    </message>
    <message>
        <source>Fairway ended before the answer came; %1</source>
        <translation>Fairway 在应答到达前结束；%1</translation>
    </message>
    <message>
        <source>entry %1</source>
        <translation>条目 %1</translation>
    </message>
    <message>
        <source>%1 belongs to context %2</source>
        <translation>%1 属于上下文 %2</translation>
    </message>
    <message>
        <source>%1 is already undone</source>
        <translation>%1 已被撤销</translation>
    </message>
    <message>
        <source>%1 was not applied: it is %2</source>
        <translation>%1 未应用：状态为 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 was deleted and created again since</source>
        <translation>%1 之后被删除并重新创建</translation>
    </message>
    <message>
        <source>%1: %2 no longer holds what was written</source>
        <translation>%1：%2 已不是当时写入的值</translation>
    </message>
    <message>
        <source>%1 (last written by %2)</source>
        <translation>%1（最后由 %2 写入）</translation>
    </message>
    <message>
        <source>(unnamed)</source>
        <translation>（未命名）</translation>
    </message>
    <message>
        <source>the admission webhook %1 does not support dry runs, so the server could not check the change beforehand</source>
        <translation>准入 webhook %1 不支持试运行，因此服务器无法预先检查该更改</translation>
    </message>
    <message>
        <source>context %1 is locked: nothing was sent</source>
        <translation>上下文 %1 已锁定：未发送任何内容</translation>
    </message>
    <message>
        <source>%1 already is as wanted: nothing was written</source>
        <translation>%1 已符合要求：未写入任何内容</translation>
    </message>
    <message>
        <source>The server would accept the change of %1; nothing was written</source>
        <translation>服务器会接受对 %1 的更改；未写入任何内容</translation>
    </message>
    <message>
        <source>the server would also change %1</source>
        <translation>服务器还会更改 %1</translation>
    </message>
    <message>
        <source>of Secret data only a hash is kept</source>
        <translation>Secret 数据只保留哈希值</translation>
    </message>
    <message>
        <source>no field changed</source>
        <translation>没有字段变化</translation>
    </message>
    <message>
        <source>cannot be undone</source>
        <translation>无法撤销</translation>
    </message>
    <message>
        <source>nothing was sent, because the journal can&apos;t be written: %1</source>
        <translation>未发送任何内容，因为无法写入日志：%1</translation>
    </message>
    <message>
        <source>%1 was deleted</source>
        <translation>%1 已删除</translation>
    </message>
    <message>
        <source>%1 was created</source>
        <translation>%1 已创建</translation>
    </message>
    <message>
        <source>%1 was changed</source>
        <translation>%1 已更改</translation>
    </message>
    <message>
        <source>the reason could not be recorded as an Event: %1</source>
        <translation>无法将原因记录为 Event：%1</translation>
    </message>
    <message>
        <source>this user</source>
        <translation>此用户</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>%1 may not %2 %3</source>
        <translation>%1 无权 %2 %3</translation>
    </message>
    <message>
        <source>%1 may not %2 %3 in namespace %4</source>
        <translation>%1 无权在命名空间 %4 中 %2 %3</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>context %1 is marked production: type its name to write</source>
        <translation>上下文 %1 标记为生产环境：请输入其名称以写入</translation>
    </message>
    <message>
        <source>context %1 is marked production: a write needs a reason</source>
        <translation>上下文 %1 标记为生产环境：写入需要说明原因</translation>
    </message>
    <message>
        <source>%1 would get traffic without a ready endpoint: confirm that this is meant</source>
        <translation>%1 没有就绪的端点却会收到流量：请确认这是有意的</translation>
    </message>
    <message>
        <source>the changes are too large to be kept: as one step they could not be taken back</source>
        <translation>更改太大，无法保存：作为一步将无法收回</translation>
    </message>
    <message>
        <source>none of its objects holds the change: %1</source>
        <translation>其中没有对象含有该更改：%1</translation>
    </message>
    <message>
        <source>every object holds the change</source>
        <translation>所有对象都含有该更改</translation>
    </message>
    <message>
        <source>%1 holds the change, %2 does not; Undo takes back what was written</source>
        <translation>%1 含有该更改，%2 没有；“撤销”会收回已写入的内容</translation>
    </message>
    <message>
        <source>there is nothing to write</source>
        <translation>没有要写入的内容</translation>
    </message>
    <message>
        <source>%1 objects are too many for one step: %2 at most</source>
        <translation>一步中的 %1 个对象太多：最多 %2 个</translation>
    </message>
    <message>
        <source>%1 is named twice in one step</source>
        <translation>%1 在一步中出现了两次</translation>
    </message>
    <message>
        <source>%1: %2; nothing was written</source>
        <translation>%1：%2；未写入任何内容</translation>
    </message>
    <message>
        <source>every object already is as wanted: nothing was written</source>
        <translation>所有对象均已如愿：未写入任何内容</translation>
    </message>
    <message>
        <source>The server would accept the changes of all %1 objects; nothing was written</source>
        <translation>服务器会接受全部 %1 个对象的更改；未写入任何内容</translation>
    </message>
    <message>
        <source>%1 objects were changed as one step: %2</source>
        <translation>%1 个对象已在一步中更改：%2</translation>
    </message>
    <message>
        <source>%1; what was written before could not be taken back (%2): %3 holds the change, Undo tries again</source>
        <translation>%1；之前写入的内容无法收回（%2）：%3 仍含该更改，可用“撤销”再试</translation>
    </message>
    <message>
        <source>%1; what was written before was taken back: %2</source>
        <translation>%1；之前写入的内容已收回：%2</translation>
    </message>
    <message>
        <source>%1 was changed since it was created: delete it by hand</source>
        <translation>%1 创建后已被更改：请手动删除</translation>
    </message>
    <message>
        <source>%1 was written</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>undo of: %1</source>
        <translation>撤销：%1</translation>
    </message>
</context>
<context>
    <name>proxy</name>
    <message>
        <source>there is no destination to send requests to</source>
        <translation>没有可发送请求的目标</translation>
    </message>
    <message>
        <source>at most 64 destinations can be rehearsed</source>
        <translation>最多可演练 64 个目标</translation>
    </message>
    <message>
        <source>two destinations are called %1</source>
        <translation>有两个目标都叫 %1</translation>
    </message>
    <message>
        <source>all weights are 0: no request would be sent anywhere</source>
        <translation>所有权重均为 0：不会向任何目标发送请求</translation>
    </message>
    <message>
        <source>the rate must be between 0 and 20000 requests a second</source>
        <translation>速率必须在每秒 0 到 20000 个请求之间</translation>
    </message>
    <message>
        <source>a rehearsal needs a duration of at most an hour, or a number of requests</source>
        <translation>演练需要不超过一小时的时长，或请求数量</translation>
    </message>
    <message>
        <source>the rule has %1 destinations</source>
        <translation>该规则有 %1 个目标</translation>
    </message>
    <message>
        <source>the rehearsal did not start</source>
        <translation>演练未能启动</translation>
    </message>
    <message>
        <source>the stand-in for %1</source>
        <translation>%1 的替身</translation>
    </message>
    <message>
        <source>no listener on port %1 could be played</source>
        <translation>端口 %1 上没有可演练的监听器</translation>
    </message>
    <message>
        <source>there is no rule to play on port %1</source>
        <translation>端口 %1 上没有可演练的规则</translation>
    </message>
    <message>
        <source>at most 500 rules with 1000000 requests each can be played</source>
        <translation>最多可演练 500 条规则，每条 1000000 个请求</translation>
    </message>
    <message>
        <source>session persistence</source>
        <translation>会话保持</translation>
    </message>
    <message>
        <source>TCP and TLS routes</source>
        <translation>TCP 和 TLS 路由</translation>
    </message>
    <message>
        <source>TLS of the listeners</source>
        <translation>监听器的 TLS</translation>
    </message>
    <message>
        <source>matches on metadata</source>
        <translation>按元数据的匹配</translation>
    </message>
    <message>
        <source>clusters named by a header</source>
        <translation>由请求头指定的集群</translation>
    </message>
    <message>
        <source>%1 (%2 and %3 more)</source>
        <translation>%1（%2，另有 %3 处）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>header values that the proxy would fill in are sent as they stand</source>
        <translation>代理本应填入的标头值按原样发送</translation>
    </message>
    <message>
        <source>conditions for a retry</source>
        <translation>重试条件</translation>
    </message>
    <message>
        <source>traffic policies</source>
        <translation>流量策略</translation>
    </message>
    <message>
        <source>where retries go</source>
        <translation>重试的去向</translation>
    </message>
    <message>
        <source>at: %1 holds no HTTP routes of these objects</source>
        <translation>at：%1 不含这些对象的 HTTP 路由</translation>
    </message>
    <message>
        <source>port: %1 listens for HTTP on %2, not on %3</source>
        <translation>port：%1 在 %2 上监听 HTTP，而不是 %3</translation>
    </message>
    <message>
        <source>port: %1 listens for HTTP on %2: name one</source>
        <translation>port：%1 在 %2 上监听 HTTP：请指定一个</translation>
    </message>
    <message>
        <source>endpoints: &quot;%1&quot; is no target: the routes have none</source>
        <translation>endpoints：“%1”不是目标：这些路由没有目标</translation>
    </message>
    <message>
        <source>endpoints: &quot;%1&quot; is no target; there are %2</source>
        <translation>endpoints：“%1”不是目标；现有 %2</translation>
    </message>
    <message>
        <source>not executed: %1</source>
        <translation>未执行：%1</translation>
    </message>
    <message>
        <source>%1 has no HTTP rule of these on port %2: %3</source>
        <translation>%1 在端口 %2 上没有以下对象的 HTTP 规则：%3</translation>
    </message>
    <message>
        <source>the objects have %1 further faults</source>
        <translation>这些对象还有 %1 处错误</translation>
    </message>
    <message>
        <source>%1 has no kind %2</source>
        <translation>%1 没有类型 %2</translation>
    </message>
    <message>
        <source>%1 has no version %2</source>
        <translation>%1 没有版本 %2</translation>
    </message>
    <message>
        <source>port %1 is played; there are rules on %2, too</source>
        <translation>演练的是端口 %1；%2 上也有规则</translation>
    </message>
    <message>
        <source>there is no route configuration in it</source>
        <translation>其中没有路由配置</translation>
    </message>
    <message>
        <source>route: there is no route configuration &quot;%1&quot;; there are %2</source>
        <translation>route：没有路由配置“%1”；现有 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>port: %1 ports for %2 listeners: name one for all, or one for each</source>
        <translation>port：%1 个端口对 %2 个监听器：请为全部写一个，或各写一个</translation>
    </message>
    <message>
        <source>port: Envoy&apos;s routes are played on one</source>
        <translation>port：Envoy 的路由只在一个端口上演练</translation>
    </message>
</context>
<context>
    <name>route</name>
    <message>
        <source>Not what its schema says</source>
        <translation>与其 schema 不符</translation>
    </message>
    <message>
        <source>Show the field</source>
        <translation>显示该字段</translation>
    </message>
    <message>
        <source>%1 leads nowhere</source>
        <translation>%1 没有去向</translation>
    </message>
    <message>
        <source>It has no destination and no other action.</source>
        <translation>它既没有目标，也没有其他动作。</translation>
    </message>
    <message>
        <source>Without a backend it answers 500.</source>
        <translation>没有后端时，它返回 500。</translation>
    </message>
    <message>
        <source>Go to the rule</source>
        <translation>转到该规则</translation>
    </message>
    <message>
        <source>No primary Ingress</source>
        <translation>没有主 Ingress</translation>
    </message>
    <message>
        <source>No other Ingress of the namespace serves the same host and path: the canary takes no traffic.</source>
        <translation>命名空间中没有其他 Ingress 提供相同的主机和路径：金丝雀不会收到流量。</translation>
    </message>
    <message>
        <source>Weights add up</source>
        <translation>权重合计正确</translation>
    </message>
    <message>
        <source>Weights add up, destinations exist</source>
        <translation>权重合计正确，目标均存在</translation>
    </message>
    <message>
        <source>%1 in total.</source>
        <translation>合计 %1。</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>%1 is never reached</source>
        <translation>%1 永远不会被匹配</translation>
    </message>
    <message>
        <source>%1 before it takes every request.</source>
        <translation>它前面的%1接收所有请求。</translation>
    </message>
    <message>
        <source>%1 is skipped at %2</source>
        <translation>%1 在 %2 处被跳过</translation>
    </message>
    <message>
        <source>Source labels and namespaces match in sidecars only. Requests through the gateway fall to the rules after it.</source>
        <translation>来源标签和命名空间只在边车中匹配。经过网关的请求会落到其后的规则。</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>该规则</translation>
    </message>
    <message>
        <source>%1 delivers nothing</source>
        <translation>%1 不转发任何请求</translation>
    </message>
    <message>
        <source>Change the weights</source>
        <translation>更改权重</translation>
    </message>
    <message>
        <source>%1 has a single destination</source>
        <translation>%1 只有一个目标</translation>
    </message>
    <message>
        <source>Weights add up to %1</source>
        <translation>权重合计为 %1</translation>
    </message>
    <message>
        <source>They are relative: a share is weight over total. Normalise to read them as percent.</source>
        <translation>权重是相对的：份额等于权重除以总和。归一化后可按百分比阅读。</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>%1 leads to no Service</source>
        <translation>%1 没有对应的 Service</translation>
    </message>
    <message>
        <source>Subset %1 is not defined</source>
        <translation>子集 %1 未定义</translation>
    </message>
    <message>
        <source>Open the DestinationRule</source>
        <translation>打开 DestinationRule</translation>
    </message>
    <message>
        <source>%1 leads to a missing port</source>
        <translation>%1 指向不存在的端口</translation>
    </message>
    <message>
        <source>Open the Service</source>
        <translation>打开 Service</translation>
    </message>
    <message>
        <source>%1 has no pod</source>
        <translation>%1 没有 Pod</translation>
    </message>
    <message>
        <source>%1 has no ready pod</source>
        <translation>%1 没有就绪的 Pod</translation>
    </message>
    <message>
        <source>Show the pod</source>
        <translation>显示 Pod</translation>
    </message>
    <message>
        <source>%1 needs a port</source>
        <translation>%1 需要指定端口</translation>
    </message>
    <message>
        <source>Service %1 has several ports and the destination names none.</source>
        <translation>Service %1 有多个端口，而目标没有指定端口。</translation>
    </message>
    <message>
        <source>%1 has %2 of %3 pods ready</source>
        <translation>%1 有 %2/%3 个 Pod 就绪</translation>
    </message>
    <message>
        <source>The ready ones carry its whole share.</source>
        <translation>就绪的 Pod 承担其全部份额。</translation>
    </message>
    <message>
        <source>too many rules: the rest is left out</source>
        <translation>规则过多：其余已略去</translation>
    </message>
    <message>
        <source>too many matches: the rest is left out</source>
        <translation>匹配条件过多：其余已略去</translation>
    </message>
    <message>
        <source>unknown type of match</source>
        <translation>未知的匹配类型</translation>
    </message>
    <message>
        <source>too many backends: the rest is left out</source>
        <translation>后端过多：其余已略去</translation>
    </message>
    <message>
        <source>weight must be 0 to 1000000</source>
        <translation>权重必须在 0 到 1000000 之间</translation>
    </message>
    <message>
        <source>a backend needs a name</source>
        <translation>后端需要名称</translation>
    </message>
    <message>
        <source>redirects</source>
        <translation>重定向</translation>
    </message>
    <message>
        <source>redirects to %1</source>
        <translation>重定向到 %1</translation>
    </message>
    <message>
        <source>header %1 goes first</source>
        <translation>请求头 %1 优先</translation>
    </message>
    <message>
        <source>cookie %1 goes first</source>
        <translation>Cookie %1 优先</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>must be a whole number in text</source>
        <translation>必须是写成文本的整数</translation>
    </message>
    <message>
        <source>an annotation must be text</source>
        <translation>注解必须是文本</translation>
    </message>
    <message>
        <source>too many paths: the rest is left out</source>
        <translation>路径过多：其余已略去</translation>
    </message>
    <message>
        <source>an Ingress without the canary annotation has no weights</source>
        <translation>没有 canary 注解的 Ingress 没有权重</translation>
    </message>
    <message>
        <source>a backend needs a Service</source>
        <translation>后端需要 Service</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 以及另外 %2 个</translation>
    </message>
    <message>
        <source>must be a port</source>
        <translation>必须是端口号</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>prefix</source>
        <translation>前缀</translation>
    </message>
    <message>
        <source>regex</source>
        <translation>正则</translation>
    </message>
    <message>
        <source>present</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>header</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询参数</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>协议方案</translation>
    </message>
    <message>
        <source>gRPC service</source>
        <translation>gRPC 服务</translation>
    </message>
    <message>
        <source>gRPC method</source>
        <translation>gRPC 方法</translation>
    </message>
    <message>
        <source>destination address</source>
        <translation>目标地址</translation>
    </message>
    <message>
        <source>cookie</source>
        <translation>Cookie</translation>
    </message>
    <message>
        <source>no %1</source>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>%1 present</source>
        <translation>存在 %1</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>%1 prefix</source>
        <translation>%1 前缀</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>非 %1</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>在 %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 或 %2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另外 %1 个</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>所有请求</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>其余所有请求</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>a boolean</source>
        <translation>布尔值</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>其他类型</translation>
    </message>
    <message>
        <source>%1 must be text, not %2</source>
        <translation>%1 必须是文本，而不是%2</translation>
    </message>
    <message>
        <source>%1 must be a whole number</source>
        <translation>%1 必须是整数</translation>
    </message>
    <message>
        <source>%1 must be a whole number, not %2</source>
        <translation>%1 必须是整数，而不是%2</translation>
    </message>
    <message>
        <source>%1 must be true or false, not %2</source>
        <translation>%1 必须是 true 或 false，而不是%2</translation>
    </message>
    <message>
        <source>%1 must be a list, not %2</source>
        <translation>%1 必须是列表，而不是%2</translation>
    </message>
    <message>
        <source>must be text, not %1</source>
        <translation>必须是文本，而不是%1</translation>
    </message>
    <message>
        <source>%1 must be a map, not %2</source>
        <translation>%1 必须是映射，而不是%2</translation>
    </message>
    <message>
        <source>must be a map, not %1</source>
        <translation>必须是映射，而不是%1</translation>
    </message>
    <message>
        <source>Service %1 has no port %2</source>
        <translation>Service %1 没有端口 %2</translation>
    </message>
    <message>
        <source>names no host</source>
        <translation>没有指定主机</translation>
    </message>
    <message>
        <source>%1 is not a Service of this cluster</source>
        <translation>%1 不是此集群的 Service</translation>
    </message>
    <message>
        <source>Service %1 not found</source>
        <translation>未找到 Service %1</translation>
    </message>
    <message>
        <source>Service %1 stands for %2 outside the cluster</source>
        <translation>Service %1 代表集群外的 %2</translation>
    </message>
    <message>
        <source>no DestinationRule defines subset %1 of %2</source>
        <translation>没有 DestinationRule 定义 %2 的子集 %1</translation>
    </message>
    <message>
        <source>no subset %1 in DestinationRule %2</source>
        <translation>DestinationRule %2 中没有子集 %1</translation>
    </message>
    <message>
        <source>Service %1 has no pod</source>
        <translation>Service %1 没有 Pod</translation>
    </message>
    <message>
        <source>no pod of %1 carries %2</source>
        <translation>%1 没有带 %2 标签的 Pod</translation>
    </message>
    <message>
        <source>none of 1 pod is ready</source>
        <translation>唯一的 Pod 未就绪</translation>
    </message>
    <message>
        <source>none of %1 pods is ready</source>
        <translation>%1 个 Pod 均未就绪</translation>
    </message>
    <message>
        <source>too many destinations: the rest is left out</source>
        <translation>目标过多：其余已略去</translation>
    </message>
    <message>
        <source>weight must not be negative</source>
        <translation>权重不能为负</translation>
    </message>
    <message>
        <source>weight must fit 32 bits</source>
        <translation>权重必须在 32 位以内</translation>
    </message>
    <message>
        <source>a destination needs a host</source>
        <translation>目标需要主机</translation>
    </message>
    <message>
        <source>redirects to the same place</source>
        <translation>重定向到原处</translation>
    </message>
    <message>
        <source>answers %1</source>
        <translation>返回 %1</translation>
    </message>
    <message>
        <source>delegates to %1</source>
        <translation>委托给 %1</translation>
    </message>
    <message>
        <source>a weight is negative: the API refuses it</source>
        <translation>有权重为负：API 会拒绝</translation>
    </message>
    <message>
        <source>a single destination gets every request, whatever its weight</source>
        <translation>唯一的目标接收所有请求，与权重无关</translation>
    </message>
    <message>
        <source>its only weight is 0: every request is answered 500</source>
        <translation>唯一的权重为 0：所有请求都返回 500</translation>
    </message>
    <message>
        <source>all weights are 0: every request is answered 500</source>
        <translation>所有权重均为 0：所有请求都返回 500</translation>
    </message>
    <message>
        <source>all weights are 0: Istio refuses the object</source>
        <translation>所有权重均为 0：Istio 会拒绝该对象</translation>
    </message>
    <message>
        <source>a URL starts with http:// or https://</source>
        <translation>URL 以 http:// 或 https:// 开头</translation>
    </message>
    <message>
        <source>the URL has no host</source>
        <translation>URL 中没有主机</translation>
    </message>
    <message>
        <source>the command has an open %1</source>
        <translation>命令中有未闭合的 %1</translation>
    </message>
    <message>
        <source>%1 is not looked at: choose where the request enters instead</source>
        <translation>不考虑 %1：请改为选择请求进入的位置</translation>
    </message>
    <message>
        <source>%1 needs a value</source>
        <translation>%1 需要一个值</translation>
    </message>
    <message>
        <source>the curl command has no URL</source>
        <translation>curl 命令中没有 URL</translation>
    </message>
    <message>
        <source>no request line such as GET /path HTTP/1.1</source>
        <translation>没有形如 GET /path HTTP/1.1 的请求行</translation>
    </message>
    <message>
        <source>the log line names no host</source>
        <translation>日志行没有写明主机</translation>
    </message>
    <message>
        <source>other headers than the line shows are not known</source>
        <translation>日志行未显示的其他请求头未知</translation>
    </message>
    <message>
        <source>the log line has no &quot;path&quot;</source>
        <translation>日志行没有 &quot;path&quot;</translation>
    </message>
    <message>
        <source>the request has no Host</source>
        <translation>请求没有 Host</translation>
    </message>
    <message>
        <source>the text is longer than 64 KiB</source>
        <translation>文本超过 64 KiB</translation>
    </message>
    <message>
        <source>nothing to read a request from</source>
        <translation>没有可读出请求的内容</translation>
    </message>
    <message>
        <source>neither a URL, a curl command, a line of an access log nor a request</source>
        <translation>既不是 URL、curl 命令、访问日志行，也不是请求</translation>
    </message>
    <message>
        <source>virtual host %1: this kind of matcher is not understood, its routes are left out</source>
        <translation>虚拟主机 %1：不理解这种匹配器，其路由被略去</translation>
    </message>
    <message>
        <source>%1: its match is not understood, the route is left out</source>
        <translation>%1：不理解其匹配条件，该路由被略去</translation>
    </message>
    <message>
        <source>%1: its action is not understood</source>
        <translation>%1：不理解其动作</translation>
    </message>
    <message>
        <source>%1: %2: %3</source>
        <translation>%1：%2：%3</translation>
    </message>
    <message>
        <source>%1: its way of rewriting the path is not understood</source>
        <translation>%1：不理解其重写路径的方式</translation>
    </message>
    <message>
        <source>is anything</source>
        <translation>为任意值</translation>
    </message>
    <message>
        <source>lies below %1</source>
        <translation>位于 %1 之下</translation>
    </message>
    <message>
        <source>header %1</source>
        <translation>请求头 %1</translation>
    </message>
    <message>
        <source>%1 takes it</source>
        <translation>%1 接收该请求</translation>
    </message>
    <message>
        <source>nothing listens on the port that the request means</source>
        <translation>请求所指的端口上没有监听</translation>
    </message>
    <message>
        <source>nothing listens on port %1</source>
        <translation>端口 %1 上没有监听</translation>
    </message>
    <message>
        <source>the listener takes no such connection: no server has this SNI name or protocol</source>
        <translation>监听器不接受这种连接：没有服务器具有此 SNI 名称或协议</translation>
    </message>
    <message>
        <source>several servers claim the connection</source>
        <translation>多个服务器都要求该连接</translation>
    </message>
    <message>
        <source>no host fits %1: it is answered with 404</source>
        <translation>没有匹配 %1 的主机：以 404 应答</translation>
    </message>
    <message>
        <source>no rule of host %1 takes it: it is answered with 404</source>
        <translation>主机 %1 没有规则接收它：以 404 应答</translation>
    </message>
    <message>
        <source>the host wants TLS: plain requests are redirected to https</source>
        <translation>该主机要求 TLS：明文请求被重定向到 https</translation>
    </message>
    <message>
        <source>no service of the mesh is meant: it goes on to where the client sends it</source>
        <translation>不指向网格中的服务：请求继续前往客户端发送的地址</translation>
    </message>
    <message>
        <source>no service of the mesh is meant, and the outbound policy forbids others</source>
        <translation>不指向网格中的服务，而出站策略禁止其他目标</translation>
    </message>
    <message>
        <source>the port expects another protocol</source>
        <translation>该端口期望其他协议</translation>
    </message>
    <message>
        <source>the port expects TLS</source>
        <translation>该端口期望 TLS</translation>
    </message>
    <message>
        <source>the port asks for a client certificate, or for none</source>
        <translation>该端口要求客户端证书，或不接受证书</translation>
    </message>
    <message>
        <source>path %1 is not one that %2</source>
        <translation>路径 %1 不符合：%2</translation>
    </message>
    <message>
        <source>%1 %2 does not fit: it must not be one that %3</source>
        <translation>%1 %2 不符合：不得为%3</translation>
    </message>
    <message>
        <source>%1 %2 does not fit: wanted is one that %3</source>
        <translation>%1 %2 不符合：要求%3</translation>
    </message>
    <message>
        <source>%1 is absent: it must not be one that %2</source>
        <translation>缺少 %1：不得为%2</translation>
    </message>
    <message>
        <source>%1 is absent: wanted is one that %2</source>
        <translation>缺少 %1：要求%2</translation>
    </message>
    <message>
        <source>query parameter %1</source>
        <translation>查询参数 %1</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>the request is no gRPC</source>
        <translation>该请求不是 gRPC</translation>
    </message>
    <message>
        <source>it depends on state that the request does not show</source>
        <translation>取决于请求未显示的状态</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: it is left out</source>
        <translation>%1 无法读取：被略去</translation>
    </message>
    <message>
        <source>%1: nothing is mirrored: %2</source>
        <translation>%1：不镜像任何请求：%2</translation>
    </message>
    <message>
        <source>%1: a filter has no type</source>
        <translation>%1：有过滤器没有类型</translation>
    </message>
    <message>
        <source>%1: filter %2 is not modelled</source>
        <translation>%1：过滤器 %2 未建模</translation>
    </message>
    <message>
        <source>%1: filter %2 of a backend is not modelled</source>
        <translation>%1：后端的过滤器 %2 未建模</translation>
    </message>
    <message>
        <source>InvalidKind: %1 is no backend</source>
        <translation>InvalidKind：%1 不能作为后端</translation>
    </message>
    <message>
        <source>RefNotPermitted: no ReferenceGrant in %1 lets %2 of %3 use it</source>
        <translation>RefNotPermitted：%1 中没有 ReferenceGrant 允许 %3 的 %2 使用它</translation>
    </message>
    <message>
        <source>BackendNotFound: there is no Service %1</source>
        <translation>BackendNotFound：没有 Service %1</translation>
    </message>
    <message>
        <source>InvalidKind: a Service needs a port</source>
        <translation>InvalidKind：Service 需要端口</translation>
    </message>
    <message>
        <source>BackendNotFound: Service %1 has no port %2</source>
        <translation>BackendNotFound：Service %1 没有端口 %2</translation>
    </message>
    <message>
        <source>%1: an older route has all connections of listener %2</source>
        <translation>%1：更早的路由占有监听器 %2 的全部连接</translation>
    </message>
    <message>
        <source>%1: annotation %2 is not modelled</source>
        <translation>%1：注解 %2 未建模</translation>
    </message>
    <message>
        <source>%1: no primary Ingress serves %2</source>
        <translation>%1：没有主 Ingress 提供 %2</translation>
    </message>
    <message>
        <source>%1: another canary has %2</source>
        <translation>%1：另一个金丝雀已占有 %2</translation>
    </message>
    <message>
        <source>%1: %2 serves %3 already</source>
        <translation>%1：%2 已提供 %3</translation>
    </message>
    <message>
        <source>%1: this redirect code is not supported, the rule answers nothing</source>
        <translation>%1：不支持此重定向状态码，该规则不作应答</translation>
    </message>
    <message>
        <source>EnvoyFilter %1 patches %2: not modelled</source>
        <translation>EnvoyFilter %1 修改 %2：未建模</translation>
    </message>
    <message>
        <source>%1 delegates to %2, which does not exist or has hosts of its own</source>
        <translation>%1 委托给 %2，而后者不存在或有自己的主机</translation>
    </message>
    <message>
        <source>%1 delegates to %2, which is not exported to %3</source>
        <translation>%1 委托给 %2，而后者未导出到 %3</translation>
    </message>
    <message>
        <source>%1: %2 delegates again, which Istio does not follow</source>
        <translation>%1：%2 再次委托，Istio 不会跟随</translation>
    </message>
    <message>
        <source>%1: the matches of %2 fit none of the root&apos;s: it is left out</source>
        <translation>%1：%2 的匹配条件与根规则都不相容：被略去</translation>
    </message>
    <message>
        <source>Gateway %1 server on port %2 is left out: %3</source>
        <translation>网关 %1 端口 %2 上的服务器被略去：%3</translation>
    </message>
    <message>
        <source>it has no port</source>
        <translation>它没有端口</translation>
    </message>
    <message>
        <source>another server of this port has one of its hosts already</source>
        <translation>该端口的另一服务器已占有它的某个主机</translation>
    </message>
    <message>
        <source>its protocol %1 can&apos;t share the port with %2</source>
        <translation>其协议 %1 不能与 %2 共用端口</translation>
    </message>
    <message>
        <source>the port serves TLS</source>
        <translation>该端口提供 TLS</translation>
    </message>
    <message>
        <source>%1: its SNI hosts are taken on this port already</source>
        <translation>%1：其 SNI 主机在该端口上已被占用</translation>
    </message>
    <message>
        <source>%1: match %2: %3; the match is left out</source>
        <translation>%1：匹配 %2：%3；该匹配被略去</translation>
    </message>
    <message>
        <source>not loaded here: it is for port %1</source>
        <translation>此处未加载：它用于端口 %1</translation>
    </message>
    <message>
        <source>not loaded here: it is for %1</source>
        <translation>此处未加载：它用于 %1</translation>
    </message>
    <message>
        <source>not loaded here: it is for clients of namespace %1</source>
        <translation>此处未加载：它用于命名空间 %1 的客户端</translation>
    </message>
    <message>
        <source>not loaded here: it is for clients with %1</source>
        <translation>此处未加载：它用于带 %1 的客户端</translation>
    </message>
    <message>
        <source>%1 in any case</source>
        <translation>%1（不分大小写）</translation>
    </message>
    <message>
        <source>is present</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>is %1</source>
        <translation>等于 %1</translation>
    </message>
    <message>
        <source>starts with %1</source>
        <translation>以 %1 开头</translation>
    </message>
    <message>
        <source>ends with %1</source>
        <translation>以 %1 结尾</translation>
    </message>
    <message>
        <source>contains %1</source>
        <translation>包含 %1</translation>
    </message>
    <message>
        <source>matches %1</source>
        <translation>匹配 %1</translation>
    </message>
    <message>
        <source>is a number in %1</source>
        <translation>为 %1 范围内的数字</translation>
    </message>
    <message>
        <source>the request names no port: %1 is taken, the only one of Service %2 for HTTP</source>
        <translation>请求未写明端口：取 %1，即 Service %2 唯一的 HTTP 端口</translation>
    </message>
    <message>
        <source>the gateway has no port %1: %2 is taken</source>
        <translation>网关没有端口 %1：取 %2</translation>
    </message>
    <message>
        <source>there is no gateway, and no mesh to look from</source>
        <translation>没有网关，也没有可供观察的网格</translation>
    </message>
    <message>
        <source>A deprecated field or kind</source>
        <translation>已弃用的字段或类型</translation>
    </message>
    <message>
        <source>A reference leads nowhere</source>
        <translation>引用的对象不存在</translation>
    </message>
    <message>
        <source>Istio would refuse it</source>
        <translation>Istio 会拒绝它</translation>
    </message>
    <message>
        <source>Two VirtualServices speak for one host in the mesh</source>
        <translation>两个 VirtualService 在网格中声明同一主机</translation>
    </message>
    <message>
        <source>Two Sidecars select the same pod</source>
        <translation>两个 Sidecar 选中同一 Pod</translation>
    </message>
    <message>
        <source>Two Sidecars without a selector</source>
        <translation>两个没有选择器的 Sidecar</translation>
    </message>
    <message>
        <source>A destination needs its port</source>
        <translation>目标需要写明端口</translation>
    </message>
    <message>
        <source>A port&apos;s name says no protocol</source>
        <translation>端口名称未说明协议</translation>
    </message>
    <message>
        <source>Certificates of servers are not verified</source>
        <translation>未验证服务器证书</translation>
    </message>
    <message>
        <source>A rule that can&apos;t be reached</source>
        <translation>无法到达的规则</translation>
    </message>
    <message>
        <source>A match that changes nothing</source>
        <translation>不起作用的匹配</translation>
    </message>
    <message>
        <source>A host that the gateway does not serve</source>
        <translation>网关不提供该主机</translation>
    </message>
    <message>
        <source>Istio would warn</source>
        <translation>Istio 会发出警告</translation>
    </message>
    <message>
        <source>A ServiceEntry needs addresses</source>
        <translation>ServiceEntry 需要地址</translation>
    </message>
    <message>
        <source>Two gateways share a certificate</source>
        <translation>两个网关共用一张证书</translation>
    </message>
    <message>
        <source>Ingress traffic does not pass its rules</source>
        <translation>入口流量不经过其规则</translation>
    </message>
    <message>
        <source>Two Gateways claim the same host and port</source>
        <translation>两个 Gateway 声明同一主机和端口</translation>
    </message>
    <message>
        <source>Claims are matched that nobody verifies</source>
        <translation>匹配了无人验证的声明</translation>
    </message>
    <message>
        <source>An EnvoyFilter depends on what others do</source>
        <translation>EnvoyFilter 依赖于其他过滤器</translation>
    </message>
    <message>
        <source>An EnvoyFilter operation that is ignored</source>
        <translation>被忽略的 EnvoyFilter 操作</translation>
    </message>
    <message>
        <source>A gateway&apos;s certificate can&apos;t be used</source>
        <translation>网关证书无法使用</translation>
    </message>
    <message>
        <source>A gateway&apos;s port is not one of its Service</source>
        <translation>网关端口不在其 Service 的端口之中</translation>
    </message>
    <message>
        <source>A generated gateway is named</source>
        <translation>引用了自动生成的网关</translation>
    </message>
    <message>
        <source>A controller says no</source>
        <translation>控制器报告否定状态</translation>
    </message>
    <message>
        <source>A subset selects no pods</source>
        <translation>子集未选中任何 Pod</translation>
    </message>
    <message>
        <source>A DestinationRule for a host nobody knows</source>
        <translation>DestinationRule 的主机无人知晓</translation>
    </message>
    <message>
        <source>The Gateway API&apos;s version is too old</source>
        <translation>Gateway API 版本过旧</translation>
    </message>
    <message>
        <source>ServiceEntries contradict each other</source>
        <translation>ServiceEntry 相互矛盾</translation>
    </message>
    <message>
        <source>More than the Gateway API takes</source>
        <translation>超出 Gateway API 允许的数量</translation>
    </message>
    <message>
        <source>The Gateway API would refuse it</source>
        <translation>Gateway API 会拒绝它</translation>
    </message>
    <message>
        <source>A parent does not accept the route</source>
        <translation>父对象不接受该路由</translation>
    </message>
    <message>
        <source>A backend that can&apos;t be used</source>
        <translation>无法使用的后端</translation>
    </message>
    <message>
        <source>No backend has a share</source>
        <translation>没有后端获得份额</translation>
    </message>
    <message>
        <source>A rule that never runs</source>
        <translation>永不执行的规则</translation>
    </message>
    <message>
        <source>Another object&apos;s rule comes first</source>
        <translation>另一对象的规则在前</translation>
    </message>
    <message>
        <source>Two rules could take the same request</source>
        <translation>两条规则都可能接收同一请求</translation>
    </message>
    <message>
        <source>no label of the sending pods is given</source>
        <translation>未给出发送方 Pod 的标签</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can&apos;t be the name of a header</source>
        <translation>“%1”不能作为请求头名称</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can&apos;t be the name of a cookie</source>
        <translation>“%1”不能作为 Cookie 名称</translation>
    </message>
    <message>
        <source>the value of %1 holds characters that can&apos;t be sent</source>
        <translation>%1 的值含有无法发送的字符</translation>
    </message>
    <message>
        <source>a match of this rule is for gateways only, and they know no labels of senders</source>
        <translation>此规则的某个匹配仅用于网关，而网关不知道发送方的标签</translation>
    </message>
    <message>
        <source>this rule is for senders with label %1 already</source>
        <translation>此规则已限定带标签 %1 的发送方</translation>
    </message>
    <message>
        <source>this rule asks for header %1 already</source>
        <translation>此规则已要求请求头 %1</translation>
    </message>
    <message>
        <source>the Gateway API knows nothing of who sends a request: use a header or a cookie</source>
        <translation>Gateway API 不知道请求由谁发送：请使用请求头或 Cookie</translation>
    </message>
    <message>
        <source>%1: only http rules of a VirtualService and rules of an HTTPRoute can be divided by sender</source>
        <translation>%1：只有 VirtualService 的 http 规则和 HTTPRoute 的规则可以按发送方拆分</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no whole number</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not between %2 and %3</source>
        <translation>“%1”不在 %2 到 %3 之间</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no number</source>
        <translation>“%1”不是数字</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not between 0 and 100</source>
        <translation>“%1”不在 0 到 100 之间</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no duration: write 5s, 200ms or 1h30m</source>
        <translation>“%1”不是时长：请写成 5s、200ms 或 1h30m</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is below zero</source>
        <translation>“%1”小于零</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither true nor false</source>
        <translation>“%1”既不是 true 也不是 false</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of %2</source>
        <translation>“%1”不属于 %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; means nothing without %2</source>
        <translation>没有 %2 时“%1”没有意义</translation>
    </message>
    <message>
        <source>there is no such rule</source>
        <translation>没有这条规则</translation>
    </message>
    <message>
        <source>only http rules of a VirtualService and rules of an HTTPRoute can be divided by sender</source>
        <translation>只有 VirtualService 的 http 规则和 HTTPRoute 的规则可以按发送方拆分</translation>
    </message>
    <message>
        <source>it has no destinations</source>
        <translation>它没有目标</translation>
    </message>
    <message>
        <source>Some senders&apos; requests to one destination</source>
        <translation>将部分发送方的请求送往一个目标</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>All requests of these senders go there, whatever the weights.</source>
        <translation>这些发送方的所有请求都去往该目标，与权重无关。</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>识别依据</translation>
    </message>
    <message>
        <source>How their requests are known.</source>
        <translation>如何识别它们的请求。</translation>
    </message>
    <message>
        <source>Source labels</source>
        <translation>来源标签</translation>
    </message>
    <message>
        <source>Of the pods that send: app=tester, with commas between. Only their sidecars know them, no gateway does.</source>
        <translation>发送方 Pod 的标签：app=tester，以逗号分隔。只有它们的 Sidecar 知道，网关不知道。</translation>
    </message>
    <message>
        <source>Header or cookie</source>
        <translation>请求头或 Cookie</translation>
    </message>
    <message>
        <source>Its name.</source>
        <translation>其名称。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Not set: any value.</source>
        <translation>不设置：任意值。</translation>
    </message>
    <message>
        <source>Name of the new rule</source>
        <translation>新规则的名称</translation>
    </message>
    <message>
        <source>For people and metrics; may be left out.</source>
        <translation>供人和指标使用；可省略。</translation>
    </message>
    <message>
        <source>say how the requests are known: by a header, a cookie or source labels</source>
        <translation>请说明如何识别请求：请求头、Cookie 或来源标签</translation>
    </message>
    <message>
        <source>say which destination gets the requests</source>
        <translation>请说明由哪个目标接收请求</translation>
    </message>
    <message>
        <source>this rule has no destination &quot;%1&quot;</source>
        <translation>此规则没有目标“%1”</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not KEY=VALUE</source>
        <translation>“%1”不是 KEY=VALUE 形式</translation>
    </message>
    <message>
        <source>the picture is too large to be laid out</source>
        <translation>图过大，无法布局</translation>
    </message>
    <message>
        <source>Graphviz could not lay the picture out</source>
        <translation>Graphviz 无法完成布局</translation>
    </message>
    <message>
        <source>Connection pool</source>
        <translation>连接池</translation>
    </message>
    <message>
        <source>Connections at most</source>
        <translation>最大连接数</translation>
    </message>
    <message>
        <source>To all endpoints together, from one proxy. HTTP/1 and TCP. Not set: no limit.</source>
        <translation>单个代理到所有端点的总数。用于 HTTP/1 和 TCP。不设置：无限制。</translation>
    </message>
    <message>
        <source>Time to connect</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>Not set: 10s.</source>
        <translation>不设置：10s。</translation>
    </message>
    <message>
        <source>Waiting requests at most</source>
        <translation>最大等待请求数</translation>
    </message>
    <message>
        <source>That wait for a connection; HTTP/2 too. Not set: no limit.</source>
        <translation>等待连接的请求；也用于 HTTP/2。不设置：无限制。</translation>
    </message>
    <message>
        <source>Requests at a time at most</source>
        <translation>最大并发请求数</translation>
    </message>
    <message>
        <source>To all endpoints together, from one proxy; HTTP/1 too. Not set: no limit.</source>
        <translation>单个代理到所有端点的总数；也用于 HTTP/1。不设置：无限制。</translation>
    </message>
    <message>
        <source>Requests per connection</source>
        <translation>每连接请求数</translation>
    </message>
    <message>
        <source>A connection is closed after so many. 1: no keep-alive. Not set: no limit.</source>
        <translation>达到该数目后关闭连接。1：不保持连接。不设置：无限制。</translation>
    </message>
    <message>
        <source>Retries at a time at most</source>
        <translation>最大并发重试数</translation>
    </message>
    <message>
        <source>To all endpoints together, from one proxy. Not set: no limit.</source>
        <translation>单个代理到所有端点的总数。不设置：无限制。</translation>
    </message>
    <message>
        <source>Idle connections live</source>
        <translation>空闲连接存活</translation>
    </message>
    <message>
        <source>Not set: 1h.</source>
        <translation>不设置：1h。</translation>
    </message>
    <message>
        <source>Upgrade to HTTP/2</source>
        <translation>升级到 HTTP/2</translation>
    </message>
    <message>
        <source>Whether HTTP/1.1 requests go on as HTTP/2. Not set: the mesh&apos;s own setting.</source>
        <translation>HTTP/1.1 请求是否以 HTTP/2 继续发送。不设置：采用网格的设置。</translation>
    </message>
    <message>
        <source>Keep the client&apos;s protocol</source>
        <translation>保持客户端协议</translation>
    </message>
    <message>
        <source>HTTP/1.1 stays HTTP/1.1 and HTTP/2 stays HTTP/2. Excludes the upgrade.</source>
        <translation>HTTP/1.1 仍为 HTTP/1.1，HTTP/2 仍为 HTTP/2。与升级互斥。</translation>
    </message>
    <message>
        <source>Outlier detection</source>
        <translation>异常点检测</translation>
    </message>
    <message>
        <source>Server errors in a row</source>
        <translation>连续服务器错误</translation>
    </message>
    <message>
        <source>So many take an endpoint out. 0: never. Not set: 5.</source>
        <translation>达到该数目即摘除端点。0：从不。不设置：5。</translation>
    </message>
    <message>
        <source>Gateway errors in a row</source>
        <translation>连续网关错误</translation>
    </message>
    <message>
        <source>502, 503 and 504 only. Not set: not counted.</source>
        <translation>仅 502、503 和 504。不设置：不计。</translation>
    </message>
    <message>
        <source>Looked at every</source>
        <translation>检查间隔</translation>
    </message>
    <message>
        <source>Taken out for</source>
        <translation>摘除时长</translation>
    </message>
    <message>
        <source>Times how often it was taken out. Not set: 30s.</source>
        <translation>乘以被摘除的次数。不设置：30s。</translation>
    </message>
    <message>
        <source>Taken out at most, %</source>
        <translation>最多摘除，%</translation>
    </message>
    <message>
        <source>Of the endpoints, at the same time. Not set: 10.</source>
        <translation>同一时间占端点的比例。不设置：10。</translation>
    </message>
    <message>
        <source>Needs healthy endpoints, %</source>
        <translation>需要健康端点，%</translation>
    </message>
    <message>
        <source>With fewer, all endpoints are used. Not set: 0.</source>
        <translation>不足时使用所有端点。不设置：0。</translation>
    </message>
    <message>
        <source>Load balancer</source>
        <translation>负载均衡</translation>
    </message>
    <message>
        <source>Chooses endpoints by</source>
        <translation>端点选择方式</translation>
    </message>
    <message>
        <source>Not set: LEAST_REQUEST.</source>
        <translation>不设置：LEAST_REQUEST。</translation>
    </message>
    <message>
        <source>Sticky by header</source>
        <translation>按请求头粘滞</translation>
    </message>
    <message>
        <source>Requests with the same value of this header go to the same endpoint. Excludes the choice above.</source>
        <translation>该请求头取值相同的请求去往同一端点。与上面的选择互斥。</translation>
    </message>
    <message>
        <source>Sticky by address</source>
        <translation>按地址粘滞</translation>
    </message>
    <message>
        <source>Requests from the same address go to the same endpoint. Excludes the choices above.</source>
        <translation>来自同一地址的请求去往同一端点。与上面的选择互斥。</translation>
    </message>
    <message>
        <source>Requests stick by a cookie or a query parameter here: change that in the YAML.</source>
        <translation>此处请求按 Cookie 或查询参数粘滞：请在 YAML 中修改。</translation>
    </message>
    <message>
        <source>Time limit and retries</source>
        <translation>时限与重试</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>How long a request may take, retries included. Not set: no limit.</source>
        <translation>一个请求最多用时，含重试。不设置：无限制。</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>How often a failed request is tried again. Not set: 2. 0: never.</source>
        <translation>失败的请求重试几次。不设置：2。0：从不。</translation>
    </message>
    <message>
        <source>Timeout per try</source>
        <translation>单次超时</translation>
    </message>
    <message>
        <source>How long one try may take. Not set: as long as the request.</source>
        <translation>单次尝试最多用时。不设置：与请求相同。</translation>
    </message>
    <message>
        <source>Retry on</source>
        <translation>重试条件</translation>
    </message>
    <message>
        <source>Conditions with commas between: 5xx, reset, connect-failure, or status codes. Not set: connect-failure, refused-stream, unavailable, cancelled.</source>
        <translation>以逗号分隔的条件：5xx、reset、connect-failure 或状态码。不设置：connect-failure、refused-stream、unavailable、cancelled。</translation>
    </message>
    <message>
        <source>Injected faults</source>
        <translation>故障注入</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Held back for this long before it is sent on.</source>
        <translation>在转发前延迟这么久。</translation>
    </message>
    <message>
        <source>Delayed requests, %</source>
        <translation>被延迟的请求，%</translation>
    </message>
    <message>
        <source>Answer with status</source>
        <translation>以状态码应答</translation>
    </message>
    <message>
        <source>Answered with this status, never sent on.</source>
        <translation>以该状态码应答，不再转发。</translation>
    </message>
    <message>
        <source>Aborted requests, %</source>
        <translation>被中止的请求，%</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Mirror to host</source>
        <translation>镜像到主机</translation>
    </message>
    <message>
        <source>A copy of each request goes there; its answers are thrown away.</source>
        <translation>每个请求的副本发往该处；其应答被丢弃。</translation>
    </message>
    <message>
        <source>Subset</source>
        <translation>子集</translation>
    </message>
    <message>
        <source>A subset of that host&apos;s DestinationRule.</source>
        <translation>该主机的 DestinationRule 中的子集。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Needed where the Service has several.</source>
        <translation>Service 有多个端口时需要。</translation>
    </message>
    <message>
        <source>Mirrored requests, %</source>
        <translation>被镜像的请求，%</translation>
    </message>
    <message>
        <source>Share of the requests that are copied. Not set: all.</source>
        <translation>被复制请求的比例。不设置：全部。</translation>
    </message>
    <message>
        <source>This rule has a list of mirrors: change it in the YAML.</source>
        <translation>此规则有镜像列表：请在 YAML 中修改。</translation>
    </message>
    <message>
        <source>How long a request may take, retries included. Not set: the gateway decides.</source>
        <translation>一个请求最多用时，含重试。不设置：由网关决定。</translation>
    </message>
    <message>
        <source>How long one request to a backend may take; at most the timeout above.</source>
        <translation>发往后端的单个请求最多用时；不超过上面的超时。</translation>
    </message>
    <message>
        <source>How often a failed request is tried again; a field of the experimental channel.</source>
        <translation>失败的请求重试几次；实验通道的字段。</translation>
    </message>
    <message>
        <source>Wait between tries</source>
        <translation>重试间隔</translation>
    </message>
    <message>
        <source>At least this long between two tries.</source>
        <translation>两次尝试之间至少间隔这么久。</translation>
    </message>
    <message>
        <source>Mirror to Service</source>
        <translation>镜像到 Service</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Of that Service. Not set: the route&apos;s; another one needs a ReferenceGrant there.</source>
        <translation>该 Service 的命名空间。不设置：与路由相同；其他命名空间需要那里的 ReferenceGrant。</translation>
    </message>
    <message>
        <source>Of that Service.</source>
        <translation>该 Service 的端口。</translation>
    </message>
    <message>
        <source>This rule has several mirrors: the first one is changed here, the others in the YAML.</source>
        <translation>此规则有多个镜像：此处修改第一个，其余请在 YAML 中修改。</translation>
    </message>
    <message>
        <source>Who gets the canary</source>
        <translation>谁使用金丝雀</translation>
    </message>
    <message>
        <source>By header</source>
        <translation>按请求头</translation>
    </message>
    <message>
        <source>Requests with this header: &quot;always&quot; goes to the canary, &quot;never&quot; does not, others go by weight.</source>
        <translation>带有该请求头的请求：“always”去往金丝雀，“never”不去，其余按权重。</translation>
    </message>
    <message>
        <source>Header&apos;s value</source>
        <translation>请求头的值</translation>
    </message>
    <message>
        <source>The value that goes to the canary in the place of &quot;always&quot;; others go by cookie and weight.</source>
        <translation>代替“always”去往金丝雀的值；其余按 Cookie 和权重。</translation>
    </message>
    <message>
        <source>Header&apos;s pattern</source>
        <translation>请求头的模式</translation>
    </message>
    <message>
        <source>A regular expression for the value. Not looked at when a value is set.</source>
        <translation>值的正则表达式。已设置值时不使用。</translation>
    </message>
    <message>
        <source>By cookie</source>
        <translation>按 Cookie</translation>
    </message>
    <message>
        <source>Requests with this cookie: &quot;always&quot; goes to the canary, &quot;never&quot; does not, others go by weight.</source>
        <translation>带有该 Cookie 的请求：“always”去往金丝雀，“never”不去，其余按权重。</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Share of the other requests, of the total below.</source>
        <translation>其余请求在下面总数中的份额。</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总数</translation>
    </message>
    <message>
        <source>What the weight is a share of. Not set: 100.</source>
        <translation>权重所占的总数。不设置：100。</translation>
    </message>
    <message>
        <source>Remove the repeated entry</source>
        <translation>去掉重复的条目</translation>
    </message>
    <message>
        <source>Replace %1 by %2</source>
        <translation>用 %2 取代 %1</translation>
    </message>
    <message>
        <source>Remove the repeated cipher suite</source>
        <translation>去掉重复的密码套件</translation>
    </message>
    <message>
        <source>Remove the host that is covered already</source>
        <translation>去掉已被涵盖的主机</translation>
    </message>
    <message>
        <source>Write the type&apos;s name of today</source>
        <translation>改用该类型现在的名称</translation>
    </message>
    <message>
        <source>Write the filter&apos;s name of today</source>
        <translation>改用该过滤器现在的名称</translation>
    </message>
    <message>
        <source>a weight of 0 may be meant to switch it off</source>
        <translation>权重 0 可能是有意关闭它</translation>
    </message>
    <message>
        <source>whole numbers that add up to 100 would change the shares</source>
        <translation>凑成 100 的整数会改变份额</translation>
    </message>
    <message>
        <source>what was meant can&apos;t be told from it</source>
        <translation>无法由此看出原意</translation>
    </message>
    <message>
        <source>only you know whether the name is wrong or the object is missing</source>
        <translation>只有您知道是名称写错了还是对象缺失</translation>
    </message>
    <message>
        <source>only you know whether the rule should go or stand earlier</source>
        <translation>只有您知道该规则应删除还是提前</translation>
    </message>
    <message>
        <source>only you know whether the match should go or stand earlier</source>
        <translation>只有您知道该匹配应删除还是提前</translation>
    </message>
    <message>
        <source>only you know which of the two should come first</source>
        <translation>只有您知道两者中谁应在先</translation>
    </message>
    <message>
        <source>it is no matter of the object: pods are not ready</source>
        <translation>与对象无关：Pod 未就绪</translation>
    </message>
    <message>
        <source>only you know which labels the pods should have</source>
        <translation>只有您知道 Pod 应有哪些标签</translation>
    </message>
    <message>
        <source>there is more than one way to mend it</source>
        <translation>修正的办法不止一种</translation>
    </message>
    <message>
        <source>Write the gateway as %1</source>
        <translation>将网关写成 %1</translation>
    </message>
    <message>
        <source>Remove the match that repeats another</source>
        <translation>去掉重复的匹配</translation>
    </message>
    <message>
        <source>Remove the weight</source>
        <translation>去掉该权重</translation>
    </message>
    <message>
        <source>Make the weights add up to 100</source>
        <translation>让权重之和为 100</translation>
    </message>
    <message>
        <source>%1 is left out: %2 and %3 more</source>
        <translation>%1 未采用：%2，另有 %3 处</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 未采用：%2</translation>
    </message>
    <message>
        <source>Nothing to mend</source>
        <translation>无可修正</translation>
    </message>
    <message>
        <source>%1 at %2 is gone then. Every request goes where it went before.</source>
        <translation>此后 %2 处的 %1 不再出现，所有请求的去向不变。</translation>
    </message>
    <message>
        <source>The finding is gone.</source>
        <translation>该发现已不存在。</translation>
    </message>
    <message>
        <source>there is nothing to mend: the finding is gone</source>
        <translation>无可修正：该发现已不存在</translation>
    </message>
    <message>
        <source>%1[%2] (%3)</source>
        <translation>%1[%2]（%3）</translation>
    </message>
    <message>
        <source>hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>gateways</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>rule %1 is only in the first</source>
        <translation>规则 %1 只在前者中</translation>
    </message>
    <message>
        <source>rule %1 is only in the second</source>
        <translation>规则 %1 只在后者中</translation>
    </message>
    <message>
        <source>the rules both have stand in another order</source>
        <translation>两者共有的规则顺序不同</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>rule %1: %2 → %3</source>
        <translation>规则 %1：%2 → %3</translation>
    </message>
    <message>
        <source>selector not found: &quot;%1&quot;</source>
        <translation>找不到选择器：“%1”</translation>
    </message>
    <message>
        <source>no Service of the pods %1 has port %2</source>
        <translation>Pod %1 的 Service 中没有端口 %2</translation>
    </message>
    <message>
        <source>port %1 and hosts of this server are those of %2</source>
        <translation>此 server 的端口 %1 和主机与 %2 相同</translation>
    </message>
    <message>
        <source>it uses the certificate of Gateway %1: browsers then reuse a connection and get 404</source>
        <translation>它使用 Gateway %1 的证书：浏览器会因此复用连接并得到 404</translation>
    </message>
    <message>
        <source>credentialName not found: &quot;%1&quot;</source>
        <translation>找不到 credentialName：“%1”</translation>
    </message>
    <message>
        <source>Secret %1 holds no certificate with its key</source>
        <translation>Secret %1 中没有带私钥的证书</translation>
    </message>
    <message>
        <source>%1 is too old: at least %2.%3 is read</source>
        <translation>%1 太旧：至少需要 %2.%3</translation>
    </message>
    <message>
        <source>a selector has no effect on Gateway %1: name it in targetRefs</source>
        <translation>选择器对 Gateway %1 不起作用：请在 targetRefs 中指定它</translation>
    </message>
    <message>
        <source>there is no service %1</source>
        <translation>没有服务 %1</translation>
    </message>
    <message>
        <source>subset %1 selects no pods</source>
        <translation>子集 %1 未选中任何 Pod</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not verified: caCertificates is missing</source>
        <translation>不验证服务器的证书：缺少 caCertificates</translation>
    </message>
    <message>
        <source>an ExternalName service without a protocol in its port&apos;s name takes over all its TCP traffic</source>
        <translation>端口名称中没有协议的 ExternalName 服务会接管其全部 TCP 流量</translation>
    </message>
    <message>
        <source>the name of port %1 says no protocol (as in http-web): it has to be guessed</source>
        <translation>端口 %1 的名称未说明协议（如 http-web）：只能猜测</translation>
    </message>
    <message>
        <source>a TCP port (or one without a protocol) needs addresses</source>
        <translation>TCP 端口（或未写协议的端口）需要 addresses</translation>
    </message>
    <message>
        <source>service entries name different protocols for %1</source>
        <translation>各 ServiceEntry 为 %1 写了不同的协议</translation>
    </message>
    <message>
        <source>its services use port %1 with different protocols</source>
        <translation>它的各服务以不同协议使用端口 %1</translation>
    </message>
    <message>
        <source>its services reach target port %1 from several ports</source>
        <translation>它的各服务从多个端口到达目标端口 %1</translation>
    </message>
    <message>
        <source>user 1337 is the proxy&apos;s own: its traffic would not be redirected</source>
        <translation>用户 1337 属于代理自身：其流量不会被重定向</translation>
    </message>
    <message>
        <source>several virtual services of the mesh (%1) claim the host %2: the oldest wins</source>
        <translation>网格中有多个 VirtualService（%1）声明主机 %2：最早的生效</translation>
    </message>
    <message>
        <source>mirror host not found: &quot;%1&quot;</source>
        <translation>找不到镜像主机：“%1”</translation>
    </message>
    <message>
        <source>host not found: &quot;%1&quot;</source>
        <translation>找不到主机：“%1”</translation>
    </message>
    <message>
        <source>%1 has several ports: the destination must name one</source>
        <translation>%1 有多个端口：目标必须指定其中一个</translation>
    </message>
    <message>
        <source>host:port not found: &quot;%1:%2&quot;</source>
        <translation>找不到主机:端口：“%1:%2”</translation>
    </message>
    <message>
        <source>the subsets of virtual service %1 have no effect at the gateways of this one</source>
        <translation>VirtualService %1 的子集在此对象的网关上不起作用</translation>
    </message>
    <message>
        <source>mirror+subset in destinationrule not found: &quot;%1+%2&quot;</source>
        <translation>DestinationRule 中找不到镜像+子集：“%1+%2”</translation>
    </message>
    <message>
        <source>host+subset in destinationrule not found: &quot;%1+%2&quot;</source>
        <translation>DestinationRule 中找不到主机+子集：“%1+%2”</translation>
    </message>
    <message>
        <source>gateway %1 is generated and may change its name</source>
        <translation>网关 %1 是自动生成的，名称可能会变</translation>
    </message>
    <message>
        <source>gateway not found: &quot;%1&quot;</source>
        <translation>找不到网关：“%1”</translation>
    </message>
    <message>
        <source>gateway %1 serves none of the hosts %2</source>
        <translation>网关 %1 不提供主机 %2 中的任何一个</translation>
    </message>
    <message>
        <source>it routes by the claim %1, but no RequestAuthentication checks tokens at gateway pod %2</source>
        <translation>它按声明 %1 路由，但没有 RequestAuthentication 在网关 Pod %2 处检查令牌</translation>
    </message>
    <message>
        <source>the selected workload is in ambient mode</source>
        <translation>选中的工作负载处于 ambient 模式</translation>
    </message>
    <message>
        <source>pod %1 is selected by several of them</source>
        <translation>Pod %1 被其中多个选中</translation>
    </message>
    <message>
        <source>the namespace is in ambient mode</source>
        <translation>该命名空间处于 ambient 模式</translation>
    </message>
    <message>
        <source>namespace %1 has several Sidecars without a selector</source>
        <translation>命名空间 %1 有多个没有选择器的 Sidecar</translation>
    </message>
    <message>
        <source>fault.delay.percent is deprecated: use percentage</source>
        <translation>fault.delay.percent 已弃用：请用 percentage</translation>
    </message>
    <message>
        <source>outboundTrafficPolicy.egressProxy is ignored</source>
        <translation>outboundTrafficPolicy.egressProxy 会被忽略</translation>
    </message>
    <message>
        <source>Istio no longer has the kind %1</source>
        <translation>Istio 已没有类型 %1</translation>
    </message>
    <message>
        <source>a relative operation without a priority depends on the order of filters</source>
        <translation>没有 priority 的相对操作取决于过滤器的顺序</translation>
    </message>
    <message>
        <source>ADD is ignored for %1</source>
        <translation>对 %1 的 ADD 会被忽略</translation>
    </message>
    <message>
        <source>REMOVE is ignored for %1</source>
        <translation>对 %1 的 REMOVE 会被忽略</translation>
    </message>
    <message>
        <source>REPLACE is for filters only</source>
        <translation>REPLACE 只用于过滤器</translation>
    </message>
    <message>
        <source>no workload of the mesh has the labels %1</source>
        <translation>网格中没有工作负载带有标签 %1</translation>
    </message>
    <message>
        <source>namespace not found: &quot;%1&quot;</source>
        <translation>找不到命名空间：“%1”</translation>
    </message>
    <message>
        <source>its labels contradict each other about injection</source>
        <translation>其标签在注入上互相矛盾</translation>
    </message>
    <message>
        <source>sidecars are not asked for by a label</source>
        <translation>没有标签要求注入 Sidecar</translation>
    </message>
    <message>
        <source>it has no sidecar although its namespace injects them</source>
        <translation>其命名空间会注入 Sidecar，但它没有</translation>
    </message>
    <message>
        <source>image &quot;auto&quot; was not replaced: the pod can&apos;t start</source>
        <translation>镜像 “auto” 未被替换：Pod 无法启动</translation>
    </message>
    <message>
        <source>image &quot;auto&quot; is replaced by injection only, which does not reach it</source>
        <translation>镜像 “auto” 只会被注入替换，而注入到不了这里</translation>
    </message>
    <message>
        <source>namespace %1 has several Telemetries without a selector</source>
        <translation>命名空间 %1 有多个没有选择器的 Telemetry</translation>
    </message>
    <message>
        <source>access logging names no provider and there is no default one</source>
        <translation>访问日志未指定提供者，也没有默认提供者</translation>
    </message>
    <message>
        <source>%1 is False: %2: %3</source>
        <translation>%1 为 False：%2：%3</translation>
    </message>
    <message>
        <source>istiod fetches keys from any address a RequestAuthentication names: set BLOCKED_CIDRS_IN_JWKS_URIS</source>
        <translation>istiod 会从 RequestAuthentication 写的任何地址获取密钥：请设置 BLOCKED_CIDRS_IN_JWKS_URIS</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>has %1 entries: at most %2</source>
        <translation>有 %1 项：最多 %2 项</translation>
    </message>
    <message>
        <source>ReplacePrefixMatch needs exactly one match, of type PathPrefix</source>
        <translation>ReplacePrefixMatch 需要恰好一个 PathPrefix 类型的匹配</translation>
    </message>
    <message>
        <source>filter %1 stands twice</source>
        <translation>过滤器 %1 出现了两次</translation>
    </message>
    <message>
        <source>RequestRedirect and URLRewrite exclude each other</source>
        <translation>RequestRedirect 与 URLRewrite 互斥</translation>
    </message>
    <message>
        <source>a path must begin with &quot;/&quot;</source>
        <translation>路径必须以 “/” 开头</translation>
    </message>
    <message>
        <source>a path must not contain &quot;%1&quot;</source>
        <translation>路径不能含有 “%1”</translation>
    </message>
    <message>
        <source>%1; its share of requests is answered with 500</source>
        <translation>%1；分到它的请求会得到 500</translation>
    </message>
    <message>
        <source>a rule that redirects has no backends</source>
        <translation>重定向的规则不能有后端</translation>
    </message>
    <message>
        <source>no backend has a share: every request is answered with 500</source>
        <translation>没有后端分得份额：所有请求都会得到 500</translation>
    </message>
    <message>
        <source>has %1 matches in all: at most 128</source>
        <translation>共有 %1 个匹配：最多 128 个</translation>
    </message>
    <message>
        <source>there is no Service %1</source>
        <translation>没有 Service %1</translation>
    </message>
    <message>
        <source>the Service has no port %1</source>
        <translation>该 Service 没有端口 %1</translation>
    </message>
    <message>
        <source>there is no Gateway %1</source>
        <translation>没有 Gateway %1</translation>
    </message>
    <message>
        <source>no hostname of the route fits a listener</source>
        <translation>路由的主机名都不符合任何监听器</translation>
    </message>
    <message>
        <source>no listener takes routes of this kind and namespace</source>
        <translation>没有监听器接受此类型和命名空间的路由</translation>
    </message>
    <message>
        <source>no listener has this name and port</source>
        <translation>没有监听器具有此名称和端口</translation>
    </message>
    <message>
        <source>%1 never runs: %2 stands before it; for instance %3</source>
        <translation>%1 永远不会执行：%2 在它之前；例如 %3</translation>
    </message>
    <message>
        <source>%1 does not get all that fits it: %2 stands before it; for instance %3</source>
        <translation>%1 得不到所有符合它的请求：%2 在它之前；例如 %3</translation>
    </message>
    <message>
        <source>%1 must not be negative</source>
        <translation>%1 不能为负</translation>
    </message>
    <message>
        <source>failover needs outlier detection to notice what fails</source>
        <translation>failover 需要 outlierDetection 才能发现故障</translation>
    </message>
    <message>
        <source>failover must name two different regions</source>
        <translation>failover 必须写两个不同的地区</translation>
    </message>
    <message>
        <source>failover names regions only, no zones</source>
        <translation>failover 只写地区，不写可用区</translation>
    </message>
    <message>
        <source>a region of failover can&apos;t have wildcards</source>
        <translation>failover 的地区不能有通配符</translation>
    </message>
    <message>
        <source>a policy must not be null</source>
        <translation>策略不能为 null</translation>
    </message>
    <message>
        <source>the policy of a port needs its port</source>
        <translation>端口的策略需要写明端口</translation>
    </message>
    <message>
        <source>the policy of a port must have at least one field</source>
        <translation>端口的策略至少要有一个字段</translation>
    </message>
    <message>
        <source>the protocol of a tunnel is CONNECT or POST</source>
        <translation>隧道的协议是 CONNECT 或 POST</translation>
    </message>
    <message>
        <source>must be a full domain name or an address</source>
        <translation>必须是完整域名或地址</translation>
    </message>
    <message>
        <source>consecutiveErrors is deprecated: use consecutiveGatewayErrors or consecutive5xxErrors</source>
        <translation>consecutiveErrors 已弃用：请用 consecutiveGatewayErrors 或 consecutive5xxErrors</translation>
    </message>
    <message>
        <source>counts only with splitExternalLocalOriginErrors</source>
        <translation>只有与 splitExternalLocalOriginErrors 一起才有效</translation>
    </message>
    <message>
        <source>a connection pool must have at least one field</source>
        <translation>连接池至少要有一个字段</translation>
    </message>
    <message>
        <source>can&apos;t be on while h2UpgradePolicy is UPGRADE</source>
        <translation>h2UpgradePolicy 为 UPGRADE 时不能开启</translation>
    </message>
    <message>
        <source>is required</source>
        <translation>是必需的</translation>
    </message>
    <message>
        <source>a cookie needs a name</source>
        <translation>Cookie 需要名称</translation>
    </message>
    <message>
        <source>an attribute needs a name</source>
        <translation>属性需要名称</translation>
    </message>
    <message>
        <source>duplicate attribute %1</source>
        <translation>属性 %1 重复</translation>
    </message>
    <message>
        <source>minimumRingSize is deprecated here: use ringHash</source>
        <translation>minimumRingSize 在此已弃用：请用 ringHash</translation>
    </message>
    <message>
        <source>minimumRingSize and an algorithm exclude each other</source>
        <translation>minimumRingSize 与算法互斥</translation>
    </message>
    <message>
        <source>tableSize must be set for maglev</source>
        <translation>maglev 必须设置 tableSize</translation>
    </message>
    <message>
        <source>tableSize must be below 5000011</source>
        <translation>tableSize 必须小于 5000011</translation>
    </message>
    <message>
        <source>tableSize must be a prime number</source>
        <translation>tableSize 必须是质数</translation>
    </message>
    <message>
        <source>localityLbSetting and zoneAwareLbSetting exclude each other</source>
        <translation>localityLbSetting 与 zoneAwareLbSetting 互斥</translation>
    </message>
    <message>
        <source>duration is required</source>
        <translation>需要 duration</translation>
    </message>
    <message>
        <source>must be 100 at most</source>
        <translation>最大为 100</translation>
    </message>
    <message>
        <source>must be greater than 0</source>
        <translation>必须大于 0</translation>
    </message>
    <message>
        <source>locality %1: one &quot;*&quot; at the end at most</source>
        <translation>位置 %1：末尾最多一个 “*”</translation>
    </message>
    <message>
        <source>locality %1 has an empty part</source>
        <translation>位置 %1 有空的部分</translation>
    </message>
    <message>
        <source>locality %1 overlaps with %2</source>
        <translation>位置 %1 与 %2 重叠</translation>
    </message>
    <message>
        <source>distribute and failover exclude each other</source>
        <translation>distribute 与 failover 互斥</translation>
    </message>
    <message>
        <source>failover excludes the topology labels of regions and zones</source>
        <translation>failover 不能与地区和可用区的拓扑标签同用</translation>
    </message>
    <message>
        <source>the weight of a locality must be 1 to 100</source>
        <translation>位置的权重必须在 1 到 100 之间</translation>
    </message>
    <message>
        <source>the weights of localities add up to %1, not 100</source>
        <translation>各位置的权重之和是 %1，不是 100</translation>
    </message>
    <message>
        <source>regions and zones are handled already: name another label</source>
        <translation>地区和可用区已自动处理：请写其他标签</translation>
    </message>
    <message>
        <source>a configmap:// credential must be of the object&apos;s own namespace</source>
        <translation>configmap:// 凭据必须属于对象自己的命名空间</translation>
    </message>
    <message>
        <source>insecureSkipVerify excludes what would be verified: caCertificates, credentialName, subjectAltNames</source>
        <translation>insecureSkipVerify 与要验证的内容互斥：caCertificates、credentialName、subjectAltNames</translation>
    </message>
    <message>
        <source>can&apos;t stand beside credentialName</source>
        <translation>不能与 credentialName 同时出现</translation>
    </message>
    <message>
        <source>mutual TLS requires a client certificate</source>
        <translation>双向 TLS 需要客户端证书</translation>
    </message>
    <message>
        <source>mutual TLS requires a private key</source>
        <translation>双向 TLS 需要私钥</translation>
    </message>
    <message>
        <source>a traffic policy must have at least one field</source>
        <translation>流量策略至少要有一个字段</translation>
    </message>
    <message>
        <source>tunnel and proxyProtocol exclude each other</source>
        <translation>tunnel 与 proxyProtocol 互斥</translation>
    </message>
    <message>
        <source>a subset must not be null</source>
        <translation>子集不能为 null</translation>
    </message>
    <message>
        <source>duplicate subset name %1</source>
        <translation>子集名称 %1 重复</translation>
    </message>
    <message>
        <source>a subset needs a name</source>
        <translation>子集需要名称</translation>
    </message>
    <message>
        <source>is no name of a subset: &quot;%1&quot;</source>
        <translation>不能作为子集名称：“%1”</translation>
    </message>
    <message>
        <source>a workload selector without labels selects everything</source>
        <translation>没有标签的工作负载选择器会选中一切</translation>
    </message>
    <message>
        <source>Envoy has removed this version of its API: %1</source>
        <translation>Envoy 已移除此版本的 API：%1</translation>
    </message>
    <message>
        <source>filter name %1 is deprecated: use %2</source>
        <translation>过滤器名称 %1 已弃用：请用 %2</translation>
    </message>
    <message>
        <source>versions below TLS 1.2 need cipherSuites: the default ones don&apos;t fit them</source>
        <translation>低于 TLS 1.2 的版本需要 cipherSuites：默认的不适用</translation>
    </message>
    <message>
        <source>unknown cipher suite %1 is ignored</source>
        <translation>未知的密码套件 %1 会被忽略</translation>
    </message>
    <message>
        <source>duplicate cipher suite %1 is ignored</source>
        <translation>重复的密码套件 %1 会被忽略</translation>
    </message>
    <message>
        <source>ISTIO_MUTUAL TLS cannot have associated %1</source>
        <translation>ISTIO_MUTUAL TLS 不能附带%1</translation>
    </message>
    <message>
        <source>%1 requires a client CA bundle</source>
        <translation>%1 需要客户端 CA 证书包</translation>
    </message>
    <message>
        <source>%1 can support up to 2 server certificates</source>
        <translation>%1 最多支持 2 个服务器证书</translation>
    </message>
    <message>
        <source>%1 requires a server certificate</source>
        <translation>%1 需要服务器证书</translation>
    </message>
    <message>
        <source>%1 requires a private key</source>
        <translation>%1 需要私钥</translation>
    </message>
    <message>
        <source>unknown protocol &quot;%1&quot;: HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP and TLS are known</source>
        <translation>未知协议 “%1”：可用 HTTP、HTTPS、HTTP2、GRPC、GRPC-WEB、MONGO、REDIS、MYSQL、TCP 和 TLS</translation>
    </message>
    <message>
        <source>targetPort has no effect on a Gateway</source>
        <translation>targetPort 对 Gateway 不起作用</translation>
    </message>
    <message>
        <source>a port needs a name</source>
        <translation>端口需要名称</translation>
    </message>
    <message>
        <source>%1 uses no certificates: they are ignored</source>
        <translation>%1 不使用证书：会被忽略</translation>
    </message>
    <message>
        <source>only one of credential_name, credential_names, server_certificate/private_key, tls_certificates can be given</source>
        <translation>credential_name、credential_names、server_certificate/private_key、tls_certificates 只能写其中之一</translation>
    </message>
    <message>
        <source>a CRL belongs into the credential when credentialName is given</source>
        <translation>写了 credentialName 时，CRL 应放在凭据里</translation>
    </message>
    <message>
        <source>SIMPLE TLS checks no client certificates: no CRL</source>
        <translation>SIMPLE TLS 不检查客户端证书：不能有 CRL</translation>
    </message>
    <message>
        <source>a server must not be null</source>
        <translation>server 不能为 null</translation>
    </message>
    <message>
        <source>a server must have at least one host</source>
        <translation>server 至少要有一个主机</translation>
    </message>
    <message>
        <source>a server needs a port</source>
        <translation>server 需要端口</translation>
    </message>
    <message>
        <source>the port of a unix socket must be 0</source>
        <translation>Unix 套接字的端口必须是 0</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a valid IP</source>
        <translation>“%1” 不是有效的 IP</translation>
    </message>
    <message>
        <source>a server must have TLS settings for HTTPS/TLS protocols</source>
        <translation>HTTPS/TLS 协议的 server 必须有 TLS 设置</translation>
    </message>
    <message>
        <source>a server cannot have TLS settings for non HTTPS/TLS ports</source>
        <translation>非 HTTPS/TLS 端口的 server 不能有 TLS 设置</translation>
    </message>
    <message>
        <source>a server cannot have TLS settings for plain HTTP ports</source>
        <translation>明文 HTTP 端口的 server 不能有 TLS 设置</translation>
    </message>
    <message>
        <source>is no name of a gateway: &quot;%1&quot;</source>
        <translation>不能作为网关名称：“%1”</translation>
    </message>
    <message>
        <source>a gateway must have at least one server</source>
        <translation>网关至少要有一个 server</translation>
    </message>
    <message>
        <source>port names of servers must be unique</source>
        <translation>各 server 的端口名称必须唯一</translation>
    </message>
    <message>
        <source>tls.httpsRedirect should only be used with http servers</source>
        <translation>tls.httpsRedirect 只应用于 HTTP 的 server</translation>
    </message>
    <message>
        <source>must be 0, or 0.0001 to 100</source>
        <translation>必须是 0，或 0.0001 到 100</translation>
    </message>
    <message>
        <source>an origin needs a text to compare with</source>
        <translation>来源需要用来比较的文本</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no method of CORS</source>
        <translation>“%1” 不是 CORS 的方法</translation>
    </message>
    <message>
        <source>is no header name</source>
        <translation>不是标头名称</translation>
    </message>
    <message>
        <source>maxAge counts whole seconds</source>
        <translation>maxAge 以整秒计</translation>
    </message>
    <message>
        <source>HTTP status %1 is not in the range 200-599</source>
        <translation>HTTP 状态码 %1 不在 200-599 范围内</translation>
    </message>
    <message>
        <source>is no gRPC status; they are written like NOT_FOUND</source>
        <translation>不是 gRPC 状态；写法如 NOT_FOUND</translation>
    </message>
    <message>
        <source>HTTP/2 errors can&apos;t be injected</source>
        <translation>不能注入 HTTP/2 错误</translation>
    </message>
    <message>
        <source>an abort without a status does nothing</source>
        <translation>没有状态码的 abort 不起作用</translation>
    </message>
    <message>
        <source>exponentialDelay is not supported</source>
        <translation>不支持 exponentialDelay</translation>
    </message>
    <message>
        <source>attempts must not be negative</source>
        <translation>attempts 不能为负</translation>
    </message>
    <message>
        <source>retries are switched off by attempts 0, yet configured</source>
        <translation>attempts 为 0 关闭了重试，却又配置了重试</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no retry condition</source>
        <translation>“%1” 不是重试条件</translation>
    </message>
    <message>
        <source>uriRegexRewrite needs both match and rewrite</source>
        <translation>uriRegexRewrite 需要 match 和 rewrite 两者</translation>
    </message>
    <message>
        <source>a rewrite has either uri or uriRegexRewrite</source>
        <translation>rewrite 只能有 uri 或 uriRegexRewrite 之一</translation>
    </message>
    <message>
        <source>a rewrite needs uri, uriRegexRewrite or authority</source>
        <translation>rewrite 需要 uri、uriRegexRewrite 或 authority</translation>
    </message>
    <message>
        <source>a redirect has either uri or prefixRewrite</source>
        <translation>redirect 只能有 uri 或 prefixRewrite 之一</translation>
    </message>
    <message>
        <source>prefixRewrite needs prefix in every uri match of the rule</source>
        <translation>prefixRewrite 要求规则的每个 uri 匹配都用 prefix</translation>
    </message>
    <message>
        <source>a redirect needs uri, authority, scheme or port</source>
        <translation>redirect 需要 uri、authority、scheme 或 port</translation>
    </message>
    <message>
        <source>%1 is no redirect code: it must be 3xx</source>
        <translation>%1 不是重定向状态码：必须是 3xx</translation>
    </message>
    <message>
        <source>the scheme must be http or https</source>
        <translation>scheme 必须是 http 或 https</translation>
    </message>
    <message>
        <source>a direct response must be below 1 MB</source>
        <translation>直接响应必须小于 1 MB</translation>
    </message>
    <message>
        <source>large direct responses weigh on the control plane</source>
        <translation>大的直接响应会加重控制平面的负担</translation>
    </message>
    <message>
        <source>a header name must not be empty</source>
        <translation>标头名称不能为空</translation>
    </message>
    <message>
        <source>the Host header can&apos;t be changed here</source>
        <translation>此处不能修改 Host 标头</translation>
    </message>
    <message>
        <source>header &quot;%1&quot; can&apos;t be changed: it begins with &quot;:&quot;</source>
        <translation>不能修改标头 “%1”：它以 “:” 开头</translation>
    </message>
    <message>
        <source>the authority can be set in one place only: rewrite.authority, or one header</source>
        <translation>authority 只能在一处设置：rewrite.authority，或一个标头</translation>
    </message>
    <message>
        <source>a rule that is delegated to can&apos;t delegate again</source>
        <translation>被委派的规则不能再次委派</translation>
    </message>
    <message>
        <source>a rule that delegates can&apos;t redirect</source>
        <translation>委派的规则不能重定向</translation>
    </message>
    <message>
        <source>a rule that delegates can&apos;t have a route</source>
        <translation>委派的规则不能有 route</translation>
    </message>
    <message>
        <source>a rule can&apos;t have both route and %1</source>
        <translation>规则不能同时有 route 和 %1</translation>
    </message>
    <message>
        <source>a rule can&apos;t have both %1 and %2</source>
        <translation>规则不能同时有 %1 和 %2</translation>
    </message>
    <message>
        <source>a rule can&apos;t have both redirect and directResponse</source>
        <translation>规则不能同时有 redirect 和 directResponse</translation>
    </message>
    <message>
        <source>a rule needs a route, redirect or directResponse</source>
        <translation>规则需要 route、redirect 或 directResponse</translation>
    </message>
    <message>
        <source>a rule can&apos;t have both mirror and mirrors</source>
        <translation>规则不能同时有 mirror 和 mirrors</translation>
    </message>
    <message>
        <source>a header match must not be null</source>
        <translation>标头匹配不能为 null</translation>
    </message>
    <message>
        <source>is no namespace: &quot;%1&quot;</source>
        <translation>不是命名空间：“%1”</translation>
    </message>
    <message>
        <source>a percentage of mirrored requests must be 0 to 100</source>
        <translation>镜像请求的百分比必须在 0 到 100 之间</translation>
    </message>
    <message>
        <source>mirrorPercent is deprecated: use mirrorPercentage</source>
        <translation>mirrorPercent 已弃用：请用 mirrorPercentage</translation>
    </message>
    <message>
        <source>a mirror must not be null</source>
        <translation>镜像不能为 null</translation>
    </message>
    <message>
        <source>a mirror needs a destination</source>
        <translation>镜像需要目标</translation>
    </message>
    <message>
        <source>a destination must not be null</source>
        <translation>目标不能为 null</translation>
    </message>
    <message>
        <source>destination is required</source>
        <translation>需要 destination</translation>
    </message>
    <message>
        <source>weight %1 is below 0</source>
        <translation>权重 %1 小于 0</translation>
    </message>
    <message>
        <source>total destination weight = 0</source>
        <translation>目标权重总和 = 0</translation>
    </message>
    <message>
        <source>&quot;*&quot; is no destination</source>
        <translation>“*” 不能作为目标</translation>
    </message>
    <message>
        <source>a fault needs an abort or a delay</source>
        <translation>fault 需要 abort 或 delay</translation>
    </message>
    <message>
        <source>%1: Required value</source>
        <translation>%1：必填</translation>
    </message>
    <message>
        <source>%1 is out of range</source>
        <translation>%1 超出范围</translation>
    </message>
    <message>
        <source>%1: only one of its alternatives can be set</source>
        <translation>%1：几种选择只能设置其一</translation>
    </message>
    <message>
        <source>%1: unsupported value &quot;%2&quot;</source>
        <translation>%1：不支持的值 “%2”</translation>
    </message>
    <message>
        <source>must be a duration of at least 1ms</source>
        <translation>必须是至少 1ms 的时长</translation>
    </message>
    <message>
        <source>port name must be valid</source>
        <translation>端口名称必须有效</translation>
    </message>
    <message>
        <source>port must be between 1-65535</source>
        <translation>端口必须在 1-65535 之间</translation>
    </message>
    <message>
        <source>Address is required</source>
        <translation>需要 address</translation>
    </message>
    <message>
        <source>UDS may not include ports</source>
        <translation>Unix 域套接字不能带端口</translation>
    </message>
    <message>
        <source>UDS must be an absolute path or abstract socket</source>
        <translation>Unix 域套接字必须是绝对路径或抽象套接字</translation>
    </message>
    <message>
        <source>UDS may not be a dir</source>
        <translation>Unix 域套接字不能是目录</translation>
    </message>
    <message>
        <source>is too long: 256 characters at most</source>
        <translation>太长：最多 256 个字符</translation>
    </message>
    <message>
        <source>only one of WorkloadSelector or Endpoints can be set</source>
        <translation>workloadSelector 与 endpoints 只能设置其一</translation>
    </message>
    <message>
        <source>CIDR addresses are allowed only for NONE/STATIC resolution types</source>
        <translation>只有解析方式 NONE 和 STATIC 允许 CIDR 地址</translation>
    </message>
    <message>
        <source>is too long: 64 characters at most</source>
        <translation>太长：最多 64 个字符</translation>
    </message>
    <message>
        <source>NONE mode cannot set endpoints</source>
        <translation>NONE 模式不能设置 endpoints</translation>
    </message>
    <message>
        <source>DNS_ROUND_ROBIN mode cannot have multiple endpoints</source>
        <translation>DNS_ROUND_ROBIN 模式不能有多个 endpoints</translation>
    </message>
    <message>
        <source>must have 1 to 256 items</source>
        <translation>必须有 1 到 256 项</translation>
    </message>
    <message>
        <source>hostname cannot be wildcard</source>
        <translation>主机名不能是通配符</translation>
    </message>
    <message>
        <source>port number cannot be duplicated</source>
        <translation>端口号不能重复</translation>
    </message>
    <message>
        <source>wildcard is not supported in selector</source>
        <translation>选择器不支持通配符</translation>
    </message>
    <message>
        <source>wildcard not allowed in label match, and a key must not be empty</source>
        <translation>标签匹配不允许通配符，键也不能为空</translation>
    </message>
    <message>
        <source>only one of credentialName or credentialNames can be set</source>
        <translation>credentialName 与 credentialNames 只能设置其一</translation>
    </message>
    <message>
        <source>only one of credentialNames or tlsCertificates can be set</source>
        <translation>credentialNames 与 tlsCertificates 只能设置其一</translation>
    </message>
    <message>
        <source>spec: Required value</source>
        <translation>spec：必填</translation>
    </message>
    <message>
        <source>spec must be a map</source>
        <translation>spec 必须是映射</translation>
    </message>
    <message>
        <source>there is no %1: v1, v1beta1 and v1alpha3 are known</source>
        <translation>没有 %1：已知的有 v1、v1beta1 和 v1alpha3</translation>
    </message>
    <message>
        <source>is no name of a port: &quot;%1&quot;</source>
        <translation>不能作为端口名称：“%1”</translation>
    </message>
    <message>
        <source>a selector without labels applies to everything in the namespace</source>
        <translation>没有标签的选择器适用于命名空间中的一切</translation>
    </message>
    <message>
        <source>a service entry has either a workloadSelector or endpoints</source>
        <translation>ServiceEntry 只能有 workloadSelector 或 endpoints 之一</translation>
    </message>
    <message>
        <source>several hosts can share ports of HTTP and TLS only</source>
        <translation>多个主机只能共用 HTTP 和 TLS 端口</translation>
    </message>
    <message>
        <source>a service entry must have at least one host</source>
        <translation>ServiceEntry 至少要有一个主机</translation>
    </message>
    <message>
        <source>a hostname cannot be the wildcard &quot;*&quot;</source>
        <translation>主机名不能是通配符 “*”</translation>
    </message>
    <message>
        <source>CIDR addresses are allowed for resolution NONE and STATIC only</source>
        <translation>只有 resolution NONE 和 STATIC 允许 CIDR 地址</translation>
    </message>
    <message>
        <source>a port must not be null</source>
        <translation>端口不能为 null</translation>
    </message>
    <message>
        <source>port name &quot;%1&quot; is already defined</source>
        <translation>端口名称 “%1” 已定义</translation>
    </message>
    <message>
        <source>port %1 is already defined</source>
        <translation>端口 %1 已定义</translation>
    </message>
    <message>
        <source>TCP (or no protocol) needs addresses where none are allocated</source>
        <translation>未分配地址时，TCP（或未写协议）需要 addresses</translation>
    </message>
    <message>
        <source>unsupported protocol: %1</source>
        <translation>不支持的协议：%1</translation>
    </message>
    <message>
        <source>resolution NONE has no endpoints</source>
        <translation>resolution NONE 不能有 endpoints</translation>
    </message>
    <message>
        <source>resolution NONE uses no workloadSelector</source>
        <translation>resolution NONE 不使用 workloadSelector</translation>
    </message>
    <message>
        <source>an endpoint must not be null</source>
        <translation>端点不能为 null</translation>
    </message>
    <message>
        <source>unsupported resolution %1</source>
        <translation>不支持的 resolution %1</translation>
    </message>
    <message>
        <source>without endpoints resolution %1 needs full names</source>
        <translation>没有 endpoints 时，resolution %1 需要完整域名</translation>
    </message>
    <message>
        <source>is no full domain name and no address</source>
        <translation>既不是完整域名也不是地址</translation>
    </message>
    <message>
        <source>with an address and a TCP port only one host can be told apart</source>
        <translation>有地址和 TCP 端口时只能区分一个主机</translation>
    </message>
    <message>
        <source>the service entry defines no such port</source>
        <translation>ServiceEntry 没有定义这个端口</translation>
    </message>
    <message>
        <source>resolution DYNAMIC_DNS needs a wildcard host</source>
        <translation>resolution DYNAMIC_DNS 需要通配符主机</translation>
    </message>
    <message>
        <source>resolution DYNAMIC_DNS needs wildcard hosts</source>
        <translation>resolution DYNAMIC_DNS 需要通配符主机</translation>
    </message>
    <message>
        <source>resolution DYNAMIC_DNS has no %1</source>
        <translation>resolution DYNAMIC_DNS 不能有 %1</translation>
    </message>
    <message>
        <source>resolution DYNAMIC_DNS carries HTTP, HTTP2, GRPC and TLS only</source>
        <translation>resolution DYNAMIC_DNS 只承载 HTTP、HTTP2、GRPC 和 TLS</translation>
    </message>
    <message>
        <source>resolution DYNAMIC_DNS within the mesh does not go with waypoints</source>
        <translation>网格内的 resolution DYNAMIC_DNS 不能与 waypoint 同用</translation>
    </message>
    <message>
        <source>an address is required</source>
        <translation>需要地址</translation>
    </message>
    <message>
        <source>there is no address in network %1</source>
        <translation>网络 %1 中没有地址</translation>
    </message>
    <message>
        <source>a unix endpoint must not include ports</source>
        <translation>Unix 端点不能带端口</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no full domain name and no address</source>
        <translation>“%1” 既不是完整域名也不是地址</translation>
    </message>
    <message>
        <source>a unix endpoint needs exactly one port of the service entry</source>
        <translation>Unix 端点要求 ServiceEntry 恰好有一个端口</translation>
    </message>
    <message>
        <source>targetPort has no effect on a Sidecar</source>
        <translation>targetPort 对 Sidecar 不起作用</translation>
    </message>
    <message>
        <source>must be 127.0.0.1:&lt;port&gt;, 0.0.0.0:&lt;port&gt;, [::1]:&lt;port&gt;, [::]:&lt;port&gt; or unix://&lt;path&gt;</source>
        <translation>必须是 127.0.0.1:&lt;端口&gt;、0.0.0.0:&lt;端口&gt;、[::1]:&lt;端口&gt;、[::]:&lt;端口&gt; 或 unix://&lt;路径&gt;</translation>
    </message>
    <message>
        <source>its port is no number</source>
        <translation>其端口不是数字</translation>
    </message>
    <message>
        <source>%1 is not supported at a sidecar&apos;s ingress</source>
        <translation>Sidecar 的 ingress 不支持 %1</translation>
    </message>
    <message>
        <source>a sidecar&apos;s ingress can&apos;t have mode %1</source>
        <translation>Sidecar 的 ingress 不能用模式 %1</translation>
    </message>
    <message>
        <source>a listener must not be null</source>
        <translation>监听器不能为 null</translation>
    </message>
    <message>
        <source>a listener needs a port</source>
        <translation>监听器需要端口</translation>
    </message>
    <message>
        <source>ports of listeners must be unique</source>
        <translation>各监听器的端口必须唯一</translation>
    </message>
    <message>
        <source>settings of HTTP have no effect on a port that carries %1</source>
        <translation>HTTP 的设置对承载 %1 的端口不起作用</translation>
    </message>
    <message>
        <source>a listener must have at least one host</source>
        <translation>监听器至少要有一个主机</translation>
    </message>
    <message>
        <source>host %1 is covered already</source>
        <translation>主机 %1 已被涵盖</translation>
    </message>
    <message>
        <source>&quot;*/*&quot; selects everything: the other hosts change nothing</source>
        <translation>“*/*” 选中一切：其他主机不起作用</translation>
    </message>
    <message>
        <source>only one listener can be without a port</source>
        <translation>只能有一个监听器不写端口</translation>
    </message>
    <message>
        <source>the listener without a port must be the last one</source>
        <translation>不写端口的监听器必须是最后一个</translation>
    </message>
    <message>
        <source>port 0 needs the path of a unix socket</source>
        <translation>端口 0 需要 Unix 套接字的路径</translation>
    </message>
    <message>
        <source>a unix socket has captureMode DEFAULT or NONE</source>
        <translation>Unix 套接字的 captureMode 是 DEFAULT 或 NONE</translation>
    </message>
    <message>
        <source>unix sockets of listeners must be unique</source>
        <translation>各监听器的 Unix 套接字必须唯一</translation>
    </message>
    <message>
        <source>a Sidecar must configure something</source>
        <translation>Sidecar 必须配置某些内容</translation>
    </message>
    <message>
        <source>egressProxy goes with mode ALLOW_ANY only</source>
        <translation>egressProxy 只能与模式 ALLOW_ANY 同用</translation>
    </message>
    <message>
        <source>a port is required</source>
        <translation>需要端口</translation>
    </message>
    <message>
        <source>the host &quot;*&quot; is for gateways: the mesh needs a name</source>
        <translation>主机 “*” 只用于网关：网格需要名称</translation>
    </message>
    <message>
        <source>overlaps with %1, another host of this object</source>
        <translation>与此对象的另一个主机 %1 重叠</translation>
    </message>
    <message>
        <source>an address is no SNI name, and most clients don&apos;t send one</source>
        <translation>地址不是 SNI 名称，而且多数客户端不会发送它</translation>
    </message>
    <message>
        <source>SNI host &quot;%1&quot; lies within none of the hosts of the object</source>
        <translation>SNI 主机 “%1” 不在对象的任何主机之内</translation>
    </message>
    <message>
        <source>a TLS rule needs a match</source>
        <translation>TLS 规则需要匹配</translation>
    </message>
    <message>
        <source>a TLS match must not be null</source>
        <translation>TLS 匹配不能为 null</translation>
    </message>
    <message>
        <source>a TLS match needs an SNI host</source>
        <translation>TLS 匹配需要 SNI 主机</translation>
    </message>
    <message>
        <source>a TLS rule needs a route</source>
        <translation>TLS 规则需要 route</translation>
    </message>
    <message>
        <source>a TCP match must not be null</source>
        <translation>TCP 匹配不能为 null</translation>
    </message>
    <message>
        <source>a TCP rule needs a route</source>
        <translation>TCP 规则需要 route</translation>
    </message>
    <message>
        <source>rule %1 is not used: %2</source>
        <translation>规则 %1 不会被用到：%2</translation>
    </message>
    <message>
        <source>this match is not used: rule %1 has the same</source>
        <translation>此匹配不会被用到：规则 %1 有同样的匹配</translation>
    </message>
    <message>
        <source>prefix %1 lies within prefix %2 of rule %3, which comes first</source>
        <translation>前缀 %1 在规则 %3 的前缀 %2 之内，而后者在先</translation>
    </message>
    <message>
        <source>claims of a token can be matched at gateways only: %1</source>
        <translation>令牌的声明只能在网关上匹配：%1</translation>
    </message>
    <message>
        <source>a virtual service without hosts, which is delegated to, can&apos;t have %1</source>
        <translation>没有 hosts、被委派的 VirtualService 不能有 %1</translation>
    </message>
    <message>
        <source>http, tls or tcp must be given</source>
        <translation>必须写 http、tls 或 tcp</translation>
    </message>
    <message>
        <source>a rule must not be null</source>
        <translation>规则不能为 null</translation>
    </message>
    <message>
        <source>must be a duration such as &quot;1.5s&quot;</source>
        <translation>必须是时长，例如 “1.5s”</translation>
    </message>
    <message>
        <source>a duration must be at least 1ms</source>
        <translation>时长至少为 1ms</translation>
    </message>
    <message>
        <source>a duration can&apos;t be finer than 1ms</source>
        <translation>时长不能细于 1ms</translation>
    </message>
    <message>
        <source>port number %1 must be in the range 1..65535</source>
        <translation>端口号 %1 必须在 1..65535 范围内</translation>
    </message>
    <message>
        <source>percentage %1 is not in the range 0..100</source>
        <translation>百分比 %1 不在 0..100 范围内</translation>
    </message>
    <message>
        <source>invalid label key: %1</source>
        <translation>无效的标签键：%1</translation>
    </message>
    <message>
        <source>invalid label value: %1</source>
        <translation>无效的标签值：%1</translation>
    </message>
    <message>
        <source>regular expression is too large: 1024 characters at most</source>
        <translation>正则表达式太大：最多 1024 个字符</translation>
    </message>
    <message>
        <source>%1; Istio reads RE2 expressions</source>
        <translation>%1；Istio 读取 RE2 表达式</translation>
    </message>
    <message>
        <source>a regular expression must not be empty</source>
        <translation>正则表达式不能为空</translation>
    </message>
    <message>
        <source>a prefix must not be empty</source>
        <translation>前缀不能为空</translation>
    </message>
    <message>
        <source>%1 is no header name</source>
        <translation>%1 不是标头名称</translation>
    </message>
    <message>
        <source>%1 is not a valid IP</source>
        <translation>%1 不是有效的 IP</translation>
    </message>
    <message>
        <source>%1 is not a valid CIDR block</source>
        <translation>%1 不是有效的 CIDR 网段</translation>
    </message>
    <message>
        <source>unix address must not be empty</source>
        <translation>Unix 地址不能为空</translation>
    </message>
    <message>
        <source>%1 is not an absolute path to a file</source>
        <translation>%1 不是文件的绝对路径</translation>
    </message>
    <message>
        <source>gateway %1 is written the old way: write &lt;namespace&gt;/&lt;name&gt;</source>
        <translation>网关 %1 是旧写法：请写 &lt;命名空间&gt;/&lt;名称&gt;</translation>
    </message>
    <message>
        <source>namespace and name of a gateway must not be empty</source>
        <translation>网关的命名空间和名称不能为空</translation>
    </message>
    <message>
        <source>invalid namespace: %1</source>
        <translation>无效的命名空间：%1</translation>
    </message>
    <message>
        <source>invalid gateway name: %1</source>
        <translation>无效的网关名称：%1</translation>
    </message>
    <message>
        <source>&quot;.&quot; repeats the object&apos;s own namespace</source>
        <translation>“.” 重复了对象自己的命名空间</translation>
    </message>
    <message>
        <source>duplicate entry %1</source>
        <translation>重复的条目 %1</translation>
    </message>
    <message>
        <source>&quot;~&quot; (nobody) is for services only</source>
        <translation>“~”（无人）只用于服务</translation>
    </message>
    <message>
        <source>must be &quot;.&quot;, &quot;*&quot; or a namespace, not %1</source>
        <translation>必须是 “.”、“*” 或命名空间，不能是 %1</translation>
    </message>
    <message>
        <source>a rule with a workload selector can&apos;t be exported beyond its own namespace</source>
        <translation>带工作负载选择器的规则不能导出到自己的命名空间之外</translation>
    </message>
    <message>
        <source>a rule with a workload selector is exported to its own namespace alone</source>
        <translation>带工作负载选择器的规则只能导出到自己的命名空间</translation>
    </message>
    <message>
        <source>&quot;*&quot; (everybody) can&apos;t stand beside other entries</source>
        <translation>“*”（所有人）不能与其他条目并列</translation>
    </message>
    <message>
        <source>&quot;~&quot; (nobody) can&apos;t stand beside other entries</source>
        <translation>“~”（无人）不能与其他条目并列</translation>
    </message>
    <message>
        <source>host must be of the form namespace/dnsName</source>
        <translation>主机必须写成 命名空间/域名</translation>
    </message>
    <message>
        <source>namespace and dnsName of a host must not be empty</source>
        <translation>主机的命名空间和域名不能为空</translation>
    </message>
    <message>
        <source>invalid namespace value %1</source>
        <translation>无效的命名空间值 %1</translation>
    </message>
    <message>
        <source>invalid namespace value &quot;&quot;</source>
        <translation>无效的命名空间值 “”</translation>
    </message>
    <message>
        <source>short names are not allowed: write the full domain name</source>
        <translation>不允许短名称：请写完整域名</translation>
    </message>
    <message>
        <source>a selector can&apos;t have an empty key</source>
        <translation>选择器的键不能为空</translation>
    </message>
    <message>
        <source>a selector can&apos;t have wildcards: %1</source>
        <translation>选择器不能有通配符：%1</translation>
    </message>
    <message>
        <source>domain name %1 is invalid: its last label must not be a number</source>
        <translation>域名 %1 无效：最后一段不能是数字</translation>
    </message>
    <message>
        <source>domain name %1 is invalid: label %2</source>
        <translation>域名 %1 无效：其中一段是 %2</translation>
    </message>
    <message>
        <source>domain name is too long: 255 characters at most</source>
        <translation>域名太长：最多 255 个字符</translation>
    </message>
    <message>
        <source>a domain name must not be empty</source>
        <translation>域名不能为空</translation>
    </message>
    <message>
        <source>domain name %1 is invalid: it must be outbound_.&lt;port&gt;_.&lt;subset&gt;_.&lt;host&gt;</source>
        <translation>域名 %1 无效：必须是 outbound_.&lt;端口&gt;_.&lt;子集&gt;_.&lt;主机&gt;</translation>
    </message>
    <message>
        <source>partial wildcard %1 is not allowed</source>
        <translation>不允许部分通配符 %1</translation>
    </message>
    <message>
        <source>header value has a control character</source>
        <translation>标头值含有控制字符</translation>
    </message>
    <message>
        <source>header value ends in a single %: write %%</source>
        <translation>标头值以单个 % 结尾：请写 %%</translation>
    </message>
    <message>
        <source>header value: a quote is expected in the arguments of a variable</source>
        <translation>标头值：变量的参数中缺少引号</translation>
    </message>
    <message>
        <source>header value ends in a backslash</source>
        <translation>标头值以反斜杠结尾</translation>
    </message>
    <message>
        <source>header value: a comma or bracket is expected in the arguments of a variable</source>
        <translation>标头值：变量的参数中缺少逗号或方括号</translation>
    </message>
    <message>
        <source>header value: a closing parenthesis is expected after the arguments of a variable</source>
        <translation>标头值：变量的参数之后缺少右括号</translation>
    </message>
    <message>
        <source>header value: % is expected at the end of a variable</source>
        <translation>标头值：变量末尾缺少 %</translation>
    </message>
    <message>
        <source>header value has a variable without its closing %: write %% for a percent sign</source>
        <translation>标头值中的变量缺少结尾的 %：百分号请写 %%</translation>
    </message>
    <message>
        <source>server certificate</source>
        <translation>服务器证书</translation>
    </message>
    <message>
        <source>private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>CA bundle</source>
        <translation>CA 证书包</translation>
    </message>
    <message>
        <source>only the last rule can have no matches</source>
        <translation>只有最后一条规则可以没有匹配</translation>
    </message>
    <message>
        <source>a rule without matches stands before it</source>
        <translation>它之前有一条没有匹配的规则</translation>
    </message>
    <message>
        <source>earlier rules use all its matches</source>
        <translation>前面的规则已用尽它的匹配</translation>
    </message>
    <message>
        <source>A listener that its Gateway does not open</source>
        <translation>Gateway 不开放的监听器</translation>
    </message>
    <message>
        <source>ProtocolConflict: %1 has port %2 for %3</source>
        <translation>ProtocolConflict：%1 已将端口 %2 用于 %3</translation>
    </message>
    <message>
        <source>HostnameConflict: %1 has this host on port %2</source>
        <translation>HostnameConflict：%1 在端口 %2 上已有此主机</translation>
    </message>
    <message>
        <source>NotAllowed: allowedListeners of Gateway %1 takes none of namespace %2</source>
        <translation>NotAllowed：Gateway %1 的 allowedListeners 不接受命名空间 %2</translation>
    </message>
    <message>
        <source>there is no %1</source>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>%1: annotation %2 is ignored: those of the main Ingress count</source>
        <translation>%1：注解 %2 会被忽略：以主 Ingress 的注解为准</translation>
    </message>
    <message>
        <source>%1: annotation %2 is not modelled: %3</source>
        <translation>%1：注解 %2 未建模：%3</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>new subset of %1</source>
        <translation>%1 的新子集</translation>
    </message>
    <message>
        <source>DestinationRule %1 has a subset %2 already</source>
        <translation>DestinationRule %1 已有子集 %2</translation>
    </message>
    <message>
        <source>Name of the subset</source>
        <translation>子集名称</translation>
    </message>
    <message>
        <source>Of the version that gets these requests: v3. Its DestinationRule is written in the same step.</source>
        <translation>接收这些请求的版本，例如 v3。其 DestinationRule 在同一步写入。</translation>
    </message>
    <message>
        <source>Labels of its pods</source>
        <translation>其 Pod 的标签</translation>
    </message>
    <message>
        <source>version=v3, with commas between. Not set: version and the name of the subset.</source>
        <translation>version=v3，以逗号分隔。未设置：version 加子集名称。</translation>
    </message>
    <message>
        <source>give the new subset a name</source>
        <translation>请为新子集命名</translation>
    </message>
    <message>
        <source>%1 has a subset %2 already: choose it</source>
        <translation>%1 已有子集 %2：请选择它</translation>
    </message>
    <message>
        <source>%1 for source labels %2</source>
        <translation>来源标签 %2 的请求发往 %1</translation>
    </message>
    <message>
        <source>%1 for cookie %2</source>
        <translation>带 Cookie %2 的请求发往 %1</translation>
    </message>
    <message>
        <source>%1 for header %2</source>
        <translation>带请求头 %2 的请求发往 %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: mode %2 can&apos;t be replaced without changing who may connect</source>
        <translation>%1：替换模式 %2 会改变谁可以连接</translation>
    </message>
    <message>
        <source>%1: its certificate is no Secret named by credentialName</source>
        <translation>%1：其证书不是由 credentialName 指定的 Secret</translation>
    </message>
    <message>
        <source>%1: its setting &quot;%2&quot; would be lost</source>
        <translation>%1：设置 “%2” 会丢失</translation>
    </message>
    <message>
        <source>only gateways of Istio can be kept at HTTP/1.1 by an EnvoyFilter</source>
        <translation>只有 Istio 网关可以通过 EnvoyFilter 保持 HTTP/1.1</translation>
    </message>
    <message>
        <source>%1 has no selector: the EnvoyFilter would reach every gateway in %2</source>
        <translation>%1 没有选择器：EnvoyFilter 会作用于 %2 中的所有网关</translation>
    </message>
    <message>
        <source>an EnvoyFilter needs a name and the namespace of the gateway&apos;s pods</source>
        <translation>EnvoyFilter 需要名称以及网关 Pod 所在的命名空间</translation>
    </message>
    <message>
        <source>%1 has no HTTP or HTTPS server</source>
        <translation>%1 没有 HTTP 或 HTTPS 服务器</translation>
    </message>
    <message>
        <source>%1 port %2: &quot;*&quot; stands beside other hosts, and what is said for it would reach them too</source>
        <translation>%1 端口 %2：“*” 与其他主机并列，对它的设置也会影响那些主机</translation>
    </message>
    <message>
        <source>connections (HTTP requests stand for them)</source>
        <translation>连接（以 HTTP 请求代替）</translation>
    </message>
    <message>
        <source>%1: its rules have weights only</source>
        <translation>%1：其规则只有权重</translation>
    </message>
    <message>
        <source>%1: %2 is no rule: it is left out</source>
        <translation>%1：%2 不是规则，已略去</translation>
    </message>
    <message>
        <source>must be a number, not %1</source>
        <translation>必须是数字，而不是%1</translation>
    </message>
    <message>
        <source>must be true or false, not %1</source>
        <translation>必须是 true 或 false，而不是%1</translation>
    </message>
    <message>
        <source>must be a duration of hours, minutes, seconds and milliseconds such as &quot;1m30s&quot;</source>
        <translation>必须是由时、分、秒、毫秒组成的时长，例如“1m30s”</translation>
    </message>
    <message>
        <source>must be a list, not %1</source>
        <translation>必须是列表，而不是%1</translation>
    </message>
    <message>
        <source>there is no such field: an API server drops or refuses it</source>
        <translation>没有这个字段：API 服务器会丢弃或拒绝它</translation>
    </message>
    <message>
        <source>there is no such field: an API server drops or refuses it. Did you mean &quot;%1&quot;?</source>
        <translation>没有这个字段：API 服务器会丢弃或拒绝它。是否想写“%1”？</translation>
    </message>
    <message>
        <source>must be a whole number, not %1</source>
        <translation>必须是整数，而不是%1</translation>
    </message>
    <message>
        <source>must be a whole number</source>
        <translation>必须是整数</translation>
    </message>
    <message>
        <source>must be from %1 to %2</source>
        <translation>必须在 %1 到 %2 之间</translation>
    </message>
    <message>
        <source>A field its kind does not have</source>
        <translation>该类型没有的字段</translation>
    </message>
    <message>
        <source>A Gateway that is not among these objects</source>
        <translation>这些对象中没有的 Gateway</translation>
    </message>
    <message>
        <source>An object that stands here more than once</source>
        <translation>重复出现的对象</translation>
    </message>
    <message>
        <source>An expression that nginx can&apos;t read</source>
        <translation>nginx 无法读取的表达式</translation>
    </message>
    <message>
        <source>A fault that hits no request</source>
        <translation>不影响任何请求的故障注入</translation>
    </message>
    <message>
        <source>a filter of type %1 needs %2</source>
        <translation>类型为 %1 的过滤器需要 %2</translation>
    </message>
    <message>
        <source>a filter of type %1 can&apos;t have %2</source>
        <translation>类型为 %1 的过滤器不能有 %2</translation>
    </message>
    <message>
        <source>backendRequest can&apos;t be longer than request</source>
        <translation>backendRequest 不能长于 request</translation>
    </message>
    <message>
        <source>whether there is a Gateway %1 can&apos;t be known from these objects: none of them is a Gateway</source>
        <translation>无法从这些对象得知是否存在 Gateway %1：其中没有任何 Gateway</translation>
    </message>
    <message>
        <source>names no parent: no gateway and no mesh takes it</source>
        <translation>没有指定父级：没有网关或网格会采用它</translation>
    </message>
    <message>
        <source>%1: nginx may read this expression, Fairway can&apos;t: requests are not compared with it here</source>
        <translation>%1：nginx 也许能读取这个表达式，Fairway 不能：此处不会用它比较请求</translation>
    </message>
    <message>
        <source>this is no regular expression: %1</source>
        <translation>这不是正则表达式：%1</translation>
    </message>
    <message>
        <source>hits no request: Istio takes a missing percentage for 0</source>
        <translation>不影响任何请求：缺少百分比时 Istio 按 0 处理</translation>
    </message>
    <message>
        <source>delegate not found: &quot;%1&quot;; without it the rule does nothing</source>
        <translation>找不到委托目标“%1”；没有它，该规则不起作用</translation>
    </message>
    <message>
        <source>VirtualService %1 has hosts of its own: nothing can be delegated to it</source>
        <translation>VirtualService %1 有自己的主机，不能作为委托目标</translation>
    </message>
    <message>
        <source>VirtualService %1 is not exported to %2: the rule does nothing</source>
        <translation>VirtualService %1 未导出到 %2：该规则不起作用</translation>
    </message>
    <message>
        <source>this object stands here more than once, each time the same</source>
        <translation>此对象在这里出现多次，内容相同</translation>
    </message>
    <message>
        <source>this object stands here more than once, and not the same: there can be only one, and which one is a matter of order</source>
        <translation>此对象在这里出现多次且内容不同：只能存在一个，由先后顺序决定是哪一个</translation>
    </message>
    <message>
        <source>Share of the requests that are delayed; a new delay begins with 100. Not set: none.</source>
        <translation>被延迟的请求比例；新设的延迟从 100 开始。未设置：无。</translation>
    </message>
    <message>
        <source>Share of the requests that are answered so; a new one begins with 100. Not set: none.</source>
        <translation>如此应答的请求比例；新设时从 100 开始。未设置：无。</translation>
    </message>
    <message>
        <source>%1: Service %2 with its port %3 is not known</source>
        <translation>%1：未知 Service %2 及其端口 %3</translation>
    </message>
    <message>
        <source>%1: Service %2 has no port named %3</source>
        <translation>%1：Service %2 没有名为 %3 的端口</translation>
    </message>
    <message>
        <source>no healthy endpoint was there</source>
        <translation>没有健康的端点</translation>
    </message>
    <message>
        <source>the connection to the endpoint failed</source>
        <translation>与端点的连接失败</translation>
    </message>
    <message>
        <source>a circuit breaker was open: too many connections or requests were under way</source>
        <translation>熔断器已打开：同时进行的连接或请求过多</translation>
    </message>
    <message>
        <source>no route, or no filter chain, took it</source>
        <translation>没有路由或过滤器链接收它</translation>
    </message>
    <message>
        <source>all retries were used up</source>
        <translation>重试次数已用尽</translation>
    </message>
    <message>
        <source>the cluster is not known to the proxy, as for a subset that no DestinationRule defines</source>
        <translation>代理不认识该集群，例如没有 DestinationRule 定义的子集</translation>
    </message>
    <message>
        <source>it took longer than a connection or stream may last</source>
        <translation>超过了连接或流的最长时间</translation>
    </message>
    <message>
        <source>the client went away</source>
        <translation>客户端已离开</translation>
    </message>
    <message>
        <source>the service failed its health check</source>
        <translation>服务未通过健康检查</translation>
    </message>
    <message>
        <source>the endpoint did not answer in time</source>
        <translation>端点未及时应答</translation>
    </message>
    <message>
        <source>the proxy reset the connection</source>
        <translation>代理重置了连接</translation>
    </message>
    <message>
        <source>the endpoint reset the connection</source>
        <translation>端点重置了连接</translation>
    </message>
    <message>
        <source>the endpoint closed the connection</source>
        <translation>端点关闭了连接</translation>
    </message>
    <message>
        <source>a fault held it back</source>
        <translation>故障注入使其延迟</translation>
    </message>
    <message>
        <source>a fault ended it with an error</source>
        <translation>故障注入使其以错误结束</translation>
    </message>
    <message>
        <source>a rate limit refused it</source>
        <translation>被限流拒绝</translation>
    </message>
    <message>
        <source>the authorization service denied it</source>
        <translation>被授权服务拒绝</translation>
    </message>
    <message>
        <source>the rate limit service failed</source>
        <translation>限流服务失败</translation>
    </message>
    <message>
        <source>a header had a value that is not allowed</source>
        <translation>某个请求头的值不被允许</translation>
    </message>
    <message>
        <source>nothing moved until the stream timed out</source>
        <translation>流空闲直至超时</translation>
    </message>
    <message>
        <source>the client broke the protocol</source>
        <translation>客户端违反协议</translation>
    </message>
    <message>
        <source>the endpoint broke the protocol</source>
        <translation>端点违反协议</translation>
    </message>
    <message>
        <source>the answer took longer than a stream may last</source>
        <translation>应答超过了流的最长时间</translation>
    </message>
    <message>
        <source>the proxy was overloaded</source>
        <translation>代理过载</translation>
    </message>
    <message>
        <source>the name of the endpoint was not found</source>
        <translation>找不到端点的名称</translation>
    </message>
    <message>
        <source>the log&apos;s %1: %2</source>
        <translation>日志中的 %1：%2</translation>
    </message>
    <message>
        <source>the line is of the server&apos;s own sidecar: where its client&apos;s proxy sent it does not stand in it</source>
        <translation>该行由服务端自己的 sidecar 写出：其中没有客户端代理把请求发往何处的信息</translation>
    </message>
    <message>
        <source>the log agrees: it was sent to %1</source>
        <translation>与日志一致：请求发往 %1</translation>
    </message>
    <message>
        <source>the log disagrees: it was sent to %1; the routes or the client&apos;s labels were others then, or an EnvoyFilter decided</source>
        <translation>与日志不符：请求当时发往 %1；当时的路由或客户端标签不同，或由 EnvoyFilter 决定</translation>
    </message>
    <message>
        <source>Gateway %1 is not known: a plain one on port 80 was taken</source>
        <translation>网关 %1 未知：以端口 80 的普通网关代替</translation>
    </message>
</context>
</TS>
