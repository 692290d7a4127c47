/** Who moved a run from state to state, when and why: the text of the run record's `transitions`. */
import type { RunState } from '../definition/types';
import type { NewRunEntry, StateReason } from './ports';

export interface Transition {
  /** Epoch milliseconds, by the clock of whoever wrote it. */
  readonly atMs: number;
  /** Display name. */
  readonly actor: string;
  readonly state: RunState;
  readonly reason: StateReason;
  /** A code that says more: `PauseCause`, `MoveNote`, or the code of the failure. Blank: nothing. */
  readonly note: string;
}

/** Notes beside a change of state that are neither a cause of a pause nor an error code. */
export type MoveNote =
  | 'goesOn'
  | 'takenOver'
  | 'stopRequested'
  | 'pauseRequested'
  | 'pauseLifted'
  | 'planRemoved'
  | 'enabled'
  | 'closedFromLog';

export interface History {
  readonly transitions: readonly Transition[];
  /** Lines that were folded away, because a run had too many; they stood after the first `FIRST_LINES`. */
  readonly foldedCount: number;
}

/** The first lines tell how a run began, the last ones how it ended. */
const FIRST_LINES = 10;
const LINES_MAX = 60;
/** An actor's name or a code is shorter; anything else was put there by hand. */
const PART_MAX = 128;
const FOLD = '...';

/** One line; a tab or a line break in a name becomes a blank. */
const lineOf = ({ atMs, actor, state, reason, note }: Transition): string =>
  [new Date(atMs).toISOString(), actor, state, reason, note].map(part).join('\t');

const part = (text: string): string => text.replaceAll(/\s/g, ' ').slice(0, PART_MAX);

/** The text with more lines. At most `LINES_MAX` stay; how many were left out stands in their place. */
export function withTransitions(text: string, added: readonly Transition[]): string {
  const { head, foldedCount, tail } = split(text);
  const lines = [...head, ...tail, ...added.map(lineOf)];
  const excess = lines.length + (foldedCount > 0 ? 1 : 0) - LINES_MAX;
  if (excess <= 0 && foldedCount === 0) return lines.join('\n');
  // The line that says how many are missing takes a place of its own.
  const dropped = Math.max(0, foldedCount === 0 ? excess + 1 : excess);
  const first = lines.slice(0, FIRST_LINES);
  return [...first, `${FOLD}\t${foldedCount + dropped}`, ...lines.slice(FIRST_LINES + dropped)].join('\n');
}

function split(text: string): {
  readonly head: readonly string[];
  readonly foldedCount: number;
  readonly tail: readonly string[];
} {
  const lines = text.split('\n').filter((line) => line !== '');
  const fold = lines.findIndex((line) => line.startsWith(`${FOLD}\t`));
  if (fold < 0) return { head: lines, foldedCount: 0, tail: [] };
  const foldedCount = Number(lines[fold]?.split('\t')[1]) || 0;
  return { head: lines.slice(0, fold), foldedCount, tail: lines.slice(fold + 1) };
}

/** Reads the text; lines that somebody has edited into something else are left out. */
export function historyOf(text: string): History {
  const { head, foldedCount, tail } = split(text);
  const transitions = [...head, ...tail].flatMap((line): readonly Transition[] => {
    const [at = '', actor = '', state = '', reason = '', note = ''] = line.split('\t');
    const atMs = Date.parse(at);
    return Number.isNaN(atMs) || reason === ''
      ? []
      : [{ atMs, actor, state: state as RunState, reason: reason as StateReason, note }];
  });
  return { transitions, foldedCount };
}

/** The first line of every run: its start, by whoever started it. */
export const firstTransition = (
  entry: Pick<NewRunEntry, 'startedAtMs' | 'user' | 'state' | 'reason'>,
): string =>
  lineOf({
    atMs: entry.startedAtMs,
    actor: entry.user.name,
    state: entry.state,
    reason: entry.reason,
    note: '',
  });
