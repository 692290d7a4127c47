/** A believable trading company: the same seed gives the same company. */
import { type Dice, diceOf } from './random';
import {
  COMPANY_FORM_WEIGHTS,
  COMPANY_FORMS,
  COMPANY_STEMS,
  COMPANY_TRADES,
  ORDER_STATE_WEIGHTS,
  ORDER_STATES,
  type OrderState,
  PREFECTURES,
  PRODUCT_GRADES,
  PRODUCT_KINDS,
  REMARKS,
  WAREHOUSES,
} from './words';

export interface Customer {
  readonly code: string;
  readonly name: string;
  readonly prefecture: string;
  /** Login name of the sales person. */
  readonly salesPerson: string;
}

export interface Product {
  readonly code: string;
  readonly name: string;
  readonly priceYen: number;
  readonly stock: number;
  readonly safetyStock: number;
  readonly warehouse: string;
}

export interface OrderLine {
  readonly product: Product;
  /** The price agreed on, which may differ from the list. */
  readonly priceYen: number;
  readonly quantity: number;
}

export interface Order {
  readonly number: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly customer: Customer;
  readonly state: OrderState;
  readonly salesPerson: string;
  readonly remark: string;
  readonly lines: readonly OrderLine[];
}

export interface Company {
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  /** By date. */
  readonly orders: readonly Order[];
}

export interface CompanySize {
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
}

export const FULL_SIZE: CompanySize = { customers: 300, products: 120, orders: 5_000 };
export const SEED = 20_261_101;

/** Orders fall into these 14 months; the last one is the month that the sample closes. */
export const LAST_MONTH = '2026-10';
const MONTHS = 14;
const FIRST_YEAR = 2025;
const FIRST_MONTH_INDEX = 8;

const SALES_PEOPLE = ['sato', 'suzuki', 'takahashi'] as const;
/** Months of a fiscal year's end and of a new one are busier; from September on. */
const SEASON = [7, 7, 7, 9, 6, 7, 11, 8, 6, 7, 7, 5, 8, 9] as const;

export function makeCompany(size: CompanySize = FULL_SIZE, seed = SEED): Company {
  const dice = diceOf(seed);
  const customers = Array.from({ length: size.customers }, (_, index) => customer(dice, index));
  const products = Array.from({ length: size.products }, (_, index) => product(dice, index));
  // A few customers and products make most of the business.
  const customerWeights = customers.map((_, index) => 1 / (1 + ((index * 7) % customers.length) / 25));
  const productWeights = products.map((_, index) => 1 / (1 + ((index * 11) % products.length) / 12));
  const dates = Array.from({ length: size.orders }, () => orderDate(dice)).sort();
  const orders = dates.map((date, index): Order => {
    const buyer = at(customers, dice.weighted(customerWeights));
    const lineCount = 1 + dice.weighted([30, 28, 18, 12, 7, 5]);
    return {
      number: `SO-${String(index + 1).padStart(6, '0')}`,
      date,
      customer: buyer,
      state: stateOf(dice, date),
      // Colleagues stand in for each other now and then.
      salesPerson: dice.unit() < 0.9 ? buyer.salesPerson : dice.pick(SALES_PEOPLE),
      remark: dice.pick(REMARKS),
      lines: Array.from({ length: lineCount }, () => line(dice, at(products, dice.weighted(productWeights)))),
    };
  });
  return { customers, products, orders };
}

function customer(dice: Dice, index: number): Customer {
  const stem = at(COMPANY_STEMS, index % COMPANY_STEMS.length);
  // A stem that comes round again gets another trade, so the first 600 customers have different names.
  const round = Math.floor(index / COMPANY_STEMS.length);
  const trade = at(COMPANY_TRADES, (index * 5 + round) % COMPANY_TRADES.length);
  const form = at(COMPANY_FORMS, dice.weighted(COMPANY_FORM_WEIGHTS));
  return {
    code: `C${String(index + 1).padStart(4, '0')}`,
    name: form.replace('{}', stem + trade),
    prefecture: dice.pick(PREFECTURES),
    salesPerson: dice.pick(SALES_PEOPLE),
  };
}

function product(dice: Dice, index: number): Product {
  const [kind, lowest, highest] = at(PRODUCT_KINDS, index % PRODUCT_KINDS.length);
  const grade = at(PRODUCT_GRADES, Math.floor(index / PRODUCT_KINDS.length) % PRODUCT_GRADES.length);
  const safetyStock = dice.between(1, 12) * 5;
  return {
    code: `P${String(index + 1).padStart(4, '0')}`,
    name: `${kind} ${grade}`,
    priceYen: Math.round(dice.between(lowest, highest) / 10) * 10,
    stock: dice.between(0, safetyStock * 4),
    safetyStock,
    warehouse: dice.pick(WAREHOUSES),
  };
}

function orderDate(dice: Dice): string {
  const month = FIRST_MONTH_INDEX + dice.weighted(SEASON.slice(0, MONTHS));
  const days = new Date(Date.UTC(FIRST_YEAR, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(FIRST_YEAR, month, dice.between(1, days))).toISOString().slice(0, 10);
}

/** Old orders are shipped or cancelled; only recent ones may still be open. */
function stateOf(dice: Dice, date: string): OrderState {
  const state = at(ORDER_STATES, dice.weighted(ORDER_STATE_WEIGHTS));
  return date < LAST_MONTH && (state === '見積' || state === '受注') ? '出荷済' : state;
}

function line(dice: Dice, sold: Product): OrderLine {
  const discount = at([0, 0, 0, 0.05, 0.1], dice.between(0, 4));
  return {
    product: sold,
    // Some agreed prices have two decimals, as prices per sheet or metre do.
    priceYen: Math.round(sold.priceYen * (1 - discount) * 100) / 100 + (dice.unit() < 0.05 ? 0.25 : 0),
    quantity: sold.priceYen > 50_000 ? dice.between(1, 4) : dice.between(1, 40),
  };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index}`);
  return item;
}
