/** What a screen reader says during a run: every change of phase, and progress rarely enough to listen to. */
import type { RunStatus } from '../../run/status';
import { commandAt } from './command-at';
import type { PanelLookups } from './environment';
import { changedRows, changesPhrase, sumCounts } from './format';
import { activeFlowIndex, isLive, type Phase, phaseOf } from './phase';
import type { RecordTexts } from './texts';

/** WCAG asks for status messages, nobody asks for a stream of them. */
const PROGRESS_EVERY_MS = 10_000;

/** Phases in which nothing is counted. */
const STILL: ReadonlySet<Phase> = new Set([
  'paused',
  'confirming',
  'stopping',
  'queued',
  'requested',
  'remote',
  'paused',
]);

type Names = Pick<PanelLookups, 'commandName'>;

export interface Spoken {
  readonly phase: Phase | null;
  readonly rows: number;
  /** The command before which the run stands; blank otherwise. */
  readonly stop: string;
  readonly atMs: number;
  /** The sentence to put into the status region. */
  readonly text: string;
}

export const SILENT: Spoken = { phase: null, rows: 0, stop: '', atMs: 0, text: '' };

function rowsRead(status: RunStatus): number {
  const flow = status.flows[activeFlowIndex(status)];
  return flow?.commands.reduce((most, command) => Math.max(most, command.rowsOut), 0) ?? 0;
}

function phaseSentence(status: RunStatus, phase: Phase, texts: RecordTexts, lookups: Names): string {
  if (phase === 'queued') return texts.waiting.said(status.queue?.position ?? 1);
  if (phase === 'checking') return texts.announce.checking(status.unitName);
  if (phase === 'confirming') return texts.announce.confirming;
  if (phase === 'writing') return texts.announce.writing(status.unitName);
  if (phase === 'remote') return texts.remote.asking(status.remote?.host ?? '');
  if (phase === 'stopping') return texts.announce.stopping;
  const at = status.pause?.at;
  if (phase === 'paused' && at !== undefined) {
    return texts.breakpoint.announce(status.unitName, commandAt(status, at, texts, lookups));
  }
  if (phase === 'paused') return texts.control.announce(status.unitName);
  const written = sumCounts(status.flows.flatMap((flow) => flow.outputs.map((one) => one.written)));
  const detail = changedRows(written) === 0 ? '' : changesPhrase(written, texts);
  return texts.announce.ended(texts.title[phase], detail);
}

/**
 * The next thing to say; the same object when there is nothing new. Failures are not said here:
 * they appear in an alert, which speaks for itself.
 */
export function nextSpoken(
  last: Spoken,
  status: RunStatus,
  nowMs: number,
  texts: RecordTexts,
  lookups: Names,
): Spoken {
  const phase = phaseOf(status);
  const place = status.queue?.position ?? 0;
  const at = status.pause?.at;
  const stop = at === undefined ? '' : `${at.flowId} ${at.commandId}`;
  if (phase !== last.phase || stop !== last.stop || (phase === 'queued' && place !== last.rows)) {
    const text = phase === 'failed' ? '' : phaseSentence(status, phase, texts, lookups);
    return { phase, rows: phase === 'queued' ? place : 0, stop, atMs: nowMs, text };
  }
  const isProgressing = isLive(phase) && !STILL.has(phase);
  if (!isProgressing || nowMs - last.atMs < PROGRESS_EVERY_MS) return last;
  const rows = phase === 'writing' ? status.progress.rowsWritten : rowsRead(status);
  if (rows === last.rows) return last;
  const say = phase === 'writing' ? texts.announce.progress : texts.announce.reading;
  return {
    phase,
    rows,
    stop,
    atMs: nowMs,
    text: say(activeFlowIndex(status) + 1, status.flows.length, rows),
  };
}
