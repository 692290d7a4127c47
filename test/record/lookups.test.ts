import { describe, expect, it } from 'vitest';
import type { ClientFor, KintoneClient } from '../../src/kintone/client';
import type { RecordPage } from '../../src/record/page';
import { pageLookups, pageUrls } from '../../src/record/panel/lookups';
import { isForUser } from '../../src/record/principals';

describe('pageUrls', () => {
  const guest = { appId: '8', guestSpaceId: '3' };
  it.each([
    [false, { appId: '8' }, '/k/8/', '/k/8/show#record=12'],
    [true, { appId: '8' }, '/k/m/8/', '/k/m/8/show?record=12'],
    [false, guest, '/k/guest/3/8/', '/k/guest/3/8/show#record=12'],
    [true, guest, '/k/guest/3/m/8/', '/k/guest/3/m/8/show?record=12'],
  ])('on a phone: %s, app %j', (isMobile, app, list, record) => {
    const urls = pageUrls(isMobile);
    expect(urls.app(app)).toBe(list);
    expect(urls.record(app, '12')).toBe(record);
  });
});

const pageWith = (more: Partial<RecordPage>): RecordPage => ({
  pluginId: 'p',
  isMobile: false,
  appId: () => '8',
  onShow: () => undefined,
  onAction: () => undefined,
  headerSpace: () => null,
  space: () => null,
  listSpace: () => null,
  config: () => null,
  user: () => ({ code: 'sato', name: 'Sato', language: 'ja', timezone: 'Asia/Tokyo' }),
  isTestEnvironment: async () => false,
  mayManageApp: async () => true,
  principals: async () => null,
  ...more,
});

describe('pageLookups', () => {
  const client = {
    app: {
      getApp: async ({ id }: { id: string }) => ({ appId: id, name: `app ${id}` }),
      getFormFields: async () => ({
        properties: { total: { type: 'NUMBER', code: 'total', label: '合計' } },
      }),
    },
  };
  const clientFor: ClientFor = () => client as unknown as KintoneClient;
  const index = (logApp: object | null) => ({ index: JSON.stringify({ version: 1, logApp, units: [] }) });

  it('answers names and labels from kintone', async () => {
    const lookups = pageLookups(pageWith({}), clientFor, (type) => type);
    expect(await lookups.appName({ appId: '21' })).toBe('app 21');
    expect(await lookups.fieldLabels({ appId: '21' })).toEqual({ total: '合計' });
  });

  it('links to the log app where there is one', () => {
    const withLog = pageWith({ config: () => index({ appId: '90' }) });
    expect(pageLookups(withLog, clientFor, String).logUrl('7')).toBe('/k/90/show#record=7');
    const withoutLog = pageWith({ config: () => index(null) });
    expect(pageLookups(withoutLog, clientFor, String).logUrl('7')).toBeNull();
  });
});

describe('isForUser', () => {
  const sales = { type: 'GROUP', code: 'sales' } as const;
  const tokyo = { type: 'ORGANIZATION', code: 'tokyo' } as const;

  it.each([
    ['everybody', [], null, true],
    ['the user', [{ type: 'USER', code: 'sato' } as const], [], true],
    ['another user', [{ type: 'USER', code: 'kato' } as const], ['sales'], false],
    ['a group of the user', [sales], ['sales'], true],
    ['another group', [sales], ['staff'], false],
    ['one of several', [sales, tokyo], ['tokyo'], true],
    ['a group when kintone cannot tell', [sales], null, true],
  ])('named: %s', async (_, users, own, expected) => {
    expect(await isForUser(users, pageWith({ principals: async () => own }))).toBe(expected);
  });
});
