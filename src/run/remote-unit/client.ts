/** The four requests to a remote service. Nothing is sent twice here, and nothing is logged. */
import type { TextReply } from '../../commands/types';
import type { KintoneFieldValue, KintoneRecord } from '../../table';
import type { CallingRecord } from '../plan-file';
import type { RemotePort } from '../ports';
import type { RunRequest } from '../scope';

/** Shape of the reference's sample program. */
const HEADERS = { 'Content-Type': 'application/json;charset=UTF-8' };

export interface RemoteClient {
  /** Starts nothing. The body is empty: kintone's proxy adds the serial number and the app URL. */
  token(signal: AbortSignal): Promise<TextReply>;
  /** May start the unit even if no answer comes. Its token is good for one run. */
  run(token: string, request: Pick<RunRequest, 'user' | 'calling' | 'input'>): Promise<TextReply>;
  status(token: string, taskId: string, signal: AbortSignal): Promise<TextReply>;
  /** Not in the reference; servers that know no such operation refuse it. */
  stop(token: string, taskId: string): Promise<TextReply>;
}

/** @param url `…/trigger/v1/{unit id}` */
export function remoteClient(remote: RemotePort, url: string): RemoteClient {
  const unaborted = new AbortController().signal;
  const post = (operation: string, body: object | null, signal: AbortSignal): Promise<TextReply> =>
    remote.fetchText(
      {
        url: `${url}/${operation}`,
        method: 'POST',
        headers: HEADERS,
        body: body === null ? null : JSON.stringify(body),
      },
      signal,
    );
  return {
    token: (signal) => post('token', null, signal),
    // Once it is sent its answer is worth waiting for, whatever else is wanted meanwhile.
    run: (accessToken, request) => post('run', { accessToken, ...runBody(request) }, unaborted),
    status: (accessToken, taskId, signal) => post('status', { accessToken, taskId }, signal),
    stop: (accessToken, taskId) => post('stop', { accessToken, taskId }, unaborted),
  };
}

function runBody({ user, calling, input }: Pick<RunRequest, 'user' | 'calling' | 'input'>): object {
  return {
    user: user.code,
    appId: calling.appId,
    ...(calling.record === null ? {} : { record: sentRecord(calling) }),
    // The reference knows no input, and refuses what it does not know.
    ...(Object.keys(input).length === 0 ? {} : { input }),
  };
}

/**
 * The fields of the calling record, type and value, as the sample program of the reference sends them; of attachments
 * the names, without the keys by which files can be fetched. Listed in SECURITY.md.
 */
function sentRecord({ record }: Pick<CallingRecord, 'record'>): KintoneRecord {
  return Object.fromEntries(Object.entries(record ?? {}).map(([code, cell]) => [code, sentCell(cell)]));
}

function sentCell(cell: KintoneFieldValue): KintoneFieldValue {
  const { type = '', value } = cell;
  if (type === 'FILE' && Array.isArray(value)) return { type, value: value.map(withoutKey) };
  if (type === 'SUBTABLE' && Array.isArray(value)) {
    const rows = value as readonly { readonly id?: unknown; readonly value?: unknown }[];
    return {
      type,
      value: rows.map((row) => ({ id: row.id, value: sentRecord({ record: row.value as KintoneRecord }) })),
    };
  }
  return { type, value };
}

const withoutKey = ({ name, size, contentType }: Readonly<Record<string, unknown>>): object => ({
  name,
  size,
  contentType,
});
