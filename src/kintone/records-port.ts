import { FailureError } from '../definition/errors';
import type { AppRef } from '../definition/types';
import { type Clock, type PageRequest, type Randomness, type RecordsPort, retrying } from '../run';
import { type PageData, type PageEdges, pageEdges } from '../table';
import type { ClientFor, KintoneClient } from './client';
import { isRetryableRead, readFailure } from './request-error';
import type { Usage } from './usage';

/** kintone's limit for one GET records. */
const PAGE_SIZE = 500;

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
    pages: (request) =>
      pages(request, (query) => {
        const { app, signal } = request;
        const fields = ['$id', '$revision', ...request.fieldCodes];
        return read(app, () => page(clientFor(app), { app: app.appId, fields, query }), signal);
      }),
  };
}

/**
 * Seeks by record id: no cursor (ten per domain, shared with everybody), no offset limit, and stable
 * while others add records. One request per 500 rows; a short page ends it.
 */
async function* pages(
  request: PageRequest,
  getPage: (query: string) => Promise<Page>,
): AsyncGenerator<PageData> {
  const condition = request.query === '' ? '' : `(${request.query}) and `;
  let lastId = '0';
  for (;;) {
    request.signal?.throwIfAborted();
    const { data, edges } = await getPage(`${condition}$id > ${lastId} order by $id asc limit ${PAGE_SIZE}`);
    if (edges.count > 0) yield data;
    if (edges.count < PAGE_SIZE || edges.lastId === '') return;
    lastId = edges.lastId;
  }
}

interface Page {
  readonly data: PageData;
  readonly edges: PageEdges;
}

/** One page in the cheapest form the client has. */
async function page(
  { record }: KintoneClient,
  params: { app: string; fields: string[]; query: string },
): Promise<Page> {
  if (record.getRecordBytes !== undefined) {
    const bytes = await record.getRecordBytes(params);
    return { data: { bytes }, edges: pageEdges(bytes) };
  }
  const { records } = await record.getRecords(params);
  const lastId = String(records.at(-1)?.['$id']?.value ?? '');
  return { data: { records }, edges: { count: records.length, lastId } };
}
