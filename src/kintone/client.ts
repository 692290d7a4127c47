import type { AppRef } from '../definition/types';
import type { KintoneFields, KintoneRecord } from '../table';
import type { Concurrency } from './concurrency';

/**
 * The part of `@kintone/rest-api-client` that the ports need. The client itself fits (Node, settings
 * page); record pages use `pageClient`, because 48 KiB of client would be most of their bundle.
 */
export interface KintoneClient {
  readonly record: {
    getRecords(params: {
      app: string;
      fields?: string[];
      query?: string;
      totalCount?: boolean;
    }): Promise<{ records: KintoneRecord[]; totalCount: string | null }>;
    /** The same answer as the bytes that came; only of clients that can hand them over. */
    getRecordBytes?(params: {
      app: string;
      fields: string[];
      query: string;
      totalCount: boolean;
    }): Promise<Uint8Array>;
    addRecords(params: {
      app: string;
      records: Record<string, { value: unknown }>[];
    }): Promise<{ ids: string[]; revisions: string[] }>;
  };
  readonly app: {
    getFormFields(params: { app: string }): Promise<{ properties: KintoneFields }>;
    getAppSettings(params: { app: string }): Promise<{
      numberPrecision?: { digits: string | number; decimalPlaces: string | number; roundingMode: string };
    }>;
    getApp(params: { id: string }): Promise<{ appId: string; name: string }>;
    getProcessManagement(params: { app: string }): Promise<{
      enable: boolean;
      actions: readonly { name: string; from: string; to: string }[] | null;
    }>;
  };
  readonly file: {
    uploadFile(params: { file: { name: string; data: Blob | Uint8Array } }): Promise<{ fileKey: string }>;
    downloadFile(params: { fileKey: string }): Promise<ArrayBuffer>;
  };
  /** Requests at once that the domain had and allows, as of the last answer; only of clients that see headers. */
  concurrency?(): Concurrency | null;
  bulkRequest(params: { requests: BulkItem[] }): Promise<{ results: readonly unknown[] }>;
}

export interface BulkItem {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly api: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Guest-space apps have their own paths, so there is one client per guest space. */
export type ClientFor = (app: Pick<AppRef, 'guestSpaceId'>) => KintoneClient;

/** REST path of an API for an app, as bulkRequest items carry it. */
export const apiPath = (app: Pick<AppRef, 'guestSpaceId'>, api: string): string =>
  app.guestSpaceId === undefined ? `/k/v1/${api}.json` : `/k/guest/${app.guestSpaceId}/v1/${api}.json`;

/** Keeps one client per guest space. */
export function clientPool(create: (guestSpaceId: string | undefined) => KintoneClient): ClientFor {
  const clients = new Map<string, KintoneClient>();
  return (app) => {
    const key = app.guestSpaceId ?? '';
    const known = clients.get(key) ?? create(app.guestSpaceId);
    clients.set(key, known);
    return known;
  };
}
