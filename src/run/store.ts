/** A value that screens subscribe to; shaped for React's useSyncExternalStore, without React. */
export interface Store<T> {
  getSnapshot(): T;
  subscribe(listener: () => void): () => void;
  update(change: (current: T) => T): void;
}

export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    getSnapshot: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      const next = change(current);
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener();
    },
  };
}
