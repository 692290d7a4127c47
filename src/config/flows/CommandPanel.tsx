/** Everything about one command: where its data comes from, its form, and the columns that come out. */
import { commandSpec } from '../../commands';
import type { Command, Flow, JsonObject } from '../../definition/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { FieldProblem, Notice } from '../../ui/parts/Feedback';
import { SelectField, TextField } from '../../ui/parts/Field';
import { type FindingsAt, useChecks, useFindings } from '../app/checks';
import { useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { withAt } from '../document/lists';
import { formFor } from '../forms';
import styles from '../parts/lists.module.css';
import { ColumnsView } from './ColumnsView';
import flows from './flows.module.css';
import { commandName } from './names';

interface CommandPanelProps {
  readonly flow: Flow;
  readonly command: Command;
}

export function CommandPanel({ flow, command }: CommandPanelProps) {
  const t = useTexts();
  const { language } = useEnvironment();
  const store = useStore();
  const { problems, flows: compiled, metadata } = useChecks();
  const own = problems.filter(({ place }) => place.flowId === flow.id && place.commandId === command.id);
  const findings = useFindings(own);
  const step = compiled.get(flow.id)?.steps.find((one) => one.command === command);
  const spec = commandSpec(command.type);
  const index = flow.commands.indexOf(command);
  const place = { flowId: flow.id, commandId: command.id } as const;
  const change = (settings: JsonObject, field?: string) =>
    store.edit(
      { kind: 'updateCommand', ...place, patch: { settings } },
      field === undefined ? null : `${command.id} ${field}`,
    );
  const Form = formFor(command.type);
  const name = commandName(t, command.type);
  return (
    <section className={flows['panel']} aria-label={name}>
      <div className={flows['panelHead']}>
        <h3 className={flows['panelTitle']}>{t.problems.command(formatCount(index + 1, language), name)}</h3>
        <Button
          size="small"
          icon="trash"
          onClick={() => store.edit({ kind: 'removeCommand', ...place })}
          aria-label={t.common.of(t.common.remove, name)}
        >
          {t.common.remove}
        </Button>
      </div>
      <General findings={findings} />
      {spec === undefined || spec.inputCount === 0 ? null : (
        <Inputs flow={flow} command={command} count={spec.inputCount} findings={findings} />
      )}
      {step === undefined || Form === null ? (
        <Broken command={command} onReset={spec === undefined ? null : () => change(spec.defaults())} />
      ) : (
        <Form
          settings={step.settings as never}
          // The registry gave form and settings by the same type, which the compiler cannot see.
          change={(settings: never, field?: string) => change(settings, field)}
          inputs={step.inputColumns}
          findings={findings}
          metadata={{ ...metadata, parameters: compiled.get(flow.id)?.parameters ?? metadata.parameters }}
        />
      )}
      <TextField
        label={t.commands.outline.note}
        maxLength={2000}
        value={command.note}
        onChange={(note) =>
          store.edit({ kind: 'updateCommand', ...place, patch: { note } }, `${command.id} note`)
        }
      />
      <ColumnsView columns={step?.known ? step.columns : null} />
    </section>
  );
}

/** Findings about the command as a whole ("leads nowhere"), which no field of the form shows. */
function General({ findings }: { readonly findings: FindingsAt }) {
  const general = [...findings('id'), ...findings('type'), ...findings('')];
  return (
    <>
      {general.map((found) => (
        <Notice key={found.text} tone={found.tone}>
          {found.text}
        </Notice>
      ))}
    </>
  );
}

interface InputsProps {
  readonly flow: Flow;
  readonly command: Command;
  readonly count: 1 | 2;
  readonly findings: FindingsAt;
}

/** Which earlier command feeds this one. */
function Inputs({ flow, command, count, findings }: InputsProps) {
  const t = useTexts();
  const { language } = useEnvironment();
  const store = useStore();
  const index = flow.commands.indexOf(command);
  const options = flow.commands.slice(0, index).flatMap((one, at) =>
    commandSpec(one.type)?.group === 'output'
      ? []
      : [
          {
            value: one.id,
            label: t.problems.command(formatCount(at + 1, language), commandName(t, one.type)),
          },
        ],
  );
  const set = (slot: number, id: string) => {
    const inputs = slot < command.inputs.length ? withAt(command.inputs, slot, id) : [...command.inputs, id];
    store.edit({ kind: 'updateCommand', flowId: flow.id, commandId: command.id, patch: { inputs } });
  };
  const labels =
    count === 1 ? [t.commands.outline.input] : [t.commands.outline.leftInput, t.commands.outline.rightInput];
  return (
    <div className={styles['stack']} data-path="inputs">
      <div className={styles['inline']}>
        {labels.map((label, slot) => {
          const value = command.inputs[slot] ?? '';
          const known = options.some((option) => option.value === value);
          return (
            <div key={label} className={styles['grow']}>
              <SelectField
                label={label}
                value={value}
                options={known ? options : [{ value, label: t.commands.outline.noInput }, ...options]}
                onChange={(id) => set(slot, id)}
                findings={findings(`inputs.${slot}`)}
                path={`inputs.${slot}`}
              />
            </div>
          );
        })}
      </div>
      {findings('inputs').map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
    </div>
  );
}

function Broken({ command, onReset }: { readonly command: Command; readonly onReset: (() => void) | null }) {
  const { outline: t } = useTexts().commands;
  return (
    <>
      <Notice
        tone="error"
        todo={t.brokenBody}
        actions={
          onReset === null ? null : (
            <Button size="small" onClick={onReset}>
              {t.reset}
            </Button>
          )
        }
      >
        {t.broken}
      </Notice>
      <div className={styles['muted']}>{t.settingsJson}</div>
      <pre className={flows['json']}>{JSON.stringify(command.settings, null, 2)}</pre>
    </>
  );
}
