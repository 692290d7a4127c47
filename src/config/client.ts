/** kintone as the settings page needs it: which apps and fields there are. Uses the REST client of Cybozu. */
import { KintoneRestAPIClient, KintoneRestAPIError } from '@kintone/rest-api-client';
import type { AppRef } from '../definition/types';
import type { KintoneFields } from '../table/kintone-json';

export interface AppInfo {
  readonly ref: AppRef;
  readonly name: string;
}

export interface ConfigClient {
  /** Every app the user may see, by name. */
  apps(): Promise<readonly AppInfo[]>;
  /** null when the app is deleted or may not be seen. Rejects when the answer is not known. */
  fields(app: AppRef): Promise<KintoneFields | null>;
  /** Fields of the calling app including changes that are not live yet. */
  callingFields(): Promise<KintoneFields | null>;
  /** Element ids of blank-space fields of the calling app, in the order of the form. */
  spaceIds(): Promise<readonly string[]>;
  /** Names of the calling app's process actions, including changes that are not live yet; none without a process. */
  processActions(): Promise<readonly string[]>;
  /** Revision of the calling app's settings that are not live yet; null when it cannot be read. */
  settingsRevision(): Promise<string | null>;
  /** The REST client of the app's space, for the log app's own set-up. */
  rest(app: Pick<AppRef, 'guestSpaceId'>): KintoneRestAPIClient;
}

/** GET apps answers at most 100 a time. */
const APPS_PER_REQUEST = 100;
/** Form fields of many apps are asked for at once when a document opens; kintone limits parallel requests. */
const MAX_PARALLEL = 6;

/**
 * `callingApp.guestSpaceId` is set when the settings page itself lives in a guest space; the list of apps
 * is that space's then, because its session reaches nothing else for guests.
 */
export function createConfigClient(callingApp: AppRef): ConfigClient {
  const clients = new Map<string, KintoneRestAPIClient>();
  const rest = ({ guestSpaceId }: Pick<AppRef, 'guestSpaceId'>): KintoneRestAPIClient => {
    const key = guestSpaceId ?? '';
    const known = clients.get(key) ?? new KintoneRestAPIClient(guestSpaceId ? { guestSpaceId } : {});
    clients.set(key, known);
    return known;
  };
  const limited = limiter(MAX_PARALLEL);
  const formFields = (app: AppRef, preview: boolean): Promise<KintoneFields | null> =>
    limited(() =>
      nullIfHidden(async () => {
        const { properties } = await rest(app).app.getFormFields({ app: app.appId, preview });
        return properties as unknown as KintoneFields;
      }),
    );
  return {
    rest,
    async apps() {
      const found: AppInfo[] = [];
      for (;;) {
        const { apps } = await rest(callingApp).app.getApps({
          limit: APPS_PER_REQUEST,
          offset: found.length,
        });
        found.push(
          ...apps.map((app) => ({ name: app.name, ref: refOf(app.appId, callingApp.guestSpaceId) })),
        );
        if (apps.length < APPS_PER_REQUEST) return found.sort((a, b) => a.name.localeCompare(b.name));
      }
    },
    fields: (app) => formFields(app, false),
    callingFields: () => formFields(callingApp, true),
    async processActions() {
      const { actions } = await rest(callingApp).app.getProcessManagement({
        app: callingApp.appId,
        preview: true,
      });
      return [...new Set((actions ?? []).map(({ name }) => name))];
    },
    async settingsRevision() {
      try {
        const { revision } = await rest(callingApp).app.getAppSettings({
          app: callingApp.appId,
          preview: true,
        });
        return revision;
      } catch {
        // Without an answer the check for parallel saves is skipped; saving itself must stay possible.
        return null;
      }
    },
    async spaceIds() {
      const { layout } = await rest(callingApp).app.getFormLayout({ app: callingApp.appId, preview: true });
      return spacesIn(layout as unknown as readonly LayoutNode[]);
    },
  };
}

function refOf(appId: string, guestSpaceId: string | undefined): AppRef {
  return guestSpaceId === undefined ? { appId } : { appId, guestSpaceId };
}

interface LayoutNode {
  readonly type?: string;
  readonly elementId?: string;
  readonly fields?: readonly LayoutNode[];
  readonly layout?: readonly LayoutNode[];
}

function spacesIn(nodes: readonly LayoutNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    const own = node.type === 'SPACER' && node.elementId ? [node.elementId] : [];
    return [...own, ...spacesIn(node.fields ?? []), ...spacesIn(node.layout ?? [])];
  });
}

/** kintone answers 404 for a deleted app and 403 for one the user may not see. */
async function nullIfHidden<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KintoneRestAPIError && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
}

function limiter(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = max;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** What a failed request says, for a notice. */
export function messageOf(error: unknown): string {
  if (error instanceof KintoneRestAPIError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
