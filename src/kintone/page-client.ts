import { apiPath, type BulkItem, type KintoneClient } from './client';
import { type Concurrency, concurrencyOf } from './concurrency';
import { RequestError } from './request-error';

/** What a page offers for REST calls with the user's session (`kintone.getRequestToken`, the page's own fetch). */
export interface PageSession {
  requestToken(): string | Promise<string>;
  readonly fetch: typeof fetch;
  /** Origin of the kintone domain, without a slash at the end. */
  readonly origin: string;
  /** Named as the sender by requests of threads that have no address of their own. */
  readonly referrer?: string;
}

/** kintone refuses longer request lines; above this a GET travels as POST with an override header. */
const MAX_URL_LENGTH = 4096;
/** kintone states no time-out; a commit of 1,900 rows has been seen to take 50 s. */
const TIMEOUT_MS = 180_000;

/**
 * The REST client of record pages: the page's session, kintone's documented request token, no
 * dependency. Rejects with `RequestError`, which keeps the HTTP status (`kintone.api` hides it, and
 * without it a lost commit cannot be told from a refused one).
 */
export function pageClient(session: PageSession, guestSpaceId: string | undefined): KintoneClient {
  const ref = guestSpaceId === undefined ? {} : { guestSpaceId };

  let concurrency: Concurrency | null = null;

  async function send(api: string, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    try {
      response = await session.fetch(`${session.origin}${api}`, {
        ...init,
        signal,
        credentials: 'same-origin',
        ...(session.referrer === undefined ? {} : { referrer: session.referrer }),
      });
    } catch (error) {
      throw new RequestError({ status: 0, cause: error instanceof Error ? error.message : String(error) });
    }
    concurrency = concurrencyOf((name) => response.headers.get(name)) ?? concurrency;
    if (response.ok) return response;
    throw new RequestError({ status: response.status, body: await response.text().catch(() => '') });
  }

  async function json<T>(response: Response): Promise<T> {
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new RequestError({ status: 0, cause: error instanceof Error ? error.message : String(error) });
    }
  }

  const headers = { 'X-Requested-With': 'XMLHttpRequest' };

  async function write<T>(api: string, method: string, body: Record<string, unknown>): Promise<T> {
    return json<T>(
      await send(apiPath(ref, api), {
        method,
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...body, __REQUEST_TOKEN__: await session.requestToken() }),
      }),
    );
  }

  async function get(api: string, params: Record<string, unknown>): Promise<Response> {
    const path = `${apiPath(ref, api)}?${queryString(params)}`;
    if (path.length <= MAX_URL_LENGTH) return send(path, { method: 'GET', headers });
    return send(apiPath(ref, api), {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', 'X-HTTP-Method-Override': 'GET' },
      body: JSON.stringify({ ...params, __REQUEST_TOKEN__: await session.requestToken() }),
    });
  }

  async function bytes(response: Response): Promise<Uint8Array> {
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new RequestError({ status: 0, cause: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    record: {
      getRecords: async (params) => json(await get('records', params)),
      getRecordBytes: async (params) => bytes(await get('records', params)),
      addRecords: (params) => write('records', 'POST', params),
    },
    app: {
      getFormFields: async (params) => json(await get('app/form/fields', params)),
      getAppSettings: async (params) => json(await get('app/settings', params)),
      getApp: async (params) => json(await get('app', params)),
      getProcessManagement: async (params) => json(await get('app/status', params)),
    },
    file: {
      async uploadFile({ file }) {
        const form = new FormData();
        form.append('__REQUEST_TOKEN__', await session.requestToken());
        const blob = file.data instanceof Blob ? file.data : new Blob([file.data as Uint8Array<ArrayBuffer>]);
        form.append('file', blob, file.name);
        return json(await send(apiPath(ref, 'file'), { method: 'POST', headers, body: form }));
      },
      async downloadFile({ fileKey }) {
        const response = await send(`${apiPath(ref, 'file')}?${queryString({ fileKey })}`, {
          method: 'GET',
          headers,
        });
        return response.arrayBuffer();
      },
    },
    concurrency: () => concurrency,
    bulkRequest: (params: { requests: BulkItem[] }) => write('bulkRequest', 'POST', params),
  };
}

/** kintone's form of GET parameters: arrays as `fields[0]=...`. */
function queryString(params: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (Array.isArray(value))
      for (const [index, entry] of value.entries()) search.append(`${key}[${index}]`, String(entry));
    else if (value !== undefined) search.append(key, String(value));
  }
  return search.toString();
}
