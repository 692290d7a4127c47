/** What differs between two documents, in things a person knows: units, flows, the log app, the order. */
import { canonicalJson } from '../../definition/json';
import type { Flow, Json, Settings } from '../../definition/types';
import { UNIT_PARTS, type UnitPart } from './unit-parts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What of a unit or flow differs, as a person knows it. */
export type ChangedPart = UnitPart | 'commands';

export interface Changed extends Named {
  readonly parts: readonly ChangedPart[];
}

export interface ListChanges {
  readonly added: readonly Named[];
  readonly removed: readonly Named[];
  readonly changed: readonly Changed[];
}

export interface SettingsChanges {
  readonly units: ListChanges;
  readonly flows: ListChanges;
  readonly logApp: boolean;
  readonly holidays: boolean;
  readonly order: boolean;
  readonly count: number;
}

export function compareSettings(before: Settings, after: Settings): SettingsChanges {
  const units = compareLists(before.units, after.units, UNIT_PARTS);
  const flows = compareLists(before.flows, after.flows, FLOW_PARTS);
  const holidays = !same(before.holidays, after.holidays);
  const logApp = !same(before.logApp, after.logApp);
  const order = !sameOrder(before.units, after.units) || !sameOrder(before.flows, after.flows);
  const size = (list: ListChanges) => list.added.length + list.removed.length + list.changed.length;
  const count = size(units) + size(flows) + Number(logApp) + Number(holidays) + Number(order);
  return { units, flows, logApp, holidays, order, count };
}

const FLOW_PARTS = { name: 'name', note: 'note', commands: 'commands' } as const satisfies Record<
  keyof Omit<Flow, 'id'>,
  ChangedPart
>;

function compareLists<T extends Named>(
  before: readonly T[],
  after: readonly T[],
  partOf: Readonly<Record<keyof Omit<T, 'id'>, ChangedPart>>,
): ListChanges {
  const old = new Map(before.map((item) => [item.id, item]));
  const now = new Set(after.map((item) => item.id));
  return {
    added: after.filter((item) => !old.has(item.id)),
    removed: before.filter((item) => !now.has(item.id)),
    changed: after.flatMap((item) => {
      const was = old.get(item.id);
      if (was === undefined || same(was, item)) return [];
      const keys = Object.keys(partOf) as (keyof Omit<T, 'id'>)[];
      const parts = new Set(keys.filter((key) => !same(was[key], item[key])).map((key) => partOf[key]));
      return [{ id: item.id, name: item.name, parts: [...parts] }];
    }),
  };
}

/** Whether those that stay keep their order. */
function sameOrder(before: readonly Named[], after: readonly Named[]): boolean {
  const now = new Set(after.map((item) => item.id));
  const old = new Set(before.map((item) => item.id));
  const left = before.filter((item) => now.has(item.id)).map((item) => item.id);
  const right = after.filter((item) => old.has(item.id)).map((item) => item.id);
  return left.join() === right.join();
}

function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json);
}
