/**
 * The run of this page. kintone changes from record to record and from view to edit inside one
 * document, so the run belongs to the page: it goes on, and its card moves to wherever the page is now.
 */
import { failure } from '../../definition/errors';
import type { JournalEntry } from '../../run/ports';
import type { RunHandle } from '../../run/status';
import { pickLanguage } from '../../ui/i18n';
import {
  type MountedPanel,
  mountPanel,
  type PanelCallbacks,
  type PanelLookups,
  type PanelSource,
} from '../../ui/panel';
import { isWriting } from '../../ui/panel/phase';
import type { RecordPage } from '../page';
import {
  type BusyUnit,
  type CardPlace,
  isStartProblem,
  type PanelApi,
  type Press,
  type StartHow,
  type StartUnit,
} from './contract';

export interface ControllerParts {
  readonly page: RecordPage;
  readonly startUnit: StartUnit;
  readonly lookups: PanelLookups;
  /** Tells the buttons whether something runs. */
  onBusy(unit: BusyUnit | null): void;
  openLog(space: HTMLElement): void;
  reload(): void;
}

interface CurrentRun {
  readonly press: Press;
  source: PanelSource;
  /** The outcome was on the screen of its own record, so nobody needs to be told elsewhere. */
  isSeen: boolean;
}

const isSamePlace = (a: CardPlace, b: CardPlace): boolean => a.appId === b.appId && a.recordId === b.recordId;

export function createController(parts: ControllerParts): PanelApi {
  const { page, startUnit, lookups, onBusy } = parts;
  const user = page.user();
  const host = document.createElement('div');
  host.dataset['nagare'] = 'card';
  let mounted: MountedPanel | null = null;
  let current: CurrentRun | null = null;
  let here: CardPlace | null = null;

  const handleOf = (): RunHandle | null => (current?.source.kind === 'run' ? current.source.handle : null);
  const isLive = () => {
    if (current === null) return false;
    const handle = handleOf();
    return handle === null ? current.source.kind === 'starting' : handle.getSnapshot().endedAtMs === null;
  };

  window.addEventListener('beforeunload', (event) => {
    const handle = handleOf();
    // Only what was agreed to is worth a warning; a check that dies has written nothing.
    if (handle !== null && isWriting(handle.getSnapshot())) event.preventDefault();
  });

  const close = () => {
    current = null;
    mounted?.unmount();
    mounted = null;
    host.remove();
  };

  const callbacksFor = (press: Press): PanelCallbacks => {
    const holder = (): JournalEntry | null => handleOf()?.getSnapshot().holder ?? null;
    const begin = (kind: 'resume' | 'restart') => {
      const found = holder();
      start(press, found === null ? { kind: 'new' } : { kind, holder: found });
    };
    const follow = (kind: 'undo' | 'continue') => {
      const runId = handleOf()?.getSnapshot().runId;
      if (runId !== undefined) start(press, { kind, runId });
    };
    return {
      onClose: close,
      onReload: parts.reload,
      onRetry: () => start(press, { kind: 'new' }),
      onResume: () => begin('resume'),
      onRestart: () => begin('restart'),
      onUndo: () => follow('undo'),
      onContinue: () => follow('continue'),
    };
  };

  const shownAt = (place: CardPlace) => ({
    appId: place.appId,
    recordId: place.recordId,
    isEditing: place.screen !== 'detail',
  });

  const show = (run: CurrentRun, source: PanelSource) => {
    run.source = source;
    mounted?.update({ source });
  };

  const start = (press: Press, how: StartHow) => {
    const run: CurrentRun = {
      press,
      source: { kind: 'starting', unitName: press.unitName },
      isSeen: false,
    };
    current = run;
    const content = {
      source: run.source,
      calling: { appId: press.place.appId, recordId: press.place.recordId },
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
      run.isSeen = here === null || isSamePlace(here, press.place);
      if (current === run || current === null) onBusy(null);
    };
    startUnit(page.pluginId, press.unitId, press.event, how).then(
      (begun) => {
        if (isStartProblem(begun)) {
          show(run, { kind: 'problem', unitName: press.unitName, failure: begun.failure });
          ended();
          return;
        }
        show(run, { kind: 'run', handle: begun });
        void begun.ended.then(ended);
      },
      (cause: unknown) => {
        const message = cause instanceof Error ? cause.message : String(cause);
        show(run, { kind: 'problem', unitName: press.unitName, failure: failure('unexpected', { message }) });
        ended();
      },
    );
  };

  return {
    press(press) {
      // A second press while something runs is answered by the card that is already there.
      if (isLive()) return;
      here = press.place;
      start(press, { kind: 'new' });
    },
    attach(place) {
      here = place;
      if (current === null) return;
      if (current.isSeen && !isLive() && !isSamePlace(place, current.press.place)) {
        close();
        return;
      }
      if (host.parentNode !== place.space) place.space.append(host);
      mounted?.update({ shown: shownAt(place) });
    },
    openLog: parts.openLog,
  };
}
