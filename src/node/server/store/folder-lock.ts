/** One process for one data folder. The lock outlives a killed process as a file only, never as a lock. */
import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { StoreError } from './types';

/** Attempts: a dead owner's file is removed once; a second one means that somebody else was quicker. */
const ATTEMPTS = 3;

/** Makes the folder and locks it; answers how to unlock it. Throws `StoreError` (`inUse`). */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const own = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(own);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readFile(path, 'utf8').catch(() => '');
    if (isAlive(owner)) throw new StoreError('inUse', `${folder} (${owner.split(' ')[0] ?? ''})`);
    await rm(path, { force: true });
  }
  throw new StoreError('inUse', folder);
}

/** A process id is given again after a while; together with the start time it is the same process. */
function isAlive(owner: string): boolean {
  const [id, start] = owner.split(' ');
  const pid = Number(id);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, of another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now === '' || start === undefined || start === '' || now === start;
}

/** Start of a process in clock ticks since boot (proc(5), field 22); blank where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
