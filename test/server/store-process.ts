/** Parent's side of `harness/store-child.ts`. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Json } from '../../src/definition/types';
import type { Job, JobOutcome, JobView } from '../../src/node/server/store/types';

export type ChildSettings =
  | { readonly kind: 'file'; readonly folder: string; readonly workers: number }
  | {
      readonly kind: 'database';
      readonly url: string;
      readonly serverId: string;
      readonly workers: number;
      readonly keptAfterEndMs?: number;
    };

export type Wish =
  | { readonly kind: 'add'; readonly job: Job }
  | { readonly kind: 'get' | 'release'; readonly id: string; readonly outcome: JobOutcome }
  | { readonly kind: 'mark' | 'busy' | 'isAlive'; readonly key: string }
  | {
      readonly kind: 'replace';
      readonly key: string;
      readonly expected: Json;
      readonly value: Json;
      readonly untilMs: number;
    }
  | { readonly kind: 'counts' | 'stop' | 'close' | 'trouble' | 'processId' };

export interface ToChild {
  readonly number: number;
  readonly wish: Wish;
}

export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'began'; readonly job: Job }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly number: number; readonly reason: string };

export const SUCCESS: JobOutcome = { state: 'Success', reason: 'done', errorCode: '', errorMessage: '' };

export class StoreProcess {
  /** Jobs that were handed out, in order. */
  readonly began: Job[] = [];
  onBegan: (job: Job) => void = () => undefined;
  private readonly child: ChildProcess;
  private readonly answers = new Map<
    number,
    { resolve: (answer: never) => void; reject: (e: Error) => void }
  >();
  private readonly waiting = new Set<() => void>();
  private number = 0;

  /** Rejects with the code of a `StoreError` when the store cannot be opened. */
  static async open(settings: ChildSettings): Promise<StoreProcess> {
    const child = fork(
      resolve('scripts/run.mjs'),
      [resolve('test/server/harness/store-child.ts'), JSON.stringify(settings)],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    const own = new StoreProcess(child);
    await new Promise<void>((ready, refused) => {
      child.on('message', (message: FromChild) => {
        if (message.kind === 'ready') ready();
        else if (message.kind === 'refused') refused(new Error(message.code));
        else own.hear(message);
      });
      child.once('exit', () => refused(new Error('the process ended')));
    });
    return own;
  }

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  private hear(message: Exclude<FromChild, { kind: 'ready' | 'refused' }>): void {
    if (message.kind === 'began') {
      this.began.push(message.job);
      this.onBegan(message.job);
      for (const wake of this.waiting) wake();
      return;
    }
    const waits = this.answers.get(message.number);
    this.answers.delete(message.number);
    if (message.kind === 'answer') waits?.resolve(message.answer as never);
    else waits?.reject(new Error(message.reason));
  }

  private ask<T>(wish: Wish): Promise<T> {
    this.number += 1;
    const { number } = this;
    return new Promise<T>((answered, reject) => {
      this.answers.set(number, { resolve: answered as (answer: never) => void, reject });
      this.child.send({ number, wish } satisfies ToChild);
    });
  }

  add = (job: Job): Promise<'added' | 'known'> => this.ask({ kind: 'add', job });
  get = (id: string): Promise<JobView | null> => this.ask({ kind: 'get', id, outcome: SUCCESS });
  release = (id: string, outcome = SUCCESS): Promise<boolean> => this.ask({ kind: 'release', id, outcome });
  counts = (): Promise<{ waiting: number; running: number }> => this.ask({ kind: 'counts' });
  trouble = (): Promise<string | null> => this.ask({ kind: 'trouble' });
  busy = (lane: string): Promise<string | null> => this.ask({ kind: 'busy', key: lane });
  processId = (): Promise<string> => this.ask({ kind: 'processId' });
  isAlive = (processId: string): Promise<boolean> => this.ask({ kind: 'isAlive', key: processId });
  stop = (): Promise<void> => this.ask({ kind: 'stop' });
  mark = (key: string): Promise<Json> => this.ask({ kind: 'mark', key });
  replace = (key: string, expected: Json, value: Json, untilMs = Date.now() + 3600_000): Promise<boolean> =>
    this.ask({ kind: 'replace', key, expected, value, untilMs });

  /** Resolves when this job has been handed out. */
  until = (id: string): Promise<void> => this.when(() => this.began.some((job) => job.id === id));
  /** Resolves when so many jobs have been handed out. */
  untilBegan = (count: number): Promise<void> => this.when(() => this.began.length >= count);

  private async when(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((wake) => this.waiting.add(wake));
  }

  /** Resolves when the job is done. */
  async done(id: string): Promise<JobView> {
    for (;;) {
      const view = await this.get(id);
      if (view?.state === 'done') return view;
    }
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await this.ask({ kind: 'close' });
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
