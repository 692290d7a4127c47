import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP_IDS } from '../samples/apps';
import { LAST_MONTH } from '../samples/company';
import { saleValues } from '../samples/dump';
import { monthlySales, ranksOf } from '../samples/expected';
import { RANK_FLOW_ID, SALES_FLOW_ID } from '../samples/settings';
import { resultOf, World } from './world';

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.close());

const salesOfMonth = async (month: string) =>
  (await world.records(APP_IDS.monthlySales)).filter((record) => record['年月'] === month);

const logRecords = () => world.records(world.settings.logApp!.appId);

describe('nagare run', () => {
  it('writes what a plain loop over the orders gives, and logs it', async () => {
    const spoken = await world.run(['--json']);
    expect(spoken.error).toContain('月次売上締め');
    expect(spoken.code).toBe(0);
    const result = resultOf(spoken);
    expect(result).toMatchObject({ state: 'Success', reason: 'done', errorCode: '', isDryRun: false });
    expect(result.flowInfo.map((flow) => flow.status)).toEqual(['Success', 'Success']);
    for (const flow of result.flowInfo) {
      expect(flow.startTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(flow.endTime! >= flow.startTime!).toBe(true);
    }

    const expected = monthlySales(world.company, LAST_MONTH);
    const written = await salesOfMonth(LAST_MONTH);
    const byKey = new Map(written.map((record) => [record['集計キー'], record]));
    expect(written).toHaveLength(expected.length);
    for (const sale of expected) {
      const values = saleValues(sale);
      expect(byKey.get(values['集計キー']!)).toMatchObject(values);
    }

    const ranks = ranksOf(expected);
    const last = ranksOf(monthlySales(world.company, '2026-09'));
    for (const customer of await world.records(APP_IDS.customers)) {
      const code = String(customer['顧客コード']);
      const sale = expected.find((one) => one.customer.code === code);
      expect(customer).toMatchObject({
        今月売上: sale?.amount ?? '',
        今月順位: String(ranks.get(code) ?? ''),
        前月順位: String(last.get(code) ?? ''),
      });
    }

    const [log, ...others] = await logRecords();
    expect(others).toEqual([]);
    expect(log).toMatchObject({
      $id: result.logRecordId,
      run_key: result.taskId,
      state: 'Success',
      state_reason: 'done',
      execution_user: 'sato',
      lock_key: '',
    });
  });

  it('counts requests as kintone does and says what each output did', async () => {
    const before = monthlySales(world.company, LAST_MONTH, '15').length;
    const after = monthlySales(world.company, LAST_MONTH);
    world.server.kintone.log.clearCounters();
    const result = resultOf(await world.run(['--json']));
    const [sales, customers] = result.outputs;
    expect(sales).toMatchObject({
      flowId: SALES_FLOW_ID,
      appName: '月次売上',
      added: after.length - before,
      deleted: 0,
    });
    expect(sales!.updated + sales!.unchanged).toBe(before);
    expect(customers).toMatchObject({ flowId: RANK_FLOW_ID, appName: '顧客', added: 0 });
    expect(result.requestCount).toBeGreaterThan(10);
  });

  it('changes nothing the second time', async () => {
    await world.run();
    const before = await salesOfMonth(LAST_MONTH);
    const result = resultOf(await world.run(['--json']));
    expect(result).toMatchObject({ state: 'Success', reason: 'noChange' });
    expect(result.outputs.map((output) => output.added + output.updated + output.deleted)).toEqual([0, 0]);
    expect(await salesOfMonth(LAST_MONTH)).toEqual(before);
  });

  it('shows in a dry run what the run then writes, without writing or logging', async () => {
    const before = await world.records(APP_IDS.monthlySales);
    const dry = resultOf(await world.run(['--json', '--dry-run']));
    expect(dry).toMatchObject({ state: 'Success', isDryRun: true, logRecordId: '' });
    expect(await world.records(APP_IDS.monthlySales)).toEqual(before);
    expect(await logRecords()).toEqual([]);
    const run = resultOf(await world.run(['--json']));
    expect(dry.outputs).toEqual(run.outputs);
  });

  it('tells the states and the result on the terminal, one line per change', async () => {
    const { out, code } = await world.run();
    expect(code).toBe(0);
    const lines = out.split('\n');
    const first = lines.findIndex((line) => line.startsWith('  受注から月次売上: 完了'));
    const second = lines.findIndex((line) => line.startsWith('  月次売上から顧客順位: 完了'));
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(lines.some((line) => /^ {2}月次売上: .*追加.*変更なし/.test(line))).toBe(true);
    expect(out).not.toContain('\u001b');
    expect(lines.every((line, index) => line === '' || line !== lines[index - 1])).toBe(true);
  });

  it('fails with the reason, cancels the later flow and writes nothing without the right to', async () => {
    const before = await world.records(APP_IDS.monthlySales);
    const spoken = await world.run(['--json'], { user: 'suzuki' });
    const result = resultOf(spoken);
    expect(spoken.code).toBe(1);
    expect(result).toMatchObject({ state: 'Failure', reason: 'failed', errorCode: 'noWritePermission' });
    expect(result.flowInfo[1]).toMatchObject({ status: 'Cancel' });
    expect(result.flowInfo[1]).not.toHaveProperty('startTime');
    expect(result.errorMessage).toContain('月次売上');
    expect(await world.records(APP_IDS.monthlySales)).toEqual(before);
    expect((await world.records(APP_IDS.customers)).every((customer) => customer['今月順位'] === '')).toBe(
      true,
    );
  });

  it('stops at Ctrl+C before anything is written', async () => {
    let presses = 0;
    const spoken = await world.run(['--json'], {
      onText(text, interrupt) {
        if (!text.includes('件読み込み') || presses > 0) return;
        presses += 1;
        interrupt();
      },
    });
    expect(spoken.code).toBe(1);
    expect(resultOf(spoken)).toMatchObject({ state: 'Failure', reason: 'cancelled' });
    expect(spoken.error).toContain('Ctrl+C');
    expect((await world.records(APP_IDS.customers)).every((customer) => customer['今月順位'] === '')).toBe(
      true,
    );
  });

  it('ends at once at the second Ctrl+C', async () => {
    let presses = 0;
    const spoken = await world.run([], {
      onText(_text, interrupt) {
        presses += 1;
        if (presses <= 2) interrupt();
      },
    });
    expect(spoken.code).toBe(130);
  });

  it('says which record is missing', async () => {
    const settings = world.file('settings.json', world.settings);
    const spoken = await world.nagare([
      ...['run', '--settings', settings, '--unit', world.settings.units[0]!.id],
      ...['--app', APP_IDS.closing, '--record', '999'],
    ]);
    expect(spoken.code).toBe(1);
    expect(spoken.error).toContain('999');
  });
});

describe('nagare check', () => {
  it('finds nothing in the sample when it may look at the forms', async () => {
    const settings = world.file('settings.json', world.settings);
    const { code, out } = await world.nagare(['check', '--settings', settings, '--app', APP_IDS.closing]);
    expect(out).toBe('エラー 0 件、警告 0 件\n');
    expect(code).toBe(0);
  });

  it('names the flow and command of a field that is gone', async () => {
    const text = JSON.stringify(world.settings).replaceAll('数量合計', '無い欄');
    const settings = world.file('settings.json', text);
    const { code, out } = await world.nagare(['check', '--settings', settings, '--app', APP_IDS.closing]);
    expect(code).toBe(1);
    expect(out).toContain('受注から月次売上');
    expect(out).toContain('月次売上へ');
  });

  it('checks what it can without a connection', async () => {
    const [unit] = world.settings.units;
    const broken = { ...world.settings, units: [{ ...unit!, flowIds: ['nowhere'] }] };
    const settings = world.file('settings.json', broken);
    const argv = ['check', '--settings', settings, '--base-url', ''];
    const { code, out } = await world.nagare(argv);
    expect(code).toBe(1);
    expect(out).toContain('アプリのフォームは調べていません');
  });
});
