/** One run on the terminal, from its start to its end. */
import { realRandomness } from '../kintone/clock';
import {
  type Observations,
  previewUnit,
  type RunHandle,
  type RunPorts,
  type RunRequest,
  type RunStatus,
  resumeRun,
  startRun,
} from '../run';
import type { RunArguments } from './arguments';
import { EXIT } from './exit';
import { statusLines } from './status-lines';
import { type LiveLines, liveLines, type Terminal } from './terminal';
import type { Texts } from './texts';

type FollowArguments = Pick<RunArguments, 'isDryRun' | 'isJson' | 'onInterrupted'>;

/** Follows the run, and the one that takes its place when an earlier run was found half done. */
export async function follow(
  args: FollowArguments,
  ports: RunPorts,
  request: RunRequest,
  terminal: Terminal,
  texts: Texts,
): Promise<RunStatus> {
  const write = args.isJson ? terminal.error : terminal.out;
  const live = liveLines(write, terminal.columns);
  if (args.isDryRun) return watch(previewUnit(ports, request), live, write, terminal, texts);
  const observations: Observations = new Map();
  const status = await watch(startRun(ports, request, observations), live, write, terminal, texts);
  const { holder } = status;
  if (status.reason !== 'interrupted' || holder === null || args.onInterrupted === 'fail') return status;
  live.settle();
  const again = { ...request, pressId: realRandomness.uuid() };
  if (args.onInterrupted === 'resume') {
    write(`${texts.cli.run.resuming(holder.user.name, holder.cursor, holder.rowsPlanned)}\n`);
    return watch(resumeRun(ports, again, holder, observations), live, write, terminal, texts);
  }
  write(`${texts.cli.run.restarting(holder.user.name)}\n`);
  const anew = startRun(ports, { ...again, giveUp: holder.journalId }, observations);
  return watch(anew, live, write, terminal, texts);
}

async function watch(
  handle: RunHandle,
  live: LiveLines,
  write: (text: string) => void,
  terminal: Terminal,
  texts: Texts,
): Promise<RunStatus> {
  let isWaiting = false;
  const show = (status: RunStatus): void => {
    const { holder } = status;
    if (holder !== null && status.endedAtMs === null && !isWaiting) {
      isWaiting = true;
      live.settle();
      write(`${texts.cli.run.watching(holder.user.name)}\n`);
    }
    live.show(statusLines(status, texts));
  };
  let presses = 0;
  const release = terminal.onInterrupt(() => {
    presses += 1;
    if (presses > 1) return terminal.exit(EXIT.interrupted);
    live.settle();
    write(`${texts.cli.run.stopping}\n`);
    handle.cancel();
  });
  const unsubscribe = handle.subscribe(() => show(handle.getSnapshot()));
  try {
    const status = await handle.ended;
    show(status);
    return status;
  } finally {
    unsubscribe();
    release();
  }
}
