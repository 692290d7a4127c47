/** Immutable list steps for things with ids. Each answers the same list when nothing changed. */
interface WithId {
  readonly id: string;
}

/** After the entry with that id; at the end when it is null or not found. */
export function insertAfter<T extends WithId>(
  list: readonly T[],
  item: T,
  afterId: string | null,
): readonly T[] {
  const at = list.findIndex((entry) => entry.id === afterId);
  if (at < 0) return [...list, item];
  return [...list.slice(0, at + 1), item, ...list.slice(at + 1)];
}

export function moveBy<T extends WithId>(list: readonly T[], id: string, by: -1 | 1): readonly T[] {
  return swap(
    list,
    list.findIndex((entry) => entry.id === id),
    by,
  );
}

/** Swaps the entry at `index` with its neighbour; unchanged at either end. */
export function swap<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const other = index + by;
  const a = list[index];
  const b = list[other];
  if (a === undefined || b === undefined) return list;
  return list.map((entry, at) => (at === index ? b : at === other ? a : entry));
}

export function replaceById<T extends WithId>(
  list: readonly T[],
  id: string,
  change: (item: T) => T,
): readonly T[] {
  const at = list.findIndex((entry) => entry.id === id);
  const found = list[at];
  if (found === undefined) return list;
  const next = change(found);
  return next === found ? list : list.map((entry, index) => (index === at ? next : entry));
}

/** The list without the entry at `index`. */
export function without<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, at) => at !== index);
}

/** The list with the entry at `index` replaced. */
export function withAt<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((entry, at) => (at === index ? item : entry));
}
