import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { AppRef } from '../../definition/types';
import type { Language } from '../i18n';
import { appKey } from './preview-model';
import { type RecordTexts, recordTexts, type StateTexts, stateTexts } from './texts';

/** What the panel asks about apps; answers are shown when they come, ids until then. */
export interface PanelLookups {
  appName(app: AppRef): Promise<string>;
  /** Field code to label. */
  fieldLabels(app: AppRef): Promise<Readonly<Record<string, string>>>;
  appUrl(app: AppRef): string;
  /** Page of a run's log record; null when there is none. */
  logUrl(journalId: string): string | null;
  /** What people call a command type. */
  commandName(type: string): string;
}

/** Answers of the lookups, as a store that components subscribe to. */
export class NameBook {
  private readonly lookups: PanelLookups;
  private readonly names = new Map<string, string>();
  private readonly labels = new Map<string, Readonly<Record<string, string>>>();
  private readonly asked = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private version = 0;

  constructor(lookups: PanelLookups) {
    this.lookups = lookups;
  }

  appName(app: AppRef): string {
    const key = appKey(app);
    this.ask(`name:${key}`, async () => this.names.set(key, await this.lookups.appName(app)));
    return this.names.get(key) ?? app.appId;
  }

  fieldLabel(app: AppRef, code: string): string {
    const key = appKey(app);
    this.ask(`labels:${key}`, async () => this.labels.set(key, await this.lookups.fieldLabels(app)));
    return this.labels.get(key)?.[code] ?? code;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getVersion = (): number => this.version;

  private ask(question: string, answer: () => Promise<unknown>): void {
    if (this.asked.has(question)) return;
    this.asked.add(question);
    const changed = () => {
      this.version += 1;
      for (const listener of this.listeners) listener();
    };
    // A name that cannot be had is no reason to bother anybody: the id stays in its place.
    answer().then(changed, () => undefined);
  }
}

export interface Environment {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  readonly texts: RecordTexts;
  readonly states: StateTexts;
  readonly lookups: PanelLookups;
  readonly names: NameBook;
  nowMs(): number;
}

const EnvironmentContext = createContext<Environment | null>(null);

interface ProviderProps {
  readonly language: Language;
  readonly timeZone: string;
  readonly lookups: PanelLookups;
  readonly nowMs: () => number;
  readonly children: ReactNode;
}

export function EnvironmentProvider({ language, timeZone, lookups, nowMs, children }: ProviderProps) {
  const environment = useMemo<Environment>(
    () => ({
      language,
      timeZone,
      texts: recordTexts(language),
      states: stateTexts(language),
      lookups,
      names: new NameBook(lookups),
      nowMs,
    }),
    [language, timeZone, lookups, nowMs],
  );
  return <EnvironmentContext.Provider value={environment}>{children}</EnvironmentContext.Provider>;
}

/** Language, names and clock of the panel; draws again when names arrive. */
export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error('The panel is drawn outside of its environment.');
  useSyncExternalStore(environment.names.subscribe, environment.names.getVersion);
  return environment;
}
