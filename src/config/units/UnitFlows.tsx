/** The flows a unit runs, in their order. */
import { newFlow } from '../../definition/create';
import type { ExecutionUnit } from '../../definition/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { ComboBox } from '../../ui/parts/ComboBox';
import { FieldProblem } from '../../ui/parts/Feedback';
import { type FindingsAt, useChecks } from '../app/checks';
import { useSettings, useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { freeName } from '../document/copies';
import { swap, without } from '../document/lists';
import { problemsOfFlow } from '../document/validate';
import styles from '../parts/lists.module.css';
import { Ordered } from '../parts/Ordered';
import { ProblemCount } from '../parts/ProblemCount';
import type { ChangeUnit } from './part-props';

interface UnitFlowsProps {
  readonly unit: ExecutionUnit;
  readonly change: ChangeUnit;
  readonly findings: FindingsAt;
}

export function UnitFlows({ unit, change, findings }: UnitFlowsProps) {
  const t = useTexts();
  const { newId } = useEnvironment();
  const { flows } = useSettings();
  const store = useStore();
  const { go } = useNavigation();
  const others = flows.filter((flow) => !unit.flowIds.includes(flow.id));
  const create = () => {
    const flow = newFlow(
      newId,
      freeName(
        t.unitFlows.newName,
        flows.map((one) => one.name),
      ),
    );
    store.edit({ kind: 'addFlow', flow, afterId: null, linkTo: unit.id });
    go({ tab: 'flows', flowId: flow.id, commandId: null });
  };
  return (
    <div className={styles['card']} data-path="flowIds">
      <div>
        <h3 className={styles['subheading']}>{t.unitFlows.title}</h3>
        <p className={styles['muted']}>{t.unitFlows.lead}</p>
      </div>
      {findings('flowIds').map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
      {unit.flowIds.length === 0 ? null : (
        <ol>
          {unit.flowIds.map((flowId, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a damaged document may list a flow twice
            <UnitFlow key={`${flowId} ${index}`} unit={unit} flowId={flowId} index={index} change={change} />
          ))}
        </ol>
      )}
      {others.length > 0 ? (
        <ComboBox
          label={t.unitFlows.addExisting}
          placeholder={t.common.choose}
          emptyText={t.common.noMatch}
          items={others.map((flow) => ({ key: flow.id, label: flow.name }))}
          value=""
          resetOnChange
          onChange={(id) => change({ flowIds: [...unit.flowIds, id] })}
        />
      ) : null}
      <div>
        <Button icon="plus" onClick={create}>
          {t.unitFlows.createNew}
        </Button>
      </div>
    </div>
  );
}

interface UnitFlowProps {
  readonly unit: ExecutionUnit;
  readonly flowId: string;
  readonly index: number;
  readonly change: ChangeUnit;
}

function UnitFlow({ unit, flowId, index, change }: UnitFlowProps) {
  const t = useTexts();
  const { language } = useEnvironment();
  const { flows } = useSettings();
  const { problems } = useChecks();
  const { go } = useNavigation();
  const flow = flows.find((one) => one.id === flowId);
  const name = flow?.name ?? t.unitFlows.unknown(flowId);
  return (
    <li className={styles['item']} data-path={`flowIds.${index}`}>
      <span className={styles['itemNumber']}>{formatCount(index + 1, language)}.</span>
      <span className={styles['itemText']}>
        {flow === undefined ? (
          <FieldProblem tone="error">{name}</FieldProblem>
        ) : (
          <span className={styles['linkRow']}>
            <button
              type="button"
              className={styles['nameLink']}
              title={t.unitFlows.openFlow(name)}
              onClick={() => go({ tab: 'flows', flowId, commandId: null })}
            >
              {name}
            </button>
            <ProblemCount problems={problemsOfFlow(problems, flowId)} />
          </span>
        )}
      </span>
      <Ordered
        name={name}
        index={index}
        count={unit.flowIds.length}
        onMove={(by) => change({ flowIds: swap(unit.flowIds, index, by) })}
        onRemove={() => change({ flowIds: without(unit.flowIds, index) })}
        removeLabel={t.unitFlows.take}
      />
    </li>
  );
}
