/**
 * Test mode: outputs go into copies of their apps, and only so many rows of them. What is compared is the copy, too,
 * so that the second test shows what the second run would do. Inputs are read where they are.
 */
import { commandSpec } from '../commands';
import type { CommandReport } from '../commands/types';
import type { AppRef, ExecutionUnit, Flow, Json } from '../definition/types';
import { type FlowPlan, firstRows } from '../plan';

/** The flows with the copies as their output apps; those of a productive unit as they are. */
export function intoCopies(
  unit: Pick<ExecutionUnit, 'mode' | 'test'>,
  flows: readonly Flow[],
): readonly Flow[] {
  if (unit.mode !== 'test') return flows;
  const copies = new Map(unit.test.apps.map(({ from, to }) => [from.appId, to]));
  return flows.map((flow) => ({
    ...flow,
    commands: flow.commands.map((command) => {
      const isOutput = commandSpec(command.type)?.group === 'output';
      const copy = isOutput ? copies.get(appIdOf(command.settings['app'])) : undefined;
      return copy === undefined
        ? command
        : { ...command, settings: { ...command.settings, app: jsonOf(copy) } };
    }),
  }));
}

const appIdOf = (app: Json | undefined): string =>
  app !== null && typeof app === 'object' && !Array.isArray(app) && 'appId' in app
    ? String(app['appId'])
    : '';

const jsonOf = ({ appId, guestSpaceId }: AppRef): Json => ({
  appId,
  ...(guestSpaceId === undefined ? {} : { guestSpaceId }),
});

/** A test that may write nothing: it shows what would be written. */
export const isPlanOnly = (unit: Pick<ExecutionUnit, 'mode' | 'test'>): boolean =>
  unit.mode === 'test' && unit.test.rowLimit === 0;

/**
 * What a test may write of the plans, in the order of writing: `rowsLeft` rows, nothing into apps without a copy, and
 * no other unit is started. What is left out is counted and stands in the reports of the outputs.
 */
export function withinTest(
  unit: Pick<ExecutionUnit, 'mode' | 'test'>,
  plans: readonly FlowPlan[],
  rowsLeft: number,
): { readonly plans: readonly FlowPlan[]; readonly cut: number } {
  if (unit.mode !== 'test') return { plans, cut: 0 };
  const copies = new Set(unit.test.apps.map(({ to }) => to.appId));
  let left = rowsLeft;
  let cutInAll = 0;
  const kept = plans.map(({ starts: _starts, ...plan }) => ({
    ...plan,
    outputs: plan.outputs.map((planned) => {
      const isCopy = copies.has(planned.app.appId);
      const { output, cut } = firstRows(planned, isCopy ? left : 0);
      left -= isCopy ? rowsOf(output) : 0;
      cutInAll += cut;
      if (cut === 0) return output;
      const { flowId, commandId, app } = output;
      const place = { flowId, commandId, appId: app.appId };
      const code = isCopy ? 'testRowsCut' : 'testNoCopy';
      const report: CommandReport = {
        code,
        count: cut,
        params: { count: cut, limit: unit.test.rowLimit },
        place,
      };
      return { ...output, reports: [...output.reports, report] };
    }),
  }));
  return { plans: kept, cut: cutInAll };
}

/** Rows that `withinTest` has left out of the plans. */
export const cutIn = (plans: readonly FlowPlan[]): number =>
  plans
    .flatMap((plan) => plan.outputs.flatMap((output) => output.reports))
    .filter(({ code }) => code === 'testRowsCut' || code === 'testNoCopy')
    .reduce((sum, { count }) => sum + count, 0);

const rowsOf = (output: FlowPlan['outputs'][number]): number =>
  output.updates.length + output.adds.length + output.deletes.length + (output.statuses?.length ?? 0);
