/** The commands of a flow as a numbered list with everything one can do to them. */
import { useState } from 'react';
import { commandSpec } from '../../commands';
import type { CommandSpec } from '../../commands/types';
import { newCommand } from '../../definition/create';
import type { Command, ExecutionUnit, Flow } from '../../definition/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Badge } from '../../ui/parts/Feedback';
import { Icon } from '../../ui/parts/Icon';
import { Menu } from '../../ui/parts/Menu';
import { useChecks } from '../app/checks';
import { useAppName } from '../app/data';
import { useSettings, useStore } from '../app/document';
import { useEnvironment, useTexts } from '../app/environment';
import { useNavigation } from '../app/navigation';
import { canMoveCommand } from '../document/commands';
import { copyCommand } from '../document/copies';
import { AddCommand } from './AddCommand';
import styles from './flows.module.css';
import { commandName, GROUP_ICONS } from './names';
import { summaryOf } from './summary';

interface OutlineProps {
  readonly flow: Flow;
  readonly chosenId: string | null;
}

export function Outline({ flow, chosenId }: OutlineProps) {
  const t = useTexts();
  const { newId } = useEnvironment();
  const store = useStore();
  const { go } = useNavigation();
  /** Where the next command goes: after this one; 'end' at the end; null: nobody is adding. */
  const [adding, setAdding] = useState<string | null>(null);
  const last = flow.commands.at(-1);
  const insert = (spec: CommandSpec) => {
    const after = flow.commands.find((command) => command.id === adding) ?? last;
    const command = newCommand(newId, spec.type, inputsFor(spec, after, flow), spec.defaults());
    store.edit({
      kind: 'insertCommand',
      flowId: flow.id,
      command,
      afterId: after?.id ?? null,
      // Inputs start streams and outputs end them; everything between takes its place in the stream.
      takeOver: spec.inputCount > 0 && spec.group !== 'output',
    });
    setAdding(null);
    go({ commandId: command.id });
  };
  return (
    <>
      <ol className={styles['commands']}>
        {flow.commands.map((command, index) => (
          <OutlineRow
            key={command.id}
            flow={flow}
            command={command}
            index={index}
            chosen={command.id === chosenId}
            onAddAfter={() => setAdding(command.id)}
          />
        ))}
      </ol>
      <Button icon="plus" onClick={() => setAdding('end')}>
        {last === undefined ? t.commands.outline.addFirst : t.commands.outline.add}
      </Button>
      {adding === null ? null : (
        <AddCommand first={last === undefined} onChoose={insert} onClose={() => setAdding(null)} />
      )}
    </>
  );
}

/** The command it stands after, unless that is an output; a join also takes the nearest other open end. */
function inputsFor(spec: CommandSpec, after: Command | undefined, flow: Flow): readonly string[] {
  if (spec.inputCount === 0) return [];
  const usable = flow.commands.filter((command) => commandSpec(command.type)?.group !== 'output');
  const main = usable.find((command) => command.id === after?.id) ?? usable.at(-1);
  if (main === undefined) return [];
  if (spec.inputCount === 1) return [main.id];
  const until = flow.commands.indexOf(main);
  const fed = new Set(flow.commands.flatMap((command) => command.inputs));
  const open = usable.filter(
    (command) => command !== main && flow.commands.indexOf(command) < until && !fed.has(command.id),
  );
  const other = open.at(-1);
  return other === undefined ? [main.id] : [other.id, main.id];
}

interface OutlineRowProps {
  readonly flow: Flow;
  readonly command: Command;
  readonly index: number;
  readonly chosen: boolean;
  readonly onAddAfter: () => void;
}

