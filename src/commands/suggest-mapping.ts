/** A first mapping for a freshly chosen output app. */
import type { KintoneFieldProperty, KintoneFields } from '../table/kintone-json';
import type { ColumnSpec } from '../table/types';
import { compatibility, whyNotWritable } from './output-fields';
import type { FieldMapping } from './types';

/**
 * Pairs columns with writable fields of a fitting type: first where the name is the field's code, then,
 * among what is left, where the labels are equal. Each column and each field is used at most once; the
 * order is that of the columns.
 */
export function suggestMapping(
  columns: readonly ColumnSpec[],
  fields: KintoneFields,
): readonly FieldMapping[] {
  const targets = Object.values(fields).filter((property) => !whyNotWritable(property, fields));
  const pairs = new Map<ColumnSpec, KintoneFieldProperty>();
  const used = new Set<KintoneFieldProperty>();
  const pairUp = (matches: (column: ColumnSpec, property: KintoneFieldProperty) => boolean): void => {
    for (const column of columns) {
      if (pairs.has(column)) continue;
      const found = targets.find(
        (property) => !used.has(property) && matches(column, property) && fits(column, property),
      );
      if (!found) continue;
      pairs.set(column, found);
      used.add(found);
    }
  };
  pairUp((column, property) => column.name === property.code);
  pairUp((column, property) => column.label !== '' && column.label === property.label);
  return columns.flatMap((column) => {
    const property = pairs.get(column);
    return property ? [{ from: column.name, to: property.code }] : [];
  });
}

function fits(column: ColumnSpec, property: KintoneFieldProperty): boolean {
  const fit = compatibility(column, property);
  return fit === 'same' || fit === 'converts';
}
