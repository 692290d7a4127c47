/** One execution unit: what it is, which flows it runs, its button and how careful it is. */
import type { ExecutionUnit } from '../../definition/types';
import { Button } from '../../ui/parts/Button';
import { SwitchField } from '../../ui/parts/Choice';
import { Disclosure } from '../../ui/parts/Disclosure';
import { Notice } from '../../ui/parts/Feedback';
import { NameField, TextField } from '../../ui/parts/Field';
import { useChecks, useFindings } from '../app/checks';
import { useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { partOf, type UnitPart } from '../document/unit-parts';
import { errorsIn, problemsOfUnit } from '../document/validate';
import styles from '../parts/lists.module.css';
import { ProblemCount } from '../parts/ProblemCount';
import { InputSection } from './InputSection';
import type { ChangeUnit } from './part-props';
import { RulesSection } from './RulesSection';
import { StartSection } from './StartSection';
import { inputSummary, rulesSummary, startSummary, testSummary } from './summaries';
import { TestSection } from './TestSection';
import { UnitFlows } from './UnitFlows';

export function UnitDetail({ unit }: { readonly unit: ExecutionUnit }) {
  const t = useTexts();
  const { language } = useEnvironment();
  const store = useStore();
  const { go } = useNavigation();
  const { problems } = useChecks();
  const own = problems.filter((found) => found.place.unitId === unit.id);
  const all = problemsOfUnit(problems, unit);
  const findings = useFindings(own);
  const mark = (part: UnitPart) => (
    <ProblemCount quiet problems={own.filter(({ place }) => partOf(place.field ?? '') === part)} />
  );
  const change: ChangeUnit = (patch, field) =>
    store.edit(
      { kind: 'updateUnit', unitId: unit.id, patch },
      field === undefined ? null : `${unit.id} ${field}`,
    );
  return (
    <section className={styles['detail']} aria-label={unit.name}>
      <div className={styles['crumb']}>
        <Button size="small" kind="quiet" icon="back" onClick={() => go({ unitId: null })}>
          {t.units.backToList}
        </Button>
        <h2 className={styles['heading']}>{unit.name}</h2>
        <ProblemCount problems={all} />
      </div>
      {unit.enabled && errorsIn(all).length > 0 ? (
        <Notice tone="warning">{t.units.errorsBlock}</Notice>
      ) : null}
      {unit.mode === 'test' ? (
        <Notice
          tone="warning"
          todo={t.unit.test.bannerTodo}
          actions={
            <Button size="small" onClick={() => change({ mode: 'productive' })}>
              {t.unit.test.toProductive}
            </Button>
          }
        >
          {t.unit.test.banner}
        </Notice>
      ) : null}
      <div className={styles['columns']}>
        <div className={styles['stack']}>
          <div className={styles['card']}>
            <SwitchField
              label={t.units.enabledLabel}
              checked={unit.enabled}
              onChange={(enabled) => change({ enabled })}
              path="enabled"
            />
            <p className={styles['muted']}>{t.units.enabledHint}</p>
            <NameField
              required
              label={t.common.name}
              value={unit.name}
              onCommit={(name) => change({ name })}
              findings={findings('name')}
              path="name"
            />
            <TextField
              multiline
              label={t.common.note}
              hint={t.common.noteHint}
              maxLength={2000}
              value={unit.note}
              onChange={(note) => change({ note }, 'note')}
            />
            <UnitId id={unit.id} />
          </div>
          <UnitFlows unit={unit} change={change} findings={findings} />
        </div>
        <div className={styles['stack']}>
          <Disclosure
            open
            level={3}
            title={t.unit.sections.start}
            summary={startSummary(unit, t.unit, language)}
            mark={mark('start')}
          >
            <StartSection unit={unit} change={change} findings={findings} />
          </Disclosure>
          <Disclosure
            level={3}
            title={t.unit.sections.rules}
            summary={rulesSummary(unit, t.unit, language)}
            mark={mark('rules')}
          >
            <RulesSection unit={unit} change={change} findings={findings} />
          </Disclosure>
          <Disclosure
            level={3}
            title={t.unit.sections.input}
            summary={inputSummary(unit, t.unit, language)}
            mark={mark('input')}
          >
            <InputSection unit={unit} change={change} findings={findings} />
          </Disclosure>
          <Disclosure
            level={3}
            title={t.unit.sections.test}
            summary={testSummary(unit, t.unit, language)}
            mark={mark('test')}
          >
            <TestSection unit={unit} change={change} findings={findings} />
          </Disclosure>
        </div>
      </div>
    </section>
  );
}

function UnitId({ id }: { readonly id: string }) {
  const t = useTexts();
  return (
    <div>
      <div className={styles['muted']}>
        {t.units.id}: <span className={styles['idText']}>{id}</span>
      </div>
      <div className={styles['muted']}>{t.units.idHint}</div>
    </div>
  );
}
