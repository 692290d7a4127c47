import { describe, expect, it } from 'vitest';
import { nextSpoken, SILENT } from '../../src/ui/panel/announce';
import { reportText } from '../../src/ui/panel/report';
import { recordTexts } from '../../src/ui/panel/texts';
import { SCENARIOS } from '../record/harness/scenarios';

const texts = recordTexts('en');
const names = { commandName: (type: string) => (type === 'group' ? 'Group' : type) };
const at = (rowsWritten: number) => ({ ...SCENARIOS.writing, progress: { rowsWritten, rowsPlanned: 5_700 } });

describe('nextSpoken', () => {
  it('speaks at every change of phase', () => {
    let spoken = nextSpoken(SILENT, SCENARIOS.checking, 0, texts, names);
    expect(spoken.text).toContain('Checking');
    spoken = nextSpoken(spoken, SCENARIOS.confirming, 1, texts, names);
    expect(spoken.text).toContain('confirmation');
    spoken = nextSpoken(spoken, SCENARIOS.writing, 2, texts, names);
    expect(spoken.text).toContain('started writing');
    spoken = nextSpoken(spoken, SCENARIOS.done, 3, texts, names);
    expect(spoken.text).toBe('Finished: 12 added, 30 updated.');
  });

  it('names the command at every stop, also when the next stop comes at once', () => {
    const first = nextSpoken(SILENT, SCENARIOS.breakpoint, 0, texts, names);
    expect(first.text).toContain('stopped before “2. Group”');
    expect(nextSpoken(first, SCENARIOS.breakpoint, 60_000, texts, names)).toBe(first);
    const next = nextSpoken(first, SCENARIOS.breakpointNoInputs, 60_001, texts, names);
    expect(next.text).toContain('stopped before “1. inputApp”');
  });

  it('leaves failures to the alert', () => {
    expect(nextSpoken(SILENT, SCENARIOS.failed, 0, texts, names).text).toBe('');
  });

  it('reports progress at most once in ten seconds, however often it is asked', () => {
    let spoken = nextSpoken(SILENT, at(0), 0, texts, names);
    const heard: { atMs: number; text: string }[] = [];
    for (let nowMs = 100; nowMs <= 60_000; nowMs += 100) {
      const next = nextSpoken(spoken, at(nowMs / 20), nowMs, texts, names);
      if (next !== spoken) heard.push({ atMs: nowMs, text: next.text });
      spoken = next;
    }
    expect(heard.map(({ atMs }) => atMs)).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
    expect(heard[0]?.text).toBe('Flow 2 of 3, 500 records written.');
  });

  it('does not repeat itself when nothing moves', () => {
    const started = nextSpoken(SILENT, at(500), 0, texts, names);
    const once = nextSpoken(started, at(500), 10_000, texts, names);
    expect(nextSpoken(once, at(500), 30_000, texts, names)).toBe(once);
  });
});

describe('reportText', () => {
  const names = { flow: (id: string) => id, app: () => 'Sales' };

  it('names the run, the code and the place', () => {
    const report = reportText(SCENARIOS.failed, 'en', names);
    expect(report).toContain(SCENARIOS.failed.runId);
    expect(report).toContain('Error code: rowRefused');
    expect(report).toContain('app "Sales"');
    expect(report).toContain('Written: 2,300 added, 12 updated');
  });

  it('contains no values of records', () => {
    const secret = 'Yamada 090-0000-0000';
    const failed = {
      ...SCENARIOS.failed,
      failure: { ...SCENARIOS.failed.failure, params: { message: secret, label: secret, value: secret } },
    };
    expect(reportText(failed, 'ja', names)).not.toContain(secret);
  });
});
