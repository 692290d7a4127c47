/** The dictionaries this page shows. */
import { commands as commandsEn } from '../ui/dictionaries/en/commands';
import { config as configEn } from '../ui/dictionaries/en/config';
import { errors as errorsEn, unknownError as unknownEn } from '../ui/dictionaries/en/errors';
import { problems as problemsEn } from '../ui/dictionaries/en/problems';
import { unit as unitEn } from '../ui/dictionaries/en/unit';
import { commands as commandsJa } from '../ui/dictionaries/ja/commands';
import { config as configJa } from '../ui/dictionaries/ja/config';
import { errors as errorsJa, unknownError as unknownJa } from '../ui/dictionaries/ja/errors';
import { problems as problemsJa } from '../ui/dictionaries/ja/problems';
import { unit as unitJa } from '../ui/dictionaries/ja/unit';
import { commands as commandsZh } from '../ui/dictionaries/zh/commands';
import { config as configZh } from '../ui/dictionaries/zh/config';
import { errors as errorsZh, unknownError as unknownZh } from '../ui/dictionaries/zh/errors';
import { problems as problemsZh } from '../ui/dictionaries/zh/problems';
import { unit as unitZh } from '../ui/dictionaries/zh/unit';
import type { FailureText, FailureTexts, Shape, Translations } from '../ui/i18n';

export type ConfigTexts = Shape<typeof configJa> & {
  readonly commands: Shape<typeof commandsJa>;
  readonly unit: Shape<typeof unitJa>;
};

export const configTexts: Translations<ConfigTexts> = {
  ja: { ...configJa, commands: commandsJa, unit: unitJa },
  en: { ...configEn, commands: commandsEn, unit: unitEn },
  zh: { ...configZh, commands: commandsZh, unit: unitZh },
};

/** Findings about settings have their own file; the rest is shared with the record pages. */
export const problemTexts: Readonly<Record<'ja' | 'en' | 'zh', FailureTexts>> = {
  ja: { ...errorsJa, ...problemsJa },
  en: { ...errorsEn, ...problemsEn },
  zh: { ...errorsZh, ...problemsZh },
};

export const unknownProblem: Translations<FailureText> = { ja: unknownJa, en: unknownEn, zh: unknownZh };
