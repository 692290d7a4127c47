/** Pages of records, from clients that hand over bytes and from those that hand over objects. */
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/definition/errors';
import type { KintoneClient } from '../../src/kintone/client';
import { pageClient } from '../../src/kintone/page-client';
import { recordsPort } from '../../src/kintone/records-port';
import { createUsage } from '../../src/kintone/usage';
import { type KintoneRecord, recordsOfPage } from '../../src/table';
import { VirtualClock } from '../run/virtual-clock';

const COUNT = 1_200;
const record = (id: number): KintoneRecord => ({
  $id: { type: '__ID__', value: String(id) },
  $revision: { type: '__REVISION__', value: '1' },
  name: { type: 'SINGLE_LINE_TEXT', value: `$id ${id}` },
});

/** Answers `$id > n ... limit 500` over ids that have gaps. */
function answer(query: string): { records: KintoneRecord[]; totalCount: null } {
  const after = Number(/\$id > (\d+)/.exec(query)?.[1]);
  const ids = Array.from({ length: COUNT }, (_unused, index) => 3 * (index + 1)).filter((id) => id > after);
  return { records: ids.slice(0, 500).map(record), totalCount: null };
}

function pageSession(body: (query: string) => string): KintoneClient {
  const fetch = async (url: unknown): Promise<Response> =>
    new Response(body(new URL(String(url)).searchParams.get('query') ?? ''));
  return pageClient({ requestToken: () => 't', fetch, origin: 'https://x.example' }, undefined);
}

function port(client: KintoneClient) {
  const usage = createUsage();
  const random = { uuid: () => '', unit: () => 0 };
  return { usage, records: recordsPort(() => client, { clock: new VirtualClock(), random, usage }) };
}

async function readAll(
  client: KintoneClient,
): Promise<{ names: unknown[]; requests: number; kinds: string[] }> {
  const { usage, records } = port(client);
  const names: unknown[] = [];
  const kinds: string[] = [];
  for await (const page of records.pages({ app: { appId: '1' }, query: '', fieldCodes: ['name'] })) {
    kinds.push('bytes' in page ? 'bytes' : 'records');
    for (const row of recordsOfPage(page)) names.push(row['name']?.value);
  }
  return { names, requests: usage.total(), kinds };
}

describe('pages of records', () => {
  const expected = Array.from({ length: COUNT }, (_unused, index) => `$id ${3 * (index + 1)}`);

  it('come as bytes from the page session, in the least requests', async () => {
    const { names, requests, kinds } = await readAll(pageSession((query) => JSON.stringify(answer(query))));
    expect(names).toEqual(expected);
    expect(requests).toBe(3);
    expect(kinds).toEqual(['bytes', 'bytes', 'bytes']);
  });

  it('come as objects from clients that parse by themselves', async () => {
    const client = pageSession(() => '');
    const { names, kinds } = await readAll({
      ...client,
      record: {
        addRecords: client.record.addRecords,
        getRecords: async ({ query }) => answer(query ?? ''),
      },
    });
    expect(names).toEqual(expected);
    expect(kinds).toEqual(['records', 'records', 'records']);
  });

  it('never take a login page for an app without records', async () => {
    const reading = readAll(pageSession(() => '<!doctype html><title>login</title>'));
    await expect(reading).rejects.toThrow(FailureError);
  });
});
