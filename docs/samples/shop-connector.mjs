/**
 * A connector for a made-up shop, as an example: docs/connectors.md tells what every part is for.
 *
 *   SHOP_KEY=demo node docs/samples/shop-connector.mjs 8400
 *
 * Only Node.js, nothing to install. It listens on this machine only.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';

const PORT = Number(process.argv[2] ?? 8400);
const KEY = process.env.SHOP_KEY ?? 'demo';
/** How often an execution says "not yet", as if it waited for a worker. */
const PENDING_POLLS = Number(process.env.SHOP_POLLS ?? 2);
const MAX_BODY_BYTES = 100_000;
const MAX_EXECUTIONS = 100;

const SHOP = {
  books: {
    label: '本',
    columns: [
      { from: 'sku', as: '商品コード', type: 'text' },
      { from: 'title', as: '書名', type: 'text' },
      { from: 'price', as: '価格', type: 'number' },
      { from: 'maker.name', as: '出版社', type: 'text' },
      { from: 'published', as: '発行日', type: 'date' },
    ],
    items: [
      { sku: '0001', title: '流れる', price: 1650, maker: { name: '青木書房' }, published: '2026-04-01' },
      { sku: '0002', title: '川の本', price: 990, maker: { name: '北出版' }, published: '2025-11-21' },
    ],
  },
  shirts: {
    label: 'シャツ',
    columns: [
      { from: 'sku', as: '商品コード', type: 'text' },
      { from: 'size', as: 'サイズ', type: 'choice' },
      { from: 'price', as: '価格', type: 'number' },
      { from: 'maker.name', as: 'メーカー', type: 'text' },
    ],
    items: [{ sku: '0101', size: 'M', price: 4900, maker: { name: '東縫製' } }],
  },
};

const DESCRIPTOR = {
  name: '見本ショップ',
  fields: [
    { name: 'category', label: '分類', required: true, choices: true },
    { name: 'maker', label: '製造元', choices: true, dependsOn: ['category'] },
  ],
  request: { url: 'items?category={category}&maker={maker}', format: 'json', path: 'items' },
};

const categoryOf = (name) => (Object.hasOwn(SHOP, name) ? SHOP[name] : null);

/** The three methods. What they throw becomes `errors`. */
const METHODS = {
  verifyCredentials: (_, isKnown) =>
    isKnown ? { verified: true } : { verified: false, reason: 'The key is not known to this shop.' },
  selectModel({ field, settings }) {
    if (field === 'category') {
      return Object.entries(SHOP).map(([value, { label }]) => ({ value, label }));
    }
    const items = categoryOf(settings.category)?.items ?? [];
    const makers = [...new Set(items.map(({ maker }) => maker.name))];
    return Object.fromEntries(makers.map((name) => [name, name]));
  },
  getMetaModel({ settings }) {
    const category = categoryOf(settings.category);
    if (category === null) throw new Error(`There is no category "${settings.category}".`);
    return { columns: category.columns };
  },
};

/** Executions by id; the oldest are forgotten. */
const executions = new Map();

function schedule(asked, isKnown) {
  const id = randomUUID();
  executions.set(id, { asked, isKnown, pollsLeft: PENDING_POLLS });
  if (executions.size > MAX_EXECUTIONS) executions.delete(executions.keys().next().value);
  return { status: 202, headers: { Location: `/exec/poll/${id}` } };
}

function poll(id, execution) {
  if (execution.pollsLeft === 0) return { status: 303, headers: { Location: `/exec/result/${id}` } };
  execution.pollsLeft -= 1;
  return { status: 200, body: { data: { id, attributes: { status: 'Pending', result: {} } } } };
}

function result(id, { asked, isKnown }) {
  try {
    return {
      status: 200,
      body: { data: { id, attributes: { result: METHODS[asked.method](asked, isKnown) } } },
    };
  } catch (error) {
    return { status: 200, body: { errors: [{ title: asked.method, detail: error.message }] } };
  }
}

function items(query) {
  const found = categoryOf(query.get('category'))?.items ?? [];
  const maker = query.get('maker') ?? '';
  return { status: 200, body: { items: found.filter((item) => maker === '' || item.maker.name === maker) } };
}

async function answer(request) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const isKnown = request.headers.authorization === `Bearer ${KEY}`;
  if (request.method === 'GET' && pathname === '/') return { status: 200, body: DESCRIPTOR };
  if (request.method === 'POST' && pathname === '/exec/schedule') {
    const asked = JSON.parse(await textOf(request));
    if (!Object.hasOwn(METHODS, asked.method)) return { status: 400 };
    // With a wrong key only the question whether it is right may be asked.
    return isKnown || asked.method === 'verifyCredentials' ? schedule(asked, isKnown) : { status: 401 };
  }
  const [, step, id] = /^\/exec\/(poll|result)\/([\w-]+)$/.exec(pathname) ?? [];
  const execution = executions.get(id);
  if (execution !== undefined) return step === 'poll' ? poll(id, execution) : result(id, execution);
  if (request.method === 'GET' && pathname === '/items')
    return isKnown ? items(searchParams) : { status: 401 };
  return { status: 404 };
}

async function textOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new Error('The body is too long.');
  }
  return text;
}

const server = createServer(async (request, response) => {
  const { status, headers = {}, body = {} } = await answer(request).catch(() => ({ status: 400 }));
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
});
server.listen(PORT, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
