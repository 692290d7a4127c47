/** Builds a column cell by cell; the builders behind it also take values in forms that cost no object. */
import type { Decimal } from './decimal';
import { objectColumn, textColumn, timeLikeColumn } from './make-column';
import { daysFromText, minutesFromText, minutesOfDayFromText } from './moments';
import { NumberColumnBuilder } from './number-builder';
import {
  BLANK_INT32,
  type Cell,
  type Column,
  type ColumnSpec,
  type ColumnType,
  type ObjectColumn,
  type TextColumn,
  type TimeLikeColumn,
} from './types';

export interface ColumnBuilder {
  /** Throws TypeError for a cell that is not of the column's type: convert before appending. */
  append(cell: Cell): void;
  readonly length: number;
  finish(): Column;
}

/** How columns of a type are stored. */
export function kindOfType(type: ColumnType): Column['kind'] {
  switch (type) {
    case 'text':
    case 'choice':
      return 'text';
    case 'number':
    case 'date':
    case 'time':
    case 'datetime':
      return type;
    default:
      return 'object';
  }
}

export function columnBuilder(spec: ColumnSpec): ColumnBuilder {
  const kind = kindOfType(spec.type);
  if (kind === 'text') return checked(new TextColumnBuilder(spec), spec, isText);
  if (kind === 'number') return checked(new NumberColumnBuilder(spec), spec, isDecimal);
  if (kind === 'object') return checked(new ObjectColumnBuilder(spec), spec, isList);
  return checked(new TimeLikeColumnBuilder(spec, kind), spec, isText);
}

export class TextColumnBuilder {
  private codes = new Int32Array(64);
  private count = 0;
  private readonly dictionary: string[] = [];
  /** Made when the first string is looked up: columns read from bytes have an index of their own. */
  private codeOf: Map<string, number> | null = null;
  private readonly spec: ColumnSpec;

  constructor(spec: ColumnSpec) {
    this.spec = spec;
  }

  get length(): number {
    return this.count;
  }

  /** How many distinct texts there are. */
  get size(): number {
    return this.dictionary.length;
  }

  /** null and "" are blank. */
  append(text: string | null): void {
    this.appendCode(text === null || text === '' ? -1 : this.code(text));
  }

  /** The code of a text that is not blank, for `appendCode`. */
  code(text: string): number {
    this.codeOf ??= new Map(this.dictionary.map((known, code) => [known, code]));
    let code = this.codeOf.get(text);
    if (code === undefined) {
      code = this.dictionary.length;
      this.dictionary.push(text);
      this.codeOf.set(text, code);
    }
    return code;
  }

  /** Gives the next code to a text that has none yet and is not blank; the caller knows that it is new. */
  addDistinct(text: string): void {
    this.codeOf?.set(text, this.dictionary.length);
    this.dictionary.push(text);
  }

  appendCode(code: number): void {
    if (this.count === this.codes.length) {
      const grown = new Int32Array(2 * this.count);
      grown.set(this.codes);
      this.codes = grown;
    }
    this.codes[this.count++] = code;
  }

  finish(): TextColumn {
    // No copy: what was not written of a large array takes no memory.
    return textColumn(this.spec, this.codes.subarray(0, this.count), this.dictionary);
  }
}

const PARSERS = { date: daysFromText, time: minutesOfDayFromText, datetime: minutesFromText };

export class TimeLikeColumnBuilder {
  private values: Int32Array | Float64Array = new Int32Array(64);
  private count = 0;
  private readonly spec: ColumnSpec;
  private readonly kind: TimeLikeColumn['kind'];

  constructor(spec: ColumnSpec, kind: TimeLikeColumn['kind']) {
    this.spec = spec;
    this.kind = kind;
  }

  get length(): number {
    return this.count;
  }

  /** Throws TypeError for text that is no date, time or date-time. */
  append(text: string | null): void {
    if (!this.appendText(text ?? '')) throw wrongCell(this.spec, text);
  }

  /** "" is blank. False, and nothing appended, when the text does not name a date or time. */
  appendText(text: string): boolean {
    const value = text === '' ? BLANK_INT32 : PARSERS[this.kind](text);
    if (value === null) return false;
    this.appendValue(value);
    return true;
  }

  /** Days or minutes, as the column's kind counts, or BLANK_INT32. */
  appendValue(value: number): void {
    const isLarge = value > 0x7fffffff && this.values instanceof Int32Array;
    if (isLarge) this.values = Float64Array.from(this.values);
    if (this.count === this.values.length) {
      const size = 2 * this.count;
      const grown = this.values instanceof Int32Array ? new Int32Array(size) : new Float64Array(size);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = value;
  }

  finish(): TimeLikeColumn {
    return timeLikeColumn(this.spec, this.kind, this.values.subarray(0, this.count));
  }
}

export class ObjectColumnBuilder {
  private readonly values: Cell[] = [];
  private readonly spec: ColumnSpec;

  constructor(spec: ColumnSpec) {
    this.spec = spec;
  }

  get length(): number {
    return this.values.length;
  }

  /** An empty list is blank. */
  append(cell: Cell): void {
    this.values.push(Array.isArray(cell) && cell.length === 0 ? null : cell);
  }

  finish(): ObjectColumn {
    return objectColumn(this.spec, this.values);
  }
}

interface TypedBuilder<T extends Cell> {
  append(cell: T | null): void;
  readonly length: number;
  finish(): Column;
}

/** Guards the typed builders: formulas and commands hand over cells whose type the compiler cannot see. */
function checked<T extends Cell>(
  builder: TypedBuilder<T>,
  spec: ColumnSpec,
  accepts: (cell: Cell) => cell is T,
): ColumnBuilder {
  return {
    append(cell) {
      if (cell === null || accepts(cell)) builder.append(cell);
      else throw wrongCell(spec, cell);
    },
    get length() {
      return builder.length;
    },
    finish: () => builder.finish(),
  };
}

function isText(cell: Cell): cell is string {
  return typeof cell === 'string';
}

function isDecimal(cell: Cell): cell is Decimal {
  return typeof cell === 'object' && cell !== null && 'coefficient' in cell;
}

function isList(cell: Cell): cell is Exclude<Cell, null | string | Decimal> {
  return Array.isArray(cell);
}

function wrongCell(spec: ColumnSpec, cell: Cell): TypeError {
  const found = cell === null ? 'blank' : Array.isArray(cell) ? 'a list' : typeof cell;
  return new TypeError(`Column "${spec.name}" of type ${spec.type} cannot hold ${found}`);
}
