/**
 * Values of CALC fields and auto-calculated texts. Supported: `+ - * / ^ &`, comparisons, SUM, IF, AND, OR,
 * NOT, ROUND, ROUNDUP, ROUNDDOWN, over fields of the same record and of its tables; dates and times count in
 * seconds. Anything else, and division by zero, gives "" as kintone shows for an error.
 */
import {
  addDecimal,
  compareDecimal,
  type Decimal,
  decimalOf,
  divideDecimal,
  formatDecimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  trimDecimal,
} from '../../store/decimal';
import type { Cell, FieldProperty, TableRow } from '../../store/types';
import { type Expression, parseExpression } from './expression';
import { type Form, isCalculated } from './form';
import type { WriteScope } from './scope';

type Value = Decimal | string | boolean;
type Cells = Record<string, Cell>;

/** Stops one calculation; the field becomes "". */
class CalcProblem extends Error {}

const secondsPerDay = 86_400;

function numberOf(value: Value): Decimal {
  if (typeof value === 'boolean') throw new CalcProblem();
  if (typeof value !== 'string') return value;
  if (value === '') return decimalOf(0);
  const number = parseDecimal(value);
  if (number === null) throw new CalcProblem();
  return number;
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') throw new CalcProblem();
  return formatDecimal(trimDecimal(value));
}

function truthOf(value: Value): boolean {
  if (typeof value !== 'boolean') throw new CalcProblem();
  return value;
}

/** What a cell is worth inside an expression; empty numbers count as zero. */
function cellValue(field: FieldProperty, cell: Cell | undefined): Value {
  const text = typeof cell?.value === 'string' ? cell.value : '';
  const type = field.type === 'CALC' ? (field.format ?? 'NUMBER') : field.type;
  switch (type) {
    case 'NUMBER':
    case 'NUMBER_DIGIT':
      return numberOf(text);
    case 'DATE':
      return text === '' ? decimalOf(0) : decimalOf(Date.parse(`${text}T00:00:00Z`) / 1000);
    case 'DATETIME':
    case 'CREATED_TIME':
    case 'UPDATED_TIME':
      return text === '' ? decimalOf(0) : decimalOf(Date.parse(text) / 1000);
    case 'TIME':
    case 'HOUR_MINUTE':
    case 'DAY_HOUR_MINUTE': {
      const [hours = 0, minutes = 0] = text === '' ? [] : text.split(':').map(Number);
      return decimalOf(hours * 3600 + minutes * 60);
    }
    default:
      return text;
  }
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return compareDecimal(numberOf(left), numberOf(right));
}

const comparisons: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

const roundings: Record<string, 'HALF_EVEN' | 'UP' | 'DOWN'> = { ROUNDUP: 'UP', ROUNDDOWN: 'DOWN' };

/** Calculates the fields of one record; `row` is set while a table row is calculated. */
class Calculation {
  private readonly running = new Set<string>();
  private readonly scope: WriteScope;
  private readonly form: Form;
  private readonly cells: Cells;

  constructor(scope: WriteScope, cells: Cells) {
    this.scope = scope;
    this.form = scope.form;
    this.cells = cells;
  }

  run(): void {
    for (const table of this.form.top.tables) this.calculateTable(table);
    for (const field of this.form.top.calculated) this.calculate(field, this.cells, null);
  }

  private calculateTable(table: FieldProperty): void {
    const level = this.form.rows.get(table.code);
    const rows = this.rowsOf(table.code);
    if (level === undefined || level.calculated.length === 0 || rows.length === 0) return;
    const next = rows.map((row): TableRow => {
      const cells: Cells = { ...row.value };
      for (const field of level.calculated) this.calculate(field, cells, table);
      return { id: row.id, value: cells };
    });
    this.cells[table.code] = { type: 'SUBTABLE', value: next };
  }

  private rowsOf(table: string): TableRow[] {
    const value = this.cells[table]?.value;
    if (!Array.isArray(value)) return [];
    return value.filter((row): row is TableRow => typeof row === 'object' && 'id' in row);
  }

  private calculate(field: FieldProperty, cells: Cells, table: FieldProperty | null): void {
    const name = `${table?.code ?? ''}/${field.code}`;
    if (this.running.has(name)) throw new CalcProblem();
    this.running.add(name);
    try {
      cells[field.code] = { type: field.type, value: this.formatted(field, cells, table) };
    } finally {
      this.running.delete(name);
    }
  }

  private formatted(field: FieldProperty, cells: Cells, table: FieldProperty | null): string {
    const expression = parseExpression(field.expression ?? '');
    if (expression === null) return '';
    try {
      const value = this.evaluate(expression, cells, table);
      return field.type === 'CALC' ? this.show(numberOf(value), field.format ?? 'NUMBER') : textOf(value);
    } catch (error) {
      if (error instanceof CalcProblem) return '';
      throw error;
    }
  }

  private show(value: Decimal, format: string): string {
    if (format === 'NUMBER' || format === 'NUMBER_DIGIT') {
      const { decimalPlaces, roundingMode } = this.scope.side.settings.numberPrecision;
      return formatDecimal(trimDecimal(roundDecimal(value, Number(decimalPlaces), roundingMode)));
    }
    const seconds = Number(formatDecimal(roundDecimal(value, 0, 'DOWN')));
    if (format === 'DATETIME') return `${new Date(seconds * 1000).toISOString().slice(0, 16)}:00Z`;
    if (format === 'DATE') return new Date(seconds * 1000).toISOString().slice(0, 10);
    const ofDay = format === 'TIME' ? ((seconds % secondsPerDay) + secondsPerDay) % secondsPerDay : seconds;
    const size = Math.abs(ofDay);
    const hours = Math.floor(size / 3600);
    const minutes = Math.floor((size % 3600) / 60);
    const sign = ofDay < 0 ? '-' : '';
    return `${sign}${String(hours).padStart(format === 'TIME' ? 2 : 1, '0')}:${String(minutes).padStart(2, '0')}`;
  }

