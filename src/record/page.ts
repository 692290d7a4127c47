/**
 * What a record page of kintone offers to the button: a narrow view of the `kintone` global, so that
 * desktop and phone differ in one place and tests can hand in a page of their own.
 * Elements and events: https://cybozu.dev/ja/kintone/docs/js-api/ (record, app, events).
 */
import type { EventRecord } from './condition';

export interface ShowEvent {
  readonly type: string;
  readonly appId?: number;
  /** Absent while a record is being created. */
  readonly recordId?: number | string;
  readonly record?: EventRecord;
}

/** Something that a person does to a record; every handler of the page gets the same object. */
export interface ActionEvent extends Omit<ShowEvent, 'record'> {
  /** null after a save whose result the user may not see. */
  readonly record?: EventRecord | null;
  /** Of process management, in the user's language. */
  readonly action?: { readonly value: string };
  readonly nextStatus?: { readonly value: string };
  /** Set by a handler: kintone shows it and does not carry the action out. */
  error?: string;
}

/**
 * The actions by the events' names; on the phone there are none of lists.
 * https://cybozu.dev/ja/kintone/docs/js-api/events/
 */
export type RecordAction =
  | 'create.submit'
  | 'create.submit.success'
  | 'edit.submit'
  | 'edit.submit.success'
  | 'index.edit.submit'
  | 'index.edit.submit.success'
  | 'detail.delete.submit'
  | 'index.delete.submit'
  | 'detail.process.proceed';

export interface PageUser {
  readonly code: string;
  readonly name: string;
  readonly language: string;
  readonly timezone: string;
}

export type PrincipalKind = 'GROUP' | 'ORGANIZATION';

export interface RecordPage {
  readonly pluginId: string;
  readonly isMobile: boolean;
  /** The app whose page this is; blank where kintone knows none. */
  appId(): string;
  onShow(kind: 'detail' | 'edit' | 'create' | 'index', handler: (event: ShowEvent) => void): void;
  /** kintone waits for the promise before it goes on; undefined: at once. It must not reject. */
  onAction(action: RecordAction, handler: (event: ActionEvent) => Promise<void> | undefined): void;
  /** The place for buttons at the head of a record; null where the screen has none. */
  headerSpace(): HTMLElement | null;
  /** A blank-space field of the form. */
  space(id: string): HTMLElement | null;
  /** The place for buttons at the head of a record list. */
  listSpace(): HTMLElement | null;
  /** null before kintone is ready, or when nothing was saved yet. */
  config(): Readonly<Record<string, string>> | null;
  user(): PageUser;
  isTestEnvironment(): Promise<boolean>;
  /** Whether the user administers the app; true where kintone cannot tell. */
  mayManageApp(): Promise<boolean>;
  /** Codes of the user's groups or organisations; null where kintone cannot tell. */
  principals(kind: PrincipalKind): Promise<readonly string[] | null>;
}

/** A function that newer kintone versions have; older ones and some screens do not. */
type Maybe<T> = T | undefined;
type Handler = (event: ActionEvent) => ActionEvent | Promise<ActionEvent>;

export interface KintoneGlobal {
  readonly $PLUGIN_ID: string;
  readonly events: { on(types: string | readonly string[], handler: Handler): void };
  getLoginUser(): PageUser;
  readonly user?: {
    readonly getGroups?: Maybe<() => Promise<readonly { readonly code: string }[]>>;
    readonly getOrganizations?: Maybe<
      () => Promise<readonly { readonly code?: string; readonly organization?: { readonly code: string } }[]>
    >;
  };
  readonly app: {
    isTestEnvironment?: Maybe<() => boolean | Promise<boolean>>;
    getPermissions?: Maybe<() => Promise<{ readonly editApp: boolean }>>;
    getId(): number | null;
    getHeaderMenuSpaceElement(): HTMLElement | null;
    readonly record: {
      getHeaderMenuSpaceElement(): HTMLElement | null;
      getSpaceElement(id: string): HTMLElement | null;
    };
  };
  readonly mobile: {
    readonly app: {
      getId(): number | null;
      getHeaderSpaceElement(): HTMLElement | null;
      readonly record: { getSpaceElement(id: string): HTMLElement | null };
    };
  };
  readonly plugin: {
    readonly app: { getConfig(pluginId: string): Readonly<Record<string, string>> | null };
  };
}

/** The global of the page, typed for what boot uses of it. */
export function kintoneGlobal(): KintoneGlobal {
  return (globalThis as unknown as { readonly kintone: KintoneGlobal }).kintone;
}

async function answered<T>(ask: () => T | Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch {
    // Some of these getters exist but refuse on some screens.
    return otherwise;
  }
}

/**
 * Adapter for the running kintone page.
 * @param pluginId `kintone.$PLUGIN_ID`, which kintone only has while the plug-in's file is evaluated.
 */
export function kintonePage(kintone: KintoneGlobal, pluginId: string, isMobile: boolean): RecordPage {
  const prefix = isMobile ? 'mobile.' : '';
  const groups = async () => (await kintone.user?.getGroups?.())?.map((one) => one.code) ?? null;
  const organizations = async () =>
    (await kintone.user?.getOrganizations?.())?.flatMap((one) => one.organization?.code ?? one.code ?? []) ??
    null;
  return {
    pluginId,
    isMobile,
    appId: () => String((isMobile ? kintone.mobile.app : kintone.app).getId() ?? ''),
    onShow: (kind, handler) =>
      kintone.events.on(`${prefix}app.record.${kind}.show`, (event) => {
        handler(event as ShowEvent);
        // Without the event the changes that other handlers made to the record would be lost.
        return event;
      }),
    onAction(action, handler) {
      if (isMobile && action.startsWith('index.')) return;
      kintone.events.on(`${prefix}app.record.${action}`, (event) => {
        const work = handler(event);
        return work === undefined ? event : work.then(() => event);
      });
    },
    headerSpace: () =>
      isMobile ? kintone.mobile.app.getHeaderSpaceElement() : kintone.app.record.getHeaderMenuSpaceElement(),
    space: (id) => (isMobile ? kintone.mobile.app : kintone.app).record.getSpaceElement(id),
    listSpace: () => (isMobile ? null : kintone.app.getHeaderMenuSpaceElement()),
    config: () => kintone.plugin.app.getConfig(pluginId),
    user: () => kintone.getLoginUser(),
    isTestEnvironment: () => answered(() => kintone.app.isTestEnvironment?.() ?? false, false),
    mayManageApp: () => answered(async () => (await kintone.app.getPermissions?.())?.editApp ?? true, true),
    principals: (kind) => answered<readonly string[] | null>(kind === 'GROUP' ? groups : organizations, null),
  };
}
