import { journalSuite } from './journal-suite';
import { MemoryKintone } from './memory-kintone';
import { TARGET, TARGET_FIELDS } from './setup';

journalSuite('memory', async () => {
  const kintone = new MemoryKintone();
  kintone.addApp(TARGET, TARGET_FIELDS);
  const faults = {
    'reply lost': 'lost after',
    'request lost': 'lost before',
    'delivered twice': 'twice',
    busy: 'busy',
  } as const;
  return {
    journal: kintone.journal,
    app: { appId: TARGET },
    rows: async () =>
      [...(kintone.apps.get(TARGET)?.records.values() ?? [])].map((record) => ({
        key: String(record['key']?.value),
        revision: String(record['$revision']?.value),
      })),
    disturb: (how) => void kintone.faults.push(faults[how]),
  };
});
