import { expect, it } from 'vitest';
import { allLogFieldCodes } from '../../src/kintone/log-app/fields';
import { logApp as en } from '../../src/ui/dictionaries/en/log-app';
import { logApp as ja } from '../../src/ui/dictionaries/ja/log-app';
import { logApp as zh } from '../../src/ui/dictionaries/zh/log-app';

it.each(Object.entries({ ja, en, zh }))('%s names every field of the log app', (_language, texts) => {
  const labels: Readonly<Record<string, string>> = texts.labels;
  expect(Object.keys(labels).sort()).toEqual([...allLogFieldCodes()].sort());
  for (const code of allLogFieldCodes()) expect(labels[code]?.length).toBeGreaterThan(0);
});
