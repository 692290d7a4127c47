/** Where a run in test mode stands still so that a person may look at what goes into a command. */
import type { Breakpoint, ExecutionUnit } from '../definition/types';
import type { StartMethod } from './ports';

/**
 * Which commands a run stops before. A command counts once per run, however often it is computed: after an outage a
 * flow is computed anew, and an estimate is planned again after the flows before it are written.
 */
export class Breakpoints {
  readonly #places: ReadonlySet<string>;
  readonly #reached = new Set<string>();
  #isStepping = false;

  constructor(places: readonly Breakpoint[]) {
    this.#places = new Set(places.map(keyOf));
  }

  /** The next command that the run comes to for the first time is a stop too, whichever it is. */
  step(): void {
    this.#isStepping = true;
  }

  /** Whether the run stops before this command, which it has reached now. */
  stopsAt(place: Breakpoint): boolean {
    const key = keyOf(place);
    if (this.#reached.has(key)) return false;
    this.#reached.add(key);
    const isStop = this.#isStepping || this.#places.has(key);
    if (isStop) this.#isStepping = false;
    return isStop;
  }
}

const keyOf = ({ flowId, commandId }: Breakpoint): string => `${flowId} ${commandId}`;

/** Starts by a person at a page, who sees the card. */
const BY_HAND: ReadonlySet<StartMethod> = new Set(['button', 'event']);

/** What of a start tells whether somebody sits before it; see `RunRequest`. */
interface Start {
  readonly method: StartMethod;
  readonly isConfirmed: boolean;
  readonly runsHere?: boolean;
}

const isByHand = ({ method, isConfirmed, runsHere }: Start): boolean =>
  BY_HAND.has(method) && !isConfirmed && runsHere !== true;

/** The stops of a run; none of a productive one, nor where nobody could let it go on. */
export const stopsOf = (
  unit: Pick<ExecutionUnit, 'mode' | 'breakpoints'> | null,
  request: Start,
): readonly Breakpoint[] => (unit?.mode === 'test' && isByHand(request) ? unit.breakpoints : []);

/** Whether a test has stops that it does not make, because a program has started it. */
export const passesStops = (unit: Partial<Pick<ExecutionUnit, 'mode' | 'breakpoints'>>, request: Start) =>
  unit.mode === 'test' && (unit.breakpoints ?? []).length > 0 && !isByHand(request);
