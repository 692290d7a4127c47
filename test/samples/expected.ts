/**
 * What the sample's flows must come to, by a plain loop over the generated orders. Amounts are counted in
 * hundredths of a yen, so that nothing depends on how the product computes decimals.
 */
import type { Company, Customer, Order } from './company';

export interface MonthlySale {
  /** YYYY-MM */
  readonly month: string;
  readonly customer: Customer;
  /** Decimal text as kintone stores it. */
  readonly amount: string;
  readonly amountHundredths: number;
  readonly orderCount: number;
  readonly quantity: number;
}

export const keyOf = (month: string, customerCode: string): string => `${month}-${customerCode}`;

const isSold = (order: Order): boolean => order.state === '受注' || order.state === '出荷済';

/** Sales of a month (YYYY-MM) by customer, in order of the first order; `lastDay` ends the month early. */
export function monthlySales(company: Company, month: string, lastDay = '31'): readonly MonthlySale[] {
  const sums = new Map<
    string,
    { customer: Customer; hundredths: number; orders: number; quantity: number }
  >();
  for (const order of company.orders) {
    if (!order.date.startsWith(month) || order.date > `${month}-${lastDay}` || !isSold(order)) continue;
    const found = sums.get(order.customer.code);
    const sum = found ?? { customer: order.customer, hundredths: 0, orders: 0, quantity: 0 };
    if (found === undefined) sums.set(order.customer.code, sum);
    sum.orders += 1;
    for (const line of order.lines) {
      sum.hundredths += Math.round(line.priceYen * 100) * line.quantity;
      sum.quantity += line.quantity;
    }
  }
  return [...sums.values()].map((sum) => ({
    month,
    customer: sum.customer,
    amount: decimalText(sum.hundredths),
    amountHundredths: sum.hundredths,
    orderCount: sum.orders,
    quantity: sum.quantity,
  }));
}

/** Rank by customer code, highest amount first; equal amounts share the better rank. */
export function ranksOf(sales: readonly MonthlySale[]): ReadonlyMap<string, number> {
  return new Map(
    sales.map((sale) => [
      sale.customer.code,
      1 + sales.filter((other) => other.amountHundredths > sale.amountHundredths).length,
    ]),
  );
}

function decimalText(hundredths: number): string {
  const whole = Math.floor(hundredths / 100);
  const rest = String(hundredths % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(whole) : `${whole}.${rest}`;
}
