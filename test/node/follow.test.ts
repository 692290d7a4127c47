import { describe, expect, it } from 'vitest';
import { follow } from '../../src/node/follow';
import type { Terminal } from '../../src/node/terminal';
import { textsOf } from '../../src/node/texts';
import { startRun } from '../../src/run';
import { orders, requestOf, settingsOf, sumFlow, TARGET, type World, world } from '../run/setup';

/** Enough rows for several commits. */
const ROWS = 2_500;
const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });

/** A page elsewhere that dies between its first and its second commit of rows. */
async function leaveHalfDone(there: World): Promise<void> {
  let commits = 0;
  const died = new Promise<void>((resolve) => {
    there.kintone.beforeCommit = ({ requests }) => {
      if (requests.length > 0) commits += 1;
      if (commits < 2) return undefined;
      there.close('elsewhere');
      resolve();
      return 'dies';
    };
  });
  startRun(there.tab('elsewhere', 'b2'), requestOf(settings, { owner: 'b2:page' }), new Map());
  await there.clock.until(died);
  there.kintone.beforeCommit = () => undefined;
}

function listen(): { readonly terminal: Terminal; readonly said: () => string } {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const terminal: Terminal = {
    out: write,
    error: write,
    columns: null,
    onInterrupt: () => () => undefined,
    onSignal: () => () => undefined,
    exit: () => undefined,
  };
  return { terminal, said: () => text };
}

function run(there: World, onInterrupted: 'resume' | 'restart' | 'fail', observeMs = 130_000) {
  const { terminal, said } = listen();
  const request = requestOf(settings, { owner: 'cli:1', method: 'cli', isConfirmed: true, observeMs });
  const args = { isDryRun: false, isJson: false, onInterrupted };
  const status = follow(args, there.tab('cli', 'none'), request, terminal, textsOf('en'));
  return { status: there.clock.until(status), said };
}

const keys = (there: World): readonly string[] =>
  there.kintone
    .rows(TARGET)
    .map((row) => String(row['key']))
    .sort();
const allKeys = orders(ROWS)
  .map((order) => String(order['customer']))
  .sort();

describe('an earlier run that stopped half way', () => {
  it('is watched, then finished with its own values: no row lost, none doubled', async () => {
    const there = world(ROWS);
    await leaveHalfDone(there);
    expect(keys(there).length).toBeLessThan(ROWS);
    const { status, said } = run(there, 'resume');
    expect(await status).toMatchObject({ state: 'Success', reason: 'done' });
    expect(keys(there)).toEqual(allKeys);
    expect(said()).toContain('Watching whether it is still alive');
    expect(said()).toMatch(/stopped after [\d,]+ of 2,500 rows/);
  });

  it('is given up for a new run when asked to', async () => {
    const there = world(ROWS);
    await leaveHalfDone(there);
    const already = keys(there).length;
    const { status, said } = run(there, 'restart');
    expect(await status).toMatchObject({ state: 'Success', reason: 'done' });
    // Appending anew adds every row again: exactly what "give it up" means for this flow.
    expect(keys(there)).toHaveLength(already + ROWS);
    expect(said()).toContain('is given up');
  });

  it('is only reported when asked to', async () => {
    const there = world(ROWS);
    await leaveHalfDone(there);
    const before = keys(there);
    const { status } = run(there, 'fail');
    expect(await status).toMatchObject({ state: 'Failure', reason: 'interrupted' });
    expect(keys(there)).toEqual(before);
  });

  it('counts as going on when there is no time to watch it', async () => {
    const there = world(ROWS);
    await leaveHalfDone(there);
    const { status } = run(there, 'resume', 0);
    expect(await status).toMatchObject({ state: 'Failure', reason: 'locked' });
  });
});
