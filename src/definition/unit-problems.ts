/** What can be wrong with how a unit starts, where it runs and how it is tested. */
import type { Place, Problem } from './errors';
import { problem } from './errors';
import { inputProblems } from './input-problems';
import type { ConditionGroup, ExecutionUnit, Flow, RecordEventTrigger } from './types';
import { isTriggerUrl } from './urls';

type At = (field: string) => Place;

/**
 * Codes:
 * errors `buttonSpaceBlank`, `buttonUserBlank`, `buttonConditionBlank`, `eventConditionBlank`,
 * `eventBlocksAfter` (nothing is left to stop), `eventDeletedAfter` (kintone tells pages of a deletion only
 * before it), `executorUrlBlank`, `executorUrlInvalid`, `testAppSelf`, `testAppRepeated`;
 * warnings `unitWithoutStart`, `eventActionUnused`, `eventRepeated`, `breakpointUnknown`, `webhooksNotRemote` and
 * `schedulesNotRemote` (only a page has the service's serial number);
 * info `executorNeedsServer`, `webhooksNeedServer`, `schedulesNeedServer`; and those of `inputProblems`.
 */
export function unitProblems(
  unit: ExecutionUnit,
  flows: ReadonlyMap<string, Flow>,
  at: At,
): readonly Problem[] {
  return [
    ...buttonProblems(unit, at),
    ...eventProblems(unit.recordEvents, at),
    ...placeProblems(unit, at),
    ...inputProblems(unit, at),
    ...testProblems(unit, flows, at),
  ];
}

function buttonProblems({ button }: ExecutionUnit, at: At): Problem[] {
  const problems: Problem[] = [];
  if (button.enabled && button.placement.kind === 'space' && button.placement.spaceId === '') {
    problems.push(problem('error', 'buttonSpaceBlank', {}, at('button.placement.spaceId')));
  }
  button.users.forEach((user, index) => {
    if (user.code.trim() === '')
      problems.push(problem('error', 'buttonUserBlank', {}, at(`button.users.${index}`)));
  });
  for (const field of blankFields(button.condition, 'button.condition')) {
    problems.push(problem('error', 'buttonConditionBlank', {}, at(field)));
  }
  return problems;
}

function eventProblems(triggers: readonly RecordEventTrigger[], at: At): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  triggers.forEach((trigger, index) => {
    const path = `recordEvents.${index}`;
    if (trigger.timing === 'after' && trigger.onFailure === 'block') {
      problems.push(problem('error', 'eventBlocksAfter', {}, at(`${path}.onFailure`)));
    }
    if (trigger.timing === 'after' && trigger.event === 'deleted') {
      problems.push(problem('error', 'eventDeletedAfter', {}, at(`${path}.timing`)));
    }
    if (trigger.action !== '' && trigger.event !== 'statusChanged') {
      problems.push(
        problem('warning', 'eventActionUnused', { action: trigger.action }, at(`${path}.action`)),
      );
    }
    for (const field of blankFields(trigger.condition, `${path}.condition`)) {
      problems.push(problem('error', 'eventConditionBlank', {}, at(field)));
    }
    const key = JSON.stringify([trigger.event, trigger.timing, trigger.action, trigger.condition]);
    if (seen.has(key)) problems.push(problem('warning', 'eventRepeated', {}, at(path)));
    seen.add(key);
  });
  return problems;
}

function blankFields(condition: ConditionGroup | null, path: string): readonly string[] {
  return (condition?.conditions ?? []).flatMap(({ field }, index) =>
    field === '' ? [`${path}.conditions.${index}.field`] : [],
  );
}

/** Where it runs, and whether anything starts it at all. */
function placeProblems(unit: ExecutionUnit, at: At): Problem[] {
  const problems: Problem[] = [];
  const { executor } = unit;
  if (executor.kind === 'remote' && executor.url === '') {
    problems.push(problem('error', 'executorUrlBlank', {}, at('executor.url')));
  } else if (executor.kind === 'remote' && !isTriggerUrl(executor.url)) {
    problems.push(problem('error', 'executorUrlInvalid', {}, at('executor.url')));
  }
  if (executor.kind === 'server') problems.push(problem('info', 'executorNeedsServer', {}, at('executor')));
  const isRemote = executor.kind === 'remote';
  if (unit.webhookEvents.length > 0) {
    const found = isRemote
      ? problem('warning', 'webhooksNotRemote', {}, at('webhookEvents'))
      : problem('info', 'webhooksNeedServer', {}, at('webhookEvents'));
    problems.push(found);
  }
  if (unit.schedules.length > 0) {
    const found = isRemote
      ? problem('warning', 'schedulesNotRemote', {}, at('schedules'))
      : problem('info', 'schedulesNeedServer', {}, at('schedules'));
    problems.push(found);
  }
  const starts = [unit.recordEvents, unit.webhookEvents, unit.schedules];
  if (!unit.button.enabled && !unit.api && starts.every((list) => list.length === 0)) {
    problems.push(problem('warning', 'unitWithoutStart', {}, at('button.enabled')));
  }
  return problems;
}

function testProblems(unit: ExecutionUnit, flows: ReadonlyMap<string, Flow>, at: At): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  unit.test.apps.forEach(({ from, to }, index) => {
    const place = at(`test.apps.${index}`);
    if (from.appId === to.appId) problems.push(problem('error', 'testAppSelf', { app: from.appId }, place));
    if (seen.has(from.appId)) problems.push(problem('error', 'testAppRepeated', { app: from.appId }, place));
    seen.add(from.appId);
  });
  const lost = unit.breakpoints.filter(
    ({ flowId, commandId }) =>
      !unit.flowIds.includes(flowId) ||
      !flows.get(flowId)?.commands.some((command) => command.id === commandId),
  );
  if (lost.length > 0) {
    problems.push(problem('warning', 'breakpointUnknown', { count: lost.length }, at('breakpoints')));
  }
  return problems;
}
