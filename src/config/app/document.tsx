/** The document store as React sees it. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ExecutionUnit, Flow, Settings } from '../../definition/types';
import type { EditedDocument } from '../document/history';
import type { DocumentStore } from '../document/store';

const StoreContext = createContext<DocumentStore | null>(null);

export const DocumentProvider = StoreContext.Provider;

export function useStore(): DocumentStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('DocumentProvider is missing');
  return store;
}

export function useDocument(): EditedDocument {
  const store = useStore();
  // The third is for rendering to text, as tests of forms do.
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

export function useSettings(): Settings {
  return useDocument().settings;
}

export function useUnit(unitId: string | null): ExecutionUnit | null {
  return useSettings().units.find((unit) => unit.id === unitId) ?? null;
}

export function useFlow(flowId: string | null): Flow | null {
  return useSettings().flows.find((flow) => flow.id === flowId) ?? null;
}
