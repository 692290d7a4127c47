/** Draws plugin/icon.png (three streams that become one): node scripts/run.mjs scripts/icon.ts */
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const SIZE = 56;
/** Samples per pixel and axis; edges are smooth because a pixel is the mean of its samples. */
const SAMPLES = 6;

type Colour = readonly [red: number, green: number, blue: number];

const BASE: Colour = [13, 94, 130];
const STREAMS: readonly { readonly from: number; readonly colour: Colour }[] = [
  { from: 0.25, colour: [126, 212, 232] },
  { from: 0.5, colour: [255, 255, 255] },
  { from: 0.75, colour: [255, 190, 92] },
];
const STREAM_HALF_WIDTH = 0.052;

/** The colour at a point of the unit square; null outside the rounded square. */
function colourAt(x: number, y: number): Colour | null {
  const corner = 0.2;
  const dx = Math.max(corner - x, x - (1 - corner), 0);
  const dy = Math.max(corner - y, y - (1 - corner), 0);
  if (Math.hypot(dx, dy) > corner) return null;
  if (isInside(x, y, 0.5) && x > 0.6 && x < 0.86) return [255, 255, 255];
  if (x > 0.14 && x < 0.7) {
    for (const stream of STREAMS) if (isInside(x, y, stream.from)) return stream.colour;
  }
  return BASE;
}

/** Whether the point lies on the stream that starts at height `from` and flows into the middle. */
function isInside(x: number, y: number, from: number): boolean {
  const t = Math.min(Math.max((x - 0.22) / 0.38, 0), 1);
  const ease = t * t * (3 - 2 * t);
  const centre = from + (0.5 - from) * ease;
  const slope = ((0.5 - from) * 6 * t * (1 - t)) / 0.38;
  return Math.abs(y - centre) <= STREAM_HALF_WIDTH * Math.hypot(1, slope);
}

function pixel(column: number, row: number): readonly number[] {
  let inside = 0;
  const sum = [0, 0, 0];
  for (let i = 0; i < SAMPLES; i += 1) {
    for (let j = 0; j < SAMPLES; j += 1) {
      const colour = colourAt((column + (i + 0.5) / SAMPLES) / SIZE, (row + (j + 0.5) / SAMPLES) / SIZE);
      if (colour === null) continue;
      inside += 1;
      for (const channel of [0, 1, 2] as const) sum[channel] = (sum[channel] ?? 0) + colour[channel];
    }
  }
  if (inside === 0) return [0, 0, 0, 0];
  return [...sum.map((value) => Math.round(value / inside)), Math.round((255 * inside) / SAMPLES ** 2)];
}

/** CRC of a PNG chunk (polynomial of ISO 3309, as the PNG specification asks). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

function png(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // 8 bits a channel, colour with alpha.
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: SIZE }, (_, row) => [
    0,
    ...Array.from({ length: SIZE }, (_, column) => pixel(column, row)).flat(),
  ]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

writeFileSync('plugin/icon.png', png());
console.log('wrote plugin/icon.png');
