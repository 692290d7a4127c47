/** R3: runs of several users over HTTP while kintone misbehaves; the history of requests is checked afterwards. */
import { describe, expect, it } from 'vitest';
import { realClock, realRandomness } from '../../src/kintone/clock';
import { kintoneRunPorts } from '../../src/kintone/run-ports';
import { clientsOf } from '../../src/node/connection';
import { nodeRemote } from '../../src/node/remote';
import { type Clock, type RunPorts, type RunStatus, startRun } from '../../src/run';
import type { Fault, FaultEffect } from '../kintone/server/faults';
import { requestOf } from '../run/setup';
import { type Dice, diceOf } from '../simulation/random';
import { connectionTo } from './http-kintone';
import { ProcessWorld, unitId } from './process-world';

const EFFECTS: readonly FaultEffect[] = [
  { kind: 'replyLost' },
  { kind: 'requestLost' },
  { kind: 'duplicate' },
  { kind: 'lock' },
  { kind: 'tooMany' },
  { kind: 'error', status: 503, body: 'Service Unavailable' },
];
const PATHS = ['bulkRequest', 'records.json', 'file.json'] as const;
const USERS = 3;
const PRESSES = 5;
const FAULTS = 12;

/** Waiting between attempts would only slow the test down; beats stay real. */
const impatientClock: Clock = {
  ...realClock,
  sleep: (ms, signal) => realClock.sleep(ms > 20_000 ? ms : 0, signal),
};

function portsOf(world: ProcessWorld, user: number): RunPorts {
  return kintoneRunPorts({
    clientFor: clientsOf(connectionTo(world.server.url, `p${user}`)),
    logApp: { appId: world.logAppId },
    presence: { sees: () => false, claim: async () => ({ release: () => undefined }) },
    remote: nodeRemote(),
    describe: (failure) => failure.code,
    clock: impatientClock,
  });
}

function press(world: ProcessWorld, user: number, lane: number): Promise<RunStatus> {
  const request = requestOf(world.settings, {
    unitId: unitId(lane),
    pressId: realRandomness.uuid(),
    owner: `node:${realRandomness.uuid()}`,
    calling: { appId: '', recordId: '', record: null, fields: null },
  });
  return startRun(portsOf(world, user), request, new Map()).ended;
}

const someFault = (dice: Dice): Fault => ({
  match: { path: dice.choose(PATHS) },
  effect: dice.choose(EFFECTS),
  skip: Math.floor(dice.unit() * 20),
});

describe('several users, a kintone that misbehaves', () => {
  it.each([1, 2, 3, 4])('story %i breaks no rule of the protocol', async (seed) => {
    const dice = diceOf(seed);
    const world = await ProcessWorld.start(2, PRESSES * USERS);
    for (let fault = 0; fault < FAULTS; fault += 1) world.server.kintone.faults.add(someFault(dice));
    const user = async (index: number): Promise<RunStatus[]> => {
      const statuses: RunStatus[] = [];
      for (let turn = 0; turn < PRESSES; turn += 1) {
        statuses.push(await press(world, index, Math.floor(dice.unit() * world.lanes)));
      }
      return statuses;
    };
    const statuses = (
      await Promise.all(Array.from({ length: USERS }, (_unused, index) => user(index)))
    ).flat();
    expect(world.problems()).toEqual([]);
    expect(world.rowErrors()).toEqual({ duplicates: 0, lost: 0 });
    expect(statuses.filter((status) => status.state === 'Success').length).toBeGreaterThan(0);
    expect(world.history.counts.commits).toBeGreaterThan(5);
    await world.close();
  });

  it('no more than 5 runs of a unit start within 60 seconds, however many people press', async () => {
    const world = await ProcessWorld.start(1, 5);
    const statuses: RunStatus[] = [];
    for (let round = 0; round < 7; round += 1) {
      statuses.push(...(await Promise.all([0, 1, 2, 3].map((user) => press(world, user, 0)))));
    }
    expect(world.problems()).toEqual([]);
    const reasons = new Set(statuses.map((status) => status.reason));
    expect(reasons).toContain('rateLimited');
    expect(statuses.filter((status) => status.state === 'Success').length).toBeLessThanOrEqual(5);
    await world.close();
  });
});
