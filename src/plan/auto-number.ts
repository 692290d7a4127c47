/** Automatic numbers for added records. */
import { type NumberText, numberText } from '../commands/number-template';
import type { AutoNumberRule } from '../commands/types';
import {
  type Cell,
  type Column,
  type ColumnSpec,
  cellAt,
  cellFromKintone,
  cellKey,
  cellToText,
  columnNamed,
  columnSpecOfField,
  formatDecimal,
  isInteger,
  type KintoneFields,
  parseDecimal,
  type Table,
} from '../table';
import type { OutputPlan, WriteFields } from './types';

/**
 * The plan with a number in every added record, in the order of the adds; nothing else changes (krewData
 * numbers only what is added, too). A sequence goes on from its highest number in `existing` (the output app's
 * field, and the group's field if there is one), in `shared` (the fields of other apps that share it) and in what
 * `earlier` outputs add to any of these fields. Number
 * fields take the bare number; digits, prefix and suffix are for text fields.
 */
export function withAutoNumbers(
  plan: OutputPlan,
  rule: AutoNumberRule,
  existing: Table,
  earlier: readonly OutputPlan[],
  fields: KintoneFields,
  shared: readonly Column[] = [],
): OutputPlan {
  if (plan.adds.length === 0) return plan;
  const sequences = new Sequences(rule, fields);
  const groups = rule.groupField === '' ? null : columnNamed(existing, rule.groupField);
  const numbers = columnNamed(existing, rule.field);
  for (let row = 0; row < existing.rowCount; row += 1) {
    const text = cellToText(numbers.spec.type, cellAt(numbers, row));
    sequences.note(groups === null ? null : cellAt(groups, row), text);
  }
  for (const column of shared) {
    for (let row = 0; row < column.length; row += 1) {
      sequences.note(null, cellToText(column.spec.type, cellAt(column, row)));
    }
  }
  const numbered = [{ app: plan.app, field: rule.field }, ...rule.sharedWith];
  for (const other of earlier) {
    for (const { field } of numbered.filter(({ app }) => app.appId === other.app.appId)) {
      for (const { fields: written } of other.adds) {
        sequences.note(sequences.groupOf(written), String(written[field]?.value ?? ''));
      }
    }
  }
  const adds = plan.adds.map((add) => {
    const value = sequences.next(sequences.groupOf(add.fields));
    return { fields: { ...add.fields, [rule.field]: { value } } };
  });
  return { ...plan, adds };
}

/** Columns of the output app that the numbers depend on. */
export function numberColumns(rule: AutoNumberRule, fields: KintoneFields): readonly ColumnSpec[] {
  return [rule.field, rule.groupField].flatMap((code) => specOf(code, fields) ?? []);
}

function specOf(code: string, fields: KintoneFields): ColumnSpec | null {
  const property = fields[code];
  return property === undefined ? null : columnSpecOfField(property);
}

interface Sequence {
  readonly format: (number: bigint) => string;
  readonly parse: (text: string) => bigint | null;
  highest: bigint | null;
}

class Sequences {
  readonly #rule: AutoNumberRule;
  readonly #isNumber: boolean;
  readonly #groupSpec: ColumnSpec | null;
  readonly #byGroup = new Map<string, Sequence>();

  constructor(rule: AutoNumberRule, fields: KintoneFields) {
    this.#rule = rule;
    this.#isNumber = fields[rule.field]?.type === 'NUMBER';
    this.#groupSpec = specOf(rule.groupField, fields);
  }

  /** The group of a record that is going to be added. */
  groupOf(written: WriteFields): Cell {
    const spec = this.#groupSpec;
    return spec === null ? null : cellFromKintone(spec, written[spec.name]?.value);
  }

  note(group: Cell, text: string): void {
    if (text === '') return;
    const sequence = this.#sequence(group);
    const number = sequence.parse(text);
    if (number !== null && (sequence.highest === null || number > sequence.highest))
      sequence.highest = number;
  }

  next(group: Cell): string {
    const sequence = this.#sequence(group);
    const start = BigInt(this.#rule.start);
    const after = sequence.highest === null ? start : sequence.highest + 1n;
    sequence.highest = after > start ? after : start;
    return sequence.format(sequence.highest);
  }

  #sequence(group: Cell): Sequence {
    const type = this.#groupSpec?.type ?? 'text';
    const key = cellKey(type, group);
    const known = this.#byGroup.get(key);
    if (known !== undefined) return known;
    const form = numberForm(this.#rule, this.#isNumber, cellToText(type, group));
    const made: Sequence = {
      format: (number) => form.format(number),
      parse: (text) => form.parse(text),
      highest: null,
    };
    this.#byGroup.set(key, made);
    return made;
  }
}

/** How numbers of one sequence are written and read: a number field takes the bare number. */
export const numberForm = (rule: AutoNumberRule, isNumberField: boolean, group: string): NumberText =>
  isNumberField ? BARE_NUMBER : numberText(rule, group);

const BARE_NUMBER: NumberText = {
  format: (number: bigint): string => number.toString(),
  parse(text: string): bigint | null {
    const decimal = parseDecimal(text);
    return decimal === null || !isInteger(decimal) ? null : BigInt(formatDecimal(decimal));
  },
};
