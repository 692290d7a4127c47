import type { AppRef } from '../../definition/types';
import type { ChangeKind, FieldChange, OutputPreview, RecordChange } from '../../run/preview';
import { useEnvironment } from './environment';
import { changedRows, formatValue } from './format';
import { Icon, type IconName } from './Icon';

const KIND_ICONS: Readonly<Record<ChangeKind, IconName>> = { add: 'plus', update: 'change', delete: 'trash' };

const NO_FIELD: FieldChange = { field: '', before: undefined, after: undefined };

/** The first records that an output is going to change, field by field. */
export function ChangeTable({ output }: { readonly output: OutputPreview }) {
  const { texts, names } = useEnvironment();
  const words = texts.confirm;
  const { app, changes } = output;
  const total = changedRows(output.counts);
  return (
    <>
      {total > changes.length && <p className="muted">{words.detailsShown(changes.length, total)}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={words.details(names.appName(app))}>
        <table className="changes">
          <thead>
            <tr>
              <th scope="col">{words.recordColumn}</th>
              <th scope="col">{words.field}</th>
              <th scope="col">{words.before}</th>
              <th scope="col">{words.after}</th>
            </tr>
          </thead>
          {changes.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the plan is frozen, and new records have no id yet
            <ChangeRows key={index} change={change} app={app} />
          ))}
        </table>
      </section>
    </>
  );
}

function ChangeRows({ change, app }: { readonly change: RecordChange; readonly app: AppRef }) {
  const { texts } = useEnvironment();
  const { counts, confirm } = texts;
  const word = { add: counts.added, update: counts.updated, delete: counts.deleted }[change.kind];
  // A record without readable fields still has its line: a deletion must never be invisible.
  const fields = change.fields.length > 0 ? change.fields : [NO_FIELD];
  return (
    <tbody data-kind={change.kind}>
      {fields.map((field, index) => (
        <tr key={field.field}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={fields.length} className="record">
              <span className="kind">
                <Icon name={KIND_ICONS[change.kind]} />
                {word}
              </span>
              <span className="record-label">{change.label}</span>
              <span className="record-id muted">
                {change.kind === 'add' ? confirm.newRecord : confirm.recordNumber(change.recordId)}
              </span>
            </th>
          )}
          <FieldCells field={field} app={app} />
        </tr>
      ))}
    </tbody>
  );
}

function FieldCells({ field, app }: { readonly field: FieldChange; readonly app: AppRef }) {
  const { texts, language, timeZone, names } = useEnvironment();
  const shown = (value: unknown) =>
    value === undefined ? '–' : formatValue(value, texts, language, timeZone);
  return (
    <>
      <td>{field.field === '' ? '–' : names.fieldLabel(app, field.field)}</td>
      <td className="value before">{shown(field.before)}</td>
      <td className="value after">{shown(field.after)}</td>
    </>
  );
}
