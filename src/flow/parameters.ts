/** The calling record's fields and the facts of the run, as formulas and conditions see them. */
import { instantText, localDay } from '../commands/calendar';
import type { ParameterSpec, RunContext } from '../commands/types';
import { RUN_PARAMETERS } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import type { InputField } from '../definition/types';
import { cellFromKintone, columnSpecsOfFields } from '../table/index';
import type { KintoneFields, KintoneRecord } from '../table/kintone-json';
import type { Cell, ColumnType, Person } from '../table/types';

/** What is known about a run before it reads anything. */
export interface RunFacts {
  readonly user: Person;
  /** Epoch ms. */
  readonly startedAtMs: number;
  /** IANA name; `$today` follows it. */
  readonly timeZone: string;
  readonly unitId: string;
  readonly unitName: string;
  /** Blank when the unit was started without a record, or the record is not saved yet. */
  readonly recordId: string;
  readonly appId: string;
}

const FACT_TYPES: Readonly<Record<(typeof RUN_PARAMETERS)[number], ColumnType>> = {
  $user: 'people',
  $startedAt: 'datetime',
  $today: 'date',
  $unitId: 'text',
  $unitName: 'text',
  $recordId: 'text',
  $appId: 'text',
};

/** The facts of a run; their labels are their names, screens have words for them. */
const FACT_SPECS: readonly ParameterSpec[] = RUN_PARAMETERS.map((name) => {
  const spec = { name, label: name, type: FACT_TYPES[name] };
  return name === '$user' ? { ...spec, fieldType: 'USER_SELECT' } : spec;
});

/**
 * Every field of the calling app that holds a value, in the order of the form, then the unit's input fields, then
 * the facts of the run.
 */
export function parametersOf(
  fields: KintoneFields,
  input: readonly InputField[] = [],
): readonly ParameterSpec[] {
  return [...columnSpecsOfFields(fields), ...inputParameters(input), ...FACT_SPECS];
}

/** The input fields of a unit as its flows see them. */
export function inputParameters(input: readonly InputField[]): readonly ParameterSpec[] {
  return input.map(({ name, label, type, choices }) => ({
    name,
    label: label === '' ? name : label,
    type,
    ...(type === 'choice' || type === 'choices' ? { options: choices } : {}),
  }));
}

/** What was given at the start: the unit's input fields, and the cells that `readInput` made of the values. */
export interface GivenInput {
  readonly fields: readonly InputField[];
  readonly cells: ReadonlyMap<string, Cell>;
}

const NOTHING_GIVEN: GivenInput = { fields: [], cells: new Map() };

/**
 * The `parameter` function of a run. `record` is the calling record as kintone's API or page event gives it;
 * null when the unit was started without one: then values given in place of its fields count. Values are read
 * once, when first asked for. The function throws `parameterMissing {parameter}` for an unknown name, for any field when there is no
 * record, and for a field that the record does not have (no right to see it).
 */
export function callingParameters(
  record: KintoneRecord | null,
  fields: KintoneFields,
  facts: RunFacts,
  input: GivenInput = NOTHING_GIVEN,
): RunContext['parameter'] {
  const specs = new Map(parametersOf(fields, input.fields).map((spec) => [spec.name, spec]));
  const factCells = cellsOfFacts(facts);
  const known = new Map<string, Cell>();
  return (name) => {
    const spec = specs.get(name);
    if (!spec) throw missing(name);
    let cell = known.get(name);
    if (cell === undefined) {
      if (name.startsWith('$')) cell = factCells.get(name) ?? null;
      else cell = input.cells.get(name) ?? (input.cells.has(name) ? null : fieldCell(spec, record));
      known.set(name, cell);
    }
    return { spec, cell };
  };
}

function fieldCell(spec: ParameterSpec, record: KintoneRecord | null): Cell {
  const field = record && Object.hasOwn(record, spec.name) ? record[spec.name] : undefined;
  if (!field) throw missing(spec.name);
  return cellFromKintone(spec, field.value);
}

const missing = (parameter: string): FailureError =>
  new FailureError(failure('parameterMissing', { parameter }));

function cellsOfFacts(facts: RunFacts): ReadonlyMap<string, Cell> {
  const text = (value: string): Cell => (value === '' ? null : value);
  return new Map<string, Cell>([
    ['$user', [facts.user]],
    ['$startedAt', instantText(facts.startedAtMs)],
    ['$today', localDay(facts.startedAtMs, facts.timeZone)],
    ['$unitId', text(facts.unitId)],
    ['$unitName', text(facts.unitName)],
    ['$recordId', text(facts.recordId)],
    ['$appId', text(facts.appId)],
  ]);
}
