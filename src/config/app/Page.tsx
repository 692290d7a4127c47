/** The settings page: tabs, problems, footer and the dialogs that saving may need. */
import { type ReactNode, useRef, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { SaveStamp } from '../../kintone/settings-codec';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { FilesTab } from '../files/FilesTab';
import { FlowsTab } from '../flows/FlowsTab';
import { LogAppTab } from '../log-app/LogAppTab';
import { RunsTab } from '../runs/RunsTab';
import { UnitsTab } from '../units/UnitsTab';
import styles from './app.module.css';
import { useChecks } from './checks';
import { useReload } from './data';
import { useEnvironment, useTexts } from './environment';
import { Notices } from './Notices';
import { type TabKey, useNavigation } from './navigation';
import { ProblemsPanel } from './ProblemsPanel';
import { SaveBar } from './SaveBar';
import { SaveDialogs } from './SaveDialogs';
import { useSaving } from './saving';
import { useShortcuts } from './shortcuts';

interface PageProps {
  readonly stamp: SaveStamp | null;
  readonly onStamp: (stamp: SaveStamp | null) => void;
}

const TABS: readonly { readonly key: TabKey; readonly content: () => ReactNode }[] = [
  { key: 'units', content: () => <UnitsTab /> },
  { key: 'flows', content: () => <FlowsTab /> },
  { key: 'logApp', content: () => <LogAppTab /> },
  { key: 'runs', content: () => <RunsTab /> },
  { key: 'files', content: () => <FilesTab /> },
];

export function Page({ stamp, onStamp }: PageProps) {
  const t = useTexts();
  const { language } = useEnvironment();
  const { at, go } = useNavigation();
  const [showProblems, setShowProblems] = useState(false);
  const saving = useSaving(stamp, onStamp);
  const counts = useTabErrors();
  const reload = useReload();
  const top = useRef<HTMLDivElement>(null);
  useShortcuts(() => void saving.save());
  return (
    <div className={styles['page']} ref={top}>
      <header className={styles['head']}>
        <div className={styles['headText']}>
          <h1 className={styles['title']}>{t.pageTitle}</h1>
          <p className={styles['muted']}>{t.pageLead}</p>
        </div>
        <div className={styles['toolbar']}>
          <Button size="small" kind="quiet" onClick={reload}>
            {t.common.reload}
          </Button>
          <ProblemsButton open={showProblems} onToggle={() => setShowProblems(!showProblems)} />
        </div>
      </header>
      {showProblems ? <ProblemsPanel onClose={() => setShowProblems(false)} /> : null}
      <Notices saving={saving} />
      <Tabs selectedKey={at.tab} onSelectionChange={(key) => go({ tab: key as TabKey })}>
        <TabList aria-label={t.tabs.label} className={styles['tabList'] ?? ''}>
          {TABS.map(({ key }) => (
            <Tab key={key} id={key} className={styles['tab'] ?? ''}>
              {t.tabs[key]}
              {counts[key] > 0 ? (
                <span
                  className={styles['tabCount']}
                  title={t.tabs.errorCount(formatCount(counts[key], language))}
                >
                  {formatCount(counts[key], language)}
                </span>
              ) : null}
            </Tab>
          ))}
        </TabList>
        {TABS.map(({ key, content }) => (
          <TabPanel key={key} id={key} className={styles['panel'] ?? ''}>
            {content()}
          </TabPanel>
        ))}
      </Tabs>
      <SaveBar saving={saving} />
      <SaveDialogs saving={saving} onShowProblems={() => setShowProblems(true)} />
    </div>
  );
}

function ProblemsButton({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }) {
  const t = useTexts();
  const { language } = useEnvironment();
  const { problems } = useChecks();
  const count = (severity: string) =>
    formatCount(problems.filter((found) => found.severity === severity).length, language);
  const label = t.problems.open(count('error'), count('warning'));
  return (
    <Button
      size="small"
      icon={problems.some((found) => found.severity === 'error') ? 'error' : 'check'}
      onClick={onToggle}
      aria-expanded={open}
    >
      {label}
    </Button>
  );
}

function useTabErrors(): Readonly<Record<TabKey, number>> {
  const { problems } = useChecks();
  const errors = problems.filter((found) => found.severity === 'error');
  const flows = errors.filter(({ place }) => place.flowId !== undefined).length;
  const units = errors.filter(({ place }) => place.unitId !== undefined && place.flowId === undefined).length;
  return { units, flows, logApp: errors.length - flows - units, runs: 0, files: 0 };
}
