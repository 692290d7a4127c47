import { type Shape, failureText as text } from '../../i18n';
import type { httpCommand as ja, httpProblems as jaProblems } from '../ja/http-command';

/** See the Japanese dictionary, which is the type of this one. */
export const httpCommand = {
  inputHttp: {
    noPreview:
      'The connector below checks connection and columns. To see the result, run the unit on a record: its confirmation shows it.',
    url: 'URL',
    urlHint: 'Begins with https. Behind the host, %field code% stands for a value of the calling record.',
    method: 'Method',
    headers: 'Additional headers',
    headersHint:
      'Do not enter passwords or API keys: everybody who can open the app can read the settings. Store secrets as secret headers.',
    addHeader: 'Add header',
    headerName: (n: string) => `Name of header ${n}`,
    headerValue: (n: string) => `Value of header ${n}`,
    secrets: 'Secret headers',
    secretsHint:
      'API keys and the like are stored here in the proxy settings of kintone (setProxyConfig). Their values are no part of the settings or of exported files. Once stored, they join every call whose URL begins with:',
    secretsNoUrl: 'Enter the URL first.',
    secretsStored: 'Stored headers',
    secretsNone: 'No headers are stored.',
    secretName: 'Name of the secret header',
    secretValue: 'Value of the secret header',
    secretSave: 'Store secret header',
    secretsClear: 'Remove all stored headers',
    secretsSaved: 'Stored. It is used once the app has been updated.',
    secretsFailed: 'kintone did not answer. Check name and value, then store again.',
    bodyType: 'Form of the body',
    bodyTypes: { json: 'JSON', form: 'Form (application/x-www-form-urlencoded)' },
    body: 'Body',
    bodyHint: '%field code% stands for a value of the calling record. In JSON, put it between quotes.',
    format: 'Format of the answer',
    formats: { json: 'JSON', csv: 'CSV (UTF-8)' },
    path: 'Where the rows are',
    pathHint: 'Keys of the JSON with dots between, such as data.items. Blank: the whole answer.',
    csvHeader: 'The first row is a header',
    csvDelimiter: 'Delimiter',
    delimiters: { comma: 'Comma', tab: 'Tab', semicolon: 'Semicolon' },
    columns: 'Columns to read',
    columnsHint:
      'In JSON by key, such as user.name; in CSV by header, or by column number from 1 without a header.',
    addColumn: 'Add column',
    from: (n: string) => `Source of column ${n}`,
    as: (n: string) => `Name of column ${n}`,
    type: (n: string) => `Type of column ${n}`,
    onError: 'Values that do not fit the type',
    onErrors: { fail: 'Stop the run', blank: 'Make them blank and report how many' },
    formulaTexts: 'Texts that look like formulas (beginning with = or @)',
    formulaTextsModes: { keep: 'Read as they are and report how many', guard: 'Put an apostrophe in front' },
  },
} satisfies Shape<typeof ja>;

export const httpProblems = {
  httpUrlMissing: text('There is no URL.', 'Enter the URL.'),
  httpUrlInvalid: text('The URL cannot be called.', 'Enter a correct URL that begins with https.'),
  httpUrlCredentials: text(
    'The URL contains a user name or password.',
    'Remove it, and store secrets as secret headers.',
  ),
  httpParameterInHost: text(
    'A value of the calling record cannot be part of the host.',
    'Write the host itself, and use values only behind the "/".',
  ),
  httpHeaderInvalid: text(
    'Name or value of the header "{name}" cannot be used.',
    'Use ASCII letters, digits and symbols.',
  ),
  httpHeaderSecret: text('The header "{name}" cannot be set here.', 'Store it as a secret header.'),
  httpColumnsMissing: text('No columns are read.', 'Add a column.'),
  csvColumnBlank: text('It is not said which column of the CSV this is.', 'Enter a header or a number.'),
  csvColumnNotNumber: text('"{column}" is no column number.', 'Enter a number from 1.'),
} satisfies Shape<typeof jaProblems>;
