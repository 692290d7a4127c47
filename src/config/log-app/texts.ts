import { logApp as en } from '../../ui/dictionaries/en/log-app';
import { logApp as ja } from '../../ui/dictionaries/ja/log-app';
import { logApp as zh } from '../../ui/dictionaries/zh/log-app';
import type { Shape, Translations } from '../../ui/i18n';

/** Names that go into a new log app. */
export const logAppTexts: Translations<Shape<typeof ja>> = { ja, en, zh };
