/** The form of a record, read-only or editable, laid out by the app's form layout. */
import type { FieldProperties, FieldProperty, LayoutField, LayoutItem } from '../../store/types';
import type { EventRecord } from '../shared';
import { make } from './dom';
import { displayValue } from './field-display';
import { editValue, isEditable } from './field-edit';
import { bootstrap, type PageElements, text } from './page';

export interface FormDefinition {
  properties: FieldProperties;
  layout: LayoutItem[];
}

type Row = { id: string | null; value: EventRecord };

export interface FormOptions {
  isEditing: boolean;
  /** Where the form's spaces and fields are entered; a space already known is used again with its content. */
  elements: PageElements;
  /** A value was changed by hand; `row` is the changed table row, null outside tables and for a removed row. */
  changed: (code: string, row: Row | null) => void;
}

/** A text with nothing in it in every column of a table. */
function emptyValue(property: FieldProperty): unknown {
  const lists = ['CHECK_BOX', 'MULTI_SELECT', 'FILE', 'USER_SELECT', 'ORGANIZATION_SELECT', 'GROUP_SELECT'];
  if (lists.includes(property.type)) return [];
  return ['DROP_DOWN', 'DATE', 'TIME', 'RADIO_BUTTON'].includes(property.type) ? null : '';
}

function newRow(property: FieldProperty): Row {
  const columns = Object.values(property.fields ?? {});
  const value = columns.map((column) => {
    const preset = column.defaultValue;
    const start = preset === undefined || preset === '' ? emptyValue(column) : preset;
    return [column.code, { type: column.type, value: start }];
  });
  return { id: null, value: Object.fromEntries(value) };
}

export function drawForm(form: FormDefinition, record: EventRecord, options: FormOptions): HTMLElement {
  const { elements, isEditing } = options;
  elements.fields.clear();

  function control(property: FieldProperty, holder: EventRecord, code: string, changed: () => void): Node {
    const cell = holder[code];
    if (cell === undefined) return new Text('');
    const canEdit = isEditing && isEditable(property);
    const node = canEdit
      ? editValue(property, cell.value, (value) => {
          cell.value = value;
          delete cell.error;
          changed();
        })
      : displayValue(property, cell.value);
    if (node instanceof HTMLElement && canEdit) {
      const parts = [node, ...node.querySelectorAll<HTMLElement>('input,select,textarea')];
      if (cell.disabled === true) for (const part of parts) part.setAttribute('disabled', '');
      const named = parts.find((part) => part.matches('input,select,textarea'));
      if (named && !named.closest('label')) named.setAttribute('aria-label', property.label);
    }
    const holderElement = make('div', { class: 'lk-value', 'data-field': code }, node);
    if (cell.error) holderElement.append(make('div', { class: 'lk-field-error', role: 'alert' }, cell.error));
    return holderElement;
  }

  function field(item: LayoutField): HTMLElement | null {
    // Widths of the form layout are meant for the desktop.
    const px = bootstrap.isMobile ? 0 : Number(item.size?.width ?? 0);
    const width = px > 0 ? `min-width:${px}px` : null;
    if (item.type === 'LABEL') return make('div', { class: 'lk-label', style: width }, item.label ?? '');
    if (item.type === 'HR') return make('hr', { class: 'lk-hr', style: width });
    if (item.type === 'SPACER') return spacer(item, width);
    const property = item.code === undefined ? undefined : form.properties[item.code];
    if (property === undefined || item.code === undefined) return null;
    const code = item.code;
    const label = make('div', { class: 'lk-field-label' }, property.label);
    if (isEditing && property.required) {
      label.append(make('span', { class: 'lk-required', title: text('required') }, '*'));
    }
    const element = make(
      'div',
      { class: `lk-field lk-field-${property.type.toLowerCase()}`, style: width },
      property.noLabel === true ? null : label,
      control(property, record, code, () => options.changed(code, null)),
    );
    elements.fields.set(code, element);
    return element;
  }

  function spacer(item: LayoutField, style: string | null): HTMLElement {
    const id = item.elementId ?? '';
    const known = elements.spaces.get(id);
    if (known !== undefined) return known;
    const space = make('div', { class: 'lk-space', style, id: id === '' ? null : `user-js-${id}` });
    if (id !== '') elements.spaces.set(id, space);
    return space;
  }

  function table(code: string): HTMLElement | null {
    const property = form.properties[code];
    const cell = record[code];
    if (property === undefined || cell === undefined) return null;
    const columns = Object.values(property.fields ?? {});
    const rows = (cell.value ?? []) as Row[];
    const head: HTMLTableCellElement[] = columns.map((column) => make('th', { scope: 'col' }, column.label));
    if (isEditing) head.push(make('td', { class: 'lk-row-tools' }));
    const body = rows.map((row, index) => {
      const cells = columns.map((column) =>
        make(
          'td',
          { class: `lk-cell-${column.type.toLowerCase()}` },
          control(column, row.value, column.code, () => options.changed(column.code, row)),
        ),
      );
      if (isEditing) cells.push(rowTools(property, rows, index));
      return make('tr', {}, ...cells);
    });
    const element = make(
      'div',
      { class: 'lk-table-field', 'data-field': code },
      property.noLabel === true ? null : make('div', { class: 'lk-field-label' }, property.label),
      make(
        'table',
        { class: 'lk-table' },
        make('thead', {}, make('tr', {}, ...head)),
        make('tbody', {}, ...body),
      ),
    );
    elements.fields.set(code, element);
    return element;
  }

  function rowTools(property: FieldProperty, rows: Row[], index: number): HTMLTableCellElement {
    const tool = (label: string, sign: string, onclick: () => void) =>
      make('button', { type: 'button', class: 'lk-row-tool', 'aria-label': label, onclick }, sign);
    const add = tool(text('addRow'), '+', () => {
      const row = newRow(property);
      rows.splice(index + 1, 0, row);
      options.changed(property.code, row);
    });
    const remove = tool(text('removeRow'), '\u2212', () => {
      if (rows.length > 1) rows.splice(index, 1);
      else rows.splice(0, 1, newRow(property));
      options.changed(property.code, null);
    });
    return make('td', { class: 'lk-row-tools' }, add, remove);
  }

  function row(item: { fields: LayoutField[] }): HTMLElement {
    return make('div', { class: 'lk-form-row' }, ...item.fields.map(field));
  }

  function group(code: string, inner: { fields: LayoutField[] }[]): HTMLElement {
    const property = form.properties[code];
    const element = make(
      'details',
      { class: 'lk-group', open: property?.openGroup === true || isEditing },
      make('summary', {}, property?.label ?? code),
      ...inner.map(row),
    );
    elements.fields.set(code, element);
    return element;
  }

  const items = form.layout.map((item) => {
    if (item.type === 'ROW') return row(item);
    return item.type === 'SUBTABLE' ? table(item.code) : group(item.code, item.layout);
  });
  return make('div', { class: 'lk-form' }, ...items);
}
