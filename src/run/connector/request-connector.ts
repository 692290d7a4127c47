/** The built-in connectors for JSON and CSV: they send the request of the settings and look at its answer. */
import type { TextRequest } from '../../commands/types';
import { FailureError, fail, failure, ok, type Result } from '../../definition/errors';
import { csvHeaderChoices, delimiterChoices } from './csv-choices';
import { csvColumns, jsonColumns, listChoices } from './infer';
import { refusalOf } from './replies';
import type { AnswerSettings, Choice, Connector, ConnectorTools, MetaModel } from './types';

/** Settings whose values can be found in an answer. */
export type FoundSetting = 'path' | 'csvDelimiter' | 'csvHeader';

/**
 * One connector sends its request once, however much is asked of it. `selectModel` knows the fields of `FoundSetting`
 * and has no choices for others. Errors: those of `Send`; `connectorDenied {host, status}`, `httpStatus {host, status}`,
 * those of `jsonTexts` and `csvTexts`; `connectorStopped {host}`.
 */
export function requestConnector(
  request: TextRequest,
  settings: AnswerSettings,
  { send }: Pick<ConnectorTools, 'send'>,
): Connector {
  let answer: Promise<string> | null = null;
  const read = async <T>(signal: AbortSignal, find: (text: string) => T): Promise<Result<T>> => {
    try {
      answer ??= textOf(request, send, signal);
      return ok(find(await answer));
    } catch (error) {
      if (signal.aborted) return fail(failure('connectorStopped', { host: hostOf(request) }));
      if (error instanceof FailureError) return fail(error.failure);
      throw error;
    }
  };
  return {
    verifyCredentials: (signal) => read(signal, () => ({ verified: true, reason: '' })),
    selectModel: (field, signal) => read(signal, (text) => choicesIn(text, field, settings)),
    getMetaModel: (signal) =>
      read(
        signal,
        (text): MetaModel =>
          settings.format === 'csv' ? csvColumns(text, settings) : jsonColumns(text, settings.path),
      ),
  };
}

const hostOf = ({ url }: TextRequest): string => new URL(url).host;

async function textOf(
  request: TextRequest,
  send: ConnectorTools['send'],
  signal: AbortSignal,
): Promise<string> {
  const { status, text } = await send(request, signal);
  if (status >= 200 && status <= 299) return text;
  const host = hostOf(request);
  const isDenied = status === 401 || status === 403;
  throw new FailureError(
    isDenied ? refusalOf(host, status) : failure('httpStatus', { host, status: String(status) }),
  );
}

function choicesIn(text: string, field: string, settings: AnswerSettings): readonly Choice[] {
  switch (field as FoundSetting) {
    case 'path':
      return listChoices(text);
    case 'csvDelimiter':
      return delimiterChoices(text);
    case 'csvHeader':
      return csvHeaderChoices(text, settings.csvDelimiter);
    default:
      return [];
  }
}
