/**
 * The run of this page. kintone changes from record to record and from view to edit inside one
 * document, so the run belongs to the page: it goes on, and its card moves to wherever the page is now.
 */
import { type Failure, failure } from '../../definition/errors';
import { newsOf } from '../../run/news';
import type { JournalEntry, RunInput, RunNews } from '../../run/ports';
import type { RunHandle, RunStatus } from '../../run/status';
import { pickLanguage } from '../../ui/i18n';
import {
  type MountedPanel,
  mountPanel,
  type PanelCallbacks,
  type PanelLookups,
  type PanelSource,
} from '../../ui/panel';
import { failureSentence } from '../../ui/panel/explain-failure';
import { isWriting } from '../../ui/panel/phase';
import type { RecordPage, ShowEvent } from '../page';
import {
  type ApiPress,
  type AskedInput,
  type Begun,
  type BusyUnit,
  type CardPlace,
  type Controller,
  type EventPress,
  isAsked,
  isStartProblem,
  type Press,
  type StartHow,
  type StartProblem,
  type StartUnit,
} from './contract';
import { focusedElement } from './focus';

export interface ControllerParts {
  readonly page: RecordPage;
  readonly startUnit: StartUnit;
  readonly lookups: PanelLookups;
  /** Tells the buttons whether something runs. */
  onBusy(unit: BusyUnit | null): void;
  openLog(space: HTMLElement): void;
  reload(): void;
  /** Tells the other pages of this browser. */
  tell(news: RunNews): void;
}

/** A person did not want to give the values: nothing has begun, and there is nothing to show. */
const CANCELLED: StartProblem = { kind: 'problem', failure: failure('inputCancelled') };

interface CurrentRun {
  readonly press: Press;
  source: PanelSource;
  /** The outcome was on the screen of its own record, so nobody needs to be told elsewhere. */
  isSeen: boolean;
  /** What had the focus before the form for values took it. */
  opener: HTMLElement | null;
  /** Resolves when it has come to its end, whatever that is; never rejects. */
  over: Promise<unknown>;
}

const isSamePlace = (a: CardPlace, b: CardPlace): boolean => a.appId === b.appId && a.recordId === b.recordId;

const belongsTo = ({ place, isAnywhere }: Press, screen: CardPlace): boolean =>
  isAnywhere === true || isSamePlace(place, screen);

/** Why a run did not do what it should have done; null when it did. */
const failureOf = ({ state, reason, failure: found }: RunStatus): Failure | null =>
  state === 'Success' ? null : (found ?? failure('unexpected', { message: reason }));

