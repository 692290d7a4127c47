/** Numbers as text and back: FIXED, DOLLAR, YEN, NUMBERVALUE; and changes of whole texts: PROPER, CLEAN, TEXTJOIN. */

import type { Decimal } from '../../table/decimal';
import { absolute, fromInteger, multiply, parseDecimal, roundDecimal } from '../../table/decimal';
import { MINUTES_PER_DAY } from '../../table/moments';
import { BLANK_INT32 } from '../../table/types';
import { EXCEL_EPOCH_DAYS } from '../calendar';
import { MAX_TEXT_LENGTH } from '../limits';
import { vectorOfIntegers } from '../number-vector';
import type { Frame, Operation } from '../operation';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { Span } from '../tree';
import type { TypedNode } from '../typed';
import { converted, operationNode } from '../typed';
import type { MomentVector } from '../vectors';
import type { FunctionEntry } from './entry';
import { rowFunction, specialFunction } from './entry';

/** Excel's limit; fewer than minus the digits of the longest number rounds everything away. */
const MAX_SHOWN_DECIMALS = 127;

/** The magnitude with exactly `decimals` places; null when these are too many. */
function fixedMagnitude(number: Decimal, decimals: number, hasThousands: boolean): string | null {
  if (Math.abs(decimals) > MAX_SHOWN_DECIMALS) return null;
  const { coefficient, scale } = roundDecimal(absolute(number), decimals, 'halfUp');
  const places = Math.max(0, decimals);
  const digits = (coefficient * 10n ** BigInt(places - scale)).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const grouped = hasThousands ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : whole;
  return places === 0 ? grouped : `${grouped}.${digits.slice(digits.length - places)}`;
}

/** @param negative how a magnitude below zero is written */
function money(sign: string, usualDecimals: number, negative: (shown: string) => string) {
  return (number: Decimal, decimals = usualDecimals): string | RowError => {
    const magnitude = fixedMagnitude(number, decimals, true);
    if (magnitude === null) return rowError('argumentOutOfRange');
    const isNegative = number.coefficient < 0n && /[1-9]/.test(magnitude);
    return isNegative ? negative(sign + magnitude) : sign + magnitude;
  };
}

function fixed(number: Decimal, decimals = 2, hasNoCommas = false): string | RowError {
  const magnitude = fixedMagnitude(number, decimals, !hasNoCommas);
  if (magnitude === null) return rowError('argumentOutOfRange');
  return number.coefficient < 0n && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude;
}

const MAX_NUMBER_TEXT = 255;

/** A number with the separators of any country. Spaces do not matter; each percent sign is a hundredth. */
function numberValue(text: string, point = '.', separator = ','): Decimal | RowError {
  const [pointSign] = point;
  const [separatorSign] = separator;
  if (text.length > MAX_NUMBER_TEXT || pointSign === undefined || pointSign === separatorSign) {
    return rowError('argumentOutOfRange');
  }
  const plain = text.replace(/[\s\u3000]/g, '');
  if (plain === '') return fromInteger(0);
  const [, body, percents] = /^(.*?)(%*)$/.exec(plain)!;
  const [whole, ...fractions] = body!.split(pointSign);
  const fraction = fractions[0] ?? '';
  const isSeparatedLate = separatorSign !== undefined && fraction.includes(separatorSign);
  if (fractions.length > 1 || isSeparatedLate) return rowError('notANumber');
  const integer = separatorSign === undefined ? whole! : whole!.replaceAll(separatorSign, '');
  const shown = fractions.length === 0 ? integer : `${integer}.${fraction}`;
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(shown) ? parseDecimal(shown) : null;
  if (value === null) return rowError('notANumber');
  return multiply(value, { coefficient: 1n, scale: 2 * percents!.length });
}

/** The first letter after anything else is a capital, the other letters are small. */
function proper(text: string): string {
  return text.toLowerCase().replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => {
    const [first = ''] = word;
    return first.toUpperCase() + word.slice(first.length);
  });
}

/** Without the control characters below the space. */
function clean(text: string): string {
  let kept = '';
  for (const character of text) if (character >= ' ') kept += character;
  return kept;
}

function textJoin(delimiter: string, skipsBlank: boolean, ...texts: string[]): string | RowError {
  const parts = skipsBlank ? texts.filter((text) => text !== '') : texts;
  const length = parts.reduce((total, text) => total + text.length + delimiter.length, 0);
  // Checked before joining, with one delimiter to spare.
  return length - delimiter.length > MAX_TEXT_LENGTH ? rowError('textTooLong') : parts.join(delimiter);
}

/** Dates as Excel's day numbers, kept as minutes so that a time of day stays exact. Blank is 0. */
function serialMinutes(localMinutes: (value: number, frame: Frame) => number): Operation {
  return {
    apply: ([vector], frame) => {
      const { values, errors } = vector as MomentVector;
      const units = new Float64Array(frame.count);
      for (let row = 0; row < frame.count; row += 1) {
        const value = values[row]!;
        if (value === BLANK_INT32) continue;
        units[row] = localMinutes(value, frame) - EXCEL_EPOCH_DAYS * MINUTES_PER_DAY;
      }
      return vectorOfIntegers(units, errors);
    },
  };
}

const dateSerial = serialMinutes((days) => days * MINUTES_PER_DAY);
const dateTimeSerial = serialMinutes((minutes, { environment }) => environment.zone.toLocal(minutes));
const noNumber: Operation = {
  apply: ([vector], { count }) => vectorOfIntegers(new Float64Array(count), vector!.errors),
};
const blankAsZero = rowFunction('N', 'text', ['number'], 'number', (number) => number);

/** N: the number that a value is; text is 0, a date its day number. */
function numberNode(list: readonly TypedNode[], span: Span): TypedNode {
  switch (list[0]!.type) {
    case 'text':
    case 'list':
    case 'blank':
      return operationNode(span, 'number', noNumber, list);
    case 'date':
      return operationNode(span, 'duration', dateSerial, list);
    case 'datetime':
      return operationNode(span, 'duration', dateTimeSerial, list);
    default:
      return blankAsZero.build(list, span);
  }
}

/** T: the value if it is text, else "". */
function textNode([value]: readonly TypedNode[], span: Span): TypedNode {
  if (value!.type === 'text' || value!.type === 'list' || value!.type === 'blank')
    return converted(value!, 'text', 'T');
  const empty: Operation = {
    apply: ([vector], { count }) => ({
      kind: 'text',
      values: new Array<string>(count).fill(''),
      errors: vector!.errors,
    }),
  };
  return operationNode(span, 'text', empty, [value!]);
}

export const TEXT_NUMBER_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('FIXED', 'text', ['number', 'integer?', 'boolean?'], 'text', fixed),
  rowFunction(
    'DOLLAR',
    'text',
    ['number', 'integer?'],
    'text',
    money('$', 2, (shown) => `(${shown})`),
  ),
  rowFunction(
    'YEN',
    'text',
    ['number', 'integer?'],
    'text',
    money('\u00a5', 0, (shown) => `-${shown}`),
  ),
  rowFunction('NUMBERVALUE', 'text', ['text', 'text?', 'text?'], 'number', numberValue),
  rowFunction('PROPER', 'text', ['text'], 'text', proper),
  rowFunction('CLEAN', 'text', ['text'], 'text', clean),
  rowFunction('TEXTJOIN', 'text', ['text', 'boolean', 'text...'], 'text', textJoin),
  specialFunction('N', 'text', ['any'], numberNode),
  specialFunction('T', 'text', ['any'], textNode),
];
