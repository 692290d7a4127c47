/** Server state: app list, form fields, spaces. Cached for the life of the page, refreshed on demand. */
import { QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AppRef } from '../../definition/types';
import type { KintoneFields } from '../../table/kintone-json';
import type { AppInfo } from '../client';
import { useEnvironment } from './environment';

const STALE_MS = 10 * 60_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        gcTime: Number.POSITIVE_INFINITY,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
      },
    },
  });
}

/** kintone's 4xx answers do not get better by asking again. */
function isRefusal(error: unknown): boolean {
  const status = (error as { readonly status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500;
}

export function appKey(app: AppRef): string {
  return `${app.guestSpaceId ?? ''}/${app.appId}`;
}

export function useApps() {
  const { client } = useEnvironment();
  return useQuery<readonly AppInfo[]>({ queryKey: ['apps'], queryFn: () => client.apps() });
}

/** "Name (12)", or only the number while the name is not known. */
export function useAppName(): (app: AppRef) => string {
  const apps = useApps().data;
  return useMemo(() => {
    const names = new Map((apps ?? []).map((app) => [appKey(app.ref), app.name]));
    return (app) => {
      const name = names.get(appKey(app));
      return name === undefined ? `#${app.appId}` : `${name} (${app.appId})`;
    };
  }, [apps]);
}

export type FieldsLookup = (app: AppRef) => KintoneFields | null | undefined;

export interface AppFields {
  readonly lookup: FieldsLookup;
  /** Apps whose fields could not be asked for (network, server): not the same as deleted. */
  readonly failed: readonly AppRef[];
  readonly loading: boolean;
}

/** Form fields of several apps; the lookup's identity changes only when an answer arrives. */
export function useFieldsOf(apps: readonly AppRef[]): AppFields {
  const { client } = useEnvironment();
  return useQueries({
    queries: apps.map((app) => ({
      queryKey: ['fields', appKey(app)],
      queryFn: () => client.fields(app),
    })),
    combine: (results) => {
      const known = new Map<string, KintoneFields | null | undefined>();
      results.forEach((result, index) => {
        const app = apps[index];
        if (app !== undefined) known.set(appKey(app), result.data);
      });
      return {
        lookup: (app: AppRef) => known.get(appKey(app)),
        failed: apps.filter((_, index) => results[index]?.isError),
        loading: results.some((result) => result.isPending),
      };
    },
  });
}

export function useCallingFields() {
  const { client } = useEnvironment();
  return useQuery({ queryKey: ['callingFields'], queryFn: () => client.callingFields() });
}

export function useSpaceIds() {
  const { client } = useEnvironment();
  return useQuery({ queryKey: ['spaces'], queryFn: () => client.spaceIds() });
}

export function useProcessActions() {
  const { client } = useEnvironment();
  return useQuery({ queryKey: ['processActions'], queryFn: () => client.processActions() });
}

/** Asks kintone again for everything that is shown: apps and fields may have changed in another tab. */
export function useReload(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries();
}
