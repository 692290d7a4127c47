/** Browser side of the button's tests: the real boot and controller on a page whose kintone is a few lines. */

import { failure } from '../../../src/definition/errors';
import type { Settings } from '../../../src/definition/types';
import { startBoot } from '../../../src/record/boot-core';
import { type ActionEvent, type KintoneGlobal, kintonePage, type ShowEvent } from '../../../src/record/page';
import type { AskedInput, Controller, StartHow } from '../../../src/record/panel/contract';
import { createController } from '../../../src/record/panel/controller';
import type { RunInput } from '../../../src/run/ports';
import { type FakeHandle, fakeHandle } from './fake-handle';
import { SCENARIOS, type ScenarioName } from './scenarios';

type Handler = (event: ShowEvent) => unknown;

const handlers = new Map<string, Handler[]>();
const starts: { unitId: string; recordId: string; how: string; input?: RunInput }[] = [];
let config: Readonly<Record<string, string>> | null = null;
let configNulls = 0;
let isTest = false;
let isManager = true;
let groups: readonly string[] = [];
const waiting: (() => void)[] = [];
let panelLoads = 0;
let handle: FakeHandle | null = null;
let startProblem = '';
let asked: AskedInput | null = null;
let isPanelBroken = false;
let reloads = 0;
let logOpens = 0;
let controller: Controller | null = null;

/** The door is tried in test/trigger. */
const notHere = () => Promise.reject(new Error('no door here'));

const byId = (id: string) => document.getElementById(id);

const kintone: KintoneGlobal = {
  $PLUGIN_ID: 'plugin',
  events: {
    on: (types, handler) => {
      for (const type of [types].flat())
        handlers.set(type, [...(handlers.get(type) ?? []), handler as Handler]);
    },
  },
  getLoginUser: () => ({ code: 'sato', name: 'Sato', language: 'ja', timezone: 'Asia/Tokyo' }),
  user: { getGroups: async () => groups.map((code) => ({ code })) },
  app: {
    isTestEnvironment: () => isTest,
    getPermissions: async () => ({ editApp: isManager }),
    getId: () => 8,
    getHeaderMenuSpaceElement: () => byId('space'),
    record: {
      getHeaderMenuSpaceElement: () => byId('space'),
      getSpaceElement: (id) => byId(`space-${id}`),
    },
  },
  mobile: {
    app: {
      getId: () => 8,
      getHeaderSpaceElement: () => byId('space'),
      record: { getSpaceElement: (id) => byId(`space-${id}`) },
    },
  },
  plugin: {
    app: {
      getConfig: () => {
        if (configNulls === 0) return config;
        configNulls -= 1;
        return null;
      },
    },
  },
};

const api = {
  starts,
  boot(units: unknown, options: { isMobile?: boolean; logApp?: Settings['logApp']; nulls?: number } = {}) {
    config = { index: JSON.stringify({ version: 1, logApp: options.logApp ?? null, units }) };
    configNulls = options.nulls ?? 0;
    const page = kintonePage(kintone, 'plugin', options.isMobile ?? false);
    startBoot(page, async () => {
      panelLoads += 1;
      if (isPanelBroken) throw new Error('no panel');
      return {
        createPanel: (given, onBusy) => {
          controller = createController({
            page: given,
            startUnit: async (_plugin, unitId, event, how: StartHow, input) => {
              if (asked !== null && input === null) return asked;
              starts.push({
                unitId,
                recordId: String(event.recordId),
                how: how.kind,
                ...(input === null ? {} : { input }),
              });
              for (const wake of waiting.splice(0)) wake();
              if (startProblem !== '') return { kind: 'problem', failure: failure(startProblem) };
              handle = fakeHandle(SCENARIOS.checking);
              return handle;
            },
            lookups: {
              appName: async (app) => `app ${app.appId}`,
              fieldLabels: async () => ({}),
              appUrl: (app) => `/k/${app.appId}/`,
              logUrl: () => null,
              commandName: (type) => type,
            },
            onBusy,
            openLog: () => {
              logOpens += 1;
            },
            reload: () => {
              reloads += 1;
            },
            tell: () => undefined,
          });
          return { ...controller, door: notHere, api: notHere };
        },
      };
    });
  },
  /** Fires an event as kintone does and tells whether every handler gave the event back. */
  fire(type: string, event: Partial<ShowEvent> = {}): boolean {
    const given = { type, appId: 8, recordId: 12, record: {}, ...event };
    return (handlers.get(type) ?? []).every((handler) => handler(given) === given);
  },
  /**
   * Does something to a record as kintone does: every handler in turn, with the same event. Tells whether the event
   * came back from all of them, whether anybody was waited for, and the error that stops the action.
   */
  async act(type: string, event: Partial<ActionEvent> = {}) {
    const given: ActionEvent = { type, appId: 8, recordId: 12, record: {}, ...event };
    let isBack = true;
    let isAwaited = false;
    for (const handler of handlers.get(type) ?? []) {
      const answer = handler(given as ShowEvent);
      isAwaited ||= answer instanceof Promise;
      isBack &&= (await answer) === given;
    }
    return { isBack, isAwaited, error: given.error ?? null };
  },
  /** Starts a unit as `window.nagare` does, once the panel is there; answers the code of a refusal. */
  async fromCode(unitId: string, isConfirmed: boolean, recordId = 12): Promise<string | null> {
    const begun = await controller?.startFromCode({
      unitId,
      unitName: `単位 ${unitId}`,
      event: { type: 'api', appId: 8, ...(recordId === 0 ? {} : { recordId }), record: {} },
      start: { kind: 'api', pressId: 'p', isConfirmed, input: {} },
    });
    return begun !== undefined && 'failure' in begun ? begun.failure.code : null;
  },
  /** Presses what the log offers for an ended run. */
  after: (kind: 'continue' | 'fromFailedFlow' | 'undo') =>
    controller?.startAfter({ unitId: 'u', unitName: '単位 u', runId: 'u:1' }, kind) ?? null,
  /** Resolves when this many starts were made. */
  async started(count: number): Promise<void> {
    while (starts.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
  },
  /** Units ask for a value from now on. */
  askFor(label: string) {
    const field = {
      name: 'x',
      label,
      note: '',
      type: 'text',
      required: true,
      defaultValue: '',
      choices: [],
    } as const;
    asked = { kind: 'ask', fields: [field], faults: [], last: null };
  },
  /** The next load of the panel fails. */
  breakPanel() {
    isPanelBroken = true;
  },
  scenario: (name: ScenarioName) => handle?.set(SCENARIOS[name]),
  /** What kintone does between two screens of one document. */
  replaceSpace() {
    const fresh = document.createElement('div');
    fresh.id = 'space';
    byId('space')?.replaceWith(fresh);
  },
  facts: (change: {
    isTest?: boolean;
    isManager?: boolean;
    groups?: readonly string[];
    startProblem?: string;
  }) => {
    isTest = change.isTest ?? isTest;
    isManager = change.isManager ?? isManager;
    groups = change.groups ?? groups;
    startProblem = change.startProblem ?? startProblem;
  },
  counts: () => ({ panelLoads, reloads, logOpens, handlers: [...handlers.values()].flat().length }),
  handleCalls: () => handle?.calls ?? [],
  /** Whether the page would ask before it is left. */
  asksBeforeLeaving: () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })),
};

export type BootHarness = typeof api;

(globalThis as unknown as { bootHarness: BootHarness }).bootHarness = api;
