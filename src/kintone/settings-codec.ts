/**
 * Settings ⇄ the string values that `kintone.plugin.app.setConfig` keeps. The document is canonical
 * JSON, gzipped, in base64, cut into values `s0`, `s1` ...; `head` says how to put them together and
 * who saved; `index` is the plain part for record pages.
 * Limits of kintone: ASCII keys, at most 65,535 characters a value, 256 KB in all
 * (cybozu.dev/ja/kintone/docs/js-api/plugins/set-config).
 */
import { emptySettings } from '../definition/create';
import { decodeSettings } from '../definition/decode';
import type { Failure, Result } from '../definition/errors';
import { fail, failure, ok } from '../definition/errors';
import { canonicalJson, MAX_DOCUMENT_BYTES, parseDocument } from '../definition/json';
import type { Json, Settings } from '../definition/types';
import { type BootIndex, INDEX_KEY, type StoredConfig } from './boot-index';
import { base64ToBytes, bytesToBase64, gunzip, gzip, sha256Hex } from './bytes';

export const MAX_STORED_BYTES = 256 * 1024;
/** Below kintone's 65,535 characters a value, with room for whatever escaping it counts. */
export const CHUNK_LENGTH = 60_000;

/** Who saved last and when; tells two saved versions apart. */
export interface SaveStamp {
  readonly savedAtMs: number;
  readonly savedBy: { readonly code: string; readonly name: string };
  /** SHA-256 (hex) of the canonical JSON. */
  readonly contentHash: string;
}

export interface StoredSettings {
  readonly settings: Settings;
  /** null when nothing was ever saved. */
  readonly stamp: SaveStamp | null;
}

interface Head extends SaveStamp {
  readonly format: 1;
  readonly chunks: number;
}

/** Bytes kintone has to keep for these values: keys and values as UTF-8. */
export function storedBytes(config: StoredConfig): number {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const [key, value] of Object.entries(config)) bytes += key.length + encoder.encode(value).length;
  return bytes;
}

/** The plain part of the settings (see `boot-index.ts`). */
export function indexOf(settings: Settings): BootIndex {
  return {
    version: 1,
    logApp: settings.logApp,
    units: settings.units.map((unit) => ({
      id: unit.id,
      name: unit.name,
      enabled: unit.enabled,
      button: unit.button.enabled
        ? {
            label: unit.button.label,
            placement: unit.button.placement,
            condition: unit.button.condition,
            users: unit.button.users,
          }
        : null,
      // Most units have none of these, and the index counts towards the quota.
      ...(unit.recordEvents.length > 0 ? { recordEvents: unit.recordEvents } : {}),
      ...(unit.api ? { api: true as const } : {}),
      ...(unit.mode === 'test' ? { test: true as const } : {}),
      ...(unit.executor.kind === 'remote' ? { remote: true as const } : {}),
      ...(unit.concurrency === 'queue' || unit.concurrency === 'allow' ? { queues: true as const } : {}),
    })),
  };
}

/**
 * Encodes a document for `setConfig`.
 * Errors: `settingsTooLarge {bytes, limitBytes}` when the JSON itself could not be read back,
 * `settingsOverQuota {bytes, limitBytes}` when kintone could not keep it.
 */
export async function encodeSettings(
  settings: Settings,
  saved: Pick<SaveStamp, 'savedAtMs' | 'savedBy'>,
): Promise<Result<{ readonly config: StoredConfig; readonly stamp: SaveStamp; readonly bytes: number }>> {
  const raw = new TextEncoder().encode(canonicalJson(settings as unknown as Json));
  if (raw.length > MAX_DOCUMENT_BYTES) {
    return fail(failure('settingsTooLarge', { bytes: raw.length, limitBytes: MAX_DOCUMENT_BYTES }));
  }
  const body = bytesToBase64(await gzip(raw));
  const stamp: SaveStamp = { ...saved, contentHash: await sha256Hex(raw) };
  const config: Record<string, string> = {};
  const pieces = cut(body);
  pieces.forEach((piece, index) => {
    config[`s${index}`] = piece;
  });
  const head: Head = { format: 1, chunks: pieces.length, ...stamp };
  config['head'] = JSON.stringify(head);
  cut(JSON.stringify(indexOf(settings))).forEach((piece, index) => {
    config[index === 0 ? INDEX_KEY : `${INDEX_KEY}${index}`] = piece;
  });
  const bytes = storedBytes(config);
  if (bytes > MAX_STORED_BYTES) {
    return fail(failure('settingsOverQuota', { bytes, limitBytes: MAX_STORED_BYTES }));
  }
  return ok({ config, stamp, bytes });
}

/**
 * Decodes what `getConfig` answered; null or {} is an empty document without a stamp.
 * Errors: `storedSettingsNewer` (a newer Nagare saved them), `storedSettingsIncomplete {key}`,
 * `storedSettingsDamaged {reason}`, and those of `decodeSettings`.
 */
export async function decodeStored(config: StoredConfig | null): Promise<Result<StoredSettings>> {
  if (config === null || Object.keys(config).length === 0) {
    return ok({ settings: emptySettings(), stamp: null });
  }
  const head = readHead(config);
  if (!head.ok) return head;
  let body = '';
  for (let index = 0; index < head.value.chunks; index++) {
    const piece = config[`s${index}`];
    if (piece === undefined) return fail(failure('storedSettingsIncomplete', { key: `s${index}` }));
    body += piece;
  }
  const raw = await inflate(body);
  if (!raw.ok) return raw;
  const { format: _format, chunks: _chunks, ...stamp } = head.value;
  if ((await sha256Hex(raw.value)) !== stamp.contentHash) return damaged('hash');
  const document = parseDocument(new TextDecoder().decode(raw.value));
  if (!document.ok) return document;
  const settings = decodeSettings(document.value);
  return settings.ok ? ok({ settings: settings.value, stamp }) : settings;
}

/** The stamp alone, without inflating; null when nothing (readable) is stored. */
export function readStamp(config: StoredConfig | null): SaveStamp | null {
  if (config === null) return null;
  const head = readHead(config);
  if (!head.ok) return null;
  const { format: _format, chunks: _chunks, ...stamp } = head.value;
  return stamp;
}

function readHead(config: StoredConfig): Result<Head> {
  const text = config['head'];
  if (text === undefined) return fail(failure('storedSettingsIncomplete', { key: 'head' }));
  let head: Partial<Head> & { readonly format?: unknown };
  try {
    head = JSON.parse(text);
  } catch {
    return damaged('head');
  }
  if (head === null || typeof head !== 'object') return damaged('head');
  if (typeof head.format === 'number' && head.format > 1) return fail(failure('storedSettingsNewer'));
  const { chunks, savedAtMs, savedBy, contentHash } = head;
  const sound =
    head.format === 1 &&
    Number.isInteger(chunks) &&
    typeof savedAtMs === 'number' &&
    typeof savedBy?.code === 'string' &&
    typeof savedBy.name === 'string' &&
    typeof contentHash === 'string';
  return sound ? ok(head as Head) : damaged('head');
}

async function inflate(body: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const packed = base64ToBytes(body);
  if (packed === null) return damaged('base64');
  const raw = await gunzip(packed, MAX_DOCUMENT_BYTES);
  return raw === null ? damaged('gzip') : ok(raw);
}

function damaged(reason: string): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: failure('storedSettingsDamaged', { reason }) };
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += CHUNK_LENGTH) pieces.push(text.slice(at, at + CHUNK_LENGTH));
  return pieces;
}
