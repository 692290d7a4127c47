import type { FailureText } from '../../i18n';
import type { httpErrors as ja } from '../ja/http-errors';

/** See the Japanese dictionary, which is the type of this one. */
export const httpErrors = {
  httpUrlInvalid: {
    what: 'With its values filled in, the URL cannot be called.',
    todo: 'Check the values of the calling record and the URL of the flow.',
  },
  httpUnreachable: {
    what: 'The outside server ({host}) cannot be reached: {cause}',
    todo: 'Check the server and the URL, then run again.',
  },
  httpTimedOut: {
    what: 'The outside server ({host}) did not answer within {seconds} seconds.',
    todo: 'Run again. If it happens again, fetch less at a time.',
  },
  httpTooLarge: {
    what: 'The answer of the outside server ({host}) is too large ({limitMegabytes} MB at most).',
    todo: 'Fetch less at a time.',
  },
  httpStatus: {
    what: 'The outside server ({host}) answered with an error (status {status}).',
    todo: 'App administrator: check the URL and the credentials stored for the plug-in.',
  },
  httpNotJson: {
    what: 'The answer of the outside server is no JSON.',
    todo: 'App administrator: check the URL and the format.',
  },
  httpPathMissing: {
    what: 'The answer of the outside server has no "{path}".',
    todo: 'App administrator: check where the rows are.',
  },
  httpNoRows: {
    what: '"{path}" in the answer of the outside server is no list of rows.',
    todo: 'App administrator: check where the rows are.',
  },
  httpValueInvalid: {
    what: 'The value "{value}" of column "{column}" cannot be read as {type}.',
    todo: 'Make the column a text, or let such values become blank.',
  },
  csvQuoteOpen: {
    what: 'A quote that begins in row {row} of the CSV is never closed.',
    todo: 'Check whether the answer was cut off.',
  },
  csvColumnMissing: {
    what: 'The header of the CSV has no "{column}".',
    todo: 'App administrator: check the columns and the delimiter.',
  },
  csvColumnTwice: {
    what: 'The header of the CSV has "{column}" more than once.',
    todo: 'App administrator: choose columns by number, without the header.',
  },
  csvRowsUneven: {
    what: 'Rows of the CSV had another number of cells than the header.',
    todo: 'Missing cells are blank, surplus cells were not read.',
  },
  formulaTextsFound: {
    what: 'Column "{column}" has texts that a spreadsheet would take for formulas.',
    todo: 'They may run when somebody opens an export. Check the values.',
  },
  formulaTextsGuarded: {
    what: 'Texts of column "{column}" that a spreadsheet would take for formulas got an apostrophe in front.',
    todo: '',
  },
} satisfies Record<keyof typeof ja, FailureText>;
