/** How a CSV may be meant: its delimiter, and whether its first row is a header. Best guesses first. */
import { csvRows } from '../../commands/http-answers';
import { FailureError } from '../../definition/errors';
import type { AnswerSettings, Choice } from './types';

const DELIMITERS = ['comma', 'tab', 'semicolon'] as const satisfies AnswerSettings['csvDelimiter'][];
/** Rows that are looked at. */
const SAMPLE_ROWS = 100;
const MAX_LABEL_LENGTH = 80;

/**
 * Every delimiter with the cells that the first row then has: `label` shows them, `count` is their number. Those that
 * make all rows equally long come first, then those with more columns. One that leaves a quote open is left out.
 */
export function delimiterChoices(text: string): readonly Choice[] {
  return DELIMITERS.map((delimiter) => ({ delimiter, rows: rowsBy(text, delimiter) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ delimiter, rows }) => {
      const [first = []] = rows;
      const evenRows = rows.filter((row) => row.length === first.length).length / rows.length;
      return { delimiter, first, merit: first.length > 1 ? evenRows * 1000 + first.length : 0 };
    })
    .sort((a, b) => b.merit - a.merit)
    .map(({ delimiter, first }) => ({ value: delimiter, label: shown(first), count: first.length }));
}

/** 'true' and 'false' as in the settings, with the first row as `label`. */
export function csvHeaderChoices(text: string, delimiter: AnswerSettings['csvDelimiter']): readonly Choice[] {
  const [first = []] = rowsBy(text, delimiter);
  const choice = (value: string): Choice => ({ value, label: shown(first), count: first.length });
  const guesses = looksLikeHeader(first) ? ['true', 'false'] : ['false', 'true'];
  return first.length === 0 ? [] : guesses.map(choice);
}

/** Names are there, differ, and none is a number or a day. */
const looksLikeHeader = (row: readonly string[]): boolean =>
  new Set(row.map((cell) => cell.trim())).size === row.length &&
  row.every((cell) => cell.trim() !== '' && !/^[-+]?[\d.,:/\s-]+$/.test(cell.trim()));

const shown = (row: readonly string[]): string => row.join(' | ').slice(0, MAX_LABEL_LENGTH);

function rowsBy(text: string, delimiter: AnswerSettings['csvDelimiter']): readonly (readonly string[])[] {
  try {
    return csvRows(text, delimiter).slice(0, SAMPLE_ROWS);
  } catch (error) {
    if (error instanceof FailureError) return [];
    throw error;
  }
}
