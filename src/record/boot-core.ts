/**
 * What happens on every record page before anybody presses anything: find the units whose button
 * belongs here, draw each place's buttons once, hand a press over to the panel. Shared by desktop and phone.
 */
import { type BootIndex, type BootUnit, readIndex } from '../kintone/boot-index';
import { boot as en } from '../ui/dictionaries/en/boot';
import { boot as ja } from '../ui/dictionaries/ja/boot';
import { boot as zh } from '../ui/dictionaries/zh/boot';
import { pickLanguage } from '../ui/i18n';
import { sharePage } from './api/share';
import { type ButtonGroup, createButtonGroup } from './button-group';
import { conditionFacts, recordFulfils } from './condition';
import { watchRecordEvents } from './event-starts';
import { type OtherTabs, watchOtherTabs } from './other-tabs';
import type { RecordPage, ShowEvent } from './page';
import type { BusyUnit, CardPlace, EventPress, PanelApi, PanelModule } from './panel/contract';
import { isForUser } from './principals';
import { storedConfig } from './stored-config';

type Screen = CardPlace['screen'];

type ButtonUnit = BootUnit & { readonly button: NonNullable<BootUnit['button']> };

const hasButton = (unit: BootUnit): unit is ButtonUnit => unit.enabled && unit.button !== null;

/** Registers everything for one plug-in; a second evaluation of the same file on a page does nothing. */
export function startBoot(page: RecordPage, loadPanel: () => Promise<PanelModule>): void {
  const key = Symbol.for(`nagare.boot.${page.pluginId}`);
  const registry = globalThis as unknown as Record<symbol, boolean | undefined>;
  if (registry[key] === true) return;
  registry[key] = true;

  const boot = new Boot(page, loadPanel);
  sharePage(() => boot.panelApi());
  for (const screen of ['detail', 'edit', 'create'] as const) {
    page.onShow(screen, (event) => void boot.showRecord(screen, event));
  }
  page.onShow('index', () => void boot.showList());
  watchRecordEvents(page, (press) => boot.startFromEvent(press), boot.texts.stopped);
}

class Boot {
  private readonly page: RecordPage;
  private readonly loadPanel: () => Promise<PanelModule>;
  readonly texts: typeof ja;
  private readonly groups = new Map<string, ButtonGroup>();
  private panel: Promise<PanelApi> | null = null;
  private busy: BusyUnit | null = null;
  /** Where a card may stand now; null where the screen has no place for it. */
  private place: CardPlace | null = null;
  /** The record and units that the buttons stand for; the buttons themselves outlive a change of record. */
  private current: { readonly event: ShowEvent; readonly units: readonly ButtonUnit[] } | null = null;
  /** Only pages with buttons listen. */
  private others: OtherTabs | null = null;
  /** Counts shows, so that an answer that comes late does not draw over a newer screen. */
  private shows = 0;

  constructor(page: RecordPage, loadPanel: () => Promise<PanelModule>) {
    this.page = page;
    this.loadPanel = loadPanel;
    this.texts = { ja, en, zh }[pickLanguage(page.user().language)];
  }

  async showRecord(screen: Screen, event: ShowEvent): Promise<void> {
    this.shows += 1;
    const mine = this.shows;
    const place = this.placeOf(screen, event);
    this.place = place;
    if (place !== null && this.panel !== null) (await this.panel).attach(place);
    if (screen !== 'detail' || place === null) return this.clear(new Set());
    const index = await this.index();
    if (index === null) return this.clear(new Set());
    const units = await this.unitsFor(index, event);
    const isTest = units.length > 0 && (await this.page.isTestEnvironment());
    if (mine !== this.shows) return;
    this.draw(units, event, isTest ? this.texts.testEnvironment : null);
  }

  /** The way into the log, for those who administer the app. */
  async showList(): Promise<void> {
    this.shows += 1;
    const mine = this.shows;
    const space = this.page.listSpace();
    if (space === null) return;
    const index = await this.index();
    if (index === null || index.logApp === null || !(await this.page.mayManageApp()) || mine !== this.shows)
      return;
    const group = this.group('log', () => this.open((panel) => panel.openLog(space)));
    group.show([{ id: 'log', label: this.texts.log }]);
    group.moveTo(space);
  }

  private placeOf(screen: Screen, event: ShowEvent): CardPlace | null {
    const space = this.page.headerSpace();
    if (space === null) return null;
    return { space, screen, appId: String(event.appId ?? ''), recordId: String(event.recordId ?? '') };
  }

  private async index(): Promise<BootIndex | null> {
    return readIndex(await storedConfig(this.page));
  }

