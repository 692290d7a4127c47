/** The part of the plug-in that is evaluated on the first press (or when the log is opened). */
import { openLogDrawer } from '../../log/drawer';
import { pickLanguage } from '../../ui/i18n';
import type { RecordPage } from '../page';
import type { BusyUnit, PanelApi } from './contract';
import { createController } from './controller';
import { openLogSource, panelLookups, startUnit } from './start';

/** One controller per page and plug-in, wherever the page's scripts are evaluated again. */
export function createPanel(page: RecordPage, onBusy: (unit: BusyUnit | null) => void): PanelApi {
  const key = Symbol.for(`nagare.panel.${page.pluginId}`);
  const registry = globalThis as unknown as Record<symbol, PanelApi | undefined>;
  const known = registry[key];
  if (known !== undefined) return known;
  const user = page.user();
  const lookups = panelLookups(page.pluginId, page.isMobile, user.language);
  const made = createController({
    page,
    startUnit,
    lookups,
    onBusy,
    openLog: () =>
      openLogDrawer({
        open: () => openLogSource(page.pluginId),
        language: pickLanguage(user.language),
        timeZone: user.timezone,
      }),
    reload: () => location.reload(),
  });
  registry[key] = made;
  return made;
}
