// What all engines but ours share: parsing with JSON.parse, and bodies from the rows that a diff has found.
const decoder = new TextDecoder();

export const NUMBERS = new Set(['price', 'quantity', 'weight', 'amount', 'running']);
export const FIELDS = {
  orders: ['order', 'customer', 'product', 'item', 'day', 'price', 'quantity', 'status'],
  master: ['item', 'category', 'weight'],
  output: ['order', 'customer', 'day', 'category', 'amount', 'running'],
};

export const parsePage = (bytes) => JSON.parse(decoder.decode(bytes)).records;

/** Arrays per field, filled page by page; ids of the output app's records come along. */
export function columnStore() {
  const columns = {};
  for (const [name, codes] of Object.entries(FIELDS)) {
    columns[name] = Object.fromEntries(codes.map((code) => [code, []]));
  }
  columns.output.id = [];
  columns.output.revision = [];
  return {
    columns,
    page(name, bytes) {
      const records = parsePage(bytes);
      for (const code of FIELDS[name]) {
        const target = columns[name][code];
        if (NUMBERS.has(code)) for (const record of records) target.push(Number(record[code].value));
        else for (const record of records) target.push(record[code].value);
      }
      if (name !== 'output') return;
      for (const record of records) {
        columns.output.id.push(record.$id.value);
        columns.output.revision.push(record.$revision.value);
      }
    },
  };
}

const text = (value) => (value === null || value === undefined ? '' : String(value));

/** `row`: the result's row; `now`: the record as it is. Only what differs is written. */
export function changesOf(row, now) {
  const record = {};
  let isChanged = false;
  for (const code of ['customer', 'day', 'category']) {
    if (text(row[code]) === text(now[code])) continue;
    record[code] = { value: text(row[code]) };
    isChanged = true;
  }
  for (const code of ['amount', 'running']) {
    if (row[code] === now[code]) continue;
    record[code] = { value: String(row[code]) };
    isChanged = true;
  }
  return isChanged ? { id: now.id, revision: now.revision, record } : null;
}

export const addOf = (row) =>
  Object.fromEntries(FIELDS.output.map((code) => [code, { value: text(row[code]) }]));

export function writeBodies(updates, adds, onBody) {
  const requests = [];
  for (const [method, all] of [
    ['PUT', updates],
    ['POST', adds],
  ]) {
    for (let start = 0; start < all.length; start += 100) {
      const payload = { app: '9', records: all.slice(start, start + 100) };
      requests.push({ method, api: '/k/v1/records.json', payload });
    }
  }
  for (let start = 0; start < requests.length; start += 19) {
    onBody(JSON.stringify({ requests: requests.slice(start, start + 19) }));
  }
}