  private async unitsFor(index: BootIndex, event: ShowEvent): Promise<readonly ButtonUnit[]> {
    const facts = conditionFacts(event, this.page.user(), Date.now());
    const candidates = index.units
      .filter(hasButton)
      .filter((unit) => recordFulfils(unit.button.condition, facts));
    const allowed = await Promise.all(candidates.map((unit) => isForUser(unit.button.users, this.page)));
    return candidates.filter((_, i) => allowed[i]);
  }

  private draw(units: readonly ButtonUnit[], event: ShowEvent, testReason: string | null): void {
    const places = new Map<string, { space: HTMLElement; units: ButtonUnit[] }>();
    for (const unit of units) {
      const { placement } = unit.button;
      const own = placement.kind === 'space' ? this.page.space(placement.spaceId) : null;
      // A blank-space field that left the form must not make the unit unreachable.
      const space = own ?? this.page.headerSpace();
      if (space === null) continue;
      const name = own !== null && placement.kind === 'space' ? `space:${placement.spaceId}` : 'header';
      const known = places.get(name);
      if (known === undefined) places.set(name, { space, units: [unit] });
      else known.units.push(unit);
    }
    this.clear(new Set(places.keys()));
    for (const [name, { space, units: here }] of places) {
      const group = this.group(name, (id) => this.press(id));
      group.show(here.map((unit) => ({ id: unit.id, label: labelOf(unit, here.length, this.texts.run) })));
      group.disable(testReason ?? this.busyReason());
      group.moveTo(space);
    }
    this.current = { event, units };
    if (units.length > 0) this.others ??= watchOtherTabs(() => this.showOthers());
    this.showOthers();
  }

  private press(unitId: string): void {
    const unit = this.current?.units.find((one) => one.id === unitId);
    const event = this.current?.event;
    if (unit === undefined || event === undefined) return;
    const place = this.placeOf('detail', event);
    if (place === null) return;
    // Where it would be refused or join anyway, the run of the other tab is shown at once.
    const watches = unit.queues ? undefined : this.others?.(unitId);
    this.open((panel) => panel.press({ unitId, unitName: unit.name, event, place, watches }));
  }

  private group(name: string, onPress: (id: string) => void): ButtonGroup {
    const known = this.groups.get(name);
    if (known !== undefined) return known;
    const made = createButtonGroup({
      isMobile: this.page.isMobile,
      texts: this.texts,
      look: name === 'log' ? 'plain' : 'primary',
      onPress,
    });
    this.groups.set(name, made);
    return made;
  }

  private clear(except: ReadonlySet<string>): void {
    for (const [name, group] of this.groups) {
      if (name !== 'log' && !except.has(name)) group.remove();
    }
  }

  private showOthers(): void {
    const units = this.current?.units.filter(({ id }) => this.others?.(id)) ?? [];
    const names = new Map(units.map(({ id, name }) => [id, name]));
    const isShown = units.every(({ queues }) => !queues);
    for (const group of this.groups.values()) group.elsewhere(names, isShown);
  }

  private busyReason(): string | null {
    return this.busy === null ? null : this.texts.busy(this.busy.unitName);
  }

  private setBusy(busy: BusyUnit | null): void {
    this.busy = busy;
    for (const [name, group] of this.groups) if (name !== 'log') group.disable(this.busyReason());
  }

  /** Loads the panel with its first use; after a failure the next use tries again. */
  panelApi(): Promise<PanelApi> {
    this.panel ??= this.loadPanel().then(
      (module) => {
        const panel = module.createPanel(this.page, (busy) => this.setBusy(busy));
        if (this.place !== null) panel.attach(this.place);
        return panel;
      },
      (cause: unknown) => {
        this.panel = null;
        throw cause;
      },
    );
    return this.panel;
  }

  /** Why the unit was not run, in a sentence; null when it was. */
  async startFromEvent(press: EventPress): Promise<string | null> {
    try {
      return await (await this.panelApi()).startFromEvent(press);
    } catch (cause) {
      this.notOpened(cause);
      return this.texts.loadFailed;
    }
  }

  private open(use: (panel: PanelApi) => void): void {
    this.panelApi()
      .then(use)
      .catch((cause: unknown) => this.notOpened(cause));
  }

  private notOpened(cause: unknown): void {
    console.error('Nagare: the panel did not open.', cause);
    for (const group of this.groups.values()) group.fail(this.texts.loadFailed);
  }
}

function labelOf(unit: ButtonUnit, neighbours: number, run: string): string {
  if (unit.button.label !== '') return unit.button.label;
  // Several buttons that all say the same could not be told apart.
  return neighbours > 1 ? unit.name : run;
}
