/** Columns of the result beside fields of the output app, and which fields are keys. */
import type { OutputAppSettings } from '../../commands';
import type { FieldMapping } from '../../commands/types';
import type { ColumnSpec } from '../../table/types';
import { formatCount } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { CheckField } from '../../ui/parts/Choice';
import { FieldProblem, VisuallyHidden } from '../../ui/parts/Feedback';
import type { FindingsAt } from '../app/checks';
import { useEnvironment, useTexts } from '../app/environment';
import { withAt, without } from '../document/lists';
import styles from './forms.module.css';
import { ColumnPicker } from './parts';

interface MappingTableProps {
  readonly settings: OutputAppSettings;
  readonly change: (settings: OutputAppSettings) => void;
  readonly columns: readonly ColumnSpec[];
  readonly targets: readonly ColumnSpec[];
  readonly findings: FindingsAt;
}

export function MappingTable(props: MappingTableProps) {
  const { settings, change } = props;
  const t = useTexts();
  const { outputApp } = t.commands;
  const withKeys = settings.mode !== 'append';
  return (
    <>
      {settings.mapping.length === 0 ? null : (
        <table className={styles['mapping']}>
          <thead>
            <tr>
              <th scope="col">{outputApp.fromHead}</th>
              <th scope="col">
                <VisuallyHidden>→</VisuallyHidden>
              </th>
              <th scope="col">{outputApp.toHead}</th>
              {withKeys ? <th scope="col">{outputApp.keyHead}</th> : null}
              <th scope="col">
                <VisuallyHidden>{t.common.more}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {settings.mapping.map((pair, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
              <MappingRow key={index} {...props} pair={pair} index={index} withKeys={withKeys} />
            ))}
          </tbody>
        </table>
      )}
      <LostKeys {...props} />
      <div>
        <Button
          size="small"
          icon="plus"
          onClick={() => change({ ...settings, mapping: [...settings.mapping, { from: '', to: '' }] })}
        >
          {outputApp.add}
        </Button>
      </div>
    </>
  );
}

interface MappingRowProps extends MappingTableProps {
  readonly pair: FieldMapping;
  readonly index: number;
  readonly withKeys: boolean;
}

function MappingRow({
  settings,
  change,
  columns,
  targets,
  findings,
  pair,
  index,
  withKeys,
}: MappingRowProps) {
  const t = useTexts();
  const { outputApp, rows } = t.commands;
  const { language } = useEnvironment();
  const number = formatCount(index + 1, language);
  const path = `mapping.${index}`;
  const set = (next: FieldMapping) => change({ ...settings, mapping: withAt(settings.mapping, index, next) });
  const setTarget = (to: string) =>
    change({
      ...settings,
      mapping: withAt(settings.mapping, index, { ...pair, to }),
      // A key follows its row to another field.
      keys: settings.keys.map((key) => (key === pair.to && pair.to !== '' ? to : key)),
    });
  const remove = () =>
    change({
      ...settings,
      mapping: without(settings.mapping, index),
      keys: settings.keys.filter((key) => key !== pair.to),
    });
  const isKey = pair.to !== '' && settings.keys.includes(pair.to);
  const toggleKey = (on: boolean) =>
    change({
      ...settings,
      keys: on ? [...settings.keys, pair.to] : settings.keys.filter((key) => key !== pair.to),
    });
  const keyFindings = isKey ? findings(`keys.${settings.keys.indexOf(pair.to)}`) : [];
  const below = [...findings(path), ...keyFindings];
  return (
    <tr data-path={path}>
      <td>
        <ColumnPicker
          compact
          hideLabel
          label={outputApp.from(number)}
          columns={columns}
          value={pair.from}
          onChange={(from) => set({ ...pair, from })}
          findings={[...findings(`${path}.from`), ...below]}
          path={`${path}.from`}
        />
      </td>
      <td className={styles['arrow']} aria-hidden="true">
        →
      </td>
      <td>
        <ColumnPicker
          compact
          hideLabel
          label={outputApp.to(number)}
          placeholder={t.commands.pickers.fieldPlaceholder}
          columns={targets}
          value={pair.to}
          onChange={setTarget}
          findings={findings(`${path}.to`)}
          path={`${path}.to`}
        />
      </td>
      {withKeys ? (
        <td className={styles['keyCell']}>
          <CheckField
            label=""
            aria-label={outputApp.key(pair.to === '' ? rows.row(number) : pair.to)}
            checked={isKey}
            onChange={pair.to === '' ? () => undefined : toggleKey}
          />
        </td>
      ) : null}
      <td>
        <IconButton icon="close" label={rows.remove(number)} onClick={remove} />
      </td>
    </tr>
  );
}

/** Keys that no row maps any more: shown, so that they can be taken out. */
function LostKeys({ settings, change, findings }: MappingTableProps) {
  const t = useTexts();
  if (settings.mode === 'append') return null;
  const lost = settings.keys.filter((key) => settings.mapping.every((pair) => pair.to !== key));
  return (
    <>
      {lost.map((key) => (
        <div key={key} className={styles['inline']} data-path={`keys.${settings.keys.indexOf(key)}`}>
          <span>
            {findings(`keys.${settings.keys.indexOf(key)}`).map((found) => (
              <FieldProblem key={found.text} tone={found.tone}>
                {found.text}
              </FieldProblem>
            ))}
          </span>
          <Button
            size="small"
            onClick={() => change({ ...settings, keys: settings.keys.filter((one) => one !== key) })}
          >
            {t.common.of(t.common.remove, key)}
          </Button>
        </div>
      ))}
    </>
  );
}
