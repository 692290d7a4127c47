/** Editing and deleting in the rows of a list, desktop only. */
import type { FieldProperties, FieldProperty } from '../../store/types';
import { copyRecord, type EventRecord } from '../shared';
import { button, make } from './dom';
import { fire } from './events';
import { editValue, isEditable } from './field-edit';
import { currentApp, text } from './page';
import { eventPrefix, fail, remove, save } from './record-save';

export interface RowTools {
  readonly properties: FieldProperties;
  /** Draws the list anew. */
  again(): void;
}

/** Fields that a row of the list has no room for. */
const hasControl = (property: FieldProperty): boolean =>
  isEditable(property) && property.type !== 'SUBTABLE' && property.type !== 'FILE';

/** The last cell of a row: what can be done with its record. */
export function rowTools(
  row: HTMLElement,
  record: EventRecord,
  columns: readonly FieldProperty[],
  { properties, again }: RowTools,
): HTMLElement {
  const recordId = Number(record['$id']?.value);
  const form = { properties, layout: [] };
  const cell = make('td', { class: 'lk-row-tools' });

  const store = async (edited: EventRecord): Promise<void> => {
    if ((await save(edited, { kind: 'index.edit', recordId, form })) !== null) again();
  };

  const edit = async (): Promise<void> => {
    const edited = copyRecord(record);
    columns.forEach((property, index) => {
      const field = edited[property.code];
      if (field === undefined || !hasControl(property)) return;
      const control = editValue(property, field.value, (value) => {
        field.value = value;
      });
      // The first cell opens the record.
      row.children[index + 1]?.replaceChildren(control);
    });
    cell.replaceChildren(
      button(text('save'), 'lk-small lk-save', () => void store(edited).catch(fail)),
      button(text('cancel'), 'lk-small lk-cancel', again),
    );
    const type = `${eventPrefix}.index.edit.show`;
    await fire({ type, appId: currentApp().id, recordId: String(recordId), record: copyRecord(record) });
  };

  const gone = async (): Promise<void> => {
    if (await remove(record, recordId, form, 'index')) again();
  };

  cell.append(
    button(text('edit'), 'lk-small lk-edit', () => void edit().catch(fail)),
    button(text('remove'), 'lk-small lk-delete', () => void gone().catch(fail)),
  );
  return cell;
}
