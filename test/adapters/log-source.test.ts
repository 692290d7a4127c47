import { describe, expect, it } from 'vitest';
import type { KintoneClient } from '../../src/kintone/client';
import { kintoneLogSource } from '../../src/kintone/log-source';
import { LEASE_MS } from '../../src/run/lease';
import type { PresencePort } from '../../src/run/ports';

type Stored = Readonly<Record<string, string>>;

const RUN: Stored = {
  $id: '7',
  $revision: '3',
  state: 'Running',
  state_reason: 'writing',
  write_cursor: '100',
  run_owner: 'other-browser:page',
};

/** A log with one run, and a clock that stands still until it is told. */
function log({ presence }: { readonly presence?: Partial<PresencePort> } = {}) {
  let stored = RUN;
  let nowMs = 0;
  const getRecords = async () => ({
    records: [Object.fromEntries(Object.entries(stored).map(([code, value]) => [code, { value }]))],
  });
  const source = kintoneLogSource({
    client: { record: { getRecords } } as unknown as KintoneClient,
    logApp: { appId: '90' },
    units: [],
    recordUrl: () => '',
    user: { name: '佐藤' },
    mayEnable: false,
    presence: { sees: () => false, claim: async () => null, ...presence },
    describe: ({ code }) => code,
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs, sleep: async () => undefined },
  });
  return {
    source,
    change: (part: Stored) => {
      stored = { ...stored, ...part };
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    read: async () => {
      const entry = await source.detail('7');
      if (entry === null) throw new Error('The log has lost its run.');
      return entry;
    },
  };
}

describe('where a run of the log stands', () => {
  it('is known at once of a page of this browser', async () => {
    const gone = { sees: () => true, claim: async () => ({ release: () => undefined }) };
    const dead = log({ presence: gone });
    expect(await dead.source.standing(await dead.read())).toBe('interrupted');
    const alive = log({ presence: { sees: () => true } });
    expect(await alive.source.standing(await alive.read())).toBe('atWork');
  });

  it('is known of another browser once its record was read twice without having moved', async () => {
    const { source, pass, read } = log();
    const first = await read();
    expect(await source.standing(first)).toBe('unknown');
    pass(LEASE_MS);
    await read();
    expect(await source.standing(first)).toBe('interrupted');
  });

  it('does not follow from a list that nobody has read again', async () => {
    const { source, pass, read } = log();
    const first = await read();
    expect(await source.standing(first)).toBe('unknown');
    pass(10 * LEASE_MS);
    expect(await source.standing(first)).toBe('unknown');
  });

  it('is that of the newest reading, also for an older copy of the record', async () => {
    const { source, change, pass, read } = log();
    const first = await read();
    await source.standing(first);
    pass(LEASE_MS);
    change({ $revision: '4' });
    await read();
    expect(await source.standing(first)).toBe('atWork');
    change({ state: 'Success', state_reason: 'done', end_epoch: '1.000' });
    await read();
    expect(await source.standing(first)).toBe('ended');
  });

  it.each<[string, Stored, string]>([
    ['wrote nothing', { state_reason: 'checking', write_cursor: '0' }, 'abandoned'],
    ['runs at another service', { state_reason: 'remote' }, 'unclear'],
    ['waits for a server, so nobody can be gone', { state_reason: 'requested', run_owner: '' }, 'unknown'],
  ])('a silent run that %s', async (_what, part, standing) => {
    const { source, change, pass, read } = log();
    change(part);
    await source.standing(await read());
    pass(LEASE_MS);
    expect(await source.standing(await read())).toBe(standing);
  });
});
