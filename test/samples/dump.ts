/** The sample company as the local kintone loads it (`POST /admin/load`). */
import type { Dump, DumpApp } from '../kintone/server/dump';
import { APP_IDS, SAMPLE_APPS } from './apps';
import { type Company, LAST_MONTH, type Order } from './company';
import { keyOf, type MonthlySale, monthlySales } from './expected';

type Values = Record<string, unknown>;

/**
 * Passwords are the login names with "-pass": a sample that anybody may open.
 * admin administers; sato and takahashi work with everything; suzuki may not write 月次売上; tanaka only looks.
 */
export const SAMPLE_USERS = [
  { code: 'admin', name: '管理 太郎', isAdmin: true },
  { code: 'sato', name: '佐藤 美咲' },
  { code: 'suzuki', name: '鈴木 健太' },
  { code: 'takahashi', name: '高橋 直子' },
  { code: 'tanaka', name: '田中 一郎' },
].map((user) => ({ ...user, password: `${user.code}-pass`, email: `${user.code}@example.com` }));

/** Months that are closed already; the last month is half done, as if somebody had closed it too early. */
const CLOSED_MONTHS = [
  '2025-09',
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
  '2026-06',
  '2026-07',
  '2026-08',
  '2026-09',
] as const;
const EARLY_LAST_DAY = '15';

export const CLOSING_RECORD_ID = String(CLOSED_MONTHS.length + 1);

/** The month before the last one; its record of 締め処理 comes before the last one's. */
export const PREVIOUS_MONTH = '2026-09';
export const PREVIOUS_RECORD_ID = String(CLOSED_MONTHS.length);

/**
 * Rows of 月次売上 before the sample's unit has run; months after `closedUntil` (YYYY-MM) have none,
 * except for the last one.
 */
function salesBefore(company: Company, closedUntil: string): readonly MonthlySale[] {
  return [
    ...CLOSED_MONTHS.filter((month) => month <= closedUntil).flatMap((month) => monthlySales(company, month)),
    ...monthlySales(company, LAST_MONTH, EARLY_LAST_DAY),
  ];
}

export function sampleDump(company: Company, closedUntil: string = PREVIOUS_MONTH): Dump {
  const records: Readonly<Record<string, readonly Values[]>> = {
    [APP_IDS.customers]: company.customers.map((customer) => ({
      顧客コード: customer.code,
      顧客名: customer.name,
      都道府県: customer.prefecture,
      担当: [customer.salesPerson],
    })),
    [APP_IDS.products]: company.products.map((product) => ({
      商品コード: product.code,
      商品名: product.name,
      単価: String(product.priceYen),
    })),
    [APP_IDS.orders]: company.orders.map(orderValues),
    [APP_IDS.stock]: company.products.map((product) => ({
      商品コード: product.code,
      商品名: product.name,
      倉庫: product.warehouse,
      在庫数: String(product.stock),
      安全在庫: String(product.safetyStock),
    })),
    [APP_IDS.monthlySales]: salesBefore(company, closedUntil).map(saleValues),
    [APP_IDS.closing]: [...CLOSED_MONTHS, LAST_MONTH].map((month) => ({
      対象月: `${month}-01`,
      締め担当: ['sato'],
      メモ: month === LAST_MONTH ? '15日時点で一度仮締め済み' : '',
    })),
  };
  const apps = SAMPLE_APPS.map((app): DumpApp => ({ ...app, records: [...(records[String(app.id)] ?? [])] }));
  return { users: SAMPLE_USERS, apps };
}

function orderValues(order: Order): Values {
  return {
    受注番号: order.number,
    受注日: order.date,
    受注状態: order.state,
    担当: [order.salesPerson],
    顧客コード: order.customer.code,
    顧客名: order.customer.name,
    明細: order.lines.map(({ product, priceYen, quantity }) => ({
      商品コード: product.code,
      商品名: product.name,
      単価: String(priceYen),
      数量: String(quantity),
    })),
    備考: order.remark,
  };
}

/** One row of 月次売上, as its fields hold it. */
export const saleValues = (sale: MonthlySale): Record<string, string> => ({
  集計キー: keyOf(sale.month, sale.customer.code),
  年月: sale.month,
  対象月: `${sale.month}-01`,
  顧客コード: sale.customer.code,
  顧客名: sale.customer.name,
  売上金額: sale.amount,
  受注件数: String(sale.orderCount),
  数量合計: String(sale.quantity),
});
