import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ASK, NEWS_EXPIRE_MS } from '../../src/kintone/news-channel';
import { watchOtherTabs } from '../../src/record/other-tabs';
import type { RunNews } from '../../src/run/ports';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** One end of a channel; `say` is what another tab sends. */
function tab() {
  const asked: unknown[] = [];
  const channel = {
    onmessage: null,
    postMessage: (data: unknown) => asked.push(data),
  } as unknown as BroadcastChannel;
  const onChange = vi.fn();
  const runOf = watchOtherTabs(onChange, () => channel);
  const say = (data: unknown) => channel.onmessage?.({ data } as MessageEvent);
  return { asked, onChange, runOf, say };
}

const news = (part: Partial<RunNews> = {}): Partial<RunNews> => ({
  kind: 'progress',
  runId: 'u:1',
  unitId: 'u',
  reason: 'writing',
  ...part,
});

describe('runs of other tabs', () => {
  it('are asked for once, by a tab that was opened later', () => {
    expect(tab().asked).toEqual([ASK]);
  });

  it('are known from the first news to the end, and told of when that changes only', () => {
    const { onChange, runOf, say } = tab();
    expect(runOf('u')).toBeUndefined();
    say(news({ reason: 'checking' }));
    say(news());
    expect(runOf('u')).toBe('u:1');
    expect(runOf('v')).toBeUndefined();
    expect(onChange).toHaveBeenCalledTimes(1);
    say(news({ kind: 'ended', reason: 'done' }));
    expect(runOf('u')).toBeUndefined();
    expect(onChange).toHaveBeenCalledTimes(2);
    say(news({ kind: 'ended', reason: 'done' }));
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('are forgotten when the tab falls silent, not while it repeats itself', () => {
    const { onChange, runOf, say } = tab();
    say(news());
    vi.advanceTimersByTime(NEWS_EXPIRE_MS - 1);
    say(news());
    vi.advanceTimersByTime(NEWS_EXPIRE_MS - 1);
    expect(runOf('u')).toBe('u:1');
    vi.advanceTimersByTime(1);
    expect(runOf('u')).toBeUndefined();
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('are told apart: one of two runs of a unit may end', () => {
    const { runOf, say } = tab();
    say(news());
    say(news({ runId: 'u:2' }));
    say(news({ kind: 'abandoned' }));
    expect(runOf('u')).toBe('u:2');
  });

  it.each(['queued', 'requested'] as const)('do not go on while they are %s', (reason) => {
    const { runOf, say } = tab();
    say(news({ reason }));
    expect(runOf('u')).toBeUndefined();
  });

  it.each([null, 'ask', 7, {}, { kind: 'progress', reason: 'writing', runId: 1, unitId: 'u' }])(
    'are not made up from %j',
    (data) => {
      const { onChange, say } = tab();
      say(data);
      expect(onChange).not.toHaveBeenCalled();
    },
  );

  it('are unknown where there are no channels', () => {
    const none = watchOtherTabs(vi.fn(), () => {
      throw new Error('sandboxed');
    });
    expect(none('u')).toBeUndefined();
  });
});
