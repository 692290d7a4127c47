/** Trying a unit out: into copies, a few rows only, with pauses. */
import { MAX_TEST_ROWS } from '../../definition/schema';
import type { AppRef, Breakpoint, ExecutionUnit, Flow } from '../../definition/types';
import { flowApps } from '../../flow';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { CheckField, RadioField } from '../../ui/parts/Choice';
import { ComboBox } from '../../ui/parts/ComboBox';
import { FieldProblem } from '../../ui/parts/Feedback';
import { NumberField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { appKey, useAppName, useApps } from '../app/data';
import { useSettings } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { without } from '../document/lists';
import { commandName } from '../flows/names';
import { summaryOf } from '../flows/summary';
import { Section } from '../forms/parts';
import styles from '../parts/lists.module.css';
import type { ChangeUnit, UnitPartProps } from './part-props';

export function TestSection({ unit, change, findings }: UnitPartProps) {
  const { test: t } = useTexts().unit;
  const { flows } = useSettings();
  const own = unit.flowIds.flatMap((id) => flows.find((flow) => flow.id === id) ?? []);
  return (
    <>
      <RadioField
        legend={t.mode}
        value={unit.mode}
        options={[
          { value: 'productive', label: t.productive, hint: t.productiveHint },
          { value: 'test', label: t.test, hint: t.testHint },
        ]}
        onChange={(mode) => change({ mode })}
        path="mode"
      />
      <NumberField
        label={t.rowLimit}
        hint={t.rowLimitHint}
        value={unit.test.rowLimit}
        min={0}
        max={MAX_TEST_ROWS}
        onChange={(rowLimit) => change({ test: { ...unit.test, rowLimit } }, 'test.rowLimit')}
        path="test.rowLimit"
      />
      <Copies unit={unit} flows={own} change={change} findings={findings} />
      <Breakpoints unit={unit} flows={own} change={change} findings={findings} />
    </>
  );
}

interface PartProps {
  readonly unit: ExecutionUnit;
  /** The unit's flows, in its order. */
  readonly flows: readonly Flow[];
  readonly change: ChangeUnit;
  readonly findings: FindingsAt;
}

/** One picker per output app; what is mapped besides can only be taken away. */
function Copies({ unit, flows, change, findings }: PartProps) {
  const { test: t } = useTexts().unit;
  const { common } = useTexts();
  const nameOf = useAppName();
  const outputs = new Map(
    flows.flatMap((flow) => flowApps(flow).writes.map((app) => [appKey(app), app] as const)),
  );
  const { apps } = unit.test;
  const set = (next: ExecutionUnit['test']['apps']) => change({ test: { ...unit.test, apps: next } });
  return (
    <Section title={t.apps} hint={t.appsHint} path="test.apps" findings={findings('test.apps')}>
      {outputs.size === 0 ? <span className={styles['muted']}>{t.appsNone}</span> : null}
      {[...outputs].map(([key, from]) => {
        const index = apps.findIndex((one) => appKey(one.from) === key);
        const others = index < 0 ? apps : without(apps, index);
        return (
          <CopyPicker
            key={key}
            from={from}
            to={apps[index]?.to ?? null}
            onChange={(to) => set(to === null ? others : [...others, { from, to }])}
            findings={findings}
            path={index < 0 ? 'test.apps' : `test.apps.${index}`}
          />
        );
      })}
      {apps.map(({ from }, index) =>
        outputs.has(appKey(from)) ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: an app may be mapped twice by mistake
          <div key={`${appKey(from)} ${index}`} className={styles['inline']} data-path={`test.apps.${index}`}>
            <FieldProblem tone="warning">{t.stale(nameOf(from))}</FieldProblem>
            <Button
              size="small"
              aria-label={common.of(common.remove, nameOf(from))}
              onClick={() => set(without(apps, index))}
            >
              {common.remove}
            </Button>
          </div>
        ),
      )}
    </Section>
  );
}

interface CopyPickerProps {
  readonly from: AppRef;
  readonly to: AppRef | null;
  readonly onChange: (to: AppRef | null) => void;
  readonly findings: FindingsAt;
  readonly path: string;
}

const NO_COPY = 'none';

function CopyPicker({ from, to, onChange, findings, path }: CopyPickerProps) {
  const t = useTexts();
  const nameOf = useAppName();
  const apps = useApps().data ?? [];
  // What is chosen by mistake, or cannot be seen, keeps its place in the list.
  const offered = apps.flatMap(({ ref }) => (appKey(ref) === appKey(from) ? [] : [ref]));
  const isOffered = to === null || offered.some((ref) => appKey(ref) === appKey(to));
  const choices = isOffered ? offered : [to, ...offered];
  return (
    <ComboBox
      label={t.unit.test.copyOf(nameOf(from))}
      placeholder={t.commands.pickers.appPlaceholder}
      emptyText={t.common.noMatch}
      items={[
        { key: NO_COPY, label: t.unit.test.noCopy },
        ...choices.map((ref) => ({ key: appKey(ref), label: nameOf(ref) })),
      ]}
      value={to === null ? NO_COPY : appKey(to)}
      onChange={(key) => onChange(choices.find((ref) => appKey(ref) === key) ?? null)}
      findings={path === 'test.apps' ? [] : findings(path)}
      path={path}
    />
  );
}

function Breakpoints({ unit, flows, change, findings }: PartProps) {
  const t = useTexts();
  const { test } = t.unit;
  const { language } = useEnvironment();
  const nameOf = useAppName();
  const { breakpoints } = unit;
  const isAt = (one: Breakpoint, flowId: string, commandId: string) =>
    one.flowId === flowId && one.commandId === commandId;
  const known = breakpoints.filter((one) =>
    flows.some(
      ({ id, commands }) => id === one.flowId && commands.some((command) => command.id === one.commandId),
    ),
  );
  return (
    <Section
      title={test.breakpoints}
      hint={test.breakpointsHint}
      path="breakpoints"
      findings={findings('breakpoints')}
    >
      {known.length === breakpoints.length ? null : (
        <div>
          <Button size="small" onClick={() => change({ breakpoints: known })}>
            {test.removeStale}
          </Button>
        </div>
      )}
      {flows.length === 0 ? <span className={styles['muted']}>{test.breakpointsNone}</span> : null}
      {flows.map((flow) => (
        <fieldset key={flow.id} className={styles['pauses']}>
          <legend className={styles['rowTitle']}>{flow.name}</legend>
          {flow.commands.map((command, index) => {
            const name = t.problems.command(formatCount(index + 1, language), commandName(t, command.type));
            return (
              <CheckField
                key={command.id}
                label={test.breakpointAt(name)}
                hint={summaryOf(command, t, nameOf, language)}
                checked={known.some((one) => isAt(one, flow.id, command.id))}
                onChange={(isChosen) => {
                  const others = breakpoints.filter((one) => !isAt(one, flow.id, command.id));
                  const here = { flowId: flow.id, commandId: command.id };
                  change({ breakpoints: isChosen ? [...others, here] : others });
                }}
              />
            );
          })}
        </fieldset>
      ))}
    </Section>
  );
}
