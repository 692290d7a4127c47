/** Collects the findings of one command while its settings are checked. */
import type { Params, Place, Problem } from '../definition/errors';
import { problem } from '../definition/errors';
import type { ColumnSpec } from '../table/types';
import type { ParameterSpec } from './types';

export interface ProblemList {
  /** `field` is the settings path the screen focuses (`keys.0.left`). */
  error(code: string, params: Params, field: string): void;
  warning(code: string, params: Params, field: string): void;
  info(code: string, params: Params, field: string): void;
  readonly problems: readonly Problem[];
  readonly hasErrors: boolean;
}

export function problemList(place: Place): ProblemList {
  const problems: Problem[] = [];
  const add = (severity: Problem['severity'], code: string, params: Params, field: string): void => {
    problems.push(problem(severity, code, params, { ...place, field }));
  };
  return {
    error: (code, params, field) => add('error', code, params, field),
    warning: (code, params, field) => add('warning', code, params, field),
    info: (code, params, field) => add('info', code, params, field),
    get problems() {
      return problems;
    },
    get hasErrors() {
      return problems.some((entry) => entry.severity === 'error');
    },
  };
}

/** Finds a column of an input by name; a missing one is the error `columnMissing {column}`, a blank name `columnNotChosen`. */
export function requireColumn(
  columns: readonly ColumnSpec[],
  name: string,
  field: string,
  list: ProblemList,
): ColumnSpec | null {
  if (name === '') {
    list.error('columnNotChosen', {}, field);
    return null;
  }
  const found = columns.find((column) => column.name === name);
  if (!found) list.error('columnMissing', { column: name }, field);
  return found ?? null;
}

/** A parameter as a value: an unknown one is `parameterMissing {parameter}`, one that does not fit `parameterNotUsable {parameter}`. */
export function checkParameter(
  parameters: readonly ParameterSpec[],
  name: string,
  fits: (spec: ParameterSpec) => boolean,
  field: string,
  list: ProblemList,
): void {
  const spec = parameters.find((parameter) => parameter.name === name);
  if (!spec) list.error('parameterMissing', { parameter: name }, field);
  else if (!fits(spec)) list.error('parameterNotUsable', { parameter: name }, field);
}

/** A name for a new column: blank is `columnNameBlank`, a name in use is `columnNameTaken {column}`. */
export function checkNewName(
  taken: ReadonlySet<string>,
  name: string,
  field: string,
  list: ProblemList,
): boolean {
  if (name.trim() === '') {
    list.error('columnNameBlank', {}, field);
    return false;
  }
  if (taken.has(name)) {
    list.error('columnNameTaken', { column: name }, field);
    return false;
  }
  return true;
}

/** `name`, or `name_1`, `name_2` ... when it is taken (the way krewData's join names the right-hand side). */
export function freeName(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  for (let suffix = 1; ; suffix += 1) {
    const candidate = `${name}_${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
