/** The shipped types, as a program beside them sees them: nothing of Nagare but `nagare.d.ts`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeTypes } from '../../scripts/pack/types';
import { blockOf } from '../docs/pages';

const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nagare-types-'));
  writeTypes(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the compiler says of a program, in its strictest mode. */
function complaints(program: string): string {
  writeFileSync(join(folder, 'program.ts'), program);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom'],
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  return spawnSync(process.execPath, [TSC, '-p', folder], { encoding: 'utf8' }).stdout;
}

it('the example of the guide compiles', () => {
  expect(complaints(blockOf('docs/trigger.md', 'typed'))).toBe('');
});

it('sendRequest and the protocol are typed', () => {
  const program = `
import type { NagareAnswer } from './nagare';
export async function trigger(appId: number): Promise<string> {
  const token = await nagare.token('abcdefghijklmn', { krewdataAppUrl: 'https://x.cybozu.com/k/1', serialNumber: 'QQ==' });
  if (token.code !== 200) return token.description;
  const run = await window.nagare.run('abcdefghijklmn', { accessToken: token.accessToken, user: 'sato', appId });
  if (run.code !== 200) return run.taskId ?? run.description;
  const status = await nagare.status('abcdefghijklmn', { accessToken: token.accessToken, taskId: run.taskId });
  const answer: NagareAnswer = await nagare.sendRequest('status', '/trigger/v1/abcdefghijklmn', {});
  return status.code === 200 ? status.taskStatus + String(answer.code) : status.status;
}`;
  expect(complaints(program)).toBe('');
});

it.each([
  ['a misspelt option', "export const run = nagare.start('abcdefghijklmn', { recrod: {} });"],
  [
    'a state that does not exist',
    "export const is = async () => (await nagare.start('a')).state === 'Done';",
  ],
  ['writing to the object', 'nagare.start = async () => { throw new Error(); }; export {};'],
  ['a method that does not exist', 'export const x = window.nagare.confirm();'],
])('%s does not', (_title, program) => {
  expect(complaints(program)).toContain('error TS');
});
