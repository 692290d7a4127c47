// arquero: the data frame library of the browser.
import * as aq from 'arquero';
import { addOf, changesOf, columnStore, FIELDS, writeBodies } from './common.mjs';

export async function createEngine() {
  const { columns, page } = columnStore();
  const tables = {};
  let updates;
  let adds;
  return {
    page,
    loaded(name) {
      tables[name] = aq.table(columns[name]);
      delete columns[name];
    },
    filter() {
      tables.orders = tables.orders.filter((d) => d.status !== '取消' && d.quantity >= 3).reify();
    },
    group() {
      tables.groups = tables.orders.groupby('customer', 'product').rollup({
        sum: (d) => aq.op.sum(d.price),
        average: (d) => aq.op.mean(d.price),
        min: (d) => aq.op.min(d.price),
        max: (d) => aq.op.max(d.price),
        count: () => aq.op.count(),
      });
    },
    join() {
      tables.orders = tables.orders.join_left(tables.master, 'item');
      delete tables.master;
    },
    sort() {
      tables.orders = tables.orders.orderby('customer', aq.desc('day')).reify();
    },
    formula() {
      tables.orders = tables.orders.derive({
        amount: (d) => aq.op.round(d.price * d.quantity * (d.status === '完了' ? 1.08 : 1.1) * 100) / 100,
      });
    },
    running() {
      tables.orders = tables.orders
        .groupby('customer')
        .derive({ running: aq.rolling((d) => aq.op.sum(d.amount)) })
        .ungroup();
    },
    diff() {
      const fields = FIELDS.output;
      const now = tables.output.rename(
        Object.fromEntries(fields.slice(1).map((code) => [code, `now_${code}`])),
      );
      const both = tables.orders.select(fields).join_left(now, 'order');
      const column = Object.fromEntries(both.columnNames().map((name) => [name, both.array(name)]));
      updates = [];
      adds = [];
      for (let row = 0; row < both.numRows(); row++) {
        const wanted = Object.fromEntries(fields.map((code) => [code, column[code][row]]));
        if (column.id[row] === undefined || column.id[row] === null) {
          adds.push(addOf(wanted));
          continue;
        }
        const present = { id: column.id[row], revision: column.revision[row] };
        for (const code of fields.slice(1)) present[code] = column[`now_${code}`][row];
        const update = changesOf(wanted, present);
        if (update !== null) updates.push(update);
      }
    },
    bodies: (onBody) => writeBodies(updates, adds, onBody),
    results() {
      const rows = (table, names) => {
        const arrays = names.map((name) => table.array(name));
        return Array.from({ length: table.numRows() }, (_, row) => arrays.map((array) => array[row]));
      };
      return {
        groups: rows(tables.groups, ['customer', 'product', 'sum', 'average', 'min', 'max', 'count']),
        rows: rows(tables.orders, ['order', 'amount', 'running']),
        adds: adds.length,
        updates: updates.length,
      };
    },
  };
}
