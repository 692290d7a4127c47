/**
 * A file that only grows: one JSON value a line, on the disk before anybody is told so. The last line may be
 * torn by a crash and is then dropped: nobody was told of it.
 */
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Json } from '../../../definition/types';
import { StoreError } from './types';

export interface FileLog {
  /** Resolves when the lines are on the disk. Entries that are added at the same time share one write. */
  append(entry: Json): Promise<void>;
  /** What broke the log; null: nothing. A broken log takes no more entries. */
  broken(): string | null;
  close(): Promise<void>;
}

/**
 * Reads what is there (`apply`, oldest first), writes what of it still counts (`kept`) to a new file in its
 * place, and goes on from there. Throws `StoreError` (`damaged`) when a line inside the file cannot be read.
 */
export async function openFileLog(
  path: string,
  apply: (entry: Json) => void,
  kept: () => Iterable<Json>,
): Promise<FileLog> {
  for (const entry of await readEntries(path)) apply(entry);
  await replaceFile(path, [...kept()]);
  return appender(path, kept);
}

/** Bytes added since the file was last written anew; then what no longer counts is left behind. */
const REWRITE_AFTER_BYTES = 32 * 1024 * 1024;

async function readEntries(path: string): Promise<readonly Json[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StoreError('damaged', `${path}: ${messageOf(error)}`);
  }
  const lines = text.split('\n');
  // What follows the last line break was being written when the process ended.
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Json;
    } catch {
      throw new StoreError('damaged', `${path}:${index + 1}`);
    }
  });
}

async function replaceFile(path: string, entries: readonly Json[]): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(entries.map(lineOf).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  // A new name is on the disk only when its folder is.
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const lineOf = (entry: Json): string => `${JSON.stringify(entry)}\n`;

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

async function appender(path: string, kept: () => Iterable<Json>): Promise<FileLog> {
  let file: FileHandle = await open(path, 'a', 0o600);
  let addedBytes = 0;
  let pending: Pending[] = [];
  let writing: Promise<void> | null = null;
  let broken: string | null = null;

  async function drain(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      try {
        if (broken !== null) throw new Error(broken);
        const text = batch.map((one) => one.line).join('');
        await file.appendFile(text);
        await file.datasync();
        for (const one of batch) one.done();
        addedBytes += text.length;
        if (addedBytes > REWRITE_AFTER_BYTES) await rewrite();
      } catch (error) {
        // Half a line may be on the disk: whatever followed it could not be read again.
        broken = messageOf(error);
        for (const one of batch) one.failed(new StoreError('unreachable', broken));
      }
    }
    writing = null;
  }

  async function rewrite(): Promise<void> {
    await replaceFile(path, [...kept()]);
    await file.close();
    file = await open(path, 'a', 0o600);
    addedBytes = 0;
  }

  return {
    append(entry) {
      return new Promise((done, failed) => {
        pending.push({ line: lineOf(entry), done, failed });
        writing ??= drain();
      });
    },
    broken: () => broken,
    async close() {
      await writing;
      await file.close();
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
