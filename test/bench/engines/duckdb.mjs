// DuckDB, native and in memory; one table per step, as a flow of commands needs.
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, VARCHAR } from '@duckdb/node-api';
import { FIELDS, NUMBERS, parsePage, writeBodies } from './common.mjs';

const CHUNK_ROWS = 2048;

export async function createEngine() {
  const instance = await DuckDBInstance.create(':memory:');
  const database = await instance.connect();
  const columnsOf = (name) => (name === 'output' ? [...FIELDS.output, 'id', 'revision'] : FIELDS[name]);
  const appenders = {};
  for (const name of Object.keys(FIELDS)) {
    const columns = columnsOf(name).map((code) => `"${code}" ${NUMBERS.has(code) ? 'DOUBLE' : 'VARCHAR'}`);
    await database.run(`CREATE TABLE "${name}" (${columns.join(', ')})`);
    appenders[name] = await database.createAppender(name);
  }
  const replace = async (name, query) => {
    await database.run(`CREATE TABLE made AS ${query}`);
    await database.run(`DROP TABLE IF EXISTS "${name}"`);
    await database.run(`ALTER TABLE made RENAME TO "${name}"`);
  };
  const fields = FIELDS.output;
  let updates;
  let adds;
  return {
    page(name, bytes) {
      const records = parsePage(bytes);
      const codes = columnsOf(name);
      const types = codes.map((code) => (NUMBERS.has(code) ? DOUBLE : VARCHAR));
      for (let start = 0; start < records.length; start += CHUNK_ROWS) {
        const part = records.slice(start, start + CHUNK_ROWS);
        const chunk = DuckDBDataChunk.create(types, part.length);
        chunk.setColumns(
          codes.map((code) => {
            const key = code === 'id' || code === 'revision' ? `$${code}` : code;
            return NUMBERS.has(code)
              ? part.map((record) => Number(record[key].value))
              : part.map((record) => record[key].value);
          }),
        );
        appenders[name].appendDataChunk(chunk);
      }
    },
    loaded(name) {
      appenders[name].closeSync();
    },
    filter: () => replace('orders', `SELECT * FROM orders WHERE status <> '取消' AND quantity >= 3`),
    group: () =>
      replace(
        'groups',
        `SELECT customer, product, sum(price) AS sum, avg(price) AS average, min(price) AS min,
         max(price) AS max, count(price) AS count FROM orders GROUP BY customer, product`,
      ),
    join: () =>
      replace(
        'orders',
        `SELECT numbered.*, category, weight
         FROM (SELECT *, row_number() OVER () AS place FROM orders) numbered LEFT JOIN master USING (item)`,
      ),
    sort: () =>
      replace(
        'orders',
        `SELECT * REPLACE (row_number() OVER (ORDER BY customer, day DESC, place) AS place)
         FROM orders ORDER BY customer, day DESC, place`,
      ),
    formula: () =>
      replace(
        'orders',
        `SELECT *, round(price * quantity * CASE WHEN status = '完了' THEN 1.08::DOUBLE ELSE 1.1::DOUBLE END, 2)
         AS amount FROM orders`,
      ),
    running: () =>
      replace(
        'orders',
        `SELECT *, sum(amount) OVER (PARTITION BY customer ORDER BY place ROWS UNBOUNDED PRECEDING) AS running
         FROM orders ORDER BY place`,
      ),
    async diff() {
      const differs = fields.slice(1).map((code) => `wanted.${code} <> now.${code} AS ${code}_differs`);
      await database.run(
        `CREATE TABLE both_rows AS SELECT ${fields.map((code) => `wanted.${code}`).join(', ')}, id, revision,
         ${differs.join(', ')}, place
         FROM (SELECT * REPLACE (coalesce(category, '') AS category) FROM orders) wanted
         LEFT JOIN output now USING ("order") ORDER BY place`,
      );
      const anyDiffers = fields
        .slice(1)
        .map((code) => `${code}_differs`)
        .join(' OR ');
      updates = await rowsOf(
        database,
        `SELECT * FROM both_rows WHERE id IS NOT NULL AND (${anyDiffers}) ORDER BY place`,
        (column, row) => {
          const record = {};
          for (const code of fields.slice(1)) {
            if (column[`${code}_differs`][row]) record[code] = { value: String(column[code][row]) };
          }
          return { id: column.id[row], revision: column.revision[row], record };
        },
      );
      adds = await rowsOf(
        database,
        'SELECT * FROM both_rows WHERE id IS NULL ORDER BY place',
        (column, row) =>
          Object.fromEntries(fields.map((code) => [code, { value: String(column[code][row]) }])),
      );
      await database.run('DROP TABLE both_rows');
    },
    bodies: (onBody) => writeBodies(updates, adds, onBody),
    async results() {
      const values = (query, names) =>
        rowsOf(database, query, (column, row) => names.map((name) => column[name][row]));
      const groups = await values('SELECT * FROM groups', [
        'customer',
        'product',
        'sum',
        'average',
        'min',
        'max',
        'count',
      ]);
      const rows = await values('SELECT "order", amount, running FROM orders ORDER BY place', [
        'order',
        'amount',
        'running',
      ]);
      return { groups, rows, adds: adds.length, updates: updates.length };
    },
  };
}

async function rowsOf(database, query, make) {
  const reader = await database.runAndReadAll(query);
  const column = reader.getColumnsObject();
  return Array.from({ length: reader.currentRowCount }, (_, row) => make(column, row));
}
