/** Chooses a command to add: by group, or by typing part of its name. */
import { useState } from 'react';
import { COMMANDS } from '../../commands';
import type { CommandGroup, CommandSpec } from '../../commands/types';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { TextField } from '../../ui/parts/Field';
import { Icon } from '../../ui/parts/Icon';
import { useTexts } from '../app/environment';
import { matches } from '../parts/SearchBox';
import type { ConfigTexts } from '../texts';
import styles from './flows.module.css';
import { commandName, GROUP_ICONS } from './names';

interface AddCommandProps {
  /** The flow is empty: only inputs make sense. */
  readonly first: boolean;
  readonly onChoose: (spec: CommandSpec) => void;
  readonly onClose: () => void;
}

const GROUPS: readonly CommandGroup[] = [
  'input',
  'rows',
  'combine',
  'aggregate',
  'columns',
  'tables',
  'output',
];

export function AddCommand({ first, onChoose, onClose }: AddCommandProps) {
  const t = useTexts();
  const { outline, groups, hints } = t.commands;
  const [search, setSearch] = useState('');
  const offered = COMMANDS.filter(
    (spec) => (!first || spec.inputCount === 0) && matches(searchText(spec, t), search),
  );
  return (
    <Dialog
      title={outline.addTitle}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t.common.cancel}</Button>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const [only] = offered;
          if (only !== undefined && search !== '') onChoose(only);
        }}
      >
        <TextField
          hideLabel
          label={outline.search}
          placeholder={outline.search}
          value={search}
          onChange={setSearch}
        />
      </form>
      <div className={styles['palette']}>
        {offered.length === 0 ? <p>{outline.noMatch}</p> : null}
        {GROUPS.map((group) => {
          const specs = offered.filter((spec) => spec.group === group);
          if (specs.length === 0) return null;
          return (
            <div key={group}>
              <div className={styles['paletteGroup']}>{groups[group]}</div>
              {specs.map((spec) => (
                <button
                  key={spec.type}
                  type="button"
                  className={styles['paletteItem']}
                  onClick={() => onChoose(spec)}
                >
                  <span className={styles['groupIcon']}>
                    <Icon name={GROUP_ICONS[spec.group]} />
                  </span>
                  <span className={styles['paletteName']}>{commandName(t, spec.type)}</span>
                  <span className={styles['paletteHint']}>{textOf(hints, spec.type)}</span>
                </button>
              ))}
            </div>
          );
        })}
      </div>
    </Dialog>
  );
}

function searchText(spec: CommandSpec, t: ConfigTexts): string {
  return `${commandName(t, spec.type)} ${spec.type} ${textOf(t.commands.hints, spec.type)} ${textOf(t.commands.synonyms, spec.type)}`;
}

function textOf(texts: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(texts, key) ? (texts[key] ?? '') : '';
}
