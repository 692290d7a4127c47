/** The document checked against kintone: columns of every command and all problems. */
import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import type { Failure, Problem } from '../../definition/errors';
import type { AppRef } from '../../definition/types';
import { flowApps, parametersOf } from '../../flow';
import { describeFailure } from '../../ui/i18n';
import type { Finding } from '../../ui/parts/Field';
import { withTypeNames } from '../../ui/type-names';
import { type Checked, type CompileMemory, check, type Metadata } from '../document/validate';
import { problemTexts, unknownProblem } from '../texts';
import { appKey, useCallingFields, useFieldsOf } from './data';
import { useSettings } from './document';
import { useEnvironment } from './environment';

interface Checks extends Checked {
  readonly metadata: Metadata;
  /** Apps whose fields could not be loaded; what uses them is not checked. */
  readonly failed: readonly AppRef[];
}

const ChecksContext = createContext<Checks | null>(null);

export function useChecks(): Checks {
  const checks = useContext(ChecksContext);
  if (checks === null) throw new Error('ChecksProvider is missing');
  return checks;
}

export function ChecksProvider({ children }: { readonly children: ReactNode }) {
  const settings = useSettings();
  const apps = useMemo(() => {
    const used = new Map<string, AppRef>();
    for (const flow of settings.flows) {
      const { reads, writes } = flowApps(flow);
      for (const app of [...reads, ...writes]) used.set(appKey(app), app);
    }
    return [...used.values()];
  }, [settings.flows]);
  const fields = useFieldsOf(apps);
  const calling = useCallingFields().data;
  const metadata = useMemo<Metadata>(
    () => ({ fields: fields.lookup, parameters: calling ? parametersOf(calling) : [] }),
    [fields.lookup, calling],
  );
  const memory = useRef<{ readonly of: Metadata; readonly flows: CompileMemory } | null>(null);
  if (memory.current?.of !== metadata) memory.current = { of: metadata, flows: new WeakMap() };
  const { flows } = memory.current;
  const checked = useMemo(() => check(settings, metadata, flows), [settings, metadata, flows]);
  const checks = useMemo(
    () => ({ ...checked, metadata, failed: fields.failed }),
    [checked, metadata, fields.failed],
  );
  return <ChecksContext.Provider value={checks}>{children}</ChecksContext.Provider>;
}

/** Words for a problem or a failure: what happened and what to do. */
export function useDescribe(): (found: Failure) => { readonly what: string; readonly todo: string } {
  const { language } = useEnvironment();
  return (found) =>
    describeFailure(
      problemTexts[language],
      unknownProblem[language],
      withTypeNames(found, language),
      language,
    );
}

/** Problems of the unit itself, without those of its flows. */
export function useUnitProblems(unitId: string): readonly Problem[] {
  return useChecks().problems.filter(({ place }) => place.unitId === unitId);
}

/** Findings for one settings path of one unit or command. */
export type FindingsAt = (path: string) => readonly Finding[];

export function useFindings(problems: readonly Problem[]): FindingsAt {
  const describe = useDescribe();
  return (path) =>
    problems
      .filter((found) => found.place.field === path)
      .map((found) => {
        const { what, todo } = describe(found);
        return { tone: found.severity, text: todo === '' ? what : `${what} ${todo}` };
      });
}
