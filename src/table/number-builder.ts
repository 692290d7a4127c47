/**
 * Builds number columns: scaled integers in doubles, with a scale that adapts to the cells as they arrive.
 *
 * A cell "fits" a scale when its value times 10^scale is an integer below 2^53. Cells that do not fit
 * the column's scale wait in the wide map; when they become many, the scale that fits most cells is chosen.
 */
import { coefficientAt, type Decimal, normalize, parseDecimal } from './decimal';
import { numberColumn } from './make-column';
import type { ColumnSpec, NumberColumn } from './types';

/** Integers below this are exact in a double. */
export const EXACT_LIMIT = 2 ** 53;
/** 10^15 is the largest power of ten below 2^53: a larger scale could hold nothing but zero and fractions. */
export const MAX_SCALE = 15;
/** Powers of ten that are exact doubles. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

const FIRST_CAPACITY = 64;
/** Wide cells are cheap while they are few; below this count no scale is reconsidered. */
const FEW_WIDE_CELLS = 64;

/** The integer that stands for the decimal at a scale, or null when it does not fit. */
export function unitsAt(decimal: Decimal, scale: number): number | null {
  const { coefficient, scale: own } = normalize(decimal);
  if (own > scale) return null;
  const units = Number(coefficientAt({ coefficient, scale: own }, scale));
  return Math.abs(units) < EXACT_LIMIT ? units : null;
}

/** The Decimal that an integer at a scale stands for, normalised. */
export function decimalOfUnits(units: number, scale: number): Decimal {
  return normalize({ coefficient: BigInt(units), scale });
}

export class NumberColumnBuilder {
  private units = new Float64Array(FIRST_CAPACITY);
  private wide = new Map<number, Decimal>();
  private scale = 0;
  private count = 0;
  private largest = 0;
  private reconsiderAt = FEW_WIDE_CELLS;
  private readonly spec: ColumnSpec;

  constructor(spec: ColumnSpec) {
    this.spec = spec;
  }

  get length(): number {
    return this.count;
  }

  append(cell: Decimal | null): void {
    if (cell === null) {
      this.push(Number.NaN);
      return;
    }
    const { coefficient, scale } = normalize(cell);
    const units = Number(coefficient);
    if (Math.abs(units) < EXACT_LIMIT && scale <= MAX_SCALE) this.appendUnits(units, scale);
    else this.pushWide({ coefficient, scale });
  }

  /** units / 10^scale, with |units| < 2^53 and an integer, or NaN for blank. */
  appendUnits(units: number, scale: number): void {
    if (Number.isNaN(units)) {
      this.push(units);
      return;
    }
    let digits = units;
    let decimals = scale;
    while (decimals > this.scale && digits % 10 === 0) {
      digits /= 10;
      decimals--;
    }
    const scaleFits = decimals <= this.scale || (decimals <= MAX_SCALE && this.widenScale(decimals));
    if (scaleFits && this.pushScaled(digits, decimals)) return;
    this.pushWide(decimalOfUnits(digits, decimals));
  }