export function createController(parts: ControllerParts): Controller {
  const { page, startUnit, lookups, onBusy } = parts;
  const user = page.user();
  const host = document.createElement('div');
  host.dataset['nagare'] = 'card';
  let mounted: MountedPanel | null = null;
  let current: CurrentRun | null = null;
  let here: CardPlace | null = null;
  /** Runs from code that go on while another run has the card. */
  const beside = new Set<RunHandle>();
  /** Starts by record events come one after the other. */
  let lastEvent: Promise<unknown> = Promise.resolve();
  /** Ends the question for values that is on the screen. */
  let leaveForm = (): void => undefined;
  /** Those who wait until the card with a failure is closed. */
  const untilClosed = new Set<() => void>();

  const handleOf = (): RunHandle | null => (current?.source.kind === 'run' ? current.source.handle : null);
  const isLive = () => {
    if (current === null) return false;
    const handle = handleOf();
    if (current.source.kind === 'asking') return true;
    return handle === null ? current.source.kind === 'starting' : handle.getSnapshot().endedAtMs === null;
  };

  window.addEventListener('beforeunload', (event) => {
    const handle = handleOf();
    // Only what was agreed to is worth a warning; a check that dies has written nothing.
    const live = handle === null ? beside : [handle, ...beside];
    if ([...live].some((one) => isWriting(one.getSnapshot()))) event.preventDefault();
  });

  window.addEventListener('pagehide', () => {
    const status = handleOf()?.getSnapshot();
    if (current === null || status === undefined || status.endedAtMs !== null) return;
    if (status.watched === null && status.journalId !== null) {
      parts.tell(newsOf(status, current.press.place, 'abandoned'));
    }
  });

  const letGo = () => {
    for (const go of untilClosed) go();
    untilClosed.clear();
  };

  const close = () => {
    letGo();
    handleOf()?.leave();
    current = null;
    mounted?.unmount();
    mounted = null;
    host.remove();
  };

  /** Whoever was in the form is back where the form was opened from. */
  const leaveAsking = ({ opener }: CurrentRun) => {
    const focused = focusedElement();
    const wasInside = focused === null || host.shadowRoot?.contains(focused) === true;
    close();
    if (wasInside) opener?.focus();
  };

  const callbacksFor = (press: Press): PanelCallbacks => {
    const holder = (): JournalEntry | null => handleOf()?.getSnapshot().holder ?? null;
    const begin = (kind: 'resume' | 'restart') => {
      const found = holder();
      void start(press, found === null ? { kind: 'new' } : { kind, holder: found });
    };
    const follow = (kind: 'undo' | 'continue' | 'fromFailedFlow') => {
      const status = handleOf()?.getSnapshot();
      // A run that was found unfinished is the one meant, not the press that found it.
      const runId = status?.reason === 'interrupted' ? status.holder?.runId : status?.runId;
      if (runId !== undefined) void start(press, { kind, runId });
    };
    return {
      onClose: close,
      onReload: parts.reload,
      onRetry: () => void start(press, press.follows ?? { kind: 'new' }),
      onResume: () => begin('resume'),
      ...(press.follows === undefined ? { onRestart: () => begin('restart') } : {}),
      onUndo: () => follow('undo'),
      onContinue: () => follow('continue'),
      onFromFailed: () => follow('fromFailedFlow'),
    };
  };

  const shownAt = (place: CardPlace) => ({
    appId: place.appId,
    recordId: place.recordId,
    isEditing: place.screen !== 'detail',
  });

  const callingOf = ({ place, isAnywhere }: Press) => {
    const { appId, recordId } = isAnywhere === true ? (here ?? place) : place;
    return { appId, recordId };
  };

  const show = (run: CurrentRun, source: PanelSource) => {
    run.source = source;
    mounted?.update({ source });
  };

  const start = (press: Press, how: StartHow): Promise<RunHandle | StartProblem> => {
    const run: CurrentRun = {
      press,
      source: { kind: 'starting', unitName: press.unitName },
      isSeen: false,
      opener: null,
      over: Promise.resolve(),
    };
    current = run;
    const content = {
      source: run.source,
      calling: callingOf(press),
      callbacks: callbacksFor(press),
    };
    if (mounted === null) {
      if (host.parentNode === null) press.place.space.append(host);
      mounted = mountPanel({
        ...content,
        host,
        shown: shownAt(here ?? press.place),
        language: pickLanguage(user.language),
        timeZone: user.timezone,
        lookups,
      });
    } else {
      mounted.update(content);
    }
    onBusy({ unitName: press.unitName });
    const ended = () => {
      run.isSeen = here === null || belongsTo(press, here);
      if (current === run || current === null) onBusy(null);
    };
    const starting = beginAsking(run, how).then((begun) => {
      if (begun === CANCELLED) {
        ended();
        if (current === run) leaveAsking(run);
      } else if (isStartProblem(begun)) {
        show(run, { kind: 'problem', unitName: press.unitName, failure: begun.failure });
        ended();
      } else {
        show(run, { kind: 'run', handle: begun });
        void begun.ended.then((status) => {
          ended();
          // Tried again from the card of a failure, and done.
          if (status.state === 'Success') letGo();
        });
      }
      return begun;
    });
    run.over = starting.then((begun) => (isStartProblem(begun) ? undefined : begun.ended));
    return starting;
  };

  const begin = (
    { unitId, event }: Pick<Press, 'unitId' | 'event'>,
    how: StartHow,
    input: RunInput | null,
  ): Promise<Begun> =>
    startUnit(page.pluginId, unitId, event, how, input).catch((cause: unknown): StartProblem => {
      const message = cause instanceof Error ? cause.message : String(cause);
      return { kind: 'problem', failure: failure('unexpected', { message }) };
    });

  /** Asks for values as long as the engine wants other ones; nothing has begun until it has what it needs. */
  const beginAsking = async (run: CurrentRun, how: StartHow): Promise<RunHandle | StartProblem> => {
    let begun = await begin(run.press, how, null);
    if (!isAsked(begun)) return begun;
    let asked = begun;
    for (;;) {
      const input = await ask(run, asked);
      if (input === null) return CANCELLED;
      begun = await begin(run.press, how, input);
      if (!isAsked(begun)) return begun;
      // The form and what is in it stay; only what is wrong is new.
      asked = { ...asked, faults: begun.faults };
    }
  };

  /** Shows the form and answers what it was sent with; null: it was left. */
  const ask = (run: CurrentRun, asked: AskedInput): Promise<RunInput | null> =>
    new Promise((resolve) => {
      leaveForm = () => resolve(null);
      const { unitName } = run.press;
      run.opener ??= focusedElement();
      show(run, { kind: 'asking', unitName, asked, onSubmit: resolve, onCancel: () => resolve(null) });
    });

  const startBeside = async (press: ApiPress): Promise<RunHandle | StartProblem> => {
    // There is one card, and a question needs it.
    if (!press.start.isConfirmed)
      return { kind: 'problem', failure: failure('pageBusy', {}, { unitId: press.unitId }) };
    const begun = await begin(press, press.start, null);
    // Who is confirmed is never asked.
    if (isAsked(begun)) return CANCELLED;
    if (!isStartProblem(begun)) {
      beside.add(begun);
      void begun.ended.then(() => beside.delete(begun));
    }
    return begun;
  };

  /** Where a card may stand for a start that no button of a record made. */
  const placeFor = (event: ShowEvent): CardPlace => ({
    space: here?.space ?? page.headerSpace() ?? page.listSpace() ?? document.body,
    screen: here?.screen ?? 'detail',
    appId: String(event.appId ?? ''),
    recordId: String(event.recordId ?? ''),
  });

  const startForEvent = async (press: EventPress): Promise<string | null> => {
    while (isLive()) await current?.over;
    const { unitId, unitName, event, eventType, isPageLeft } = press;
    const place = placeFor(event);
    // A record that has just been created is not yet the one of the screen.
    const isAnywhere = here === null || !isSamePlace(here, place);
    const begun = await start({ unitId, unitName, event, place, isAnywhere }, { kind: 'event', eventType });
    const failed = isStartProblem(begun) ? begun.failure : failureOf(await begun.ended);
    if (failed === null) return null;
    if (isPageLeft && current !== null) await new Promise<void>((resolve) => void untilClosed.add(resolve));
    return failureSentence(failed, pickLanguage(user.language));
  };

  return {
    press(press) {
      // A second press while something runs is answered by the card that is already there.
      if (isLive()) return;
      here = press.place;
      const { watches } = press;
      void start(press, watches === undefined ? { kind: 'new' } : { kind: 'watch', runId: watches });
    },
    startFromCode(press) {
      if (isLive()) return startBeside(press);
      const { unitId, unitName, event } = press;
      const place = placeFor(event);
      return start({ unitId, unitName, event, place, isAnywhere: place.recordId === '' }, press.start);
    },
    startAfter({ unitId, unitName, runId }, kind) {
      if (isLive()) return 'busy';
      const event = { type: 'log', appId: Number(page.appId()) };
      const follows: StartHow = { kind, runId };
      const place = placeFor(event);
      void start({ unitId, unitName, event, place, isAnywhere: true, follows }, follows);
      return 'started';
    },
    startFromEvent(press) {
      const turn = lastEvent.then(() => startForEvent(press));
      lastEvent = turn;
      return turn;
    },
    attach(place) {
      const home = current?.press.isAnywhere === true ? here : current?.press.place;
      here = place;
      if (current === null) return;
      // Nothing has begun, and what was asked is about another record.
      if (current.source.kind === 'asking' && !belongsTo(current.press, place)) return leaveForm();
      if (current.isSeen && !isLive() && home && !isSamePlace(home, place)) {
        close();
        return;
      }
      if (host.parentNode !== place.space) place.space.append(host);
      mounted?.update({ shown: shownAt(place), calling: callingOf(current.press) });
    },
    openLog: parts.openLog,
  };
}
