/** Saving as the page sees it: what it waits for, what it asks, how it ended. */
import { useState } from 'react';
import { decodeSettings } from '../../definition/decode';
import type { Failure } from '../../definition/errors';
import type { ExecutionUnit, Settings } from '../../definition/types';
import type { SaveStamp } from '../../kintone/settings-codec';
import { isDirty } from '../document/history';
import { brokenEnabledUnits } from '../document/validate';
import { downloadText, exportName, exportText } from '../files/export';
import { useChecks } from './checks';
import { useDocument, useStore } from './document';
import { useEnvironment } from './environment';

export type SavingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Enabled units have errors: disable them, or go back. */
  | { readonly kind: 'askDisable'; readonly units: readonly ExecutionUnit[] }
  /** Somebody else saved since this page was opened. */
  | { readonly kind: 'askConflict'; readonly failure: Failure; readonly theirs: Settings | null }
  /** The app was changed elsewhere, and only a reload can show whether these settings were. */
  | { readonly kind: 'askReload' }
  | { readonly kind: 'askLeave' };

export interface Saving {
  readonly state: SavingState;
  readonly dirty: boolean;
  save(): Promise<void>;
  /** Answer to `askDisable`. */
  disableAndSave(): Promise<void>;
  /** Answers to `askConflict`. */
  overwrite(): Promise<void>;
  takeTheirs(): Promise<void>;
  /** Answer to `askReload`: keeps the edits as a file and opens the page anew. */
  exportAndReload(): void;
  leave(): void;
  leaveNow(): void;
  dismiss(): void;
}

export function useSaving(stamp: SaveStamp | null, onStamp: (stamp: SaveStamp | null) => void): Saving {
  const environment = useEnvironment();
  const store = useStore();
  const document = useDocument();
  const { problems } = useChecks();
  const [state, setState] = useState<SavingState>({ kind: 'idle' });

  const write = async (settings: Settings, force: boolean): Promise<void> => {
    // Whatever the forms let through, a document that could not be read back must never be stored.
    const readable = decodeSettings(settings);
    if (!readable.ok) {
      setState({ kind: 'failed', failure: readable.error });
      return;
    }
    setState({ kind: 'saving' });
    const result = await environment.settings.save(settings, stamp, force);
    if (result.ok) {
      onStamp(result.value);
      store.markSaved(settings);
      setState({ kind: 'saved' });
      return;
    }
    if (result.error.code === 'appSettingsChanged') {
      setState({ kind: 'askReload' });
      return;
    }
    if (result.error.code !== 'settingsChangedElsewhere') {
      setState({ kind: 'failed', failure: result.error });
      return;
    }
    const theirs = await environment.settings.load();
    setState({
      kind: 'askConflict',
      failure: result.error,
      theirs: theirs.ok ? theirs.value.settings : null,
    });
  };

  return {
    state,
    dirty: isDirty(document),
    async save() {
      if (state.kind === 'saving') return;
      commitFocusedField();
      const { settings } = store.get();
      const broken = brokenEnabledUnits(settings, problems);
      if (broken.length > 0) setState({ kind: 'askDisable', units: broken });
      else await write(settings, false);
    },
    async disableAndSave() {
      if (state.kind !== 'askDisable') return;
      for (const unit of state.units) {
        store.edit({ kind: 'updateUnit', unitId: unit.id, patch: { enabled: false } });
      }
      await write(store.get().settings, false);
    },
    overwrite: () => write(store.get().settings, true),
    async takeTheirs() {
      const theirs = await environment.settings.load();
      if (!theirs.ok) {
        setState({ kind: 'failed', failure: theirs.error });
        return;
      }
      store.edit({ kind: 'replaceSettings', settings: theirs.value.settings });
      store.markSaved(theirs.value.settings);
      onStamp(theirs.value.stamp);
      setState({ kind: 'idle' });
    },
    exportAndReload() {
      const { settings } = store.get();
      downloadText(exportName(environment.nowMs(), environment.timeZone), exportText(settings));
      store.markSaved(settings);
      location.reload();
    },
    leave() {
      commitFocusedField();
      if (isDirty(store.get())) setState({ kind: 'askLeave' });
      else leavePage(environment.callingApp.appId);
    },
    leaveNow() {
      // Makes the page clean first, so that the browser does not ask a second time.
      store.markSaved(store.get().settings);
      leavePage(environment.callingApp.appId);
    },
    dismiss: () => setState({ kind: 'idle' }),
  };
}

/** Names are committed when their field is left; Ctrl+S leaves no field. */
function commitFocusedField(): void {
  const active = globalThis.document.activeElement;
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) {
    active.blur();
    active.focus();
  }
}

/** The list of plug-ins of the app, where kintone's own Cancel goes too. */
function leavePage(appId: string): void {
  location.assign(`../../${appId}/plugin/`);
}
