/** The part of the plug-in that is evaluated on the first press (or when the log is opened). */
import { newsOfPages } from '../../kintone/page-news';
import { pageClients } from '../../kintone/page-session';
import { commandNames as en } from '../../ui/dictionaries/en/command-names';
import { commandNames as ja } from '../../ui/dictionaries/ja/command-names';
import { commandNames as zh } from '../../ui/dictionaries/zh/command-names';
import { pickLanguage } from '../../ui/i18n';
import type { PluginDoor } from '../api/plugin-door';
import type { RecordPage } from '../page';
import type { BusyUnit, PanelApi } from './contract';
import { createController } from './controller';
import { openLogSource } from './log-opening';
import { pageLookups } from './lookups';
import { createStartUnit } from './start';

/** One controller per page and plug-in, wherever the page's scripts are evaluated again. */
export function createPanel(page: RecordPage, onBusy: (unit: BusyUnit | null) => void): PanelApi {
  const key = Symbol.for(`nagare.panel.${page.pluginId}`);
  const registry = globalThis as unknown as Record<symbol, PanelApi | undefined>;
  const known = registry[key];
  if (known !== undefined) return known;
  const user = page.user();
  const clientFor = pageClients();
  const language = pickLanguage(user.language);
  const names: Readonly<Record<string, string>> = { ja, en, zh }[language];
  const startUnit = createStartUnit(page);
  const controller = createController({
    page,
    startUnit,
    lookups: pageLookups(page, clientFor, (type) => names[type] ?? type),
    onBusy,
    openLog: async (space) => {
      // A part of its own: most presses never ask for the log.
      const { openLogDrawer } = await import('../../log/drawer');
      const close = openLogDrawer({
        space,
        open: () =>
          openLogSource(page, clientFor, startUnit, (entry, kind) => {
            const answer = controller.startAfter(entry, kind);
            // The card stands in the page, below the drawer.
            if (answer === 'started') close();
            return answer;
          }),
        language,
        timeZone: user.timezone,
      });
    },
    reload: () => location.reload(),
    tell: (news) => newsOfPages().tell(news),
  });
  let door: Promise<PluginDoor> | null = null;
  // Most pages never start anything from code: that part is evaluated with its first use.
  const made: PanelApi = {
    ...controller,
    door() {
      door ??= import('../api/page').then(({ pageDoor }) => pageDoor(page, clientFor, controller));
      return door;
    },
    api: async (panels) => (await import('../api/page')).joinPanels(page, panels),
  };
  registry[key] = made;
  return made;
}
