/** `applyEdit`: old document and edit in, new document out. An edit that finds nothing changes nothing. */
import type { Breakpoint, ExecutionUnit, Flow, Settings } from '../../definition/types';
import { insertCommand, moveCommand, removeCommand, updateCommand } from './commands';
import type { Edit } from './edits';
import { insertAfter, moveBy, replaceById } from './lists';

/** Pure. Answers the same object when nothing changed, so callers can tell by identity. */
export function applyEdit(settings: Settings, edit: Edit): Settings {
  const edited = applied(settings, edit);
  return edit.kind === 'replaceSettings' ? edited : withoutLostPauses(settings, edited);
}

/** A pause goes with its command and its flow; one that was lost before (in a file) stays for its person to see. */
function withoutLostPauses(before: Settings, after: Settings): Settings {
  if (before === after || (before.flows === after.flows && before.units === after.units)) return after;
  const has = (settings: Settings, unit: ExecutionUnit, { flowId, commandId }: Breakpoint): boolean =>
    unit.flowIds.includes(flowId) &&
    (settings.flows.find((flow) => flow.id === flowId)?.commands ?? []).some(({ id }) => id === commandId);
  const units = after.units.map((unit) => {
    if (unit.breakpoints.length === 0) return unit;
    const was = before.units.find(({ id }) => id === unit.id);
    const kept = unit.breakpoints.filter(
      (one) => was === undefined || !has(before, was, one) || has(after, unit, one),
    );
    return kept.length === unit.breakpoints.length ? unit : { ...unit, breakpoints: kept };
  });
  return units.every((unit, index) => unit === after.units[index]) ? after : { ...after, units };
}

function applied(settings: Settings, edit: Edit): Settings {
  switch (edit.kind) {
    case 'addUnit':
      return { ...settings, units: insertAfter(settings.units, edit.unit, edit.afterId) };
    case 'removeUnit': {
      const units = settings.units.filter((unit) => unit.id !== edit.unitId);
      return units.length === settings.units.length ? settings : { ...settings, units };
    }
    case 'moveUnit':
      return withUnits(settings, moveBy(settings.units, edit.unitId, edit.by));
    case 'updateUnit':
      return withUnits(
        settings,
        replaceById(settings.units, edit.unitId, (unit) => ({ ...unit, ...edit.patch })),
      );
    case 'addFlow': {
      const added = { ...settings, flows: insertAfter(settings.flows, edit.flow, edit.afterId) };
      if (edit.linkTo === null) return added;
      const units = replaceById(added.units, edit.linkTo, (unit) => ({
        ...unit,
        flowIds: [...unit.flowIds, edit.flow.id],
      }));
      return { ...added, units };
    }
    case 'removeFlow': {
      const flows = settings.flows.filter((flow) => flow.id !== edit.flowId);
      if (flows.length === settings.flows.length) return settings;
      const units = settings.units.map((unit) =>
        unit.flowIds.includes(edit.flowId)
          ? { ...unit, flowIds: unit.flowIds.filter((id) => id !== edit.flowId) }
          : unit,
      );
      return { ...settings, flows, units };
    }
    case 'updateFlow':
      return inFlow(settings, edit.flowId, (flow) => ({ ...flow, ...edit.patch }));
    case 'insertCommand':
      return inFlow(settings, edit.flowId, (flow) =>
        insertCommand(flow, edit.command, edit.afterId, edit.takeOver),
      );
    case 'removeCommand':
      return inFlow(settings, edit.flowId, (flow) => removeCommand(flow, edit.commandId));
    case 'moveCommand':
      return inFlow(settings, edit.flowId, (flow) => moveCommand(flow, edit.commandId, edit.by));
    case 'updateCommand':
      return inFlow(settings, edit.flowId, (flow) => updateCommand(flow, edit.commandId, edit.patch));
    case 'setLogApp':
      return { ...settings, logApp: edit.app };
    case 'setHolidays':
      return { ...settings, holidays: edit.holidays };
    case 'replaceSettings':
      return edit.settings;
  }
}

function withUnits(settings: Settings, units: readonly ExecutionUnit[]): Settings {
  return units === settings.units ? settings : { ...settings, units };
}

function inFlow(settings: Settings, flowId: string, change: (flow: Flow) => Flow): Settings {
  const flows = replaceById(settings.flows, flowId, change);
  return flows === settings.flows ? settings : { ...settings, flows };
}
