// Plain objects and lodash: what a customising developer writes.
import _ from 'lodash';
import { addOf, changesOf, FIELDS, NUMBERS, parsePage, writeBodies } from './common.mjs';

export async function createEngine() {
  const rows = { orders: [], master: [], output: [] };
  let groups;
  let updates;
  let adds;
  return {
    page(name, bytes) {
      for (const record of parsePage(bytes)) {
        const row = name === 'output' ? { id: record.$id.value, revision: record.$revision.value } : {};
        for (const code of FIELDS[name]) {
          row[code] = NUMBERS.has(code) ? Number(record[code].value) : record[code].value;
        }
        rows[name].push(row);
      }
    },
    loaded() {},
    filter() {
      rows.orders = _.filter(rows.orders, (row) => row.status !== '取消' && row.quantity >= 3);
    },
    group() {
      const grouped = _.groupBy(rows.orders, (row) => `${row.customer}\t${row.product}`);
      groups = _.map(grouped, (own) => [
        own[0].customer,
        own[0].product,
        _.sumBy(own, 'price'),
        _.meanBy(own, 'price'),
        _.minBy(own, 'price').price,
        _.maxBy(own, 'price').price,
        own.length,
      ]);
    },
    join() {
      const master = _.keyBy(rows.master, 'item');
      rows.orders = _.map(rows.orders, (row) => {
        const found = master[row.item];
        return { ...row, category: found?.category ?? null, weight: found?.weight ?? null };
      });
      rows.master = [];
    },
    sort() {
      rows.orders = _.orderBy(rows.orders, ['customer', 'day'], ['asc', 'desc']);
    },
    formula() {
      rows.orders = _.map(rows.orders, (row) => ({
        ...row,
        amount: Math.round(row.price * row.quantity * (row.status === '完了' ? 1.08 : 1.1) * 100) / 100,
      }));
    },
    running() {
      const totals = {};
      rows.orders = _.map(rows.orders, (row) => {
        totals[row.customer] = (totals[row.customer] ?? 0) + row.amount;
        return { ...row, running: totals[row.customer] };
      });
    },
    diff() {
      const current = _.keyBy(rows.output, 'order');
      updates = [];
      adds = [];
      for (const row of rows.orders) {
        const now = current[row.order];
        if (now === undefined) adds.push(addOf(row));
        else {
          const update = changesOf(row, now);
          if (update !== null) updates.push(update);
        }
      }
    },
    bodies: (onBody) => writeBodies(updates, adds, onBody),
    results: () => ({
      groups,
      rows: rows.orders.map((row) => [row.order, row.amount, row.running]),
      adds: adds.length,
      updates: updates.length,
    }),
  };
}
