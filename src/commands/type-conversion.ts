/** Values of one type read as another: the one rule for `setType`, `constant`, `outputApp` and every command that makes texts of values. */
import type { ZoneCalendar } from '../formula/calendar';
import {
  dayOfMinutes,
  minuteOfDay,
  parseDateText,
  parseDateTimeText,
  parseTimeText,
  textOfDateTime,
  zoneCalendar,
} from '../formula/calendar';
import type { Decimal } from '../table/index';
import {
  cellAt,
  columnFromCells,
  formatDecimal,
  MINUTES_PER_DAY,
  minutesFromText,
  parseDecimal,
  textFromDays,
  textFromMinutes,
  textFromMinutesOfDay,
} from '../table/index';
import { daysFromText } from '../table/moments';
import type { Cell, Column, ColumnSpec, ColumnType, FileRef, Person } from '../table/types';
import { isReadable } from './field-types';

export interface ConversionRules {
  /** Between entries, in both directions; blank: a text is one entry, and entries are joined with ", ". */
  readonly separator: string;
  /** What stands for a person in a text. */
  readonly people: 'name' | 'code';
  /** The options there are, for choices; empty: any text is an option. */
  readonly options: readonly string[];
  /** IANA name: where a date-and-time meets a day, a time of day or a text, it is the wall clock of this zone. */
  readonly timeZone: string;
}

export interface Converted {
  readonly cell: Cell;
  /** False when the value, or one entry of it, has no form in the new type; `cell` is what could be kept. */
  readonly isWhole: boolean;
}

const BLANK: Converted = { cell: null, isWhole: true };
const LOST: Converted = { cell: null, isWhole: false };
const whole = (cell: Cell): Converted => ({ cell, isWhole: true });
const wholeOrLost = (cell: Cell): Converted => (cell === null ? LOST : whole(cell));

/**
 * Compiles the conversion from a column to another type; what has no form there at all is lost whole. Blank stays blank.
 * - to text: texts and options as they are (no markup is added or removed), numbers plain, dates
 *   "YYYY-MM-DD", times "HH:MM", date-times "YYYY-MM-DD HH:MM" on the wall clock (`textOfDateTime`, as formulas show
 *   them; reading them back gives the same moment), entries joined, files by name.
 * - to a number: kintone's form of numbers; of a record number the number at its end ("APP-12" is 12).
 * - to a date, time or date-time: the texts that formulas read (YYYY-MM-DD, YYYY/M/D, with or without H:MM, and
 *   ISO 8601 with a zone, kintone's form among them). A date becomes the start of its day, a date-time its day or time on the wall clock.
 * - to a choice: the text form, which must be an option; of several choices, one alone.
 * - to choices: a text split at the separator, blanks around entries removed; entries that are no option are
 *   left out and make the value not whole. - to people: codes, split likewise.
 */
export function converter(
  source: Pick<ColumnSpec, 'type' | 'fieldType'>,
  type: ColumnType,
  rules: ConversionRules,
): (cell: Cell) => Converted {
  const zone = zoneCalendar(rules.timeZone);
  const textOf = textForm(source, rules, zone);
  if (!isReadable(source.type, type)) return (cell) => (cell === null ? BLANK : LOST);
  const convert = (cell: Exclude<Cell, null>): Converted => {
    switch (type) {
      case 'text': {
        const text = textOf(cell);
        return text === '' ? BLANK : whole(text);
      }
      case 'number':
        return source.type === 'number' ? whole(cell) : wholeOrLost(numberOf(source, cell as string));
      case 'date':
        return source.type === 'date' ? whole(cell) : wholeOrLost(dayOf(cell as string, zone));
      case 'time':
        return source.type === 'time' ? whole(cell) : wholeOrLost(timeOf(cell as string, zone));
      case 'datetime':
        return source.type === 'datetime' ? whole(cell) : wholeOrLost(instantOf(cell as string, zone));
      case 'choice':
        return oneOption(source.type === 'choices' ? (cell as readonly string[]) : [textOf(cell)], rules);
      case 'choices':
        return options(entriesOf(source, cell, rules, textOf), rules);
      default:
        if (source.type === 'people') return whole(cell);
        return whole(blankable(entriesOf(source, cell, rules, textOf).map((code) => ({ code, name: code }))));
    }
  };
  return (cell) => (cell === null ? BLANK : convert(cell));
}

