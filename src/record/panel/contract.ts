/** What boot, the panel and the engine's glue agree on. Types only: boot must not pull in the panel. */
import type { Failure } from '../../definition/errors';
import type { JournalEntry } from '../../run/ports';
import type { RunHandle } from '../../run/status';
import type { RecordPage, ShowEvent } from '../page';

/** Where the card may stand, and for which record. */
export interface CardPlace {
  readonly space: HTMLElement;
  readonly screen: 'detail' | 'edit' | 'create';
  readonly appId: string;
  /** Blank while the record is being created. */
  readonly recordId: string;
}

export interface Press {
  readonly unitId: string;
  readonly unitName: string;
  readonly event: ShowEvent;
  readonly place: CardPlace;
}

/** What boot sees of the panel. */
export interface PanelApi {
  /** Starts a unit; a press while a run is going on shows that run instead. */
  press(press: Press): void;
  /** Tells the panel that another record or screen is shown now, so that a card of a run follows. */
  attach(place: CardPlace): void;
  /** Opens the log over the record list. */
  openLog(space: HTMLElement): void;
}

export interface PanelModule {
  createPanel(page: RecordPage, onBusy: (unit: BusyUnit | null) => void): PanelApi;
}

/** The unit that runs on this page now. */
export interface BusyUnit {
  readonly unitName: string;
}

/** How a run begins: afresh, by going on with an unfinished run, or afresh after giving that one up. */
export type StartHow =
  | { readonly kind: 'new' }
  | { readonly kind: 'resume'; readonly holder: JournalEntry }
  | { readonly kind: 'restart'; readonly holder: JournalEntry }
  /** Takes back what a run has written, as a run of its own. */
  | { readonly kind: 'undo'; readonly runId: string }
  /** Writes the rest of the plan of a failed or cancelled run. */
  | { readonly kind: 'continue'; readonly runId: string };

/** The unit cannot start at all (settings unreadable, unit gone ...). */
export interface StartProblem {
  readonly kind: 'problem';
  readonly failure: Failure;
}

export type StartUnit = (
  pluginId: string,
  unitId: string,
  event: ShowEvent,
  how: StartHow,
) => Promise<RunHandle | StartProblem>;

export function isStartProblem<T extends object>(value: T | StartProblem): value is StartProblem {
  return 'kind' in value && value.kind === 'problem';
}
