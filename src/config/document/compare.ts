/** What differs between two documents, in things a person knows: units, flows, the log app, the order. */
import { canonicalJson } from '../../definition/json';
import type { Json, Settings } from '../../definition/types';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ListChanges {
  readonly added: readonly Named[];
  readonly removed: readonly Named[];
  readonly changed: readonly Named[];
}

export interface SettingsChanges {
  readonly units: ListChanges;
  readonly flows: ListChanges;
  readonly logApp: boolean;
  readonly order: boolean;
  readonly count: number;
}

export function compareSettings(before: Settings, after: Settings): SettingsChanges {
  const units = compareLists(before.units, after.units);
  const flows = compareLists(before.flows, after.flows);
  const logApp = !same(before.logApp, after.logApp);
  const order = !sameOrder(before.units, after.units) || !sameOrder(before.flows, after.flows);
  const size = (list: ListChanges) => list.added.length + list.removed.length + list.changed.length;
  return { units, flows, logApp, order, count: size(units) + size(flows) + Number(logApp) + Number(order) };
}

function compareLists(before: readonly Named[], after: readonly Named[]): ListChanges {
  const old = new Map(before.map((item) => [item.id, item]));
  const now = new Set(after.map((item) => item.id));
  return {
    added: after.filter((item) => !old.has(item.id)),
    removed: before.filter((item) => !now.has(item.id)),
    changed: after.filter((item) => old.has(item.id) && !same(old.get(item.id), item)),
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