  /** One value of a field: of the row being calculated if it is its column, else of the record. */
  private read(code: string, cells: Cells, table: FieldProperty | null): Value {
    const column = table?.fields?.[code];
    if (column !== undefined) {
      if (isCalculated(column) && !this.running.has(`${table?.code}/${code}`))
        this.calculate(column, cells, table);
      return cellValue(column, cells[code]);
    }
    const field = this.form.fields[code];
    if (field === undefined) throw new CalcProblem();
    if (isCalculated(field)) this.calculate(field, this.cells, null);
    return cellValue(field, this.cells[code]);
  }

  /** Values of a table column over all rows, when the code is one and we are not inside that table's row. */
  private column(code: string, table: FieldProperty | null): Value[] | null {
    const owner = this.form.tableOfColumn.get(code);
    const field = owner?.fields?.[code];
    if (owner === undefined || field === undefined || owner === table) return null;
    return this.rowsOf(owner.code).map((row) => cellValue(field, row.value[code]));
  }

  private evaluate(node: Expression, cells: Cells, table: FieldProperty | null): Value {
    switch (node.kind) {
      case 'number':
        return parseDecimal(node.text) ?? decimalOf(0);
      case 'text':
        return node.text;
      case 'field':
        return this.read(node.text, cells, table);
      case 'negate':
        return negateDecimal(numberOf(this.evaluate(node.operand, cells, table)));
      case 'binary':
        return this.binary(
          node.operator,
          this.evaluate(node.left, cells, table),
          this.evaluate(node.right, cells, table),
        );
      case 'call':
        return this.call(node.name, node.args, cells, table);
    }
  }

  private binary(operator: string, left: Value, right: Value): Value {
    const comparison = comparisons[operator];
    if (comparison !== undefined) return comparison(compare(left, right));
    if (operator === '&') return textOf(left) + textOf(right);
    const [a, b] = [numberOf(left), numberOf(right)];
    const { decimalPlaces, roundingMode } = this.scope.side.settings.numberPrecision;
    switch (operator) {
      case '+':
        return addDecimal(a, b);
      case '-':
        return addDecimal(a, negateDecimal(b));
      case '*':
        return multiplyDecimal(a, b);
      case '/': {
        const quotient = divideDecimal(a, b, Number(decimalPlaces), roundingMode);
        if (quotient === null) throw new CalcProblem();
        return quotient;
      }
      default:
        return this.power(a, trimDecimal(b));
    }
  }

  private power(base: Decimal, exponent: Decimal): Decimal {
    // kintone limits exponents to whole numbers up to 100.
    if (exponent.scale > 0 || exponent.units < 0n || exponent.units > 100n) throw new CalcProblem();
    const times = Number(exponent.units);
    return { units: base.units ** BigInt(times), scale: base.scale * times };
  }

  private call(name: string, args: readonly Expression[], cells: Cells, table: FieldProperty | null): Value {
    const at = (index: number): Value => {
      const argument = args[index];
      if (argument === undefined) throw new CalcProblem();
      return this.evaluate(argument, cells, table);
    };
    switch (name) {
      case 'SUM':
        return args
          .flatMap((argument) => this.listOf(argument, cells, table))
          .reduce<Decimal>((sum, value) => addDecimal(sum, numberOf(value)), decimalOf(0));
      case 'IF':
        return truthOf(at(0)) ? at(1) : at(2);
      case 'AND':
        return args.every((_, index) => truthOf(at(index)));
      case 'OR':
        return args.some((_, index) => truthOf(at(index)));
      case 'NOT':
        return !truthOf(at(0));
      case 'ROUND':
      case 'ROUNDUP':
      case 'ROUNDDOWN': {
        const digits = args.length > 1 ? Number(textOf(at(1))) : 0;
        return this.rounded(name, numberOf(at(0)), digits);
      }
      default:
        throw new CalcProblem();
    }
  }

  private rounded(name: string, value: Decimal, digits: number): Decimal {
    const mode = roundings[name];
    if (mode !== undefined) return roundDecimal(value, digits, mode);
    // ROUND rounds halves away from zero: half a unit is added, then the rest is cut.
    const half: Decimal = { units: value.units < 0n ? -5n : 5n, scale: Math.max(0, digits + 1) };
    const shifted = digits < 0 ? { units: half.units * 10n ** BigInt(-digits - 1), scale: 0 } : half;
    return roundDecimal(addDecimal(value, shifted), digits, 'DOWN');
  }

  private listOf(argument: Expression, cells: Cells, table: FieldProperty | null): Value[] {
    const list = argument.kind === 'field' ? this.column(argument.text, table) : null;
    return list ?? [this.evaluate(argument, cells, table)];
  }
}

/** Fills in the calculated fields of a record that is about to be stored. */
export function calculateFields(scope: WriteScope, cells: Cells): void {
  if (scope.form.hasCalculated) new Calculation(scope, cells).run();
}