function OutlineRow({ flow, command, index, chosen, onAddAfter }: OutlineRowProps) {
  const t = useTexts();
  const { language, newId } = useEnvironment();
  const store = useStore();
  const { go } = useNavigation();
  const { problems } = useChecks();
  const nameOfApp = useAppName();
  const spec = commandSpec(command.type);
  const name = commandName(t, command.type);
  const number = formatCount(index + 1, language);
  const title = t.problems.command(number, name);
  const own = problems.filter(({ place }) => place.flowId === flow.id && place.commandId === command.id);
  const errors = own.filter((found) => found.severity === 'error').length;
  const warnings = own.filter((found) => found.severity === 'warning').length;
  const above = flow.commands[index - 1];
  const fedByAbove = above !== undefined && command.inputs.includes(above.id);
  const place = { flowId: flow.id, commandId: command.id } as const;
  const move = (by: -1 | 1) => store.edit({ kind: 'moveCommand', ...place, by });
  const duplicate = () => {
    const copy = copyCommand(command, newId);
    store.edit({
      kind: 'insertCommand',
      flowId: flow.id,
      command: copy,
      afterId: command.id,
      takeOver: false,
    });
    go({ commandId: copy.id });
  };
  const pauses = usePauses(flow.id, command.id);
  return (
    <li className={styles['row']}>
      {index === 0 ? null : (
        <span className={fedByAbove ? styles['between'] : styles['gap']} aria-hidden="true" />
      )}
      <div className={`${styles['card']} ${chosen ? styles['selected'] : ''}`}>
        <button
          type="button"
          className={styles['cardMain']}
          aria-current={chosen ? 'true' : undefined}
          onClick={() => go({ commandId: command.id })}
          onKeyDown={(event) => {
            if (!event.altKey || event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowUp') move(-1);
            else if (event.key === 'ArrowDown') move(1);
            else return;
            event.preventDefault();
          }}
        >
          <span className={styles['number']}>{number}</span>
          <span className={styles['groupIcon']}>
            <Icon name={spec === undefined ? 'warning' : GROUP_ICONS[spec.group]} />
          </span>
          <span className={styles['cardName']}>{name}</span>
          {errors > 0 ? (
            <Badge tone="error">{t.commands.outline.problems(formatCount(errors, language))}</Badge>
          ) : warnings > 0 ? (
            <Badge tone="warning">{t.commands.outline.warnings(formatCount(warnings, language))}</Badge>
          ) : (
            <span />
          )}
          <span className={styles['summary']}>{summaryOf(command, t, nameOfApp, language)}</span>
          <FromLine flow={flow} command={command} index={index} />
          {pauses.here.length === 0 ? null : (
            <span className={styles['from']}>
              {t.unit.test.breakpoints}: {t.common.list(pauses.here)}
            </span>
          )}
        </button>
        <span className={styles['cardMenu']}>
          <Menu
            look="icon"
            label={t.common.of(t.common.more, title)}
            entries={[
              { key: 'add', label: t.commands.outline.addAfter(name), onAction: onAddAfter },
              { key: 'duplicate', label: t.common.duplicate, onAction: duplicate },
              {
                key: 'up',
                label: t.common.moveUp,
                hint: 'Alt+↑',
                disabled: !canMoveCommand(flow, command.id, -1),
                onAction: () => move(-1),
              },
              {
                key: 'down',
                label: t.common.moveDown,
                hint: 'Alt+↓',
                disabled: !canMoveCommand(flow, command.id, 1),
                onAction: () => move(1),
              },
              ...pauses.entries,
              {
                key: 'remove',
                label: t.common.remove,
                danger: true,
                onAction: () => store.edit({ kind: 'removeCommand', ...place }),
              },
            ]}
          >
            <Icon name="more" />
          </Menu>
        </span>
      </div>
    </li>
  );
}

/** Units that pause before the command, and the entries of its menu: one per unit in test mode that runs the flow. */
function usePauses(flowId: string, commandId: string) {
  const { test: t } = useTexts().unit;
  const store = useStore();
  const units = useSettings().units.filter((unit) => unit.mode === 'test' && unit.flowIds.includes(flowId));
  const others = ({ breakpoints }: ExecutionUnit) =>
    breakpoints.filter((one) => one.flowId !== flowId || one.commandId !== commandId);
  const isHere = (unit: ExecutionUnit) => others(unit).length < unit.breakpoints.length;
  const entries = units.map((unit) => ({
    key: `pause ${unit.id}`,
    label: isHere(unit) ? t.dontPauseHere(unit.name) : t.pauseHere(unit.name),
    onAction: () => {
      const breakpoints = isHere(unit) ? others(unit) : [...unit.breakpoints, { flowId, commandId }];
      store.edit({ kind: 'updateUnit', unitId: unit.id, patch: { breakpoints } });
    },
  }));
  return { here: units.filter(isHere).map(({ name }) => name), entries };
}

/** Says where the data comes from when it is not simply the command above. */
function FromLine({ flow, command, index }: Pick<OutlineRowProps, 'flow' | 'command' | 'index'>) {
  const t = useTexts();
  const { language } = useEnvironment();
  const above = flow.commands[index - 1]?.id;
  if (command.inputs.length === 0 || (command.inputs.length === 1 && command.inputs[0] === above))
    return null;
  const names = command.inputs.map((id) => {
    const at = flow.commands.findIndex((one) => one.id === id);
    const source = flow.commands[at];
    return source === undefined
      ? t.commands.outline.noInput
      : t.problems.command(formatCount(at + 1, language), commandName(t, source.type));
  });
  return (
    <span className={styles['from']}>
      {t.commands.outline.input}: {names.join(' + ')}
    </span>
  );
}