/** The text that stands for a value. */
export function textForm(
  source: Pick<ColumnSpec, 'type'>,
  rules: Pick<ConversionRules, 'separator' | 'people'>,
  zone: ZoneCalendar,
): (cell: Exclude<Cell, null>) => string {
  const joined = (texts: readonly string[]): string => texts.join(rules.separator || ', ');
  switch (source.type) {
    case 'number':
      return (cell) => formatDecimal(cell as Decimal);
    case 'datetime':
      return (cell) => textOfDateTime(minutesFromText(cell as string) ?? 0, zone);
    case 'choices':
      return (cell) => joined(cell as readonly string[]);
    case 'people':
      return (cell) =>
        joined(
          (cell as readonly Person[]).map(({ code, name }) =>
            rules.people === 'code' ? code : name || code,
          ),
        );
    case 'files':
      return (cell) => joined((cell as readonly FileRef[]).map((file) => file.name));
    default:
      return (cell) => cell as string;
  }
}

function numberOf(source: Pick<ColumnSpec, 'fieldType'>, text: string): Decimal | null {
  const digits = source.fieldType === 'RECORD_NUMBER' ? /[0-9]+$/.exec(text)?.[0] : text;
  return parseDecimal(digits ?? '');
}

/** Texts that name a moment in UTC count as the local day they fall on. */
function dayOf(text: string, zone: ZoneCalendar): string | null {
  const named = parseDateText(text);
  const minutes = named === null ? parseDateTimeText(text, zone) : null;
  const day = named ?? (minutes === null ? null : dayOfMinutes(zone.toLocal(minutes)));
  return day === null ? null : textFromDays(day);
}

function timeOf(text: string, zone: ZoneCalendar): string | null {
  const named = parseTimeText(text);
  const minutes = named === null && daysFromText(text.trim()) === null ? parseDateTimeText(text, zone) : null;
  const time = named ?? (minutes === null ? null : minuteOfDay(zone.toLocal(minutes)));
  return time === null ? null : textFromMinutesOfDay(time);
}

function instantOf(text: string, zone: ZoneCalendar): string | null {
  const day = daysFromText(text);
  const minutes = day === null ? parseDateTimeText(text, zone) : zone.toUtc(day * MINUTES_PER_DAY);
  return minutes === null ? null : textFromMinutes(minutes);
}

function oneOption(labels: readonly string[], rules: ConversionRules): Converted {
  const label = labels[0];
  return label !== undefined && labels.length === 1 && isOption(label, rules) ? whole(label) : LOST;
}

function options(labels: readonly string[], rules: ConversionRules): Converted {
  const known = labels.filter((label) => isOption(label, rules));
  return { cell: blankable(known), isWhole: known.length === labels.length };
}

const isOption = (label: string, { options: all }: ConversionRules): boolean =>
  all.length === 0 || all.includes(label);

/** Distinct entries, in order. */
function entriesOf(
  source: Pick<ColumnSpec, 'type'>,
  cell: Exclude<Cell, null>,
  rules: ConversionRules,
  textOf: (cell: Exclude<Cell, null>) => string,
): readonly string[] {
  if (source.type === 'choices') return [...new Set(cell as readonly string[])];
  const text = textOf(cell);
  const parts = rules.separator === '' || source.type !== 'text' ? [text] : text.split(rules.separator);
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

const blankable = <T extends readonly unknown[]>(entries: T): T | null =>
  entries.length === 0 ? null : entries;

const PLAIN = { separator: '', people: 'name' } as const;

/** The values of a column as texts, for results that are text whatever their source: `setType`'s rule without options. */
export function textColumn(source: Column, spec: ColumnSpec, timeZone: string): Column {
  const textOf = textForm(source.spec, PLAIN, zoneCalendar(timeZone));
  return columnFromCells(spec, textCells(source, textOf));
}

function* textCells(source: Column, textOf: (cell: Exclude<Cell, null>) => string): Iterable<Cell> {
  for (let row = 0; row < source.length; row += 1) {
    const cell = cellAt(source, row);
    yield cell === null ? null : textOf(cell);
  }
}
