/** Joins the door to the page that is open now. */

import type { ClientFor } from '../../kintone/client';
import { realClock, realRandomness } from '../../kintone/clock';
import { journalPort } from '../../kintone/journal-port';
import { guestSpaceOfPage } from '../../kintone/page-session';
import { createUsage } from '../../kintone/usage';
import type { Describe } from '../../run';
import { trigger as en } from '../../ui/dictionaries/en/trigger';
import { trigger as ja } from '../../ui/dictionaries/ja/trigger';
import { trigger as zh } from '../../ui/dictionaries/zh/trigger';
import { pickLanguage } from '../../ui/i18n';
import { failureSentence } from '../../ui/panel/explain-failure';
import type { RecordPage } from '../page';
import type { Controller, PanelApi } from '../panel/contract';
import { storedConfig } from '../stored-config';
import { createDoor } from './door';
import { joinDoors } from './join';
import type { Nagare } from './nagare';
import type { PluginDoor } from './plugin-door';

const describerOf = (page: RecordPage): Describe => {
  const language = pickLanguage(page.user().language);
  return (failure) => failureSentence(failure, language);
};

export function pageDoor(
  page: RecordPage,
  clientFor: ClientFor,
  { startFromCode }: Pick<Controller, 'startFromCode'>,
): PluginDoor {
  const user = page.user();
  return createDoor({
    origin: location.origin,
    appId: page.appId(),
    guestSpaceId: guestSpaceOfPage(location.pathname),
    timeZone: user.timezone,
    userName: user.name,
    texts: { ja, en, zh }[pickLanguage(user.language)],
    config: () => storedConfig(page),
    describe: describerOf(page),
    journal: (logApp) =>
      journalPort(clientFor, logApp, { clock: realClock, random: realRandomness, usage: createUsage() }),
    clock: realClock,
    random: { ...realRandomness, bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    isTestEnvironment: () => page.isTestEnvironment(),
    startFromCode,
  });
}

/** `window.nagare` over the panels of the page's plug-ins. */
export async function joinPanels(page: RecordPage, panels: readonly PanelApi[]): Promise<Nagare> {
  return joinDoors(await Promise.all(panels.map((panel) => panel.door())), describerOf(page));
}
