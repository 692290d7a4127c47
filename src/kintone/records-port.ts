import { FailureError } from '../definition/errors';
import type { AppRef } from '../definition/types';
import { type Clock, type Randomness, type RecordsPort, retrying } from '../run';
import { type KintoneRecord, pageEdges } from '../table';
import type { ClientFor, KintoneClient } from './client';
import { type Page, parallelPages } from './parallel-pages';
import { isRetryableRead, readFailure } from './request-error';
import type { Usage } from './usage';

export interface PortTools {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly usage: Usage;
}

/** Reads of kintone: retried where repeating is harmless, counted, and failing with `FailureError` only. */
export function recordsPort(clientFor: ClientFor, tools: PortTools): RecordsPort {
  async function read<T>(app: AppRef, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await retrying(
        () => {
          tools.usage.add(1);
          return work();
        },
        isRetryableRead,
        tools,
        signal,
      );
    } catch (error) {
      throw new FailureError(readFailure(error, { appId: app.appId }));
    }
  }

  return {
    async fields(app) {
      const reply = await read(app, () => clientFor(app).app.getFormFields({ app: app.appId }));
      return reply.properties;
    },
    async numberPrecision(app) {
      const { numberPrecision } = await read(app, () =>
        clientFor(app).app.getAppSettings({ app: app.appId }),
      );
      const mode = numberPrecision?.roundingMode;
      return {
        digits: Number(numberPrecision?.digits ?? 16),
        decimalPlaces: Number(numberPrecision?.decimalPlaces ?? 4),
        roundingMode: mode === 'UP' || mode === 'DOWN' ? mode : 'HALF_EVEN',
      };
    },
    async process(app) {
      const reply = await read(app, () => clientFor(app).app.getProcessManagement({ app: app.appId }));
      const actions = (reply.actions ?? []).map(({ name, from, to }) => ({ name, from, to }));
      return { isEnabled: reply.enable, actions };
    },
    async count(app, query) {
      const params = { app: app.appId, query: `${query} limit 1`.trim(), fields: ['$id'], totalCount: true };
      const reply = await read(app, () => clientFor(app).record.getRecords(params));
      return Number(reply.totalCount ?? 0);
    },
    pages(request) {
      const { app, signal } = request;
      const client = clientFor(app);
      const fields = ['$id', '$revision', ...request.fieldCodes];
      return parallelPages(request.query, {
        get: (query, totalCount) =>
          read(app, () => page(client, { app: app.appId, fields, query, totalCount }), signal),
        isBusy: () => isBusy(client),
        ...(signal === undefined ? {} : { signal }),
      });
    },
  };
}

/** More than half of what the domain allows at once is in use: others need the rest. */
function isBusy(client: KintoneClient): boolean {
  const seen = client.concurrency?.() ?? null;
  return seen !== null && seen.running * 2 > seen.limit;
}

/** One page in the cheapest form the client has. */
async function page(
  { record }: KintoneClient,
  params: { app: string; fields: string[]; query: string; totalCount: boolean },
): Promise<Page> {
  if (record.getRecordBytes !== undefined) {
    const bytes = await record.getRecordBytes(params);
    return { data: { bytes }, edges: pageEdges(bytes), total: params.totalCount ? totalOf(bytes) : null };
  }
  const { records, totalCount } = await record.getRecords(params);
  const edges = { count: records.length, firstId: idOf(records[0]), lastId: idOf(records.at(-1)) };
  return { data: { records }, edges, total: totalCount === null ? null : Number(totalCount) };
}

const idOf = (record: KintoneRecord | undefined): string => String(record?.['$id']?.value ?? '');

/** Room for the key, the number and the closing brace. */
const TOTAL_TAIL_BYTES = 64;

/** kintone writes the total after the records; null where it stands elsewhere or is null. */
function totalOf(bytes: Uint8Array): number | null {
  const tail = new TextDecoder().decode(bytes.subarray(-TOTAL_TAIL_BYTES));
  const match = /\]\s*,\s*"totalCount"\s*:\s*"(\d+)"\s*\}\s*$/.exec(tail);
  return match === null ? null : Number(match[1]);
}
