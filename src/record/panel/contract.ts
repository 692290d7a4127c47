/** What boot, the panel and the engine's glue agree on. Types only: boot must not pull in the panel. */
import type { Failure } from '../../definition/errors';
import type { RecordEvent } from '../../definition/types';
import type { AskedField } from '../../flow/asked-input';
import type { AfterRunKind } from '../../run/carry-on';
import type { JournalEntry, RunInput } from '../../run/ports';
import type { RunHandle } from '../../run/status';
import type { Nagare } from '../api/nagare';
import type { PluginDoor } from '../api/plugin-door';
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
  /** Started from code without a record: its card is at home on every screen. */
  readonly isAnywhere?: boolean;
  /** A run that goes on in another tab: it is shown, and nothing is started. */
  readonly watches?: string | undefined;
  /** Started from the log, where there is no record to start afresh with: trying again means this. */
  readonly follows?: StartHow;
}

/** What boot sees of the panel. */
export interface PanelApi {
  /** Starts a unit; a press while a run is going on shows that run instead. */
  press(press: Press): void;
  /**
   * Starts a unit because of what a person did to a record, after the run that is going on now, if any. Answers when
   * the run has ended: why it was not carried out, in a sentence, or null. Never rejects.
   */
  startFromEvent(press: EventPress): Promise<string | null>;
  /** Tells the panel that another record or screen is shown now, so that a card of a run follows. */
  attach(place: CardPlace): void;
  /** Opens the log over the record list. */
  openLog(space: HTMLElement): void;
  /** What programs may do with this plug-in. */
  door(): Promise<PluginDoor>;
  /** `window.nagare` over the plug-ins of the page. */
  api(panels: readonly PanelApi[]): Promise<Nagare>;
}

/** The part of the panel that is about the card. */
export interface Controller extends Pick<PanelApi, 'press' | 'startFromEvent' | 'attach' | 'openLog'> {
  /** Starts a unit from code and shows it, where there is room, like a press. */
  startFromCode(press: ApiPress): Promise<RunHandle | StartProblem>;
  /** Starts the run that follows an ended one of the log, and shows it like a press. */
  startAfter(
    entry: Pick<JournalEntry, 'unitId' | 'unitName' | 'runId'>,
    kind: AfterRunKind,
  ): 'started' | 'busy';
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
  /** From code: nobody has pressed anything. */
  | ApiStart
  /** Somebody saved, deleted or processed a record. */
  | { readonly kind: 'event'; readonly eventType: RecordEvent }
  | { readonly kind: 'resume'; readonly holder: JournalEntry }
  | { readonly kind: 'restart'; readonly holder: JournalEntry }
  /** Takes back what a run has written, as a run of its own. */
  | { readonly kind: 'undo'; readonly runId: string }
  /** Writes the rest of the plan of a failed or cancelled run. */
  | { readonly kind: 'continue'; readonly runId: string }
  /** Leaves out the flows that an ended or interrupted run has finished, and plans the others anew. */
  | { readonly kind: 'fromFailedFlow'; readonly runId: string }
  /** A new run with the settings and the data of now, for the record and the input of a run in the log. */
  | { readonly kind: 'startOver'; readonly runId: string }
  /** No run: shows one that goes on elsewhere. */
  | { readonly kind: 'watch'; readonly runId: string }
  /** No run: asks the service of a remote unit for a token. */
  | { readonly kind: 'test' };

export interface ApiStart {
  readonly kind: 'api';
  /** The run's id is made from it, so it is known before the run is. */
  readonly pressId: string;
  /** False: asks as the unit's setting says. */
  readonly isConfirmed: boolean;
  readonly input: RunInput;
}

/** What somebody did to a record, and what that starts. */
export interface EventPress {
  readonly unitId: string;
  readonly unitName: string;
  readonly event: ShowEvent;
  readonly eventType: RecordEvent;
  /** The page moves on after the answer: a failure is answered when the person has closed the card. */
  readonly isPageLeft: boolean;
}

/** What a program starts, and the record it starts it with. */
export interface ApiPress {
  readonly unitId: string;
  readonly unitName: string;
  readonly event: ShowEvent;
  readonly start: ApiStart;
}

/** The unit cannot start at all (settings unreadable, unit gone ...). */
export interface StartProblem {
  readonly kind: 'problem';
  readonly failure: Failure;
}

/** Nothing has begun: a person has to give values first, or those that were given do not fit. */
export interface AskedInput {
  readonly kind: 'ask';
  readonly fields: readonly AskedField[];
  /** What is wrong with the values that were given, with the field's name as `place.field`. */
  readonly faults: readonly Failure[];
  /** What the user gave last time, as far as it still fits; null: never. */
  readonly last: RunInput | null;
}

export type Begun = RunHandle | StartProblem | AskedInput;

/** `input`: what the form was sent with; null while nobody was asked. */
export type StartUnit = (
  pluginId: string,
  unitId: string,
  event: ShowEvent,
  how: StartHow,
  input: RunInput | null,
) => Promise<Begun>;

export function isAsked<T extends object>(value: T | AskedInput): value is AskedInput {
  return 'kind' in value && value.kind === 'ask';
}

export function isStartProblem<T extends object>(value: T | StartProblem): value is StartProblem {
  return 'kind' in value && value.kind === 'problem';
}
