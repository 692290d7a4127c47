/** One flow: its outline at the left, the settings of the chosen command at the right. */
import type { Flow } from '../../definition/types';
import { Button } from '../../ui/parts/Button';
import { EmptyState, FieldProblem } from '../../ui/parts/Feedback';
import { NameField, TextField } from '../../ui/parts/Field';
import { useChecks, useFindings } from '../app/checks';
import { useSettings, useStore } from '../app/document';
import { useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { problemsOfFlow } from '../document/validate';
import styles from '../parts/lists.module.css';
import { ProblemCount } from '../parts/ProblemCount';
import { CommandPanel } from './CommandPanel';
import flows from './flows.module.css';
import { Outline } from './Outline';

export function FlowDetail({ flow }: { readonly flow: Flow }) {
  const t = useTexts();
  const store = useStore();
  const { units } = useSettings();
  const { at, go } = useNavigation();
  const { problems } = useChecks();
  const own = problemsOfFlow(problems, flow.id);
  const findings = useFindings(own.filter((found) => found.place.commandId === undefined));
  const usedBy = units.filter((unit) => unit.flowIds.includes(flow.id));
  const chosen = flow.commands.find((command) => command.id === at.commandId) ?? null;
  return (
    <section className={styles['detail']} aria-label={flow.name}>
      <div className={styles['crumb']}>
        <Button size="small" kind="quiet" icon="back" onClick={() => go({ flowId: null, commandId: null })}>
          {t.flows.backToList}
        </Button>
        <h2 className={styles['heading']}>{flow.name}</h2>
        <ProblemCount problems={own} />
      </div>
      <div className={`${styles['muted']} ${styles['linkRow']}`}>
        <span>{t.flows.usedBy}:</span>
        {usedBy.length === 0
          ? t.flows.unused
          : usedBy.map((unit) => (
              <button
                key={unit.id}
                type="button"
                className={styles['nameLink']}
                onClick={() => go({ tab: 'units', unitId: unit.id })}
              >
                {unit.name}
              </button>
            ))}
      </div>
      <div className={flows['editor']}>
        <div className={flows['outline']} data-path="commands">
          <h3 className={styles['subheading']}>{t.commands.outline.title}</h3>
          {findings('commands').map((found) => (
            <FieldProblem key={found.text} tone={found.tone}>
              {found.text}
            </FieldProblem>
          ))}
          <Outline flow={flow} chosenId={chosen?.id ?? null} />
        </div>
        <div className={`${styles['card']} ${flows['about']}`}>
          <NameField
            required
            label={t.common.name}
            value={flow.name}
            onCommit={(name) => store.edit({ kind: 'updateFlow', flowId: flow.id, patch: { name } })}
            findings={findings('name')}
            path="name"
          />
          <TextField
            multiline
            label={t.common.note}
            hint={t.common.noteHint}
            maxLength={2000}
            value={flow.note}
            onChange={(note) =>
              store.edit({ kind: 'updateFlow', flowId: flow.id, patch: { note } }, `${flow.id} note`)
            }
          />
        </div>
        <div className={flows['side']}>
          {chosen === null ? (
            <EmptyState
              title={flow.commands.length === 0 ? t.commands.outline.empty : t.commands.outline.select}
            />
          ) : (
            <CommandPanel key={chosen.id} flow={flow} command={chosen} />
          )}
        </div>
      </div>
    </section>
  );
}
