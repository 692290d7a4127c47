/** News between pages: over the BroadcastChannel of Node, which is the one of the browsers. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ASK } from '../../src/kintone/news-channel';
import { browserNews } from '../../src/kintone/page-news';
import type { RunNews } from '../../src/run';

const NAME = 'nagare.test';
const news: RunNews = {
  kind: 'progress',
  runId: 'u:1',
  journalId: '1',
  unitId: 'u',
  unitName: 'monthly',
  callingAppId: '8',
  callingRecordId: '12',
  userName: 'Sato',
  state: 'Running',
  reason: 'writing',
  rowsWritten: 1,
  rowsPlanned: 2,
};

const open: BroadcastChannel[] = [];
const channel = (): BroadcastChannel => {
  const made = new BroadcastChannel(NAME);
  open.push(made);
  return made;
};
afterEach(() => {
  vi.useRealTimers();
  for (const one of open.splice(0)) one.close();
});

describe('news', () => {
  it('reach the other pages, not the page itself, until they stop listening', async () => {
    const [here, elsewhere] = [browserNews(channel), browserNews(channel)];
    const heardHere: RunNews[] = [];
    here.hear((one) => heardHere.push(one));
    const first = new Promise<RunNews>((resolve) => elsewhere.hear(resolve));
    here.tell(news);
    expect(await first).toEqual(news);
    expect(heardHere).toEqual([]);
    const late: RunNews[] = [];
    elsewhere.hear((one) => late.push(one))();
    const second = new Promise<RunNews>((resolve) => elsewhere.hear(resolve));
    here.tell({ ...news, kind: 'ended' });
    expect((await second).kind).toBe('ended');
    expect(late).toEqual([]);
  });

  it('what others say on the channel is left alone', async () => {
    const heard = new Promise<RunNews>((resolve) => browserNews(channel).hear(resolve));
    const stranger = channel();
    for (const data of [null, 'hello', { kind: 'progress' }, { ...news, rowsWritten: 'many' }]) {
      stranger.postMessage(data);
    }
    stranger.postMessage({ ...news, runId: 'u:2' });
    expect((await heard).runId).toBe('u:2');
  });

  /** Resolves with the next news that reach a tab. */
  const next = (elsewhere: ReturnType<typeof browserNews>): Promise<RunNews> =>
    new Promise((resolve) => {
      const stop = elsewhere.hear((one) => {
        stop();
        resolve(one);
      });
    });

  it('of a run that goes on are repeated, and told at once to a tab that asks', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const [here, elsewhere] = [browserNews(channel), browserNews(channel)];
    const first = next(elsewhere);
    here.tell(news);
    await first;
    const repeated = next(elsewhere);
    vi.advanceTimersByTime(10_000);
    expect(await repeated).toEqual(news);
    const answered = next(elsewhere);
    channel().postMessage(ASK);
    expect(await answered).toEqual(news);
  });

  it.each<Partial<RunNews>>([{ kind: 'ended' }, { reason: 'requested' }])(
    'are not repeated once nobody works on it here: %j',
    async (part) => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const [here, elsewhere] = [browserNews(channel), browserNews(channel)];
      const heard: RunNews[] = [];
      here.tell(news);
      here.tell({ ...news, ...part });
      expect(vi.getTimerCount()).toBe(0);
      elsewhere.hear((one) => heard.push(one));
      channel().postMessage(ASK);
      const marked = next(elsewhere);
      here.tell({ ...news, runId: 'u:2', kind: 'ended' });
      await marked;
      expect(heard.filter(({ runId, kind }) => runId === 'u:1' && kind === 'progress')).toHaveLength(1);
    },
  );

  it('are silent where there is no channel, or none may be opened', () => {
    const refused = (): never => {
      throw new Error('SecurityError');
    };
    for (const quiet of [browserNews(undefined), browserNews(refused)]) {
      quiet.tell(news);
      quiet.hear(() => undefined)();
    }
  });
});