  /** A number in kintone's text form; "" is blank. False, and nothing appended, when the text is no number. */
  appendText(text: string): boolean {
    let digits = 0;
    let decimals = -1;
    const negative = text.charCodeAt(0) === 45;
    const start = negative ? 1 : 0;
    // At most 15 digits stay below 2^53, so the number gathered below is exact.
    const simple = text.length > start && text.length - start <= 15;
    if (simple) {
      for (let index = start; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code >= 48 && code <= 57) {
          digits = digits * 10 + (code - 48);
          if (decimals >= 0) decimals++;
        } else if (code === 46 && decimals < 0 && index > start && index < text.length - 1) {
          decimals = 0;
        } else {
          return this.appendUnusualText(text);
        }
      }
      this.appendUnits(negative && digits !== 0 ? -digits : digits, decimals < 0 ? 0 : decimals);
      return true;
    }
    return this.appendUnusualText(text);
  }

  finish(): NumberColumn {
    if (this.wide.size > FEW_WIDE_CELLS && this.wide.size > this.count >> 5) this.reconsiderScale();
    return numberColumn(this.spec, this.units.subarray(0, this.count), this.scale, this.wide);
  }

  private appendUnusualText(text: string): boolean {
    if (text === '') {
      this.push(Number.NaN);
      return true;
    }
    const decimal = parseDecimal(text);
    if (decimal === null) return false;
    this.append(decimal);
    return true;
  }

  private pushScaled(digits: number, decimals: number): boolean {
    const units = digits * (POWERS_OF_TEN[this.scale - decimals] as number);
    const magnitude = Math.abs(units);
    if (magnitude >= EXACT_LIMIT) return false;
    if (magnitude > this.largest) this.largest = magnitude;
    this.push(units);
    return true;
  }

  private pushWide(decimal: Decimal): void {
    this.wide.set(this.count, decimal);
    this.push(Number.NaN);
    if (this.wide.size >= this.reconsiderAt) {
      this.reconsiderScale();
      this.reconsiderAt = Math.max(FEW_WIDE_CELLS, 2 * this.wide.size, this.count >> 4);
    }
  }

  private push(units: number): void {
    if (this.count === this.units.length) {
      const grown = new Float64Array(2 * this.count);
      grown.set(this.units);
      this.units = grown;
    }
    // Adding zero turns -0 into 0, which keys and Object.is would otherwise tell apart.
    this.units[this.count++] = units + 0;
  }

  /** Raises the scale if every cell so far still fits; that is proved by the largest one, not by each. */
  private widenScale(scale: number): boolean {
    const factor = POWERS_OF_TEN[scale - this.scale] as number;
    if (this.largest * factor >= EXACT_LIMIT) return false;
    for (let row = 0; row < this.count; row++) this.units[row] = (this.units[row] as number) * factor;
    this.largest *= factor;
    this.scale = scale;
    return true;
  }

  /** Moves the column to the scale that leaves the fewest cells wide; the smallest such scale on a tie. */
  private reconsiderScale(): void {
    const fitting = new Array<number>(MAX_SCALE + 2).fill(0);
    const note = (from: number, to: number): void => {
      if (to < from) return;
      fitting[from] = (fitting[from] as number) + 1;
      fitting[to + 1] = (fitting[to + 1] as number) - 1;
    };
    for (let row = 0; row < this.count; row++) {
      const units = this.units[row] as number;
      if (Number.isNaN(units)) continue;
      note(smallestScale(units, this.scale), largestScale(units, this.scale));
    }
    for (const { coefficient, scale } of this.wide.values()) {
      const units = Number(coefficient);
      if (Math.abs(units) < EXACT_LIMIT && scale <= MAX_SCALE) note(scale, largestScale(units, scale));
    }
    this.moveTo(bestScale(fitting));
  }

  private moveTo(scale: number): void {
    const cells = this.units.slice(0, this.count);
    const wide = this.wide;
    const from = this.scale;
    const factor = POWERS_OF_TEN[Math.abs(scale - from)] as number;
    this.wide = new Map();
    this.scale = scale;
    this.largest = 0;
    for (let row = 0; row < cells.length; row++) {
      const units = cells[row] as number;
      const cell = Number.isNaN(units) ? wide.get(row) : undefined;
      let moved = cell === undefined ? units : (unitsAt(cell, scale) ?? Number.NaN);
      if (cell === undefined && scale > from)
        moved = Math.abs(units * factor) < EXACT_LIMIT ? units * factor : Number.NaN;
      if (cell === undefined && scale < from) moved = units % factor === 0 ? units / factor : Number.NaN;
      if (Number.isNaN(moved)) {
        if (cell !== undefined) this.wide.set(row, cell);
        else if (!Number.isNaN(units)) this.wide.set(row, decimalOfUnits(units, from));
      } else if (Math.abs(moved) > this.largest) {
        this.largest = Math.abs(moved);
      }
      this.units[row] = moved + 0;
    }
  }
}

/** The fewest decimals that the value units / 10^scale can be written with. */
function smallestScale(units: number, scale: number): number {
  let digits = units;
  let decimals = scale;
  while (decimals > 0 && digits % 10 === 0) {
    digits /= 10;
    decimals--;
  }
  return decimals;
}

/** The largest scale at which the value still is an integer below 2^53. */
function largestScale(units: number, scale: number): number {
  let digits = Math.abs(units);
  let decimals = scale;
  while (decimals < MAX_SCALE && digits * 10 < EXACT_LIMIT) {
    digits *= 10;
    decimals++;
  }
  return decimals;
}

/** `changes[s]` is how many more cells fit at scale s than at s - 1. */
function bestScale(changes: readonly number[]): number {
  let best = 0;
  let bestCount = -1;
  let count = 0;
  for (let scale = 0; scale <= MAX_SCALE; scale++) {
    count += changes[scale] as number;
    if (count > bestCount) {
      bestCount = count;
      best = scale;
    }
  }
  return best;
}
